// SHA-256, HMAC and PBKDF2 for an engine without typed arrays. Numbers are 32-bit words with sign, as the operators of
// JavaScript leave them. Source: FIPS 180-4, RFC 2104, RFC 8018. Measured under Wine: see the rehearsal's report.
// `as number` on an array's element: indices here are computed and inside, and a check for each would halve the speed.

const K = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
  0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
  0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
  0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
  0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];
const START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/** A hash in the making: bytes go in piece by piece. */
export type Sha256 = { update(bytes: readonly number[]): void; digest(): number[] };

/** @returns A new hash; `digest` may be called once. */
export function createSha256(): Sha256 {
  return continueSha256(START.slice(0), 0);
}

/** @returns The 32 bytes of SHA-256. */
export function sha256(bytes: readonly number[]): number[] {
  const hash = createSha256();
  hash.update(bytes);
  return hash.digest();
}

/** A key whose first block is hashed already, which halves the work of every further message. */
export type HmacKey = { readonly inner: readonly number[]; readonly outer: readonly number[] };

/** @param key Of any length; secret. @returns The same key with both its blocks taken in, for many HMACs: also secret. */
export function makeHmacKey(key: readonly number[]): HmacKey {
  const short = key.length > 64 ? sha256(key) : key;
  const inner: number[] = [];
  const outer: number[] = [];
  for (let i = 0; i < 64; i++) {
    const byte = i < short.length ? (short[i] as number) : 0;
    inner.push(byte ^ 0x36);
    outer.push(byte ^ 0x5c);
  }
  return { inner: afterBlock(inner), outer: afterBlock(outer) };
}

/** @returns The 32 bytes of HMAC-SHA-256. */
export function hmac(key: HmacKey, message: readonly number[]): number[] {
  const inner = continueSha256(key.inner.slice(0), 64);
  inner.update(message);
  const outer = continueSha256(key.outer.slice(0), 64);
  outer.update(inner.digest());
  return outer.digest();
}

/** @returns 32 bytes of PBKDF2-HMAC-SHA-256: one block, so the two blocks a round are all the work there is. */
export function pbkdf2(passcode: readonly number[], salt: readonly number[], iterations: number): number[] {
  const key = makeHmacKey(passcode);
  let u = toWords(hmac(key, salt.concat([0, 0, 0, 1])));
  const sum = u.slice(0);
  for (let n = 1; n < iterations; n++) {
    const inner = key.inner.slice(0);
    compress(inner, paddedDigest(u));
    u = key.outer.slice(0);
    compress(u, paddedDigest(inner));
    for (let i = 0; i < 8; i++) sum[i] = (sum[i] as number) ^ (u[i] as number);
  }
  return toOctets(sum);
}

/** A message of 32 bytes after a first block of 64, padded to a block. */
function paddedDigest(words: readonly number[]): number[] {
  return words.concat([0x80000000 | 0, 0, 0, 0, 0, 0, 0, 768]);
}

function afterBlock(block: readonly number[]): number[] {
  const state = START.slice(0);
  compress(state, toWords(block));
  return state;
}

function continueSha256(state: number[], already: number): Sha256 {
  let waiting: number[] = [];
  let total = already;
  const update = (bytes: readonly number[]): void => {
    total += bytes.length;
    let at = 0;
    if (waiting.length > 0) {
      at = Math.min(64 - waiting.length, bytes.length);
      waiting = waiting.concat(bytes.slice(0, at));
      if (waiting.length < 64) return;
      compress(state, toWords(waiting));
    }
    for (; at + 64 <= bytes.length; at += 64) compress(state, toWords(bytes.slice(at, at + 64)));
    waiting = bytes.slice(at);
  };
  const digest = (): number[] => {
    const bits = total * 8;
    const end = waiting.concat([0x80]);
    while (end.length % 64 !== 56) end.push(0);
    // A length of 2^32 bits and more needs the upper word: shifts know 32 bits only.
    const length = toOctets([Math.floor(bits / 4294967296) | 0, bits % 4294967296 | 0]);
    const padded = end.concat(length);
    for (let at = 0; at < padded.length; at += 64) compress(state, toWords(padded.slice(at, at + 64)));
    return toOctets(state);
  };
  return { update: update, digest: digest };
}

function toWords(bytes: readonly number[]): number[] {
  const words: number[] = [];
  for (let i = 0; i < bytes.length; i += 4) {
    words.push(((bytes[i] as number) << 24) | ((bytes[i + 1] as number) << 16) | ((bytes[i + 2] as number) << 8) | (bytes[i + 3] as number));
  }
  return words;
}

function toOctets(words: readonly number[]): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    bytes.push((word >>> 24) & 255, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
  }
  return bytes;
}

function compress(state: number[], w: number[]): void {
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15] as number;
    const y = w[t - 2] as number;
    w[t] = ((w[t - 16] as number) + (w[t - 7] as number)
      + (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3))
      + (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10))) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t++) {
    const x = h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + (K[t] as number) + (w[t] as number);
    const y = (((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + x) | 0;
    d = c;
    c = b;
    b = a;
    a = (x + y) | 0;
  }
  const round = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = ((state[i] as number) + (round[i] as number)) | 0;
}
