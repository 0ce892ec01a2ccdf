// An ID and a recovery password in 16 bytes each, as runs and the store keep them: what is canonical, and packed at once out of the codes of a text.
// A million rows are read in seconds, so nothing here makes a string, and no pattern is asked.
import type { KeyProtectorId } from './key-protector-id.ts';
import { GROUPS, recoveryPasswordFromBytes, type RecoveryPassword } from './recovery-password.ts';

/** Characters of a canonical ID, without braces, and of a canonical recovery password. */
export const ID_LENGTH = 36;
export const PASSWORD_LENGTH = 55;
export const ID_BYTES = 16;
export const PASSWORD_BYTES = 16;

const LARGEST_NUMBER = 0xffff;

/**
 * Packs an ID as nearly every export writes it, in either case, to 16 bytes in the order people read, which sorts as the text does.
 *
 * @param codes  Of an untrusted text. @param at  Of its first character.
 * @returns Whether it is one; if not, there is no telling what is written. Never throws.
 */
export function packId(codes: Uint16Array, at: number, target: Uint8Array, to: number): boolean {
  let all = 0;
  for (let from = at, byte = to; byte < to + ID_BYTES; from += 2, byte += 1) {
    if (from === at + 8 || from === at + 13 || from === at + 18 || from === at + 23) {
      if (codes[from] !== HYPHEN) return false;
      from += 1;
    }
    const value = (hexValue(codes[from] ?? 0) << 4) | hexValue(codes[from + 1] ?? 0);
    all |= value; // below zero once a digit was none
    target[byte] = value;
  }
  return all >= 0;
}

/**
 * Packs a recovery password as nearly every export writes it to the eight numbers behind its groups, 16-bit little-endian. The same otherwise; what is written is secret.
 *
 * @source  See `parseRecoveryPassword`, which reads every other spelling too.
 */
export function packPassword(codes: Uint16Array, at: number, target: Uint8Array, to: number): boolean {
  for (let group = 0, from = at; group < GROUPS; group += 1, from += 7) {
    let digits = 0;
    for (let n = from; n < from + 6; n += 1) {
      const digit = (codes[n] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return false;
      digits = digits * 10 + digit;
    }
    const number = (digits / 11) | 0;
    if (number * 11 !== digits || number > LARGEST_NUMBER || (group < GROUPS - 1 && codes[from + 6] !== HYPHEN)) return false;
    target[to + 2 * group] = number;
    target[to + 2 * group + 1] = number >> 8;
  }
  return true;
}

/** @param text  Untrusted. @returns Whether it is a canonical ID, but for its case. */
export const isCanonicalIdOfAnyCase = (text: string): boolean => text.length === ID_LENGTH && packId(codesOf(text), 0, judged, 0);

/** @param text  Untrusted. @returns Whether it is a canonical recovery password. */
export const isCanonicalPassword = (text: string): text is RecoveryPassword => text.length === PASSWORD_LENGTH && packPassword(codesOf(text), 0, judged, 0);

/** Packs a canonical ID. */
export function writeId(id: string, target: Uint8Array, at: number): void {
  packId(codesOf(id), 0, target, at);
}

/** Packs a canonical recovery password. */
export function writePassword(password: RecoveryPassword, target: Uint8Array, at: number): void {
  packPassword(codesOf(password), 0, target, at);
}

/** The canonical ID of 16 packed bytes. */
export function unpackId(bytes: Uint8Array, at: number): KeyProtectorId {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + at, ID_BYTES).toString('hex').toUpperCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as KeyProtectorId; // 16 bytes are 32 digits
}

/** The recovery password of 16 packed bytes. Secret. */
export function unpackPassword(bytes: Uint8Array, at: number): RecoveryPassword {
  const password = recoveryPasswordFromBytes(bytes.subarray(at, at + PASSWORD_BYTES));
  if (password === null) throw new RangeError(`no ${PASSWORD_BYTES} bytes at ${at}`);
  return password;
}

const HYPHEN = 0x2d;
const ZERO = 0x30;
const NO_DIGIT = -1;
const HEX = Int8Array.from({ length: 0x80 }, (_, code) => '0123456789ABCDEF'.indexOf(String.fromCharCode(code).toUpperCase()));
const hexValue = (code: number): number => (code < 0x80 ? (HEX[code] ?? NO_DIGIT) : NO_DIGIT);

/** Written over with each text: to ask a string for a character after the other takes longer. */
const room = new Uint16Array(PASSWORD_LENGTH);
const roomBytes = Buffer.from(room.buffer);
const judged = new Uint8Array(PASSWORD_BYTES);

function codesOf(text: string): Uint16Array {
  roomBytes.write(text, 'utf16le');
  return room;
}
