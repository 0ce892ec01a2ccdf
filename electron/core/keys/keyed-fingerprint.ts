// The store's keyed fingerprint (sealed-pages.ts, `openFingerprint`) for a million passwords at a time.
// The same HMAC-SHA256, but its two key blocks are hashed once: 2 rounds of SHA-256 a password, 0.7 µs, where node:crypto's set-up alone takes 4 to 13 µs.

export const FINGERPRINT_BYTES = 16;
const PASSWORD_BYTES = 16;

/**
 * @param key The desk's `fingerprintKey`; secret.
 * @returns Writes the fingerprint of the 16 bytes at `from` in `passwords` to `to` in `target`. Equal to what `openFingerprint` gives; never throws.
 */
export function openFingerprints(key: Uint8Array): (passwords: Uint8Array, from: number, target: Uint8Array, to: number) => void {
  const inner = keyBlock(key, 0x36);
  const outer = keyBlock(key, 0x5c);
  const state = new Int32Array(8);
  const block = new Int32Array(64);
  return (passwords, from, target, to) => {
    block.fill(0, 0, 16);
    for (let i = 0; i < 4; i += 1) block[i] = readWord(passwords, from + 4 * i);
    block[4] = END_OF_MESSAGE;
    block[15] = (64 + PASSWORD_BYTES) * 8;
    state.set(inner);
    compress(state, block);
    block.fill(0, 8, 16);
    block.set(state);
    block[8] = END_OF_MESSAGE;
    block[15] = (64 + 32) * 8;
    state.set(outer);
    compress(state, block);
    for (let i = 0; i < FINGERPRINT_BYTES; i += 1) target[to + i] = ((state[i >> 2] ?? 0) >>> (24 - 8 * (i & 3))) & 0xff;
  };
}

const END_OF_MESSAGE = 0x80000000 | 0;

/** The state after the block of the key: all that a second password under the same key does not have to do again. */
function keyBlock(key: Uint8Array, pad: number): Int32Array {
  const bytes = new Uint8Array(64).fill(pad);
  for (let i = 0; i < key.length; i += 1) bytes[i] = (key[i] ?? 0) ^ pad;
  const block = new Int32Array(64);
  for (let i = 0; i < 16; i += 1) block[i] = readWord(bytes, 4 * i);
  const state = Int32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));
  compress(state, block);
  return state;
}

const readWord = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);

/** FIPS 180-4, 6.2.2. @param block 16 words of message; room for 64. */
function compress(state: Int32Array, block: Int32Array): void {
  for (let t = 16; t < 64; t += 1) {
    const w15 = block[t - 15] as number; // within 64 by the loop's bounds, as all below
    const w2 = block[t - 2] as number;
    const s0 = ((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3);
    const s1 = ((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10);
    block[t] = (block[t - 16] as number) + s0 + (block[t - 7] as number) + s1;
  }
  let a = state[0] as number, b = state[1] as number, c = state[2] as number, d = state[3] as number;
  let e = state[4] as number, f = state[5] as number, g = state[6] as number, h = state[7] as number;
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[t] as number) + (block[t] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] = (state[0] as number) + a; state[1] = (state[1] as number) + b; state[2] = (state[2] as number) + c; state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e; state[5] = (state[5] as number) + f; state[6] = (state[6] as number) + g; state[7] = (state[7] as number) + h;
}

/** The first 32 bits of the fractional part: where SHA-256 takes its constants from. */
const fraction = (x: number): number => ((x - Math.floor(x)) * 0x100000000) | 0;

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

const ROUND = Int32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)));
