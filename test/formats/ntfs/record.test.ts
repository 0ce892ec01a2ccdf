import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../../electron/core/app-error.ts';
import { openNtfs, sniffNtfs } from '../../../electron/formats/ntfs/read.ts';
import { putRight, runsOf, type Run } from '../../../electron/formats/ntfs/record.ts';

/** Runs as a volume writes them: the fewest bytes for each number. */
function packed(runs: readonly Run[]): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  const little = (value: number, signed: boolean): number[] => {
    for (let size = 1; ; size += 1) {
      const fits = signed ? value >= -(2 ** (size * 8 - 1)) && value < 2 ** (size * 8 - 1) : value < 2 ** (size * 8);
      if (fits) return Array.from({ length: size }, (_, at) => Number((BigInt.asUintN(size * 8, BigInt(value)) >> BigInt(at * 8)) & 0xffn));
    }
  };
  for (const { lcn, clusters } of runs) {
    const length = little(clusters, false);
    const offset = lcn === null ? [] : little(lcn - before, true);
    bytes.push((offset.length << 4) | length.length, ...length, ...offset);
    if (lcn !== null) before = lcn;
  }
  return Uint8Array.from([...bytes, 0]);
}

test('data runs are read as they were written, forwards, backwards and where nothing is on the disk', () => {
  const run = fc.record({ lcn: fc.option(fc.integer({ min: 0, max: 2 ** 40 }), { nil: null }), clusters: fc.integer({ min: 1, max: 2 ** 32 }) });
  fc.assert(fc.property(fc.array(run, { maxLength: 20 }), (runs) => { expect(runsOf(packed(runs))).toEqual(runs); }));
});

test('any bytes are runs or damaged, never anything else', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
    try {
      for (const { clusters } of runsOf(bytes)) expect(clusters).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toMatchObject({ code: 'volume-unreadable' });
    }
  }));
});

test('a record whose sectors were torn apart is noticed', () => {
  const record = new Uint8Array(1024);
  const view = new DataView(record.buffer);
  record.set(new TextEncoder().encode('FILE'));
  view.setUint16(4, 48, true);
  view.setUint16(6, 3, true);
  view.setUint16(48, 7, true);
  view.setUint16(50, 0x1111, true);
  view.setUint16(52, 0x2222, true);
  view.setUint16(510, 7, true);
  view.setUint16(1022, 7, true);
  const torn = Uint8Array.from(record);
  torn[1022] = 8;
  expect(() => putRight(torn, 'FILE')).toThrow(AppError);
  putRight(record, 'FILE');
  expect([view.getUint16(510, true), view.getUint16(1022, true)]).toEqual([0x1111, 0x2222]);
});

test('what is no NTFS is refused, whatever it is', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 2048 }), async (bytes) => {
    const readAt = (offset: number, length: number): Promise<Uint8Array> => Promise.resolve(bytes.subarray(offset, offset + length));
    expect(await sniffNtfs(readAt, 0)).toBeNull();
    await expect(openNtfs(readAt, 0)).rejects.toMatchObject({ code: 'volume-unreadable' });
  }));
});
