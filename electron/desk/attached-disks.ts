// What disks are attached to the desk, as the system itself lists them: candidates to look into, nothing is opened for it.
import { platform } from 'node:process';
import { parsePlist } from '../formats/plist/read.ts';
import { POWERSHELL_TAKES_AT_MOST_MS, fieldsOf, listOf, runForText, textOf, type Fields } from './system-listing.ts';

export interface AttachedDisk {
  /** What `openDiskReader` takes. */
  readonly path: string;
  readonly kind: 'disk' | 'partition';
  readonly name: string | null;
  readonly serial: string | null;
  readonly sizeBytes: number;
  /** The system itself says so; false where it does not tell. */
  readonly bitLocker: boolean;
  /** The desk runs from it or has a file system of it mounted. */
  readonly inUse: boolean;
}

/** PowerShell 5.1 writes one object without brackets; the array stands around it here. Not seen on Windows yet. */
const GET_DISK = '@(Get-Disk | Select-Object Number,FriendlyName,SerialNumber,Size,IsSystem,IsBoot) | ConvertTo-Json -Compress';

/** @returns Disks and their partitions in the order of the system; empty where it can not be asked. Never throws. */
export async function listAttachedDisks(): Promise<AttachedDisk[]> {
  try {
    if (platform === 'linux') return disksOfLsblk(await runForText('lsblk', ['--json', '--bytes', '--output', 'PATH,TYPE,MODEL,SERIAL,SIZE,FSTYPE,LABEL,MOUNTPOINTS']));
    if (platform === 'win32') return disksOfGetDisk(await runForText('powershell.exe', ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', GET_DISK], POWERSHELL_TAKES_AT_MOST_MS));
    if (platform === 'darwin') return disksOfDiskutil(await runForText('diskutil', ['list', '-plist']));
  } catch { /* no such program, or it says nothing readable: the path can still be typed */ }
  return [];
}

/** @param json Of `lsblk --json --bytes`; partitions stand inside their disk. @source util-linux 2.38. */
export function disksOfLsblk(json: string): AttachedDisk[] {
  const walk = (devices: readonly unknown[]): AttachedDisk[] => devices.flatMap((device) => {
    const of = fieldsOf(device);
    const children = walk(listOf(of['children']));
    const kind = of['type'] === 'disk' || of['type'] === 'loop' ? 'disk' : of['type'] === 'part' ? 'partition' : null;
    const path = textOf(of['path']);
    const sizeBytes = Number(of['size']);
    if (kind === null || path === null || !(sizeBytes > 0)) return children;
    const inUse = listOf(of['mountpoints']).some((place) => typeof place === 'string') || children.some((child) => child.inUse);
    return [{ path, kind, name: textOf(of['model']) ?? textOf(of['label']), serial: textOf(of['serial']), sizeBytes, bitLocker: of['fstype'] === 'BitLocker', inUse }, ...children];
  });
  return walk(listOf(fieldsOf(JSON.parse(json))['blockdevices']));
}

/** @param json Of `Get-Disk`. @source Microsoft's page on Get-Disk: Number, FriendlyName, SerialNumber, Size, IsSystem, IsBoot. */
export function disksOfGetDisk(json: string): AttachedDisk[] {
  const parsed: unknown = JSON.parse(json);
  return (Array.isArray(parsed) ? parsed : [parsed]).map(fieldsOf).filter((disk) => Number.isInteger(disk['Number'])).map((disk) => ({
    path: `\\\\.\\PhysicalDrive${String(disk['Number'])}`, kind: 'disk' as const, name: textOf(disk['FriendlyName']), serial: textOf(disk['SerialNumber']), sizeBytes: Number(disk['Size']), bitLocker: false,
    inUse: disk['IsSystem'] === true || disk['IsBoot'] === true,
  }));
}

/** @param list Of `diskutil list -plist`. Not seen on macOS yet. */
export function disksOfDiskutil(list: string): AttachedDisk[] {
  return listOf(fieldsOf(parsePlist(list))['AllDisksAndPartitions']).map(fieldsOf).flatMap((disk) => {
    const partitions = listOf(disk['Partitions']).map(fieldsOf);
    const one = (of: Fields, kind: AttachedDisk['kind'], inUse: boolean): AttachedDisk =>
      ({ path: `/dev/${String(of['DeviceIdentifier'])}`, kind, name: textOf(of['VolumeName']) ?? textOf(of['Content']), serial: null, sizeBytes: Number(of['Size']), bitLocker: false, inUse });
    const mounted = partitions.map((partition) => textOf(partition['MountPoint']) !== null);
    return [one(disk, 'disk', mounted.includes(true)), ...partitions.map((partition, index) => one(partition, 'partition', mounted[index] === true))];
  });
}
