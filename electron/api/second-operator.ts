// A second operator signs in beside the first, for one act.
import { AppError } from '../core/app-error.ts';
import type { Role } from '../core/codes.ts';
import { openVault } from '../core/operators/sign-in.ts';
import type { VaultKeeper } from './vault-keeper.ts';

export interface SecondSignature { readonly secondOperator?: string | undefined; readonly secondPassphrase?: string | undefined }

/**
 * @param needed Whether the act is refused without one. @param roles Who may stand beside.
 * @returns The name of whoever signed; null when nobody did and nobody has to. AppError `second-operator-needed`, `not-allowed`, and what `openVault` refuses: it is counted, slowed and audited as any signing in.
 */
export async function signBeside(vault: VaultKeeper, { secondOperator, secondPassphrase }: SecondSignature, { needed, roles }: { readonly needed: boolean; readonly roles: readonly Role[] }): Promise<string | null> {
  if (secondOperator === undefined || secondPassphrase === undefined) {
    if (needed) throw new AppError('second-operator-needed');
    return null;
  }
  const { db, keys, operator } = await openVault(vault.ports, secondOperator, secondPassphrase);
  keys.close();
  db.close();
  if (!operator.roles.some((role) => roles.includes(role))) throw new AppError('not-allowed', { operator: operator.name });
  return operator.name;
}
