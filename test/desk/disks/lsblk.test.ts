import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskFactsOfLsblk } from '../../../electron/desk/disks/lsblk.ts';

const list = (...blockdevices: unknown[]): ReturnType<typeof diskFactsOfLsblk> => diskFactsOfLsblk(JSON.stringify({ blockdevices }));
/** As util-linux 2.38 wrote it for an emulated stick. */
const STICK = {
  name: 'sdb', path: '/dev/sdb', type: 'disk', tran: 'usb', rm: true, hotplug: true, ro: false, size: 2_147_483_648, vendor: 'SanDisk ', model: 'Ultra', serial: 'TESTSTICK42', subsystems: 'block:scsi:usb:pci', 'log-sec': 512, pttype: 'gpt',
  ptuuid: 'a0b1c2d3-0000-4000-8000-000000000000', fstype: null, label: null, mountpoints: [null], state: 'running',
  children: [{ name: 'sdb1', path: '/dev/sdb1', type: 'part', size: 2_145_386_496, fstype: 'vfat', label: 'RECOVERY', parttype: 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7', mountpoints: ['/media/anna/RECOVERY'] }],
};

describe('disks as lsblk lists them', () => {
  it('are read with name, serial, size and what is on them', () => {
    expect(list(STICK)).toEqual([{
      id: '/dev/sdb', name: 'SanDisk Ultra', serial: 'TESTSTICK42', sizeBytes: 2_147_483_648, sectorBytes: 512, bus: 'usb', hotPlug: true, soldered: false, optical: false, readOnly: false, offline: false, clustered: false, setAside: [], system: false, swap: false, backups: false,
      mounts: ['/media/anna/RECOVERY'], layers: [], contents: [{ fileSystem: 'vfat', label: 'RECOVERY', sizeBytes: 2_145_386_496, partitionType: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7' }], tableId: 'A0B1C2D3-0000-4000-8000-000000000000',
    }]);
  });

  it('tell of mounts and layers however deep they lie, and in either spelling of the field', () => {
    const nested = { ...STICK, children: [{ type: 'part', fstype: 'crypto_LUKS', mountpoints: [null], children: [{ type: 'crypt', fstype: 'LVM2_member', mountpoint: null, children: [{ type: 'lvm', fstype: 'ext4', mountpoint: '/' }, { type: 'lvm', fstype: 'swap', mountpoints: ['[SWAP]'] }] }] }] };
    expect(list(nested)).toMatchObject([{ mounts: ['/', '[SWAP]'], swap: true, layers: ['crypt', 'lvm'] }]);
  });

  it('count as used when they belong to a pool, whose mounts lsblk does not know', () => {
    expect(list({ ...STICK, children: [{ type: 'part', fstype: 'zfs_member', mountpoints: [null] }] })).toMatchObject([{ layers: ['zfs_member'] }]);
  });

  it('read the words of older tools', () => {
    expect(list({ ...STICK, rm: '1', hotplug: '1', ro: '1', size: '2147483648', 'log-sec': '4096', mountpoints: undefined, mountpoint: null })).toMatchObject([{ hotPlug: true, readOnly: true, sizeBytes: 2_147_483_648, sectorBytes: 4096 }]);
  });

  it('tell a card from memory that is built in', () => {
    expect(list({ name: 'mmcblk0', path: '/dev/mmcblk0', type: 'disk', size: 1 }, { name: 'mmcblk0boot0', path: '/dev/mmcblk0boot0', type: 'disk', size: 1 }, { name: 'mmcblk1', path: '/dev/mmcblk1', type: 'disk', size: 1 }).map(({ bus, soldered }) => [bus, soldered]))
      .toEqual([['sd', true], ['sd', false], ['sd', false]]);
  });

  it('are internal unless the system says otherwise, and loop devices no hardware', () => {
    expect(list({ name: 'vda', path: '/dev/vda', type: 'disk', tran: null, size: 1 }, { name: 'sda', path: '/dev/sda', type: 'disk', tran: 'sata', hotplug: true, size: 1 }, { name: 'loop0', path: '/dev/loop0', type: 'loop', size: 1 }, { name: 'loop1', path: '/dev/loop1', type: 'loop', size: 0 }, { name: 'sr0', path: '/dev/sr0', type: 'rom', tran: 'usb', size: 1 })
      .map(({ id, bus, hotPlug, optical }) => [id, bus, hotPlug, optical])).toEqual([['/dev/vda', 'internal', false, false], ['/dev/sda', 'internal', true, false], ['/dev/loop0', 'virtual', false, false], ['/dev/sr0', 'usb', false, true]]);
  });

  it('may be of any shape without bringing the list down', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (top, device) => {
      diskFactsOfLsblk(JSON.stringify(top) ?? 'null');
      const disks = diskFactsOfLsblk(JSON.stringify({ blockdevices: [device, { ...STICK, children: device, mountpoints: device }] }));
      expect(disks.at(-1)).toMatchObject({ id: '/dev/sdb', serial: 'TESTSTICK42' });
    }));
  });

  it('whatever a field holds, the facts are of their kind', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...Object.keys(STICK)), fc.jsonValue()), (odd) => {
      for (const disk of list({ ...STICK, ...odd })) {
        expect(Number.isSafeInteger(disk.sizeBytes) && disk.sizeBytes >= 0).toBe(true);
        expect(disk.serial === null || disk.serial.trim() !== '').toBe(true);
        expect(disk.mounts.every((place) => typeof place === 'string')).toBe(true);
      }
    }));
  });
});
