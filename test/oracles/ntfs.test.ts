// The reader of NTFS against volumes that mkntfs made and ntfs-3g filled.
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHANNEL_FILE_291 } from '../../electron/core/recipes/channel-file-291.ts';
import { dryRun } from '../../electron/core/recipes/dry-run.ts';
import { readRecipeFolder } from '../../electron/desk/recipe-folder.ts';
import { openNtfs, type NtfsVolume } from '../../electron/formats/ntfs/read.ts';

const MIB = 1024 * 1024;
const FOLDER = 'Windows\\System32\\drivers\\CrowdStrike';
const folder = mkdtempSync(join(tmpdir(), 'bluelift-ntfs-'));
const image = join(folder, 'volume.img');
const disk = join(folder, 'disk.img');
const mounted = join(folder, 'mounted');
const names = Array.from({ length: 1500 }, (_, n) => `Datei-mit-Umlaut-ä-${String(n).padStart(5, '0')}.log`);

/** Filled through the kernel by whoever wrote the file system, and read back by us. */
beforeAll(() => {
  const file = openSync(image, 'w');
  ftruncateSync(file, 64 * MIB);
  closeSync(file);
  execFileSync('mkntfs', ['-F', '-Q', '-q', '-c', '4096', image]);
  mkdirSync(mounted);
  execFileSync('ntfs-3g', [image, mounted]);
  try {
    const at = join(mounted, ...FOLDER.split('\\'));
    mkdirSync(at, { recursive: true });
    const put = (name: string, bytes: Uint8Array, modified: string): void => {
      writeFileSync(join(at, name), bytes);
      utimesSync(join(at, name), new Date(modified), new Date(modified));
    };
    const faulty = Uint8Array.of(0xaa, 0xaa, 0xaa, 0xaa, 1, 0, 0x23, 1);
    put('C-00000291-00000000-00000032.sys', new Uint8Array([...faulty, ...new Uint8Array(40_000)]), '2024-07-19T04:09:12Z');
    put('C-00000291-00000000-00000033.sys', faulty, '2024-07-19T05:27:00Z'); // small: its bytes lie within its record
    put('C-00000291-00000000-00000034.sys', new Uint8Array(50_000), '2024-07-19T04:30:00Z');
    put('C-00000285-00000000-00000001.sys', faulty, '2024-07-19T04:09:12Z');
    const many = join(mounted, 'Many');
    mkdirSync(many);
    for (const name of names) writeFileSync(join(many, name), name);
  } finally {
    execFileSync('fusermount', ['-u', mounted]);
  }
  // The same volume behind a partition table, as a disk has it.
  const whole = openSync(disk, 'w');
  const table = Buffer.alloc(512);
  table.set([0, 0, 0, 0, 7, 0, 0, 0], 446);
  table.writeUInt32LE(2048, 454);
  table.writeUInt32LE((64 * MIB) / 512, 458);
  table.set([0x55, 0xaa], 510);
  writeSync(whole, table, 0, 512, 0);
  writeSync(whole, readFileSync(image), 0, 64 * MIB, MIB);
  closeSync(whole);
}, 120_000);
afterAll(() => {
  if (readdirSync(mounted).length > 0) execFileSync('fusermount', ['-u', mounted]);
  rmSync(folder, { recursive: true });
});

const open = (bytes: Uint8Array): Promise<NtfsVolume> => openNtfs((offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)), 0);

test('the dry run of the shipped recipe says of an image and of a disk what it says of the mounted folder', async () => {
  for (const [root, partition] of [[image, null], [disk, 1]] as const) {
    expect(await dryRun(CHANNEL_FILE_291, root, readRecipeFolder)).toEqual({
      found: true, removed: 1, kept: 3, volumes: 1, locked: 0, damaged: 0,
      files: [
        { partition, name: 'C-00000291-00000000-00000032.sys', sizeBytes: 40_008, modifiedAt: '2024-07-19T04:09:12.000Z', act: 'remove', reason: null },
        { partition, name: 'C-00000291-00000000-00000033.sys', sizeBytes: 8, modifiedAt: '2024-07-19T05:27:00.000Z', act: 'keep', reason: 'newer' },
        { partition, name: 'C-00000291-00000000-00000034.sys', sizeBytes: 50_000, modifiedAt: '2024-07-19T04:30:00.000Z', act: 'keep', reason: 'header-differs' },
      ],
    });
  }
});

test('a folder of many files is listed whole, in any case, and each has its bytes', async () => {
  const volume = await open(readFileSync(image));
  const entries = await volume.list('mANY');
  expect(entries?.map(({ name }) => name)).toEqual(names);
  for (const entry of [entries?.[0], entries?.[777], entries?.at(-1)]) {
    if (entry === undefined) throw new Error('no entry');
    const { head, sizeBytes } = await volume.look(entry, 100);
    expect([new TextDecoder().decode(head), sizeBytes]).toEqual([entry.name, Buffer.byteLength(entry.name)]);
  }
  expect(await volume.list('Windows\\System64')).toBeNull();
  expect((await volume.list(''))?.map(({ name }) => name)).toContain('Windows');
});

test('a locked volume and a disk without a volume are named as such', async () => {
  const wanted = { path: FOLDER, fits: () => true, headerBytes: 8 };
  const locked = join(folder, 'locked.img');
  const bytes = Buffer.alloc(2 * MIB);
  bytes.write('\xeb\x58\x90-FVE-FS-', 0, 'latin1');
  writeFileSync(locked, bytes);
  await expect(readRecipeFolder(locked, wanted)).rejects.toMatchObject({ code: 'volume-locked' });
  writeFileSync(locked, Buffer.alloc(2 * MIB));
  await expect(readRecipeFolder(locked, wanted)).rejects.toMatchObject({ code: 'volume-unreadable', facts: { reason: 'no-volume' } });
  await expect(readRecipeFolder(join(folder, 'nowhere'), wanted)).rejects.toMatchObject({ code: 'file-not-found' });
  expect(statSync(image).size).toBe(64 * MIB);
});

test('damage is said to be damage: whatever bytes of the records change, nothing else is thrown and nothing hangs', async () => {
  const whole = readFileSync(image);
  const mft = Number(whole.readBigUInt64LE(48)) * 4096;
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ at: fc.integer({ min: 0, max: 100 * 1024 }), value: fc.integer({ min: 0, max: 255 }) }), { minLength: 1, maxLength: 8 }), async (changes) => {
    const bytes = Buffer.from(whole);
    for (const { at, value } of changes) bytes[mft + at] = value;
    try {
      const volume = await open(bytes);
      for (const entry of await volume.list(FOLDER) ?? []) if (!entry.isFolder) await volume.look(entry, 8);
    } catch (error) {
      expect(error).toMatchObject({ code: 'volume-unreadable' });
    }
  }), { numRuns: 60 });
}, 60_000);
