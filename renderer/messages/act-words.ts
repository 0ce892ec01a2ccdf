// What an act is called where people read of it.
import { ROLE_TABLE } from '../../electron/api/roles.ts';
import type { ProcedureName } from '../../electron/api/contract.ts';
import { DESK_EVENTS } from './desk-events-en.ts';
import type { Messages } from './en.ts';

const isProcedure = (act: string): act is ProcedureName => Object.hasOwn(ROLE_TABLE, act);

/** @returns Words for a procedure, or for what the desk wrote down by itself; a line of an older or newer desk is said by its code. */
export const actWords = (act: string, m: Messages): string => { const event = DESK_EVENTS.find((code) => code === act); return isProcedure(act) ? m.acts[act] : event === undefined ? act : m.deskEvents[event]; };
