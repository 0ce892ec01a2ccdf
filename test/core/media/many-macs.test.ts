import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ManyMacs } from '../../../electron/core/media/many-macs.ts';

test('a mac put together of two hashes is the HMAC of Node, message after message', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), fc.integer({ min: 0, max: 200 }).chain((length) => fc.array(fc.uint8Array({ minLength: length, maxLength: length }), { minLength: 1, maxLength: 4 })), (key, messages) => {
    const macs = new ManyMacs(key, messages[0]?.length ?? 0);
    const got = Buffer.alloc(20, 0xee);
    for (const message of messages) {
      macs.message.set(message);
      macs.writeMac(got, 2);
      expect(got.subarray(2, 18)).toEqual(createHmac('sha256', key).update(message).digest().subarray(0, 16));
      expect([got[0], got[1], got[18], got[19]]).toEqual([0xee, 0xee, 0xee, 0xee]);
    }
    macs.close();
    expect(macs.message.every((byte) => byte === 0)).toBe(true);
  }));
  expect(() => new ManyMacs(new Uint8Array(65), 1)).toThrow(RangeError);
});
