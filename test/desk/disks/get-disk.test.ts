import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISK_BUSES } from '../../../electron/core/codes.ts';
import { reasonsAgainst } from '../../../electron/core/media/disk-reasons.ts';
import { diskFactsOfGetDisk, GET_DISK_WORDS } from '../../../electron/desk/disks/get-disk.ts';

/** As Microsoft's pages describe the objects; no Windows was at hand. */
const ANSWER = {
  disks: [
    { Number: 0, FriendlyName: 'SAMSUNG MZVL2512', SerialNumber: '0025_38B7_1140_2D31.', Size: 512_110_190_592, LogicalSectorSize: 512, Guid: '{11111111-2222-4333-8444-555555555555}', IsBoot: true, IsSystem: true, BootFromDisk: true, IsReadOnly: false, IsOffline: false, IsClustered: false, Bus: 'NVMe' },
    { Number: 2, FriendlyName: 'SanDisk Ultra', SerialNumber: ' 4C530001 ', Size: 30_752_000_000, LogicalSectorSize: 512, Guid: null, IsBoot: false, IsSystem: false, BootFromDisk: false, IsReadOnly: false, IsOffline: false, IsClustered: false, Bus: 'USB' },
  ],
  partitions: [
    { DiskNumber: 0, DriveLetter: 'C', GptType: '{ebd0a0a2-b9e5-4433-87c0-68b6b72699c7}', Size: 511_000_000_000, AccessPaths: ['C:\\', '\\\\?\\Volume{aaaaaaaa-0000-4000-8000-000000000001}\\'] },
    { DiskNumber: 2, DriveLetter: 'E', GptType: null, Size: 30_750_000_000, AccessPaths: ['E:\\', '\\\\?\\Volume{aaaaaaaa-0000-4000-8000-000000000002}\\'] },
  ],
  volumes: [{ DriveLetter: 'E', UniqueId: '\\\\?\\Volume{aaaaaaaa-0000-4000-8000-000000000002}\\', FileSystemType: 'FAT32', FileSystemLabel: 'HOLIDAY' }],
};
const codesOf = (answer: object): string[][] => {
  const all = diskFactsOfGetDisk(JSON.stringify(answer));
  return all.map((disk) => reasonsAgainst(disk, { all, keep: ['C:\\Users\\desk'] }).map(({ code }) => code));
};

describe('disks as Get-Disk lists them', () => {
  it('are read with number, name, serial, size and what is on them', () => {
    expect(diskFactsOfGetDisk(JSON.stringify(ANSWER))[1]).toMatchObject({
      id: '\\\\.\\PhysicalDrive2', name: 'SanDisk Ultra', serial: '4C530001', sizeBytes: 30_752_000_000, bus: 'usb', system: false, mounts: ['E:\\'], contents: [{ fileSystem: 'fat32', label: 'HOLIDAY' }], tableId: null,
    });
  });

  it('are refused where Windows starts from them or the desk lies on them, and a stick is not', () => {
    expect(codesOf(ANSWER)).toEqual([['system-disk', 'holds-this-desk', 'not-a-stick', 'larger-than-sticks'], ['holds-files', 'mounted-by-desktop']]);
  });

  it('are refused when a stick holds the running Windows, belongs to a storage space or is clustered; a setting that can be lifted is a caution', () => {
    const stick = ANSWER.disks[1];
    const one = (changes: object): string[] => codesOf({ disks: [{ ...stick, ...changes }], partitions: [], volumes: [] })[0] ?? [];
    expect(one({ BootFromDisk: true })).toContain('system-disk');
    expect(one({ Bus: 'Spaces' })).toEqual(expect.arrayContaining(['held-by-another-layer', 'not-a-stick']));
    expect(one({ IsOffline: true, IsReadOnly: true })).toEqual(['set-aside']);
    expect(one({ IsOffline: true, IsReadOnly: true, Bus: 'SATA' })).toEqual(expect.arrayContaining(['offline', 'read-only', 'not-a-stick']));
    expect(one({ IsClustered: true })).toContain('clustered');
    expect(one({ Bus: 'RAID' })).toContain('not-a-stick');
  });

  it('keep the places they are mounted in beside their letters', () => {
    const mounted = { ...ANSWER, partitions: [{ DiskNumber: 2, DriveLetter: null, AccessPaths: ['C:\\mount\\data\\', '\\\\?\\Volume{aaaaaaaa-0000-4000-8000-000000000002}\\'] }] };
    expect(codesOf(mounted)[1]).toContain('mounted');
    expect(diskFactsOfGetDisk(JSON.stringify(mounted))[1]?.contents).toMatchObject([{ label: 'HOLIDAY' }]);
  });

  it('are asked for in one call that changes nothing', () => {
    expect(GET_DISK_WORDS.join(' ').match(/\b[A-Z][a-z]+-[A-Z][A-Za-z]+\b/g)?.filter((word) => !/^(?:Get|Select|ConvertTo)-/.test(word))).toEqual([]);
  });

  it('whatever a field holds, the facts are of their kind', () => {
    const names = [...Object.keys(ANSWER.disks[0] ?? {}), 'BusType'];
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), fc.jsonValue(), (disk, other) => {
      for (const facts of diskFactsOfGetDisk(JSON.stringify({ disks: [{ Number: 1, ...disk }], partitions: other, volumes: other }))) {
        expect(DISK_BUSES).toContain(facts.bus);
        expect(Number.isSafeInteger(facts.sizeBytes) && facts.sizeBytes >= 0).toBe(true);
        expect(facts.id).toMatch(/^\\\\\.\\PhysicalDrive\d+$/);
      }
    }));
  });
});
