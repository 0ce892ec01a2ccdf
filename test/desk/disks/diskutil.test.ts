import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISK_BUSES } from '../../../electron/core/codes.ts';
import { mayBeWritten, reasonsAgainst } from '../../../electron/core/media/disk-reasons.ts';
import { diskFactsOfDiskutil, wholeDisksOf } from '../../../electron/desk/disks/diskutil.ts';
import { answersOf, container, stick, type MacDisk, type MacTools } from './a-mac.ts';

const reasonsOf = (disks: readonly MacDisk[], tools?: MacTools, keep: readonly string[] = ['/Users/anna/Library/Application Support/Bluelift']): Record<string, string[]> => {
  const all = diskFactsOfDiskutil(answersOf(disks, tools));
  return Object.fromEntries(all.map((disk) => [disk.id, reasonsAgainst(disk, { all, keep }).map(({ code }) => code)]));
};
const part = (more: object): { [key: string]: string } => ({ DeviceIdentifier: 'disk4s1', ...more });

describe('disks as diskutil lists them', () => {
  it('are read with name, serial, size and what is on them; a container is no disk', () => {
    const all = diskFactsOfDiskutil(answersOf([stick('disk4')]));
    expect(all.map(({ id }) => id)).toEqual(['/dev/disk0', '/dev/disk4']);
    expect(all[1]).toEqual({
      id: '/dev/disk4', name: 'Ultra', serial: '4C530001', sizeBytes: 30_752_000_000, sectorBytes: 512, bus: 'usb', hotPlug: true, soldered: false, optical: false, readOnly: false, offline: false, clustered: false, setAside: [],
      system: false, swap: false, backups: false, mounts: ['/Volumes/HOLIDAY'], layers: [], contents: [{ fileSystem: 'dos_fat_32', label: 'HOLIDAY', sizeBytes: 30_750_000_000, partitionType: null }], tableId: null,
    });
    expect(wholeDisksOf(answersOf([stick('disk4')]).list)).toEqual(['disk0', 'disk3', 'disk4']);
  });

  it('are refused where macOS starts from them, a sealed snapshot included, and a stick is not', () => {
    expect(reasonsOf([stick('disk4')])).toEqual({ '/dev/disk0': ['system-disk', 'holds-this-desk', 'not-a-stick', 'sector-size', 'holds-files', 'larger-than-sticks', 'no-serial'], '/dev/disk4': ['holds-files', 'mounted-by-desktop'] });
  });

  it.each<[string, readonly MacDisk[], MacTools, readonly string[]]>([
    ['an empty stick', [stick('disk4', { partitions: [] })], {}, []],
    ['one without a serial number', [stick('disk4', { partitions: [] })], { serials: {} }, ['no-serial']],
    ['one that starts a macOS of its own', [stick('disk4', { partitions: [part({ Content: 'Apple_APFS' })] }), container('disk5', ['disk4s1'], [{ DeviceIdentifier: 'disk5s1', MountPoint: '/' }])], {}, ['system-disk', 'holds-this-desk', 'holds-files']],
    ['an APFS stick open on the desktop', [stick('disk4', { partitions: [part({ Content: 'Apple_APFS' })] }), container('disk5', ['disk4s1'], [{ DeviceIdentifier: 'disk5s1', MountPoint: '/Volumes/Work', VolumeName: 'Work' }])], {}, ['holds-files', 'mounted-by-desktop']],
    ['half of a Fusion drive', [stick('disk4', { partitions: [part({ Content: 'Apple_APFS' })] }), container('disk5', ['disk4s1', 'disk0s2'], [])], {}, ['held-by-another-layer', 'holds-files']],
    ['CoreStorage, FileVault of old', [stick('disk4', { partitions: [part({ Content: 'Apple_CoreStorage' })] })], {}, ['held-by-another-layer', 'holds-files']],
    ['what CoreStorage makes of it', [stick('disk4', { partitions: [], info: { VirtualOrPhysical: 'Virtual' } })], {}, ['held-by-another-layer']],
    ['half of a mirror', [stick('disk4', { partitions: [part({ Content: 'Apple_RAID' })] })], {}, ['held-by-another-layer', 'holds-files']],
    ['a disk of Time Machine', [stick('disk4')], { backupPlaces: ['/Volumes/HOLIDAY'] }, ['holds-backups', 'holds-files', 'mounted-by-desktop']],
    ['one of Time Machine that is locked', [stick('disk4', { partitions: [part({ Content: 'Apple_APFS' })] }), container('disk5', ['disk4s1'], [{ DeviceIdentifier: 'disk5s2' }])], { backupVolumes: ['disk5s2'] }, ['holds-backups', 'holds-files']],
    ['a card in the reader that is built in', [stick('disk4', { partitions: [], info: { BusProtocol: 'Secure Digital', Internal: true } })], {}, []],
    ['a disk on Thunderbolt', [stick('disk4', { partitions: [], info: { BusProtocol: 'PCI-Express' } })], {}, ['hot-plug-port']],
    ['a disk image', [stick('disk4', { partitions: [], info: { BusProtocol: 'Disk Image', VirtualOrPhysical: 'Virtual' } })], {}, ['virtual']],
    ['an image the system itself needs', [stick('disk4', { partitions: [], info: { BusProtocol: 'Disk Image', VirtualOrPhysical: 'Virtual', SystemImage: true } })], {}, ['system-disk', 'virtual']],
    ['a DVD', [stick('disk4', { partitions: [], info: { OpticalDeviceType: 'DVD-ROM' } })], {}, ['optical']],
    ['the switch on its side', [stick('disk4', { partitions: [], info: { WritableMedia: false } })], {}, ['read-only']],
    ['a reader without card', [stick('disk4', { partitions: [], sizeBytes: 0 })], {}, ['no-medium']],
    ['the disk of a host in a USB case', [stick('disk4', { partitions: [part({ Content: 'EFI' }), part({ Content: 'Microsoft Reserved' }), part({ Content: 'Windows Recovery' })] })], {}, ['holds-windows', 'holds-files']],
    ['one of our media', [stick('disk4', { partitions: [part({ Content: 'Microsoft Basic Data', VolumeName: 'BLUELIFT', MountPoint: '/Volumes/BLUELIFT' })] })], {}, ['is-a-medium', 'mounted-by-desktop']],
    ['a stick without a table', [{ ...stick('disk4', { partitions: [] }), list: { ...stick('disk4').list, Content: 'None', Partitions: [], VolumeName: 'FOTOS', MountPoint: '/Volumes/FOTOS' } }], {}, ['holds-files', 'mounted-by-desktop']],
  ])('know %s', (_what, disks, tools, codes) => { expect(reasonsOf(disks, tools)['/dev/disk4']).toEqual(codes); });

  it('are refused while diskutil does not say what they are', () => {
    const answers = answersOf([stick('disk4')]);
    const all = diskFactsOfDiskutil({ ...answers, info: new Map() });
    expect(all.filter((disk) => mayBeWritten(reasonsAgainst(disk, { all, keep: [] })))).toEqual([]);
  });

  it('are none where the tools print nothing, or anything', () => {
    expect(diskFactsOfDiskutil({ list: '', info: new Map(), apfs: '', backups: '', usb: [] })).toEqual([]);
    const known = answersOf([stick('disk4')]);
    fc.assert(fc.property(fc.string(), fc.nat(4), fc.nat(5000), fc.nat(200), (text, which, from, length) => {
      const spoil = (whole: string): string => whole.slice(0, from) + text + whole.slice(from + length);
      const answers = { list: which === 0 ? spoil(known.list) : known.list, info: new Map([...known.info].map(([id, info]) => [id, which === 1 ? spoil(info) : info])), apfs: which === 2 ? spoil(known.apfs) : known.apfs, backups: which === 3 ? spoil(known.backups) : known.backups, usb: known.usb.map((json) => (which === 4 ? spoil(json) : json)) };
      for (const disk of diskFactsOfDiskutil(answers)) {
        expect(DISK_BUSES).toContain(disk.bus);
        expect(disk.id).toMatch(/^\/dev\/disk\d+$/);
        if (disk.id === '/dev/disk0') expect(mayBeWritten(reasonsAgainst(disk, { all: [disk], keep: [] }))).toBe(false);
      }
    }));
  });
});
