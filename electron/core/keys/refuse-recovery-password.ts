// What people write down (notes, tickets, who called) is kept, listed and audited, and a recovery password is none of that.
import { AppError } from '../app-error.ts';
import { findRecoveryPasswordWithin } from './recovery-password-within.ts';

/** @param entered Field → what stands in it, as entered; undefined or null: nothing. @returns AppError `invalid-input` that names the first field with a recovery password, or three groups of one, in it; never what stands there. */
export function refuseRecoveryPassword(entered: Readonly<Record<string, string | null | undefined>>): void {
  for (const [field, text] of Object.entries(entered)) {
    if (text !== undefined && text !== null && findRecoveryPasswordWithin(text) !== null) throw new AppError('invalid-input', { fields: [`${field}: recovery-password`] });
  }
}
