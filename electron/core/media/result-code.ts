// The result code: what an attempt came to in 12 characters, for a stick that can not come back (form: result-code.md;
// ES3-safe: also runs in the agent; imports only ES3-safe modules of core).
import type { AttemptOutcome, BlockedReason } from '../codes.ts';
import { PASSCODE_ALPHABET, readTyped } from './passcode.ts';

/** Canonical: 12 characters of the passcode's alphabet, upper case, no separators, check character right. No secret. */
export type ResultCode = string & { readonly __brand: 'ResultCode' };

export type ResultWord = Exclude<AttemptOutcome, 'blocked'> | BlockedReason;

/** First characters and what they say, in the order of the alphabet. Closed: a new word is added at the end, none is ever moved. */
export const RESULT_WORDS: readonly ResultWord[] = [
  'repaired', 'nothing-to-do', 'inspected', 'safe-boot-set', 'no-key', 'key-rejected', 'no-disk-seen', 'not-reachable', 'usb-blocked', 'pin-needed', 'hibernated',
  'third-party-encryption', 'hardware', 'other-os', 'recipe-not-found', 'repair-failed', 'media-refused', 'owner-away',
];

const RESULT_CODE_LENGTH = 12;
export const RESULT_CODE_PATTERN = /^[0-9BCDEFGHJKNPRSTVX]{12}$/;

/** What a code holds. `entry` and `mac` are cut out of HMACs over a key protector ID (result-code.md). */
export type ResultFacts = {
  readonly word: ResultWord;
  /** 20 bits: which key protector ID. */
  readonly entry: number;
  /** 24 bits: that somebody with the passcode of this slot had this outcome on this volume. */
  readonly mac: number;
};

/** Positions are 1 to 12 and name no character. */
export type ParsedResultCode =
  | { readonly status: 'ok'; readonly code: ResultCode; readonly facts: ResultFacts }
  | { readonly status: 'length'; readonly characters: number }
  | { readonly status: 'letters'; readonly positions: readonly number[] }
  /** A slip: 12 good characters that are no result code. */
  | { readonly status: 'check' };

/** @returns HMAC-SHA-256 of an ASCII text under the key lent, as 32 bytes. */
export type HmacOfText = (text: string) => ArrayLike<number>;

// The same check as a passcode's: weights 2^11 ... 2^0 over the prime 29. Three of 29 check values have no character; the eleventh
// character has four forms of the same content, so that one of them has a check that does.
const PRIME = 29;
const FORMS = 4;
/** What the eleventh character carries beside its form: 6 * 4 = 24 of 26 characters are used. */
const LAST_VALUES = 6;
const MAC_RANGE = 0x1000000;

/**
 * Makes the code of an attempt.
 *
 * @param id Key protector ID in canonical form, or `none`.
 * @param hmac Lent: under the slot's record key, or under the open key of the medium when nobody entered a passcode.
 */
export function makeResultCode(word: ResultWord, id: string, hmac: HmacOfText): ResultCode {
  return formatResultCode(resultFacts(word, id, hmac));
}

/** @returns What the code of this attempt has to hold: for the agent to write and for the desk to compare. */
export function resultFacts(word: ResultWord, id: string, hmac: HmacOfText): ResultFacts {
  const entry = hmac('entry ' + id);
  const mac = hmac('result ' + word + ' ' + id);
  return {
    word: word,
    entry: byteOf(entry, 0) * 4096 + byteOf(entry, 1) * 16 + Math.floor(byteOf(entry, 2) / 16),
    mac: byteOf(mac, 0) * 65536 + byteOf(mac, 1) * 256 + byteOf(mac, 2),
  };
}

/** @returns The text whose SHA-256 is the open key: anybody can compute it, so a code under it proves nothing. */
export function openKeyText(mediaId: string): string {
  return 'bluelift-open ' + mediaId;
}

/** @returns The code as it is read out; `parseResultCode` gives the same facts. */
export function formatResultCode(facts: ResultFacts): ResultCode {
  let rest = facts.entry * MAC_RANGE + facts.mac;
  const last = rest % LAST_VALUES;
  rest = Math.floor(rest / LAST_VALUES);
  let middle = '';
  for (let i = 0; i < 9; i++) {
    middle = PASSCODE_ALPHABET.charAt(rest % 26) + middle;
    rest = Math.floor(rest / 26);
  }
  const head = PASSCODE_ALPHABET.charAt(indexOfWord(facts.word)) + middle;
  for (let form = 0; ; form++) {
    const text = head + PASSCODE_ALPHABET.charAt(last * FORMS + form);
    const check = (PRIME - (2 * weightedSum(text)) % PRIME) % PRIME;
    // Four forms have four different checks, and only three of 29 have no character.
    if (check < PASSCODE_ALPHABET.length) return (text + PASSCODE_ALPHABET.charAt(check)) as ResultCode;
  }
}

/**
 * Reads a result code as it is typed or read out.
 *
 * @param text Untrusted; any case, any separators.
 * @returns What it holds, or what kind of slip it is. `ok` says only that it is a result code, not that anybody had that result. Never throws.
 */
export function parseResultCode(text: string): ParsedResultCode {
  const read = readTyped(text, RESULT_CODE_LENGTH);
  if (read.status !== 'ok') return read;
  const canonical = read.characters;
  const facts = weightedSum(canonical) === 0 ? readFacts(canonical) : null;
  return facts === null ? { status: 'check' } : { status: 'ok', code: canonical as ResultCode, facts: facts }; // length, alphabet and check were just looked at
}

/** @returns The code as it is shown and read out: three groups of four, joined by hyphens. */
export function showResultCode(code: string): string {
  return code.substring(0, 4) + '-' + code.substring(4, 8) + '-' + code.substring(8);
}

/** @returns The facts, or null when no agent writes such characters. */
function readFacts(canonical: string): ResultFacts | null {
  const word = RESULT_WORDS[PASSCODE_ALPHABET.indexOf(canonical.charAt(0))];
  const last = Math.floor(PASSCODE_ALPHABET.indexOf(canonical.charAt(10)) / FORMS);
  let rest = 0;
  for (let i = 1; i <= 9; i++) rest = rest * 26 + PASSCODE_ALPHABET.indexOf(canonical.charAt(i));
  rest = rest * LAST_VALUES + last;
  const entry = Math.floor(rest / MAC_RANGE);
  if (word === undefined || last >= LAST_VALUES || entry >= 0x100000) return null;
  const facts: ResultFacts = { word: word, entry: entry, mac: rest % MAC_RANGE };
  return formatResultCode(facts) === canonical ? facts : null;
}

function indexOfWord(word: ResultWord): number {
  for (let i = 0; i < RESULT_WORDS.length; i++) if (RESULT_WORDS[i] === word) return i;
  return 0;
}

function byteOf(bytes: ArrayLike<number>, at: number): number {
  return bytes[at] || 0;
}

function weightedSum(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (2 * sum + PASSCODE_ALPHABET.indexOf(text.charAt(i))) % PRIME;
  return sum;
}
