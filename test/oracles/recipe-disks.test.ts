// The dry run on disks as a supervisor has them: several volumes behind a table, two Windows, a fixed VHD, a stick, a locked or a damaged volume. The tools that make them are none of ours.
import { copyFileSync, mkdirSync, mkdtempSync, openSync, closeSync, ftruncateSync, readFileSync, rmSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHANNEL_FILE_291 } from '../../electron/core/recipes/channel-file-291.ts';
import { dryRun, type DryRun } from '../../electron/core/recipes/dry-run.ts';
import { readRecipeFolder } from '../../electron/desk/recipe-folder.ts';
import { putRight } from '../../electron/formats/ntfs/record.ts';
import { makeLockedVolume } from '../../scripts/dev/rehearsal/make-locked-volume.ts';
import { tool } from './tools.ts';

const MIB = 1024 * 1024;
const FAULTY = Buffer.from([0xaa, 0xaa, 0xaa, 0xaa, 1, 0, 0x23, 1, 0x2a]);
const IN_TIME = new Date('2024-07-19T04:09:00Z');
const folder = mkdtempSync(join(tmpdir(), 'bluelift-recipe-disks-'));
const at = (name: string): string => join(folder, name);
const faulty = (partition: number | null, name: string): DryRun['files'][number] => ({ partition, name, sizeBytes: FAULTY.length, modifiedAt: IN_TIME.toISOString(), act: 'remove', reason: null });
const attempt = (name: string): Promise<DryRun> => dryRun(CHANNEL_FILE_291, at(name), readRecipeFolder);

function sparse(name: string, sizeBytes: number): string {
  const file = openSync(at(name), 'w');
  ftruncateSync(file, sizeBytes);
  closeSync(file);
  return at(name);
}

/** A Windows volume whose recipe's folder has these files, all faulty and in time by their bytes. */
function makeWindows(name: string, files: readonly string[]): void {
  tool('mkntfs', '-F', '-Q', '-q', sparse(name, 16 * MIB));
  const mounted = at(`${name}.mounted`);
  mkdirSync(mounted);
  tool('ntfs-3g', at(name), mounted);
  try {
    const place = join(mounted, ...CHANNEL_FILE_291.path.split('\\'));
    mkdirSync(place, { recursive: true });
    for (const file of files) {
      writeFileSync(join(place, file), FAULTY);
      utimesSync(join(place, file), IN_TIME, IN_TIME);
    }
  } finally {
    tool('fusermount', '-u', mounted);
  }
}

/** A disk with a table of its own, its volumes one after the other. @returns Where each begins, in bytes. */
function makeDisk(name: string, volumes: readonly { readonly image: string | null; readonly mib: number; readonly type: string }[]): number[] {
  sparse(name, (volumes.reduce((sum, { mib }) => sum + mib, 0) + 4) * MIB);
  tool('sgdisk', ...volumes.flatMap(({ mib, type }, index) => [`-n${index + 1}:0:+${mib}M`, `-t${index + 1}:${type}`]), at(name));
  const disk = openSync(at(name), 'r+');
  let mib = 1;
  const begins = volumes.map((volume) => {
    const offset = mib * MIB;
    if (volume.image !== null) writeSync(disk, readFileSync(at(volume.image)), 0, undefined, offset);
    mib += volume.mib;
    return offset;
  });
  closeSync(disk);
  return begins;
}

/** Changes the record of a file in a volume, as Windows might have written it. `change` gets the record, where each of its attributes begins, and where they end. */
function changeRecord(image: string, name: string, change: (record: DataView, attributes: ReadonlyMap<number, number>, end: number) => void): void {
  const bytes = readFileSync(at(image));
  const wanted = Buffer.from(name, 'utf16le');
  for (let offset = Number(bytes.readBigUInt64LE(48)) * bytes.readUInt16LE(11) * bytes.readUInt8(13); ; offset += 1024) {
    const record = bytes.subarray(offset, offset + 1024);
    if (offset >= bytes.length) throw new Error(`${name} has no record`);
    if (record.toString('latin1', 0, 4) !== 'FILE' || !record.includes(wanted) || (record.readUInt16LE(0x16) & 2) !== 0) continue; // the folder's names it as well
    const view = putRight(record, 'FILE');
    const attributes = new Map<number, number>();
    let end = view.getUint16(0x14, true);
    for (; view.getUint32(end, true) !== 0xffff_ffff; end += view.getUint32(end + 4, true)) attributes.set(view.getUint32(end, true), end);
    change(view, attributes, end);
    const fixups = view.getUint16(4, true);
    for (const sector of [1, 2]) {
      view.setUint16(fixups + sector * 2, view.getUint16(sector * 512 - 2, true), true);
      view.setUint16(sector * 512 - 2, view.getUint16(fixups, true), true);
    }
    writeFileSync(at(image), bytes);
    return;
  }
}

const markCompressed = (record: DataView, attributes: ReadonlyMap<number, number>): void => record.setUint16((attributes.get(0x80) ?? 0) + 12, 1, true);
/** What Windows puts beside a file that it keeps small as a system file; its data are then in a stream of another name. */
function markPacked(record: DataView, _attributes: ReadonlyMap<number, number>, end: number): void {
  new Uint8Array(record.buffer, record.byteOffset + end, 56).fill(0);
  record.setUint32(end, 0xc0, true);
  record.setUint32(end + 4, 48, true);
  record.setUint32(end + 16, 24, true);
  record.setUint16(end + 20, 24, true);
  record.setUint32(end + 24, 0x8000_0017, true);
  record.setUint32(end + 48, 0xffff_ffff, true);
  record.setUint32(0x18, end + 56, true);
}

beforeAll(async () => {
  makeWindows('first.img', ['C-00000291-00000000-00000031.sys', 'C-00000285-00000000-00000001.sys']);
  makeWindows('second.img', ['C-00000291-00000000-00000032.sys']);
  tool('mkntfs', '-F', '-Q', '-q', sparse('recovery.img', 8 * MIB));
  tool('mkfs.vfat', '-F', '32', sparse('esp.img', 40 * MIB));
  await makeLockedVolume(at('locked.img'), 1);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const ESP = { image: 'esp.img', mib: 40, type: 'ef00' };
const RESERVED = { image: null, mib: 4, type: '0c01' };
const RECOVERY = { image: 'recovery.img', mib: 8, type: '2700' };
const windows = (image: string): { image: string; mib: number; type: string } => ({ image, mib: 16, type: '0700' });

test('of a disk with two Windows both are looked into, and each file says in which partition it is', async () => {
  makeDisk('two.img', [ESP, RESERVED, windows('first.img'), RECOVERY, windows('second.img')]);
  const said = { found: true, removed: 2, kept: 1, volumes: 2, locked: 0, damaged: 0, files: [faulty(3, 'C-00000291-00000000-00000031.sys'), faulty(5, 'C-00000291-00000000-00000032.sys')] };
  expect(await attempt('two.img')).toEqual(said);
  tool('qemu-img', 'convert', '-f', 'raw', '-O', 'vpc', '-o', 'subformat=fixed,force_size=on', at('two.img'), at('two.vhd'));
  expect(await attempt('two.vhd')).toEqual(said);
});

test('beside a Windows that can be read, a locked one and a damaged one are counted as not looked into', async () => {
  copyFileSync(at('second.img'), at('torn.img'));
  const torn = openSync(at('torn.img'), 'r+');
  writeSync(torn, Buffer.alloc(MIB), 0, MIB, 8192);
  closeSync(torn);
  makeDisk('mixed.img', [windows('torn.img'), { image: 'locked.img', mib: 80, type: '0700' }, windows('first.img')]);
  expect(await attempt('mixed.img')).toMatchObject({ found: true, removed: 1, volumes: 1, locked: 1, damaged: 1, files: [{ partition: 3 }] });
});

test('where only a locked Windows and a recovery volume are, it is said to be locked, with a real BitLocker volume too', async () => {
  makeDisk('closed.img', [ESP, { image: 'locked.img', mib: 80, type: '0700' }, RECOVERY]);
  await expect(attempt('closed.img')).rejects.toMatchObject({ code: 'volume-locked' });
  await expect(attempt('locked.img')).rejects.toMatchObject({ code: 'volume-locked' });
});

test('a volume without the folder says so; one without any file system, a FAT too small for FAT32 and a container say what can not be read', async () => {
  expect(await attempt('recovery.img')).toEqual({ found: false, removed: 0, kept: 0, volumes: 0, locked: 0, damaged: 0, files: [] });
  tool('mkfs.vfat', '-F', '16', sparse('fat16.img', 20 * MIB));
  tool('qemu-img', 'convert', '-f', 'raw', '-O', 'vhdx', at('recovery.img'), at('recovery.vhdx'));
  writeFileSync(at('words.img'), 'no disk at all');
  writeFileSync(at('empty.img'), '');
  for (const name of ['fat16.img', 'recovery.vhdx', 'words.img', 'empty.img']) await expect(attempt(name), name).rejects.toMatchObject({ code: 'volume-unreadable', facts: { reason: 'no-volume' } });
});

test('a FAT32 volume is read like any other', async () => {
  const place = `::/${CHANNEL_FILE_291.path.replaceAll('\\', '/')}`;
  const steps = CHANNEL_FILE_291.path.split('\\');
  tool('mmd', '-i', at('esp.img'), ...steps.map((_, index) => `::/${steps.slice(0, index + 1).join('/')}`));
  writeFileSync(at('C-00000291-1.sys'), FAULTY);
  utimesSync(at('C-00000291-1.sys'), IN_TIME, IN_TIME);
  writeFileSync(at('C-00000291-2.sys'), '');
  utimesSync(at('C-00000291-2.sys'), IN_TIME, IN_TIME);
  for (const name of ['C-00000291-1.sys', 'C-00000291-2.sys']) tool('mcopy', '-m', '-i', at('esp.img'), at(name), `${place}/${name}`);
  expect(await attempt('esp.img')).toMatchObject({ found: true, removed: 1, kept: 1, volumes: 1, files: [{ name: 'C-00000291-1.sys', act: 'remove' }, { name: 'C-00000291-2.sys', act: 'keep', reason: 'header-differs' }] });
});

test.each([['compressed', markCompressed], ['packed as a system file', markPacked]] as const)('a file that is %s stops nothing where its name does not fit, and is named where it does', async (_how, mark) => {
  copyFileSync(at('first.img'), at('packed.img'));
  changeRecord('packed.img', 'C-00000285-00000000-00000001.sys', mark);
  expect(await attempt('packed.img')).toMatchObject({ found: true, removed: 1, kept: 1 });
  changeRecord('packed.img', 'C-00000291-00000000-00000031.sys', mark);
  await expect(attempt('packed.img')).rejects.toMatchObject({ code: 'volume-unreadable', facts: { reason: 'compressed' } });
});
