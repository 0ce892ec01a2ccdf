// Notices that somebody types a recovery password where a search belongs, so that it is never sent, kept or put into the address.
import { isRecoveryPasswordGroup } from '../electron/core/keys/recovery-password.ts';
import { findRecoveryPasswordWithin } from '../electron/core/keys/recovery-password-within.ts';
import { digitValue, isInvisible, isSeparator } from '../electron/core/keys/separators.ts';

export interface TypedGroup { readonly number: number; readonly state: 'right' | 'wrong' | 'typing' | 'missing' }

const GROUP_DIGITS = 6;
const GROUPS = 8;
/** A key ID has its first hyphen after eight characters; so many digits without one are no serial or asset number either. */
const TWO_GROUPS = 2 * GROUP_DIGITS;

/**
 * Reads a text as a recovery password in the making, from the second group on; among other words (a pasted line of a mail) from the third.
 *
 * @param text What a field for something else holds; untrusted. Secret if the answer is not null.
 * @returns The eight groups with how each one stands, or null when this is something to look up: a key ID, a host name, a
 *          number of up to eleven digits. A letter in a group makes that group wrong. Never throws.
 */
export function typedRecoveryPassword(text: string): readonly TypedGroup[] | null {
  const runs = runsOf(text);
  const [first = ''] = runs;
  const all = runs.join('');
  const digits = all.replace(/\D/g, '').length;
  const grouped = first.length === GROUP_DIGITS && runs.length > 1;
  const onlyDigits = digits === all.length;
  // With letters in it (an O for a 0) only three groups and more are sure to be no host name.
  const isOne = onlyDigits ? (grouped && digits > GROUP_DIGITS) || (first.length !== 8 && digits >= TWO_GROUPS) || digits >= 20
    : grouped && runs.length >= 3 && digits >= 14 && runs.every((run) => run.length <= GROUP_DIGITS + 1);
  const groups = !isOne ? findRecoveryPasswordWithin(text) : grouped ? runs : (all.match(/.{1,6}/g) ?? []);
  if (groups === null) return null;
  return Array.from({ length: GROUPS }, (_, index): TypedGroup => {
    const number = index + 1;
    const group = groups[index];
    if (group === undefined) return { number, state: 'missing' };
    if (group.length < GROUP_DIGITS && index === groups.length - 1 && /^\d+$/.test(group)) return { number, state: 'typing' };
    return { number, state: isRecoveryPasswordGroup(group) ? 'right' : 'wrong' };
  });
}

/** The runs of characters between separators, digits of every sort as ASCII. */
function runsOf(text: string): readonly string[] {
  const runs: string[] = [];
  let run = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    const digit = digitValue(code);
    if (digit >= 0) run += String(digit);
    else if (!isSeparator(code)) run += character;
    else if (!isInvisible(code) && run !== '') { runs.push(run); run = ''; }
  }
  if (run !== '') runs.push(run);
  return runs;
}
