import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISK_REASONS, type DiskReasonCode } from '../../../electron/core/codes.ts';
import { isSameDisk, mayBeWritten, reasonsAgainst, type DiskFacts } from '../../../electron/core/media/disk-reasons.ts';

const STICK: DiskFacts = {
  id: '/dev/sdb', name: 'SanDisk Ultra', serial: '4C530001', sizeBytes: 30_784_094_208, sectorBytes: 512, bus: 'usb', hotPlug: true, soldered: false, optical: false, readOnly: false, offline: false, clustered: false, setAside: [],
  system: false, swap: false, backups: false, mounts: [], layers: [], contents: [], tableId: null,
};
const area = { fileSystem: null, label: null, sizeBytes: 1 << 30, partitionType: null };
const HOME_DISK: DiskFacts = { ...STICK, id: '/dev/nvme0n1', serial: 'N1', bus: 'internal', hotPlug: false, mounts: ['/', '/home'] };

const against = (disk: DiskFacts, keep: readonly string[] = [], others: readonly DiskFacts[] = []): DiskReasonCode[] => reasonsAgainst(disk, { keep, all: [disk, ...others] }).map(({ code }) => code);

/** What is said against a stick that is like a good one but for this. */
const TABLE: readonly (readonly [string, Partial<DiskFacts>, readonly DiskReasonCode[]])[] = [
  ['an empty stick', {}, []],
  ['the system says it starts from it', { system: true }, ['system-disk']],
  ['a system that runs from a stick', { mounts: ['/'] }, ['system-disk']],
  ['the boot folder alone on a stick', { mounts: ['/boot/efi'] }, ['system-disk']],
  ['a live system whose medium is mounted deep below', { mounts: ['/run/live/medium'] }, ['mounted']],
  ['swap on a stick', { mounts: ['[SWAP]'], swap: true }, ['swap']],
  ['a volume group on a stick that nothing is mounted of', { layers: ['lvm'] }, ['held-by-another-layer']],
  ['an opened LUKS volume with the root on it', { layers: ['crypt'], mounts: ['/'] }, ['system-disk', 'held-by-another-layer']],
  ['half of a RAID', { layers: ['raid1'] }, ['held-by-another-layer']],
  ['a member of a pool', { layers: ['zfs_member'] }, ['held-by-another-layer']],
  ['mounted by hand', { mounts: ['/mnt/stick'] }, ['mounted']],
  ['opened by the desktop', { mounts: ['/media/anna/STICK'] }, ['mounted-by-desktop']],
  ['opened by another desktop', { mounts: ['/run/media/anna/STICK'] }, ['mounted-by-desktop']],
  ['with a letter on Windows', { mounts: ['E:\\'] }, ['mounted-by-desktop']],
  ['an internal disk', { bus: 'internal', hotPlug: false }, ['not-a-stick']],
  ['a SATA disk on a hot-plug port', { bus: 'internal' }, ['hot-plug-port']],
  ['eMMC', { bus: 'sd', soldered: true }, ['soldered-card']],
  ['a memory card', { bus: 'sd' }, []],
  ['a DVD drive on USB', { optical: true }, ['optical']],
  ['a disk of a cluster', { clustered: true }, ['clustered']],
  ['an offline disk', { offline: true }, ['offline']],
  ['an offline stick on Windows', { setAside: ['offline'] }, ['set-aside']],
  ['a disk of Time Machine', { backups: true, mounts: ['/Volumes/Backup'] }, ['holds-backups', 'mounted-by-desktop']],
  ['the switch on its side', { readOnly: true }, ['read-only']],
  ['a card reader without card', { sizeBytes: 0 }, ['no-medium']],
  ['a stick of 64 MB', { sizeBytes: 64_000_000 }, ['too-small']],
  ['sectors of 4096 bytes', { sectorBytes: 4096 }, ['sector-size']],
  ['the disk of a host in a USB case', { contents: [{ ...area, partitionType: 'E3C9E316-0B5C-4DB8-817D-F92DF00215AE' }] }, ['holds-windows']],
  ['photos', { contents: [{ ...area, fileSystem: 'vfat', label: 'HOLIDAY' }] }, ['holds-files']],
  ['BitLocker To Go', { contents: [{ ...area, fileSystem: 'BitLocker' }] }, ['holds-bitlocker']],
  ['one of our media', { contents: [{ ...area, fileSystem: 'vfat', label: 'BLUELIFT' }] }, ['is-a-medium']],
  ['2 TB', { sizeBytes: 2_000_398_934_016 }, ['larger-than-sticks']],
  ['a stick of 128 GB as sold', { sizeBytes: 128_043_712_512 }, []],
  ['no serial', { serial: null }, ['no-serial']],
  ['a loop device', { bus: 'virtual', serial: null, hotPlug: false }, ['virtual']],
];

describe('reasons against writing a disk', () => {
  it.each(TABLE)('%s', (_what, facts, reasons) => { expect(against({ ...STICK, ...facts })).toEqual(reasons); });

  it('are every one of them in the table above or in a test of its own', () => {
    const seen = new Set([...TABLE.flatMap(([, , reasons]) => reasons), 'holds-this-desk', 'twin']);
    expect(DISK_REASONS.filter((code) => !seen.has(code))).toEqual([]);
  });

  it('spare the disk that holds the desk or the base, and only that one', () => {
    const stick = { ...STICK, mounts: ['/media/anna/STICK'] };
    expect(against(stick, ['/media/anna/STICK/windows.iso'], [HOME_DISK])).toEqual(['holds-this-desk', 'mounted-by-desktop']);
    expect(against(stick, ['/media/anna/STICKER/windows.iso'], [HOME_DISK])).toEqual(['mounted-by-desktop']);
    expect(against(HOME_DISK, ['/media/anna/STICK/windows.iso'], [stick])).not.toContain('holds-this-desk');
    expect(against({ ...STICK, mounts: ['E:\\'] }, [String.raw`E:\isos\windows.iso`])).toContain('holds-this-desk');
  });

  it('warn of two disks that can not be told apart', () => {
    expect(against(STICK, [], [{ ...STICK, id: '/dev/sdc' }])).toEqual(['twin']);
    expect(against(STICK, [], [{ ...STICK, id: '/dev/sdc', sizeBytes: 1 }, { ...STICK, id: '/dev/sdd', serial: null }])).toEqual([]);
  });

  it('name what they are about', () => {
    const reasons = reasonsAgainst({ ...STICK, mounts: ['/media/anna/STICK'], contents: [{ ...area, fileSystem: 'vfat', label: 'HOLIDAY' }] }, { keep: [], all: [] });
    expect(reasons.map(({ about }) => about)).toEqual([['HOLIDAY'], ['/media/anna/STICK']]);
  });

  it('never let a disk be written that holds the running system, whatever else is said of it', () => {
    fc.assert(fc.property(fc.record({
      bus: fc.constantFrom('usb', 'sd', 'virtual', 'internal'), hotPlug: fc.boolean(), sizeBytes: fc.nat(), serial: fc.option(fc.string()), layers: fc.array(fc.constantFrom('lvm', 'crypt')),
      mounts: fc.array(fc.constantFrom('/media/a/B', '/mnt')), root: fc.constantFrom('/', '/boot', '/usr', '/var/lib', '/home/anna'),
    }), ({ root, ...facts }) => {
      const disk: DiskFacts = { ...STICK, ...facts, mounts: [...facts.mounts, root] };
      expect(mayBeWritten(reasonsAgainst(disk, { keep: [], all: [disk] }))).toBe(false);
    }));
  });

  it('never let an internal disk be written', () => {
    fc.assert(fc.property(fc.boolean(), fc.boolean(), fc.nat(), (hotPlug, optical, sizeBytes) => {
      expect(mayBeWritten(reasonsAgainst({ ...STICK, bus: 'internal', hotPlug, optical, sizeBytes }, { keep: [], all: [] }))).toBe(false);
    }));
  });
});

it('is another disk as soon as place, serial or size differ', () => {
  expect(isSameDisk(STICK, { ...STICK, name: 'Other name' } as DiskFacts)).toBe(true);
  for (const other of [{ id: '/dev/sdc' }, { serial: 'X' }, { serial: null }, { sizeBytes: 5 }]) expect(isSameDisk(STICK, { ...STICK, ...other })).toBe(false);
});
