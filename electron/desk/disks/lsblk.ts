// Whole disks as Linux lists them: `lsblk --json --bytes --output-all`, turned into what the reasons look at.
import type { DiskBus } from '../../core/codes.ts';
import type { DiskContent, DiskFacts } from '../../core/media/disk-reasons.ts';
import { countOf, fieldsOf, isYes, listOf, textOf, type Fields } from '../system-listing.ts';

export const LSBLK_WORDS = ['--json', '--bytes', '--output-all'] as const;

/** What is a partition or the disk itself; every other type below a disk is a layer somebody uses: lvm, crypt, raid1, mpath, dm. */
const OWN_AREAS = ['disk', 'part', 'loop'];
/** lsblk does not follow a pool to its mounts, so a member counts as used. */
const POOL_MEMBERS = ['zfs_member', 'bcache', 'drbd'];
/** Disks without hardware, by the beginning of their name. */
const VIRTUAL = /^(?:loop|zram|ram|nbd|md|dm-)/;

/**
 * @param json Untrusted text of `lsblk`.
 * @returns Whole disks in the order of the system; empty card readers are among them, unbound loop devices and RAM disks of no size are not.
 *          Throws on what is no JSON, never on its shape.
 * @source util-linux 2.38. Flags are booleans there, "0" and "1" before 2.33; `mountpoints` may be [null], and one place alone is `mountpoint` before 2.37.
 */
export function diskFactsOfLsblk(json: string): DiskFacts[] {
  const devices = listOf(fieldsOf(JSON.parse(json))['blockdevices']).map(fieldsOf);
  const names = new Set(devices.map((device) => textOf(device['name']) ?? textOf(device['kname']) ?? ''));
  return devices.flatMap((device) => {
    const path = textOf(device['path']) ?? (textOf(device['name']) === null ? null : `/dev/${String(device['name'])}`);
    const type = textOf(device['type']);
    const sizeBytes = countOf(device['size']);
    const name = textOf(device['name']) ?? '';
    if (path === null || (type !== 'disk' && type !== 'loop' && type !== 'rom')) return [];
    const bus = busOf(device, name);
    if (bus === 'virtual' && sizeBytes === 0) return [];
    const areas = [device, ...below(device)];
    const mounts = [...new Set(areas.flatMap(mountsOf))];
    const fileSystems = areas.map((area) => textOf(area['fstype']));
    return [{
      id: path, name: nameOf(device), serial: textOf(device['serial']), sizeBytes, sectorBytes: countOf(device['log-sec']) || 512, bus,
      hotPlug: isYes(device['hotplug']) || isYes(device['rm']), soldered: bus === 'sd' && names.has(`${name}boot0`), optical: type === 'rom',
      // A disk that can be read only has nothing to be written on; one of its partitions alone may be set so.
      readOnly: isYes(device['ro']), offline: textOf(device['state']) === 'offline', clustered: false, setAside: [], system: false, backups: false,
      swap: mounts.includes('[SWAP]'), mounts,
      layers: [...new Set([
        ...below(device).map((area) => textOf(area['type'])).filter((kind) => kind !== null && !OWN_AREAS.includes(kind)),
        ...fileSystems.filter((kind) => kind !== null && POOL_MEMBERS.includes(kind)),
      ].filter((kind) => kind !== null))],
      contents: contentsOf(device), tableId: textOf(device['ptuuid'])?.toUpperCase() ?? null,
    }];
  });
}

function busOf(device: Fields, name: string): DiskBus {
  const tran = textOf(device['tran'])?.toLowerCase();
  const subsystems = textOf(device['subsystems']) ?? '';
  if (tran === 'usb' || subsystems.split(':').includes('usb')) return 'usb';
  if (tran === 'mmc' || name.startsWith('mmcblk')) return 'sd';
  return textOf(device['type']) === 'loop' || VIRTUAL.test(name) ? 'virtual' : 'internal';
}

/** Vendor and model without saying a word twice: `SanDisk` and `SanDisk Ultra`. A loop device is named by its file nowhere in this list. */
function nameOf(device: Fields): string | null {
  const vendor = textOf(device['vendor']);
  const model = textOf(device['model'])?.replace(/_/g, ' ') ?? null;
  if (vendor === null || model === null || model.toLowerCase().startsWith(vendor.toLowerCase())) return model ?? vendor;
  return `${vendor} ${model}`;
}

const below = (device: Fields): Fields[] => listOf(device['children']).map(fieldsOf).flatMap((child) => [child, ...below(child)]);

const mountsOf = (area: Fields): string[] => [...listOf(area['mountpoints']), area['mountpoint']].map(textOf).filter((place) => place !== null);

/** Partitions, or the disk itself where a file system stands on it without a table. */
function contentsOf(device: Fields): DiskContent[] {
  const parts = listOf(device['children']).map(fieldsOf).filter((child) => textOf(child['type']) === 'part');
  const own = textOf(device['fstype']) === null ? [] : [device];
  return [...own, ...parts].map((area) => ({
    fileSystem: textOf(area['fstype']), label: textOf(area['label']) ?? textOf(area['partlabel']), sizeBytes: countOf(area['size']), partitionType: textOf(area['parttype'])?.toUpperCase() ?? null,
  }));
}
