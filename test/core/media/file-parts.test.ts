import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { openParts, stretchOf } from '../../../electron/core/media/file-parts.ts';
import { makeMediaDesk } from '../../fixtures/media-desk.ts';

test('stretches of files read as one, whole or in part, into lent memory or fresh, and so does a stretch of them', async () => {
  using desk = makeMediaDesk();
  const { files } = desk.ports;
  const contents = ['a', 'b', 'c'].map((name, n) => ({ path: join(desk.folder, name), bytes: Buffer.from(Array.from({ length: 50 }, (_, i) => n * 60 + i)) }));
  for (const { path, bytes } of contents) writeFileSync(path, bytes);
  const part = fc.tuple(fc.nat(2), fc.nat(50), fc.nat(50)).map(([file, offset, sizeBytes]) => ({ file, offset, sizeBytes: Math.min(sizeBytes, 50 - offset) }));
  await fc.assert(fc.asyncProperty(fc.array(part, { maxLength: 6 }), fc.nat(200), fc.nat(200), fc.boolean(), async (chosen, offset, length, isLent) => {
    const parts = chosen.map(({ file, ...place }) => ({ path: contents[file]?.path ?? '', ...place }));
    const whole = Buffer.concat(chosen.map((one) => contents[one.file]?.bytes.subarray(one.offset, one.offset + one.sizeBytes) ?? Buffer.alloc(0)));
    for (const [given, expected] of [[parts, whole], [stretchOf(parts, offset, length), whole.subarray(offset, offset + length)]] as const) {
      const file = await openParts(files, given);
      expect(file.sizeBytes).toBe(expected.length);
      for (const [from, count] of [[0, expected.length], [offset, length]] as const) {
        expect(Buffer.from(await file.read(from, count, isLent ? new Uint8Array(count) : undefined))).toEqual(Buffer.from(expected.subarray(from, from + count)));
      }
      await file.close();
    }
  }), { numRuns: 200 });
});

test('a file that became shorter gives fewer bytes, and what follows does not move up', async () => {
  using desk = makeMediaDesk();
  const path = join(desk.folder, 'short');
  writeFileSync(path, 'abc');
  const file = await openParts(desk.ports.files, [{ path, offset: 0, sizeBytes: 5 }, { path, offset: 0, sizeBytes: 3 }]);
  expect(Buffer.from(await file.read(0, 8)).toString()).toBe('abc');
  await file.close();
});
