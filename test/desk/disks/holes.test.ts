// The holes that drivelist's rules have (media-writing notes), each as lsblk tells of it: none of these disks is ever written.
import { expect, it } from 'vitest';
import { mayBeWritten, reasonsAgainst } from '../../../electron/core/media/disk-reasons.ts';
import { diskFactsOfLsblk } from '../../../electron/desk/disks/lsblk.ts';

const STICK = { name: 'sda', path: '/dev/sda', type: 'disk', tran: 'usb', rm: true, hotplug: true, ro: false, size: 30_752_000_000, model: 'Ultra', serial: 'S', subsystems: 'block:scsi:usb:pci', 'log-sec': 512, mountpoints: [null] };
const part = (more: object): object => ({ name: 'sda1', path: '/dev/sda1', type: 'part', size: 30_000_000_000, mountpoints: [null], ...more });

it.each([
  ['runs the system from a stick', { ...STICK, children: [part({ fstype: 'ext4', mountpoints: ['/'] })] }, 'system-disk'],
  ['has only /boot on a stick', { ...STICK, children: [part({ fstype: 'vfat', mountpoints: ['/boot/efi'] })] }, 'system-disk'],
  ['has the system below LVM on a stick', { ...STICK, children: [part({ fstype: 'LVM2_member', children: [{ type: 'lvm', fstype: 'ext4', mountpoints: ['/'] }] })] }, 'system-disk'],
  ['has data below LUKS, mounted nowhere', { ...STICK, children: [part({ fstype: 'crypto_LUKS', children: [{ type: 'crypt', fstype: null, mountpoints: [null] }] })] }, 'held-by-another-layer'],
  ['is half of a mirror', { ...STICK, children: [part({ fstype: 'linux_raid_member', children: [{ type: 'raid1', fstype: 'xfs', mountpoints: ['/srv'] }] })] }, 'held-by-another-layer'],
  ['is in a pool whose mounts lsblk does not know', { ...STICK, fstype: 'zfs_member' }, 'held-by-another-layer'],
  ['is swapped to', { ...STICK, children: [part({ fstype: 'swap', mountpoints: ['[SWAP]'] })] }, 'swap'],
  ['is built in and hangs on a SATA port that can be pulled', { ...STICK, tran: 'sata', subsystems: 'block:scsi:pci', rm: false }, 'hot-plug-port'],
  ['is built in and calls itself removable', { ...STICK, tran: 'sata', subsystems: 'block:scsi:pci', hotplug: false }, 'hot-plug-port'],
  ['is mounted only as an older lsblk says it', { ...STICK, mountpoints: undefined, children: [part({ mountpoints: undefined, mountpoint: '/mnt/data' })] }, 'mounted'],
])('a disk that %s is refused', (_what, device, code) => {
  const all = diskFactsOfLsblk(JSON.stringify({ blockdevices: [device] }));
  const [disk] = all;
  if (disk === undefined) throw new Error('not listed');
  const reasons = reasonsAgainst(disk, { all, keep: [] });
  expect(reasons.filter(({ severity }) => severity === 'never').map((reason) => reason.code)).toContain(code);
  expect(mayBeWritten(reasons)).toBe(false);
});
