import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { disksOfDiskutil, disksOfGetDisk, disksOfLsblk, listAttachedDisks } from '../../electron/desk/attached-disks.ts';
import { openDiskReader } from '../../electron/desk/disk-reader.ts';
import { plist } from '../formats/plist/write.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the disks attached to the desk', () => {
  it('are listed with their partitions, the locked one and the one the desk runs from marked', () => {
    const disks = disksOfLsblk(JSON.stringify({ blockdevices: [
      { path: '/dev/sda', type: 'disk', model: 'Constructed SSD ', serial: 'C-1', size: 512, fstype: null, label: null, mountpoints: [null], children: [{ path: '/dev/sda1', type: 'part', model: null, serial: null, size: 256, fstype: 'ext4', label: null, mountpoints: ['/'] }] },
      { path: '/dev/sdb', type: 'disk', model: 'Pulled', serial: null, size: 1024, fstype: null, label: null, mountpoints: [null], children: [{ path: '/dev/sdb3', type: 'part', size: 900, fstype: 'BitLocker', label: null, mountpoints: [null] }] },
      { path: '/dev/sr0', type: 'rom', size: 100, mountpoints: [null] }, { path: '/dev/sdc', type: 'disk', size: 0, mountpoints: [null] },
    ] }));
    expect(disks.map(({ path, name, inUse, bitLocker }) => [path, name, inUse, bitLocker])).toEqual([
      ['/dev/sda', 'Constructed SSD', true, false], ['/dev/sda1', null, true, false], ['/dev/sdb', 'Pulled', false, false], ['/dev/sdb3', null, false, true],
    ]);
  });

  it('are read from what Windows and macOS are documented to answer, one disk or several', () => {
    const one = { Number: 1, FriendlyName: 'Pulled', SerialNumber: ' S1 ', Size: 1000, IsSystem: false, IsBoot: false };
    expect(disksOfGetDisk(JSON.stringify(one))).toMatchObject([{ path: String.raw`\\.\PhysicalDrive1`, name: 'Pulled', serial: 'S1', inUse: false }]);
    expect(disksOfGetDisk(JSON.stringify([one, { ...one, Number: 0, IsBoot: true }]))).toMatchObject([{ inUse: false }, { path: String.raw`\\.\PhysicalDrive0`, inUse: true }]);
    expect(disksOfDiskutil(plist({ AllDisksAndPartitions: [{ DeviceIdentifier: 'disk4', Size: 9, Content: 'GUID_partition_scheme', Partitions: [{ DeviceIdentifier: 'disk4s1', Size: 8 }] }] })).map(({ path, kind }) => [path, kind]))
      .toEqual([['/dev/disk4', 'disk'], ['/dev/disk4s1', 'partition']]);
  });

  it('never keep a person from typing a path', async () => { await expect(listAttachedDisks()).resolves.toBeInstanceOf(Array); });
});

it.runIf(process.platform !== 'win32')('a pipe is refused instead of waited for', async () => {
  const path = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  await expect(openDiskReader(path)).rejects.toMatchObject({ code: 'file-unreadable' });
});
