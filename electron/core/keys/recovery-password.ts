// The recovery password: 48 digits in 8 groups (ES3-safe: also runs in the agent; imports only ES3-safe modules of core).
import { digitValue, isInvisible, isSeparator } from './separators.ts';

/** Canonical: eight groups of six digits joined by hyphens, 55 characters, every group possible. Secret. */
export type RecoveryPassword = string & { readonly __brand: 'RecoveryPassword' };

/** Group numbers are 1 to 8, ascending, so that the caller can be asked for those again. Only `ok` holds anything secret. */
export type ParsedRecoveryPassword =
  | { readonly status: 'ok'; readonly recoveryPassword: RecoveryPassword }
  /** Not 48 digits. `groups`: those that are not six digits long, if the text is in eight groups; otherwise empty. */
  | { readonly status: 'length'; readonly digits: number; readonly groups: readonly number[] }
  /** 48 digits, but these groups are no multiple of 11 or too large. */
  | { readonly status: 'wrong-groups'; readonly groups: readonly number[] }
  /** Something stands in it that is neither digit nor separator. `lookAlikes`: only letters that are mistaken for digits (O, I, l …). */
  | { readonly status: 'letters'; readonly groups: readonly number[]; readonly lookAlikes: boolean };

/** Of six digits each. */
export const GROUPS = 8;
const DIGITS_PER_GROUP = 6;
const LOOK_ALIKES = 'OoQDIiLl|!ZzSsBG';

/**
 * Reads a recovery password as a person types, pastes or dictates it.
 *
 * @param text Untrusted: 48 digits with any spaces, hyphens, dashes, dots, underscores or line ends between; full-width and
 *             Arabic-Indic digits count. Leading zeros are significant. The caller limits the length (200 characters are plenty).
 * @returns The canonical form, or why not. Never throws. The result is secret.
 * @source  Every group is a multiple of 11, at most 720 885 (Win32_EncryptableVolume.IsNumericalPasswordValid).
 *          The check-digit formula printed there has the wrong sign; do not use it.
 */
export function parseRecoveryPassword(text: string): ParsedRecoveryPassword {
  const letterGroups: number[] = [];
  const runs: number[] = [];
  let digits = '';
  let characters = 0;
  let run = 0;
  let lookAlikes = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const value = digitValue(code);
    if (value < 0 && isSeparator(code)) {
      if (run > 0 && !isInvisible(code)) {
        if (runs.length <= GROUPS) runs.push(run);
        run = 0;
      }
      continue;
    }
    if (value >= 0) digits += value;
    else {
      const group = Math.min(GROUPS, Math.floor(characters / DIGITS_PER_GROUP) + 1);
      if (letterGroups[letterGroups.length - 1] !== group) letterGroups.push(group);
      if (LOOK_ALIKES.indexOf(text.charAt(i)) < 0) lookAlikes = false;
    }
    characters++;
    run++;
  }
  if (run > 0) runs.push(run);
  if (letterGroups.length > 0) return { status: 'letters', groups: letterGroups, lookAlikes: lookAlikes };
  if (digits.length !== GROUPS * DIGITS_PER_GROUP) return { status: 'length', digits: digits.length, groups: wrongRuns(runs) };
  const groups: string[] = [];
  const wrong: number[] = [];
  for (let g = 0; g < GROUPS; g++) {
    const group = digits.substring(g * DIGITS_PER_GROUP, (g + 1) * DIGITS_PER_GROUP);
    groups.push(group);
    if (!isGroupNumber(Number(group))) wrong.push(g + 1);
  }
  if (wrong.length > 0) return { status: 'wrong-groups', groups: wrong };
  return { status: 'ok', recoveryPassword: groups.join('-') as RecoveryPassword }; // just checked, group by group
}

/**
 * Checks one group while it is typed or dictated.
 *
 * @param text Six ASCII digits; anything else is no group.
 * @returns Whether the group can be right. One wrong digit or two neighbours swapped are always noticed.
 */
export function isRecoveryPasswordGroup(text: string): boolean {
  return /^[0-9]{6}$/.test(text) && isGroupNumber(Number(text));
}

/** @returns The eight numbers behind the groups (group / 11), each 0 to 65535. Secret. */
export function recoveryPasswordToNumbers(recoveryPassword: RecoveryPassword): number[] {
  const numbers: number[] = [];
  for (let g = 0; g < GROUPS; g++) numbers.push(Number(recoveryPassword.substr(g * 7, DIGITS_PER_GROUP)) / 11);
  return numbers;
}

/** @returns The recovery password of eight numbers from 0 to 65535, or null when they are not that. */
export function recoveryPasswordFromNumbers(numbers: ArrayLike<number>): RecoveryPassword | null {
  if (numbers.length !== GROUPS) return null;
  let text = '';
  for (let g = 0; g < GROUPS; g++) {
    const number = numbers[g];
    if (number === undefined || !(number >= 0 && number <= 0xffff) || Math.floor(number) !== number) return null;
    const digits = '' + number * 11;
    text += (g > 0 ? '-' : '') + '000000'.substring(digits.length) + digits;
  }
  return text as RecoveryPassword; // every group is a multiple of 11 below 720 896 by construction
}

/** @returns The 16 bytes BitLocker itself derives: the eight numbers as 16-bit little-endian. Secret. */
export function recoveryPasswordToBytes(recoveryPassword: RecoveryPassword): number[] {
  const numbers = recoveryPasswordToNumbers(recoveryPassword);
  const bytes: number[] = [];
  for (let g = 0; g < GROUPS; g++) {
    const number = numbers[g] || 0;
    bytes.push(number & 0xff, number >> 8);
  }
  return bytes;
}

/** @returns The recovery password of those 16 bytes (any 16 bytes are one), or null when there are not 16. */
export function recoveryPasswordFromBytes(bytes: ArrayLike<number>): RecoveryPassword | null {
  if (bytes.length !== 2 * GROUPS) return null;
  const numbers: number[] = [];
  for (let g = 0; g < GROUPS; g++) numbers.push((bytes[2 * g] || 0) | ((bytes[2 * g + 1] || 0) << 8));
  return recoveryPasswordFromNumbers(numbers);
}

function isGroupNumber(group: number): boolean {
  return group % 11 === 0 && group <= 720885;
}

/** Excel drops leading zeros: with eight groups the short ones can be named. */
function wrongRuns(runs: readonly number[]): number[] {
  const groups: number[] = [];
  if (runs.length !== GROUPS) return groups;
  for (let g = 0; g < GROUPS; g++) if (runs[g] !== DIGITS_PER_GROUP) groups.push(g + 1);
  return groups;
}
