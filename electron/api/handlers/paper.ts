// The paper fallback over the wire: a second operator signs in beside the first, for this one act.
import type { Role } from '../../core/codes.ts';
import { listPaperSites, printPaper } from '../../core/disclosure/paper-sheet.ts';
import { callerInstructions } from '../../core/disclosure/caller-instructions.ts';
import { readPolicies } from '../../core/policies/policies.ts';
import type { Handlers } from '../dispatch.ts';
import { signBeside } from '../second-operator.ts';
import type { VaultKeeper } from '../vault-keeper.ts';

/** Who may stand beside. */
const SECOND_ROLES: readonly Role[] = ['helpdesk', 'technician', 'supervisor'];

export function paperHandlers(vault: VaultKeeper): Pick<Handlers, 'paper.sites' | 'paper.print' | 'instructions.get'> {
  return {
    'paper.sites': () => listPaperSites(vault.get().db),
    'paper.print': async ({ secondOperator, secondPassphrase, ...order }) => {
      const second = await signBeside(vault, { secondOperator, secondPassphrase }, { needed: readPolicies(vault.get().db).fourEyesPrinting, roles: SECOND_ROLES });
      return { ...printPaper(vault.get(), { ...order, second }) };
    },
    'instructions.get': ({ language }) => ({ html: callerInstructions(language) }),
  };
}
