import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSha256, hmac, makeHmacKey, pbkdf2, sha256 } from '../../scripts/media/agent/sha256.ts';

const bytes = (maxLength: number): fc.Arbitrary<number[]> => fc.array(fc.integer({ min: 0, max: 255 }), { maxLength });
const hex = (octets: readonly number[]): string => Buffer.from(octets).toString('hex');

test('the agent hashes as everybody does, in one piece or in many', () => {
  fc.assert(fc.property(fc.array(bytes(150), { maxLength: 6 }), (pieces) => {
    const hash = createSha256();
    for (const piece of pieces) hash.update(piece);
    expect(hex(hash.digest())).toBe(createHash('sha256').update(Buffer.from(pieces.flat())).digest('hex'));
  }));
  for (const length of [0, 55, 56, 63, 64, 65, 119, 120, 128]) expect(hex(sha256(Array(length).fill(0x5a)))).toBe(createHash('sha256').update(Buffer.alloc(length, 0x5a)).digest('hex'));
});

test('a message authentication code is the same for keys shorter and longer than a block', () => {
  fc.assert(fc.property(bytes(140), bytes(140), (key, message) => {
    expect(hex(hmac(makeHmacKey(key), message))).toBe(createHmac('sha256', Buffer.from(key)).update(Buffer.from(message)).digest('hex'));
  }));
});

test('a passcode is stretched as RFC 8018 says', () => {
  fc.assert(fc.property(bytes(30), bytes(40), fc.integer({ min: 1, max: 20 }), (passcode, salt, iterations) => {
    expect(hex(pbkdf2(passcode, salt, iterations))).toBe(pbkdf2Sync(Buffer.from(passcode), Buffer.from(salt), iterations, 32, 'sha256').toString('hex'));
  }), { numRuns: 50 });
  expect(hex(pbkdf2([1], [2], 1000))).toBe(pbkdf2Sync(Buffer.from([1]), Buffer.from([2]), 1000, 32, 'sha256').toString('hex'));
});
