// Operators over the wire.
import type { DeskFolder } from '../../store/desk-folder.ts';
import { addOperator, changePassphrase, completeOperator, disableOperator, findActiveOperator, listOperators } from '../../core/operators/operators.ts';
import type { ProcedureName } from '../contract.ts';
import type { Handlers } from '../dispatch.ts';
import { ROLE_TABLE, type Allowed } from '../roles.ts';
import type { VaultKeeper } from '../vault-keeper.ts';

type Names = 'operators.list' | 'operators.add' | 'operators.complete' | 'operators.disable' | 'operators.changePassphrase' | 'operators.roleTable';

export function operatorHandlers(vault: VaultKeeper, folder: DeskFolder, passphraseCost: number | undefined): Pick<Handlers, Names> {
  return {
    'operators.list': () => listOperators(vault.get(), folder),
    'operators.add': (operator) => addOperator(vault.get(), folder, operator, passphraseCost),
    'operators.complete': ({ name }) => completeOperator(vault.get(), folder, name),
    'operators.disable': ({ name }) => {
      const desk = vault.get();
      const disabled = disableOperator(desk, folder, name);
      if (disabled.name === desk.operator.name) vault.close();
      return disabled;
    },
    'operators.changePassphrase': async ({ passphrase, newPassphrase }) => {
      const desk = vault.get();
      await changePassphrase(desk, folder, passphrase, newPassphrase, passphraseCost);
      const operator = findActiveOperator(desk.db, desk.operator.name);
      if (operator !== null) vault.refresh(operator);
      return {};
    },
    'operators.roleTable': () => (Object.entries(ROLE_TABLE) as [ProcedureName, Allowed][]) // the table's own keys
      .map(([procedure, allowed]) => ({ procedure, roles: typeof allowed === 'string' ? [allowed] : [...allowed] })),
  };
}
