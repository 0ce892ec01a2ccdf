// A short sign of a recovery password that two people can compare on the telephone without saying a digit of it.
import { createHmac } from 'node:crypto';
import { PASSCODE_ALPHABET } from '../media/passcode.ts';

const LETTERS = 8;

/**
 * Makes the short fingerprints of a desk.
 *
 * @param key1 Of the desk; secret. Without it nobody can try passwords against a fingerprint, so it may stand in lists and files.
 * @returns From the fingerprint in the store (keyed-fingerprint.ts) to two groups of four letters that no keyboard and no ear confuses, 37 bits: equal passwords have
 *          equal ones on this desk and on no other. It is a key and a step away from the stored one, so what is read out says nothing about the column.
 */
export function openShortFingerprints(key1: Uint8Array): (fingerprint: Uint8Array) => string {
  const key = createHmac('sha256', key1).update('bluelift short fingerprint 1').digest();
  return (fingerprint) => {
    let rest = createHmac('sha256', key).update(fingerprint).digest().readBigUInt64BE(0);
    let text = '';
    for (let at = 0; at < LETTERS; at += 1) {
      text += PASSCODE_ALPHABET.charAt(Number(rest % BigInt(PASSCODE_ALPHABET.length)));
      rest /= BigInt(PASSCODE_ALPHABET.length);
    }
    return `${text.slice(0, LETTERS / 2)}-${text.slice(LETTERS / 2)}`;
  };
}
