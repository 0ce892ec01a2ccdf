// The whole way of a stick on macOS, with a file in place of its disk and tools that answer as documented.
import { constants } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { macDisks, OF_MACOS, type MacParts } from '../../../electron/desk/disks/mac-disks.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { answersOf, stick } from './a-mac.ts';
import { hasTable, isUntouched, makeFileDisk, writeOnto, type FileDisk } from './writing.ts';

const SIZE_BYTES = 300 * 1024 * 1024;
const WANTED = { id: '/dev/disk4', serial: '4C530001', sizeBytes: SIZE_BYTES };

let folder: string;
let disk: FileDisk;
let calls: string[];
/** How often unmounting is refused before it is done. */
let dissents: number;
let opened: string[];
beforeEach(() => {
  folder = temporaryFolder();
  disk = makeFileDisk(join(folder, 'disk'), SIZE_BYTES);
  calls = [];
  opened = [];
  dissents = 0;
});

function lend(changes: Partial<MacParts> = {}, answers = answersOf([stick('disk4', { partitions: [], sizeBytes: SIZE_BYTES })])): ReturnType<typeof macDisks> {
  const run: MacParts['run'] = async (program, words) => {
    const line = [program, ...words].join(' ');
    calls.push(line);
    const said = line === 'diskutil list -plist' ? answers.list : line === 'diskutil apfs list -plist' ? answers.apfs : line === 'tmutil destinationinfo -X' ? answers.backups
      : line.startsWith('diskutil info -plist ') ? answers.info.get(words.at(-1) ?? '') : line === 'system_profiler -json SPUSBDataType' ? answers.usb[0] : undefined;
    if (said !== undefined) return said;
    if (line === 'diskutil unmountDisk /dev/disk4' && dissents-- <= 0) return '';
    if (line === 'diskutil eject /dev/disk4') return '';
    throw new Error('exit code 1');
  };
  return macDisks({ run, flags: constants.O_RDWR, pathOf: (id) => { opened.push(id); return disk.file; }, waitMs: 0, againAfterMs: 0, ...changes });
}
const write = (system = lend()): ReturnType<typeof writeOnto> => writeOnto(disk, WANTED, system, { folder: join(folder, 'request') });
const acts = (): string[] => calls.filter((call) => /unmountDisk|eject/.test(call));

describe('a stick on macOS', () => {
  it('is unmounted, written past the cache, read back and ejected', async () => {
    expect(await write()).toMatchObject({ last: { kind: 'done', direct: true }, isWhole: true });
    expect(acts()).toEqual(['diskutil unmountDisk /dev/disk4', 'diskutil eject /dev/disk4']);
    expect(opened).toEqual(['/dev/disk4']);
  });

  it('is asked for again while the indexer has it, and named as in use when somebody keeps it; never forced', async () => {
    dissents = 2;
    expect(await write()).toMatchObject({ last: { kind: 'done' } });
    disk = makeFileDisk(join(folder, 'another'), SIZE_BYTES);
    dissents = 99;
    calls = [];
    expect((await write()).last).toMatchObject({ kind: 'failed', code: 'disk-busy' });
    expect(isUntouched(disk)).toBe(true);
    expect(new Set(acts())).toEqual(new Set(['diskutil unmountDisk /dev/disk4']));
  });

  it('is left alone when another one is there now', async () => {
    expect((await write(lend({}, answersOf([stick('disk4', { partitions: [], sizeBytes: SIZE_BYTES })], { serials: { disk4: 'OTHER' } })))).last).toMatchObject({ kind: 'failed', code: 'disk-not-found' });
    expect(acts()).toEqual([]);
    // diskutil was asked a moment ago: what is opened is looked at itself.
    for (const sizeBytes of [SIZE_BYTES - 512, SIZE_BYTES + 512]) {
      disk = makeFileDisk(join(folder, `of-${sizeBytes}`), sizeBytes);
      expect((await writeOnto({ ...disk, sizeBytes: SIZE_BYTES }, WANTED, lend(), { folder: join(folder, 'request') })).last).toMatchObject({ kind: 'failed', code: 'disk-not-found' });
      expect(isUntouched(disk)).toBe(true);
    }
  });

  it('is left alone when something speaks against it that nobody has seen', async () => {
    expect((await write(lend({}, answersOf([stick('disk4', { sizeBytes: SIZE_BYTES })])))).last).toMatchObject({ kind: 'failed', code: 'disk-refused', facts: { reasons: ['holds-files'] } });
    expect(acts()).toEqual([]);
  });

  it('that fails has no table and is not ejected: macOS may say what it finds', async () => {
    const system = lend();
    const failing = { ...system, open: async (id: Parameters<typeof system.open>[0]) => { const open = await system.open(id); return { ...open, read: () => Promise.reject(Object.assign(new Error('worn'), { code: 'EIO' })) }; } };
    expect((await write(failing)).last).toMatchObject({ kind: 'failed', code: 'disk-failed', facts: { why: 'EIO' } });
    expect(hasTable(disk)).toBe(false);
    expect(acts()).toEqual(['diskutil unmountDisk /dev/disk4']);
  });

  it('is opened through its unbuffered twin, for nobody else, and pulled before it has another name', async () => {
    expect(OF_MACOS.pathOf('/dev/disk4')).toBe('/dev/rdisk4');
    expect(OF_MACOS.flags & 0x20).toBe(0x20);
    await expect(lend({ pathOf: () => join(folder, 'none') }).open(WANTED)).rejects.toMatchObject({ code: 'disk-gone', facts: { disk: '/dev/disk4' } });
  });
});
