import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixedVhdFooter, MOST_VHD_BYTES } from '../../../electron/formats/vhd/fixed-vhd-footer.ts';

const ID = new Uint8Array(16).fill(7);

test('the footer of any size says that size, sums up to its checksum, and its geometry is no larger than the disk', () => {
  fc.assert(fc.property(fc.integer({ min: 68 * 100, max: MOST_VHD_BYTES / 512 }), (sectors) => {
    const footer = Buffer.from(fixedVhdFooter(sectors * 512, ID));
    expect(footer.toString('latin1', 0, 8)).toBe('conectix');
    expect([footer.readBigUInt64BE(40), footer.readBigUInt64BE(48)]).toEqual([BigInt(sectors * 512), BigInt(sectors * 512)]);
    const sum = footer.reduce((total, byte, at) => (at >= 64 && at < 68 ? total : total + byte), 0);
    expect(footer.readUInt32BE(64)).toBe(~sum >>> 0);
    const chs = footer.readUInt16BE(56) * footer.readUInt8(58) * footer.readUInt8(59);
    expect(chs).toBeLessThanOrEqual(sectors);
    expect(chs).toBeGreaterThan(0);
  }));
});

test.each([0, 511, 513, -512, MOST_VHD_BYTES + 512, NaN])('%d bytes are no disk', (size) => {
  expect(() => fixedVhdFooter(size, ID)).toThrow(RangeError);
});
