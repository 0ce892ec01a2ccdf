// What disks are attached to the desk, as the system itself lists them: candidates to look into, nothing is opened for it.
import { execFile } from 'node:child_process';
import { platform } from 'node:process';

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

const TAKES_AT_MOST_MS = 8_000;
/** PowerShell 5.1 writes one object without brackets; the array stands around it here. Not seen on Windows yet. */
const GET_DISK = '@(Get-Disk | Select-Object Number,FriendlyName,SerialNumber,Size,IsSystem,IsBoot) | ConvertTo-Json -Compress';

/** @returns Disks and their partitions in the order of the system; empty where it can not be asked. Never throws. */
export async function listAttachedDisks(): Promise<AttachedDisk[]> {
  try {
    if (platform === 'linux') return disksOfLsblk(await run('lsblk', ['--json', '--bytes', '--output', 'PATH,TYPE,MODEL,SERIAL,SIZE,FSTYPE,LABEL,MOUNTPOINTS']));
    if (platform === 'win32') return disksOfGetDisk(await run('powershell.exe', ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', GET_DISK]));
    if (platform === 'darwin') return disksOfDiskutil(await run('/bin/sh', ['-c', 'diskutil list -plist | plutil -convert json -o - -']));
  } catch { /* no such program, or it says nothing readable: the path can still be typed */ }
  return [];
}

/** @param json Of `lsblk --json --bytes`; partitions stand inside their disk. @source util-linux 2.38. */
export function disksOfLsblk(json: string): AttachedDisk[] {
  const walk = (devices: readonly unknown[]): AttachedDisk[] => devices.flatMap((device) => {
    const of = record(device);
    const children = walk(array(of['children']));
    const kind = of['type'] === 'disk' || of['type'] === 'loop' ? 'disk' : of['type'] === 'part' ? 'partition' : null;
    const path = text(of['path']);
    const sizeBytes = Number(of['size']);
    if (kind === null || path === null || !(sizeBytes > 0)) return children;
    const inUse = array(of['mountpoints']).some((place) => typeof place === 'string') || children.some((child) => child.inUse);
    return [{ path, kind, name: text(of['model']) ?? text(of['label']), serial: text(of['serial']), sizeBytes, bitLocker: of['fstype'] === 'BitLocker', inUse }, ...children];
  });
  return walk(array(record(JSON.parse(json))['blockdevices']));
}

/** @param json Of `Get-Disk`. @source Microsoft's page on Get-Disk: Number, FriendlyName, SerialNumber, Size, IsSystem, IsBoot. */
export function disksOfGetDisk(json: string): AttachedDisk[] {
  const parsed: unknown = JSON.parse(json);
  return (Array.isArray(parsed) ? parsed : [parsed]).map(record).filter((disk) => Number.isInteger(disk['Number'])).map((disk) => ({
    path: `\\\\.\\PhysicalDrive${String(disk['Number'])}`, kind: 'disk' as const, name: text(disk['FriendlyName']), serial: text(disk['SerialNumber']), sizeBytes: Number(disk['Size']), bitLocker: false,
    inUse: disk['IsSystem'] === true || disk['IsBoot'] === true,
  }));
}

/** @param json Of `diskutil list -plist`, as JSON. Not seen on macOS yet. */
export function disksOfDiskutil(json: string): AttachedDisk[] {
  return array(record(JSON.parse(json))['AllDisksAndPartitions']).map(record).flatMap((disk) => {
    const partitions = array(disk['Partitions']).map(record);
    const one = (of: Readonly<Record<string, unknown>>, kind: AttachedDisk['kind'], inUse: boolean): AttachedDisk =>
      ({ path: `/dev/${String(of['DeviceIdentifier'])}`, kind, name: text(of['VolumeName']) ?? text(of['Content']), serial: null, sizeBytes: Number(of['Size']), bitLocker: false, inUse });
    const mounted = partitions.map((partition) => text(partition['MountPoint']) !== null);
    return [one(disk, 'disk', mounted.includes(true)), ...partitions.map((partition, index) => one(partition, 'partition', mounted[index] === true))];
  });
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {});
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);

function run(program: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...words], { timeout: TAKES_AT_MOST_MS, maxBuffer: 4 << 20, windowsHide: true }, (error, out) => { if (error === null) resolve(out); else reject(error); });
  });
}
