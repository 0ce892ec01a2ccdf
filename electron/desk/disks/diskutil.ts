// What macOS says of disks, as facts that the reasons against writing are held against. Rehearsed, not seen on a Mac.
import type { DiskBus } from '../../core/codes.ts';
import type { DiskContent, DiskFacts } from '../../core/media/disk-reasons.ts';
import { parsePlist } from '../../formats/plist/read.ts';
import { countOf, fieldsOf, isYes, listOf, textOf, type Fields } from '../system-listing.ts';

/** What the tools printed; empty where one failed. All untrusted. */
export interface MacAnswers {
  /** `diskutil list -plist`. */
  readonly list: string;
  /** `diskutil info -plist diskN`, by identifier. */
  readonly info: ReadonlyMap<string, string>;
  /** `diskutil apfs list -plist`. */
  readonly apfs: string;
  /** `tmutil destinationinfo -X`. */
  readonly backups: string;
  /** `system_profiler -json SPUSBDataType`, or of its younger name: the only ones that tell serial numbers. */
  readonly usb: readonly string[];
}

/** Partitions that somebody else builds upon, by their content. */
const HOLDERS: Readonly<Record<string, string>> = { Apple_CoreStorage: 'core-storage', Apple_RAID: 'apple-raid', Apple_RAID_Offline: 'apple-raid', Linux_LVM: 'lvm' };
/** Contents without files of a person; a table is no content. */
const NO_FILES = ['', 'EFI', 'Apple_Free', 'Apple_partition_map', 'GUID_partition_scheme', 'FDisk_partition_scheme', 'Apple_partition_scheme', 'None'];
/** diskutil names the types it knows and prints the GUID of others. */
const TYPES: Readonly<Record<string, string>> = { 'Microsoft Reserved': 'E3C9E316-0B5C-4DB8-817D-F92DF00215AE', 'Windows Recovery': 'DE94BBA4-06D1-4D40-A16A-BFD50179D6AC', 'Microsoft Basic Data': 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7', EFI: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B' };

const plistOf = (text: string): Fields => fieldsOf(parsePlist(text));
const fieldsIn = (value: unknown): Fields[] => listOf(value).map(fieldsOf);
const idOf = (fields: Fields): string => textOf(fields['DeviceIdentifier']) ?? '';
/** `disk4s2` lies on `disk4`. */
const wholeOf = (identifier: string): string => /^disk\d+/.exec(identifier)?.[0] ?? '';

/** @param list Of `diskutil list -plist`. @returns Identifiers of whole disks, APFS containers and other disks that are made of others among them. */
export const wholeDisksOf = (list: string): string[] => listOf(plistOf(list)['WholeDisks']).map(textOf).filter((name) => name !== null).filter((name) => /^disk\d+$/.test(name));

/**
 * @returns Whole disks in the order of the system. An APFS container is none: its volumes and mounts belong to the disk its store lies on. Never throws.
 * @source diskutil(8), tmutil(8); keys as the tools have printed them since macOS 10.13.
 */
export function diskFactsOfDiskutil({ list, info, apfs, backups, usb }: MacAnswers): DiskFacts[] {
  const entries = fieldsIn(plistOf(list)['AllDisksAndPartitions']);
  const containers = entries.filter((entry) => storesOf(entry).length > 0);
  const backupPlaces = fieldsIn(plistOf(backups)['Destinations']).map((one) => textOf(one['MountPoint']));
  const backupVolumes = fieldsIn(plistOf(apfs)['Containers']).flatMap((container) => fieldsIn(container['Volumes'])).filter((volume) => listOf(volume['Roles']).includes('Backup')).map(idOf);
  const serials = new Map(usb.flatMap(serialsOf));
  return entries.filter((entry) => !containers.includes(entry) && /^disk\d+$/.test(idOf(entry))).map((entry): DiskFacts => {
    const id = idOf(entry);
    const facts = plistOf(info.get(id) ?? '');
    const own = containers.filter((container) => storesOf(container).some((store) => wholeOf(store) === id));
    const partitions = fieldsIn(entry['Partitions']);
    const volumes = [entry, ...partitions, ...own.flatMap((container) => fieldsIn(container['APFSVolumes']))];
    const mounts = [...new Set(volumes.flatMap(mountsOf))];
    const bus = busOf(facts);
    return {
      id: `/dev/${id}`, name: textOf(facts['MediaName']) ?? textOf(facts['IORegistryEntryName'])?.replace(/ Media$/, '') ?? null, serial: serials.get(id) ?? null,
      sizeBytes: countOf(facts['TotalSize']) || countOf(facts['Size']) || countOf(entry['Size']), sectorBytes: countOf(facts['DeviceBlockSize']) || 512, bus,
      // A card reader that is built in says Internal, and so does the disk beside it: only this field tells them apart.
      hotPlug: isYes(facts['RemovableMediaOrExternalDevice']), soldered: false, optical: textOf(facts['OpticalDeviceType']) !== null || textOf(facts['OpticalMediaType']) !== null,
      readOnly: facts['WritableMedia'] === false, offline: false, clustered: false, setAside: [], system: isYes(facts['SystemImage']) || isYes(entry['OSInternal']),
      swap: false, mounts, backups: mounts.some((place) => backupPlaces.includes(place)) || volumes.some((volume) => backupVolumes.includes(idOf(volume))),
      layers: [...new Set([
        ...[entry, ...partitions].map((area) => HOLDERS[textOf(area['Content']) ?? '']).filter((kind) => kind !== undefined),
        ...(isYes(facts['RAIDSlice']) || isYes(facts['RAIDMaster']) ? ['apple-raid'] : []),
        // A container over several disks (Fusion) is lost with any of them; a disk that is made of others is theirs.
        ...(own.some((container) => new Set(storesOf(container).map(wholeOf)).size > 1) ? ['fusion'] : []),
        ...(bus !== 'virtual' && textOf(facts['VirtualOrPhysical']) === 'Virtual' ? ['made-of-others'] : []),
      ])],
      contents: contentsOf(entry, partitions, own), tableId: null,
    };
  });
}

const storesOf = (entry: Fields): string[] => fieldsIn(entry['APFSPhysicalStores']).map(idOf).filter((store) => store !== '');

/** Of a system that starts from a sealed snapshot only the snapshot tells where it is mounted. */
const mountsOf = (volume: Fields): string[] => [volume['MountPoint'], ...fieldsIn(volume['MountedSnapshots']).map((snapshot) => snapshot['SnapshotMountPoint'])].map(textOf).filter((place) => place !== null);

/** Internal until the system says otherwise, whatever it hangs on. */
function busOf(facts: Fields): DiskBus {
  const protocol = textOf(facts['BusProtocol']);
  if (protocol === 'Disk Image') return 'virtual';
  if (!isYes(facts['RemovableMediaOrExternalDevice'])) return 'internal';
  return protocol === 'USB' ? 'usb' : protocol === 'Secure Digital' ? 'sd' : 'internal';
}

function contentsOf(entry: Fields, partitions: readonly Fields[], containers: readonly Fields[]): DiskContent[] {
  const own = textOf(entry['VolumeName']) === null && textOf(entry['MountPoint']) === null ? [] : [entry];
  return [
    ...[...own, ...partitions].map((area): DiskContent => {
      const content = textOf(area['Content']) ?? '';
      return { fileSystem: NO_FILES.includes(content) && textOf(area['VolumeName']) === null || content === 'EFI' ? null : content === '' ? 'unknown' : content.toLowerCase(), label: textOf(area['VolumeName']), sizeBytes: countOf(area['Size']), partitionType: TYPES[content] ?? (/^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/.test(content) ? content.toUpperCase() : null) };
    }),
    ...containers.flatMap((container) => fieldsIn(container['APFSVolumes'])).map((volume) => ({ fileSystem: 'apfs', label: textOf(volume['VolumeName']), sizeBytes: countOf(volume['CapacityInUse']), partitionType: null })),
  ];
}

/** Serial numbers by disk: devices stand inside hubs, disks inside devices or, on some, as the device itself. */
function serialsOf(json: string): [string, string][] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return [];
  }
  const walk = (item: unknown, serial: string | null, depth: number): [string, string][] => {
    if (depth > 32) return [];
    if (Array.isArray(item)) return item.flatMap((one) => walk(one, serial, depth + 1));
    if (typeof item !== 'object' || item === null) return [];
    const fields = fieldsOf(item);
    const own = textOf(fields['serial_num']) ?? serial;
    const disk = textOf(fields['bsd_name']);
    return [...(own !== null && disk !== null && /^disk\d+$/.test(disk) ? [[disk, own] as [string, string]] : []), ...Object.values(fields).flatMap((one) => walk(one, own, depth + 1))];
  };
  return walk(value, null, 0);
}
