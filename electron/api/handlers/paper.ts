// The paper fallback over the wire: a second operator signs in beside the first, for this one act.
import { AppError } from '../../core/app-error.ts';
import type { Role } from '../../core/codes.ts';
import { listPaperSites, printPaper } from '../../core/disclosure/paper-sheet.ts';
import { callerInstructions } from '../../core/disclosure/caller-instructions.ts';
import { readPolicies } from '../../core/policies/policies.ts';
import { openVault } from '../../core/operators/sign-in.ts';
import type { Handlers } from '../dispatch.ts';
import type { VaultKeeper } from '../vault-keeper.ts';

/** Who may stand beside. */
const SECOND_ROLES: readonly Role[] = ['helpdesk', 'technician', 'supervisor'];

export function paperHandlers(vault: VaultKeeper): Pick<Handlers, 'paper.sites' | 'paper.print' | 'instructions.get'> {
  return {
    'paper.sites': () => listPaperSites(vault.get().db),
    'paper.print': async ({ secondOperator, secondPassphrase, ...order }) => {
      const fourEyes = readPolicies(vault.get().db).fourEyesPrinting;
      if (secondOperator === undefined || secondPassphrase === undefined) {
        if (fourEyes) throw new AppError('second-operator-needed');
        return { ...printPaper(vault.get(), { ...order, second: null }) };
      }
      const { db, keys, operator } = await openVault(vault.ports, secondOperator, secondPassphrase); // counted, slowed and audited as any signing in
      keys.close();
      db.close();
      if (!operator.roles.some((role) => SECOND_ROLES.includes(role))) throw new AppError('not-allowed', { operator: operator.name });
      return { ...printPaper(vault.get(), { ...order, second: operator.name }) };
    },
    'instructions.get': ({ language }) => ({ html: callerInstructions(language) }),
  };
}
