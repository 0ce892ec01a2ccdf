// The recovery sheet: a code on paper that opens the vault when no operator can. 160 random bits in 32 characters, eight groups of four.
import type { RandomBytes } from '../ports.ts';

/** Crockford's base 32: no I, L, O, U; what is mis-read as one of them is read back as 1, 1, 0, V. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE = /^[0-9A-HJKMNP-TV-Z]{32}$/;

/** @returns A new code, secret: `XXXX-XXXX-…`, eight groups. */
export function makeRecoverySheetCode(random: RandomBytes): string {
  const characters = Array.from(random(32), (byte) => ALPHABET.charAt(byte & 31)).join('');
  return (characters.match(/.{4}/g) ?? []).join('-');
}

/**
 * Reads a code as typed, or finds it in the text of a whole sheet.
 *
 * @param text Untrusted. @returns The canonical code, or null when there is none. Never throws. The result is secret.
 */
export function findRecoverySheetCode(text: string): string | null {
  for (const line of [text, ...text.split(/\r?\n/)]) {
    const characters = line.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0').replace(/U/g, 'V');
    if (CODE.test(characters)) return (characters.match(/.{4}/g) ?? []).join('-');
  }
  return null;
}
