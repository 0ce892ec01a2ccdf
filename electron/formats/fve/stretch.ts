// Turns the 16 bytes of a recovery password into the key that seals the volume master key: 2^20 rounds of SHA-256 over 88 bytes.
import { createHash } from 'node:crypto';
import { openStretchRounds } from './stretch-rounds.ts';

const ROUNDS = 0x100000;
/** Rounds between two reports: about 2 ms. */
const SLICE = 4096;
/** Where the first hash and the salt stand among the words; the last hash, zero at first, stands before them. */
const FIRST = 8;
const SALT = 16;

/**
 * @param password 16 bytes; secret. @param salt 16 bytes, from the volume.
 * @returns The key, 32 bytes, secret. Yields the share done, 0 to 1, about 250 times, so that the caller can show progress or stop; in all about 0.4 s.
 */
export function* stretchKey(password: Uint8Array, salt: Uint8Array): Generator<number, Uint8Array> {
  const { words, run } = openStretchRounds();
  try {
    words.set(wordsOf(createHash('sha256').update(password).digest()), FIRST);
    words.set(wordsOf(salt), SALT);
    for (let round = 0; round < ROUNDS; round += SLICE) {
      yield round / ROUNDS;
      run(round, round + SLICE);
    }
    const key = new Uint8Array(32);
    const view = new DataView(key.buffer);
    for (let index = 0; index < 8; index += 1) view.setInt32(index * 4, words[index] ?? 0);
    return key;
  } finally {
    words.fill(0);
  }
}

function wordsOf(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.length >> 2 }, (_, index) => view.getInt32(index * 4));
}
