// What an act is called where people read of it.
import { ROLE_TABLE } from '../../electron/api/roles.ts';
import type { ProcedureName } from '../../electron/api/contract.ts';
import type { Messages } from './en.ts';

const isProcedure = (act: string): act is ProcedureName => Object.hasOwn(ROLE_TABLE, act);

/** @returns Words for a procedure; events of the desk that nobody called (`vault.open-failed`) are said by their code. */
export const actWords = (act: string, m: Messages): string => (isProcedure(act) ? m.acts[act] : act);
