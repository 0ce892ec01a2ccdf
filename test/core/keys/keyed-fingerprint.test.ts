import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFingerprints } from '../../../electron/core/keys/keyed-fingerprint.ts';
import { openFingerprint } from '../../../electron/store/sealed-pages.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('the fingerprint in bulk is the HMAC of the store, wherever the password lies', () => {
  fc.assert(fc.property(bytes(32), fc.array(bytes(16), { minLength: 1, maxLength: 5 }), (key, passwords) => {
    const inBulk = openFingerprints(key);
    const single = openFingerprint(key);
    const all = Buffer.concat(passwords);
    const target = Buffer.alloc(all.length);
    passwords.forEach((_, n) => inBulk(all, n * 16, target, n * 16));
    expect(target.equals(Buffer.concat(passwords.map((password) => single(password))))).toBe(true);
  }), { numRuns: 300 });
});
