// The passcode of recovery media: 18 characters that open the key bundle (ES3-safe: also runs in the agent; imports only ES3-safe modules of core).
import { isSeparator } from '../keys/separators.ts';

/** Canonical: 18 characters of the alphabet, upper case, no separators, check character right. Secret. */
export type Passcode = string & { readonly __brand: 'Passcode' };

/** Positions are 1 to 18 and name no character. */
export type ParsedPasscode =
  | { readonly status: 'ok'; readonly passcode: Passcode }
  | { readonly status: 'length'; readonly characters: number }
  /** These characters are in no passcode. */
  | { readonly status: 'letters'; readonly positions: readonly number[] }
  /** A slip: 18 good characters that are no passcode. */
  | { readonly status: 'check' };

/** The same key on US, German and French keyboards in every state the firmware may leave them in: no A, M, Q, W, Y, Z; no I, L, O, U. */
export const PASSCODE_ALPHABET = '0123456789BCDEFGHJKNPRSTVX';
const PASSCODE_LENGTH = 18;

// The check is a weighted sum over the prime 29, weights 2^17 ... 2^0: sum of value(i) * 2^(18 - i) = 0 (mod 29). Values are 0..25, so a
// difference is never 0 mod 29; the 18 weights are distinct and none is 0, because 2 has order 28. Hence every single wrong character
// and every swap of two characters, neighbours or not, is noticed, and so is a pair typed as another pair (weights 2 + 1 = 3).
// A sum over 26 itself could not do that: weights must be odd there, so two neighbours differ by an even weight, and 13 * 2 = 0 (mod 26).
const PRIME = 29;

/**
 * Makes a passcode. 17 characters are free (17 × log2 26 = 79.9 bits); those whose check character would not be in the
 * alphabet (3 of 29) are drawn again, which leaves 79.75 bits.
 *
 * @param random Lent, unpredictable; called with a count until enough usable bytes came.
 * @returns A new passcode. Secret: shown once, to its technician only.
 */
export function makePasscode(random: (count: number) => ArrayLike<number>): Passcode {
  for (;;) {
    let text = '';
    while (text.length < PASSCODE_LENGTH - 1) {
      const bytes = random(PASSCODE_LENGTH - 1 - text.length);
      // 234 = 9 × 26: bytes above would make the first characters of the alphabet likelier.
      for (let i = 0; i < bytes.length; i++) if ((bytes[i] || 0) < 234) text += PASSCODE_ALPHABET.charAt((bytes[i] || 0) % 26);
    }
    text = text.substring(0, PASSCODE_LENGTH - 1);
    const check = (PRIME - (2 * weightedSum(text)) % PRIME) % PRIME;
    if (check < PASSCODE_ALPHABET.length) return (text + PASSCODE_ALPHABET.charAt(check)) as Passcode; // the sum is 0 now
  }
}

/**
 * Reads a passcode as it is typed or scanned.
 *
 * @param text Untrusted; any case, any separators.
 * @returns The canonical form, or what kind of slip it is. Never throws. `ok` says only that it is a passcode, not that it opens anything.
 */
export function parsePasscode(text: string): ParsedPasscode {
  const read = readTyped(text, PASSCODE_LENGTH);
  if (read.status !== 'ok') return read;
  const canonical = read.characters;
  if (weightedSum(canonical) !== 0) return { status: 'check' };
  return { status: 'ok', passcode: canonical as Passcode }; // length, alphabet and check were just looked at
}

/** @returns The passcode as it is shown and printed: three groups of six, joined by hyphens. Secret. */
export function formatPasscode(passcode: Passcode): string {
  return passcode.substring(0, 6) + '-' + passcode.substring(6, 12) + '-' + passcode.substring(12);
}

function weightedSum(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (2 * sum + PASSCODE_ALPHABET.indexOf(text.charAt(i))) % PRIME;
  return sum;
}

export type ReadTyped = { readonly status: 'ok'; readonly characters: string } | { readonly status: 'length'; readonly characters: number } | { readonly status: 'letters'; readonly positions: readonly number[] };

/**
 * Reads characters of the passcode's alphabet as they are typed, scanned or read out.
 *
 * @param text Untrusted; any case, any separators.
 * @returns Exactly `length` characters of the alphabet, in capitals; or how many there were; or the 1-based places of those that are not of it. Never throws.
 */
export function readTyped(text: string, length: number): ReadTyped {
  const strange: number[] = [];
  let canonical = '';
  let characters = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSeparator(code)) continue;
    const letter = code >= 0x61 && code <= 0x7a ? String.fromCharCode(code - 0x20) : text.charAt(i);
    characters++;
    if (PASSCODE_ALPHABET.indexOf(letter) >= 0) canonical += letter;
    else if (strange.length < length) strange.push(characters);
  }
  if (characters !== length) return { status: 'length', characters: characters };
  if (strange.length > 0) return { status: 'letters', positions: strange };
  return { status: 'ok', characters: canonical };
}
