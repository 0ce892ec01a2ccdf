import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { AppError } from '../../../electron/core/app-error.ts';
import { extentBytes, joinIntoRuns } from '../../../electron/formats/fat/extent.ts';
import { foldName, isLongName } from '../../../electron/formats/fat/names.ts';
import type { FatPlan } from '../../../electron/formats/fat/plan.ts';
import { planFat } from '../../../electron/formats/fat/plan.ts';
import type { FatVolume } from '../../../electron/formats/fat/read.ts';
import { openFat } from '../../../electron/formats/fat/read.ts';
import { fileTrees } from './file-trees.ts';

const MIB = 1024 * 1024;
const PARTITION = MIB;
const AT = Date.UTC(2024, 6, 19, 5, 27, 0);

type Order = { files: { path: string; bytes: Uint8Array }[]; folders?: string[]; partitionBytes?: number };

function plan({ files, folders = [], partitionBytes = 40 * MIB }: Order): FatPlan<Uint8Array> {
  return planFat({
    files: files.map(({ path, bytes }) => ({ path, sizeBytes: bytes.length, source: bytes })), folders,
    label: 'BLUELIFT', volumeId: 0x1234_5678, partitionOffset: PARTITION, partitionBytes, modifiedAtMs: AT,
  });
}

/** A disk that was full of something else before: what the plan does not write stays 0xaa. */
function write(planned: FatPlan<Uint8Array>, diskBytes: number): Uint8Array {
  const disk = new Uint8Array(diskBytes).fill(0xaa);
  for (const run of joinIntoRuns(planned.extents, 4 * MIB)) {
    for (const { extent, at, from, sizeBytes } of run.parts) {
      const target = disk.subarray(run.offset + at, run.offset + at + sizeBytes);
      target.fill(0);
      if (extent.kind === 'bytes') target.set(extent.bytes.subarray(from, from + sizeBytes));
      if (extent.kind === 'source') target.set(extent.source.subarray(from, from + sizeBytes));
    }
  }
  return disk;
}

const openDisk = (disk: Uint8Array): Promise<FatVolume> => openFat((offset, length) => Promise.resolve(disk.slice(offset, offset + length)), PARTITION);

async function readTree(volume: FatVolume, folder = ''): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const entry of await volume.list(folder) ?? []) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    // A damaged folder may hold itself.
    if (entry.isFolder && path.split('/').length > 8) continue;
    if (entry.isFolder) for (const [inner, bytes] of await readTree(volume, path)) found.set(inner, bytes);
    else found.set(path, await bytesOf(volume, path));
  }
  return found;
}

async function bytesOf(volume: FatVolume, path: string): Promise<Uint8Array> {
  const entry = await volume.find(path);
  const pieces: Uint8Array[] = [];
  if (entry !== null) for await (const piece of volume.readFile(entry)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

describe('a FAT32 file system planned, written over an old disk and read back', () => {
  test('holds every file with its name and bytes, whatever the tree', async () => {
    const disk = new Uint8Array(PARTITION + 40 * MIB);
    await fc.assert(fc.asyncProperty(fileTrees, async (files) => {
      const planned = plan({ files });
      disk.set(write(planned, disk.length));
      const read = await readTree(await openDisk(disk));
      expect([...read.keys()].sort()).toEqual(files.map(({ path }) => path).sort());
      for (const { path, bytes } of files) expect(Buffer.compare(read.get(path) ?? Buffer.alloc(0), bytes), path).toBe(0);
    }), { numRuns: 40 });
  });

  test('is found by path in any case, and says when it was made', async () => {
    const volume = await openDisk(write(plan({ files: [{ path: 'EFI/BOOT/BOOTX64.EFI', bytes: Buffer.from('loader') }, { path: 'bluelift/results/A.txt', bytes: Buffer.from('') }] }), PARTITION + 40 * MIB));
    const entry = await volume.find('efi/boot/bootx64.efi');
    expect(entry).toMatchObject({ name: 'BOOTX64.EFI', sizeBytes: 6, isFolder: false, modifiedAtMs: AT });
    expect(await volume.find('Bluelift/RESULTS/a.TXT')).toMatchObject({ name: 'A.txt', sizeBytes: 0, cluster: 0 });
    expect(await volume.find('bluelift/none/a.txt')).toBeNull();
    expect(volume.label).toBe('BLUELIFT');
  });

  test('keeps a folder for which there is no file yet', async () => {
    const volume = await openDisk(write(plan({ files: [], folders: ['bluelift/results'] }), PARTITION + 40 * MIB));
    expect(await volume.list('bluelift/results')).toEqual([]);
  });

  test('starts its data at a whole MiB of the disk, whatever the size', () => {
    for (const mib of [34, 260, 261, 1024, 8 * 1024, 8 * 1024 + 1, 29_000, 60_000, 128 * 1024]) {
      const { geometry } = plan({ files: [], partitionBytes: mib * MIB });
      expect(geometry.dataOffset % MIB).toBe(0);
      expect(geometry.reservedSectors).toBeGreaterThanOrEqual(32);
      expect(geometry.fatSectors * 512).toBeGreaterThanOrEqual((geometry.clusters + 2) * 4);
      expect(geometry.dataOffset + geometry.clusters * geometry.clusterBytes).toBeLessThanOrEqual(mib * MIB);
    }
  });

  test('is written with a few hundred ascending writes, not one per file', () => {
    const files = Array.from({ length: 4_000 }, (_, i) => ({ path: `bluelift/bundle/${(i >> 8).toString(16).padStart(2, '0')}/${i}.txt`, bytes: new Uint8Array(5_000) }));
    const runs = [...joinIntoRuns(plan({ files, partitionBytes: 300 * MIB }).extents, 4 * MIB)];
    expect(runs.length).toBeLessThan(60);
    for (const [i, run] of runs.entries()) expect(run.offset).toBeGreaterThanOrEqual((runs[i - 1]?.offset ?? 0) + (runs[i - 1]?.sizeBytes ?? 0));
  });
});

describe('a FAT32 plan refuses', () => {
  const codeOf = (order: Order): unknown => {
    try { plan(order); } catch (error) { return error instanceof AppError ? { code: error.code, path: error.facts['path'] } : error; }
    return null;
  };

  test('a file of 4 GiB by its name, and takes one byte less', () => {
    const sized = (sizeBytes: number): unknown => {
      try {
        return planFat({ files: [{ path: 'sources/install.wim', sizeBytes, source: null }], label: 'BLUELIFT', volumeId: 1, partitionOffset: PARTITION, partitionBytes: 6 * 1024 * MIB, modifiedAtMs: AT })
          .extents.some((extent) => extent.kind === 'source' && extentBytes(extent) >= sizeBytes);
      } catch (error) { return error instanceof AppError ? [error.code, error.facts['path']] : error; }
    };
    expect(sized(2 ** 32)).toEqual(['file-too-large', 'sources/install.wim']);
    expect(sized(2 ** 32 - 1)).toBe(true);
  });

  test.each(['a:b', 'end.', 'end ', 'tab\tname', '..', 'x'.repeat(256), '\ud800', 'a|b'])('a name Windows would refuse (case %#)', (name) => {
    expect(codeOf({ files: [{ path: `docs/${name}`, bytes: new Uint8Array(1) }] })).toEqual({ code: 'invalid-input', path: `docs/${name}` });
  });

  test('two names that differ in case only, also of a file and a folder', () => {
    const bytes = new Uint8Array(1);
    expect(codeOf({ files: [{ path: 'README.txt', bytes }, { path: 'readme.TXT', bytes }] })).toEqual({ code: 'invalid-input', path: 'readme.TXT' });
    expect(codeOf({ files: [{ path: 'a', bytes }, { path: 'A/b', bytes }] })).toEqual({ code: 'invalid-input', path: 'A' });
  });

  test('a partition too small for FAT32 or for the files, and says how much is needed', () => {
    expect(codeOf({ files: [], partitionBytes: 32 * MIB })).toMatchObject({ code: 'image-too-small' });
    expect(codeOf({ files: [{ path: 'a', bytes: new Uint8Array(40 * MIB) }], partitionBytes: 40 * MIB })).toMatchObject({ code: 'image-too-small' });
  });

  test('ß and ss are two names', () => {
    expect(foldName('straße')).not.toBe(foldName('strasse'));
    expect(isLongName('straße.txt')).toBe(true);
  });
});

describe('a damaged FAT32 file system', () => {
  test('never makes the reader hang or fail with anything but image-unreadable', async () => {
    const good = write(plan({ files: [{ path: 'bluelift/medium.txt', bytes: new Uint8Array(3_000) }, { path: 'bluelift/results/x.txt', bytes: new Uint8Array(70_000) }] }), PARTITION + 34 * MIB);
    const fat = PARTITION + 2_048 * 512 - 2 * 546 * 512;
    const places = fc.oneof(fc.integer({ min: 0, max: 511 }).map((n) => PARTITION + n), fc.integer({ min: 0, max: 2_000 }).map((n) => fat + n), fc.integer({ min: 0, max: 4_096 }).map((n) => PARTITION + MIB + n));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(places, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 }), async (changes) => {
      const disk = good.slice();
      for (const [at, byte] of changes) disk[at] = byte;
      try { await readTree(await openDisk(disk)); } catch (error) { expect(error).toMatchObject({ code: 'image-unreadable' }); }
    }), { numRuns: 100 });
  });
});
