// Turns the 16 bytes of a recovery password into the key that seals the volume master key: 2^20 rounds of SHA-256 over 88 bytes.
// Written out by hand because a call per round into the platform's SHA-256 takes twice as long as the rounds themselves.
import { createHash } from 'node:crypto';

const ROUNDS = 0x100000;
/** Rounds between two reports: about 4 ms. */
const SLICE = 4096;

/**
 * @param password 16 bytes; secret. @param salt 16 bytes, from the volume.
 * @returns The key, 32 bytes, secret. Yields the share done, 0 to 1, about 250 times, so that the caller can show progress or stop; in all about 0.7 s.
 */
export function* stretchKey(password: Uint8Array, salt: Uint8Array): Generator<number, Uint8Array> {
  const initial = wordsOf(createHash('sha256').update(password).digest());
  const saltWords = wordsOf(salt);
  const last = new Int32Array(8);
  const hash = new Int32Array(8);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % SLICE === 0) yield round / ROUNDS;
    // 88 bytes are two blocks: last hash and first hash; then salt, the count as 64 bits little-endian, and the padding.
    hash.set(INITIAL);
    schedule.set(last, 0);
    schedule.set(initial, 8);
    compress(hash);
    schedule.set(saltWords, 0);
    schedule[4] = swap(round);
    schedule[5] = 0;
    schedule[6] = 0x80000000 | 0;
    schedule.fill(0, 7, 15);
    schedule[15] = 88 * 8;
    compress(hash);
    last.set(hash);
  }
  const key = new Uint8Array(32);
  const view = new DataView(key.buffer);
  for (let index = 0; index < 8; index += 1) view.setInt32(index * 4, last[index] ?? 0);
  return key;
}

function wordsOf(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.length >> 2 }, (_, index) => view.getInt32(index * 4));
}

const swap = (word: number): number => ((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);

/** Square roots of the first eight primes, and cube roots of the first 64 (FIPS 180-4). */
const PRIMES = [...function* primes() {
  for (let candidate = 2; ; candidate += 1) if (!Array.from({ length: candidate - 2 }, (_, n) => n + 2).some((divisor) => candidate % divisor === 0)) yield candidate;
}().take(64)];
const fraction = (value: number): number => ((value - Math.floor(value)) * 2 ** 32) | 0;
const INITIAL = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const ROUND_CONSTANTS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const schedule = new Int32Array(64);

/** One block of SHA-256 (FIPS 180-4 §6.2.2), its 16 words in `schedule`. */
function compress(hash: Int32Array): void {
  const W = schedule;
  const K = ROUND_CONSTANTS;
  for (let t = 16; t < 64; t += 1) {
    const w15 = W[t - 15] as number; // all indices are below 64; `?? 0` would cost a third of the speed
    const w2 = W[t - 2] as number;
    W[t] = ((W[t - 16] as number) + (W[t - 7] as number)
      + (((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3))
      + (((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10))) | 0;
  }
  let a = hash[0] as number, b = hash[1] as number, c = hash[2] as number, d = hash[3] as number; // eight words, always
  let e = hash[4] as number, f = hash[5] as number, g = hash[6] as number, h = hash[7] as number;
  for (let t = 0; t < 64; t += 1) {
    const one = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + (K[t] as number) + (W[t] as number)) | 0;
    const two = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0;
    d = c; c = b; b = a; a = (one + two) | 0;
  }
  hash[0] = ((hash[0] as number) + a) | 0; hash[1] = ((hash[1] as number) + b) | 0; hash[2] = ((hash[2] as number) + c) | 0; hash[3] = ((hash[3] as number) + d) | 0;
  hash[4] = ((hash[4] as number) + e) | 0; hash[5] = ((hash[5] as number) + f) | 0; hash[6] = ((hash[6] as number) + g) | 0; hash[7] = ((hash[7] as number) + h) | 0;
}
