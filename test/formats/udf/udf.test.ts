import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { ReadAt } from '../../../electron/formats/fat/read.ts';
import { openUdf } from '../../../electron/formats/udf/read.ts';
import { sevenZipArchives } from '../../../electron/desk/seven-zip.ts';
import { makeMediaDesk } from '../../fixtures/media-desk.ts';

const iso = gunzipSync(readFileSync(fileURLToPath(new URL('../../fixtures/base/windows-x64.iso.gz', import.meta.url))));
const reader = (bytes: Uint8Array): ReadAt => (offset, length) => Promise.resolve(bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length)));
/** What of the disc holds descriptors and folders: where damage matters. */
const STRUCTURES = { from: 32 * 2048, to: 320 * 2048 };

describe('a UDF volume', () => {
  test('says where a file lies, byte for byte what 7-Zip takes out of it', async () => {
    using desk = makeMediaDesk();
    const path = desk.base('windows-x64.iso');
    const archives = sevenZipArchives();
    const volume = await openUdf(reader(iso));
    const files = (await archives.list(path)).entries.filter(({ isFolder, sizeBytes }) => !isFolder && sizeBytes > 0);
    expect(files.length).toBeGreaterThan(0);
    await archives.extract(path, files, `${desk.folder}/out`);
    for (const file of files) {
      const found = await volume?.find(file.path.toUpperCase());
      expect(found?.sizeBytes, file.path).toBe(file.sizeBytes);
      const bytes = Buffer.concat((found?.extents ?? []).map(({ offset, sizeBytes }) => iso.subarray(offset, offset + sizeBytes)));
      expect(bytes.equals(readFileSync(`${desk.folder}/out/${file.path}`)), file.path).toBe(true);
    }
  });

  test('has no file where there is a folder, nothing, or something beneath a file', async () => {
    const volume = await openUdf(reader(iso));
    for (const path of ['sources', 'sources/none.wim', 'sources/boot.wim/inside', '', 'none/boot.wim']) expect(await volume?.find(path), path).toBeNull();
  });

  test('is none where the anchor is missing or the image ends before it', async () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(1_000_000), iso.subarray(0, 256 * 2048 + 100)]) expect(await openUdf(reader(bytes))).toBeNull();
  });

  test('neither hangs nor throws, whatever bytes of it are damaged, and never points beyond what it says', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: STRUCTURES.from, max: STRUCTURES.to - 1 }), fc.nat(255)), { maxLength: 40 }), fc.integer({ min: 0, max: iso.length }), async (changes, length) => {
      const bytes = Buffer.from(iso);
      for (const [at, byte] of changes) {
        // The sum of a tag would catch most damage: it is put right again, as somebody with intent would.
        bytes[at] = byte;
        const tag = at - (at % 2048);
        let sum = 0;
        for (let i = 0; i < 16; i++) if (i !== 4) sum += bytes[tag + i] ?? 0;
        bytes[tag + 4] = sum & 0xff;
      }
      for (const part of [bytes, bytes.subarray(0, length)]) {
        const found = await (await openUdf(reader(part)))?.find('sources/boot.wim') ?? null;
        if (found !== null) expect(found.extents.reduce((total, { sizeBytes }) => total + sizeBytes, 0)).toBe(found.sizeBytes);
      }
    }), { numRuns: 150 });
  });
});
