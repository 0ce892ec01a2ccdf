import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { FileInTheMaking } from '../../electron/core/media/media-ports.ts';
import type { PlannedFile } from '../../electron/core/media/medium-plan.ts';
import { writeExtents } from '../../electron/core/media/write-extents.ts';
import { planFat } from '../../electron/formats/fat/plan.ts';
import { sevenZipArchives } from '../../electron/desk/seven-zip.ts';
import type { TreeFile } from '../formats/fat/file-trees.ts';
import { fileTrees } from '../formats/fat/file-trees.ts';
import { makeMediaDesk } from '../fixtures/media-desk.ts';
import { tool } from './tools.ts';

const MIB = 1024 * 1024;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function writeVolume(image: FileInTheMaking, files: readonly TreeFile[], partitionBytes: number): Promise<void> {
  const planned = files.map(({ path, bytes }): PlannedFile => ({ path, sizeBytes: bytes.length, hash: { sha256: sha256(bytes) }, source: { kind: 'bytes', bytes } }));
  const plan = planFat({
    files: planned.map((file) => ({ path: file.path, sizeBytes: file.sizeBytes, source: file })), label: 'BLUELIFT', volumeId: 0x2024_0719,
    partitionOffset: 0, partitionBytes, modifiedAtMs: Date.UTC(2024, 6, 20),
  });
  await image.reserve(partitionBytes, 0);
  await writeExtents(plan.extents, image, makeNoFiles(), {});
  await image.commit();
}

/** The trees are in memory: nothing may be opened. */
function makeNoFiles(): Parameters<typeof writeExtents>[2] {
  return new Proxy({} as Parameters<typeof writeExtents>[2], { get: () => () => { throw new Error('no file may be opened'); } });
}

function readFolder(folder: string, below = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) for (const [inner, hash] of readFolder(folder, path)) found.set(inner, hash);
    else found.set(path, sha256(readFileSync(join(folder, path))));
  }
  return found;
}

test('fsck.fat, mtools and 7-Zip find every random tree as it was meant', async () => {
  using desk = makeMediaDesk();
  const archives = sevenZipArchives();
  const sizes = fc.constantFrom(40 * MIB, 300 * MIB, 1_100 * MIB);
  await fc.assert(fc.asyncProperty(fileTrees, sizes, async (files, partitionBytes) => {
    const path = join(desk.folder, 'volume.img');
    await writeVolume(await desk.ports.files.create(path, true), files, partitionBytes);
    // Whatever fsck.fat would correct makes it end with 1.
    expect(tool('fsck.fat', '-n', path)).toMatch(/\d+ files, /);

    const want = new Map(files.map((file) => [file.path, sha256(file.bytes)]));
    const out = join(desk.folder, 'out');
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out);
    if (files.length > 0) await archives.extract(path, [...new Set(files.map((file) => file.path.split('/')[0] ?? ''))].map((top) => ({ path: top, isFolder: true, sizeBytes: 0 })), out);
    expect(readFolder(out)).toEqual(want);

    // Somebody else writes on: table, FSInfo and folders must be such that they can.
    writeFileSync(join(desk.folder, 'new'), 'a record');
    tool('mcopy', '-o', '-i', path, join(desk.folder, 'new'), '::/record of the host.txt');
    expect(tool('fsck.fat', '-n', path)).toMatch(/\d+ files, /);
  }), { numRuns: 25 });
});
