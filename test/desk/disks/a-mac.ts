// A Mac as its tools describe one: an internal disk with a sealed system in an APFS container, and what is plugged in beside it. Shapes as diskutil, tmutil and
// system_profiler print them; no Mac was at hand.
import type { PlistValue } from '../../../electron/formats/plist/read.ts';
import { plist } from '../../formats/plist/write.ts';

export interface MacDisk { readonly list: Readonly<Record<string, PlistValue>>; readonly info: Readonly<Record<string, PlistValue>> }

const INTERNAL: MacDisk = {
  list: { Content: 'GUID_partition_scheme', DeviceIdentifier: 'disk0', OSInternal: false, Size: 500_277_792_768, Partitions: [
    { Content: 'Apple_APFS_ISC', DeviceIdentifier: 'disk0s1', DiskUUID: '11111111-0000-4000-8000-000000000001', Size: 524_288_000 }, { Content: 'Apple_APFS', DeviceIdentifier: 'disk0s2', DiskUUID: '11111111-0000-4000-8000-000000000002', Size: 494_384_795_648 },
  ] },
  info: { BusProtocol: 'Apple Fabric', Content: 'GUID_partition_scheme', DeviceBlockSize: 4096, DeviceIdentifier: 'disk0', Ejectable: false, Internal: true, MediaName: 'APPLE SSD AP0512Q', Removable: false, RemovableMedia: false, RemovableMediaOrExternalDevice: false, Size: 500_277_792_768, SystemImage: false, TotalSize: 500_277_792_768, VirtualOrPhysical: 'Physical', WholeDisk: true, Writable: true, WritableMedia: true },
};

const CONTAINER: MacDisk = {
  list: { Content: 'EF57347C-0000-11AA-AA11-00306543ECAC', DeviceIdentifier: 'disk3', OSInternal: false, Size: 494_384_795_648, Partitions: [], APFSPhysicalStores: [{ DeviceIdentifier: 'disk0s2' }], APFSVolumes: [
    { DeviceIdentifier: 'disk3s1', MountedSnapshots: [{ Sealed: 'Yes', SnapshotBSD: 'disk3s1s1', SnapshotMountPoint: '/', SnapshotName: 'com.apple.os.update' }], OSInternal: false, Size: 494_384_795_648, VolumeName: 'Macintosh HD' },
    { CapacityInUse: 9, DeviceIdentifier: 'disk3s5', MountPoint: '/System/Volumes/Data', Size: 494_384_795_648, VolumeName: 'Data' }, { DeviceIdentifier: 'disk3s6', MountPoint: '/System/Volumes/VM', Size: 1, VolumeName: 'VM' },
  ] },
  info: { BusProtocol: 'Apple Fabric', DeviceIdentifier: 'disk3', Internal: true, RemovableMediaOrExternalDevice: false, VirtualOrPhysical: 'Virtual', WholeDisk: true },
};

/** A stick of 30.7 GB with photos, or with what is said of it. */
export function stick(id: string, { partitions = [{ Content: 'DOS_FAT_32', DeviceIdentifier: `${id}s1`, MountPoint: '/Volumes/HOLIDAY', Size: 30_750_000_000, VolumeName: 'HOLIDAY' }], info = {}, sizeBytes = 30_752_000_000 }: { readonly partitions?: readonly PlistValue[]; readonly info?: Readonly<Record<string, PlistValue>>; readonly sizeBytes?: number } = {}): MacDisk {
  return {
    list: { Content: 'FDisk_partition_scheme', DeviceIdentifier: id, OSInternal: false, Size: sizeBytes, Partitions: partitions },
    info: { BusProtocol: 'USB', Content: 'FDisk_partition_scheme', DeviceBlockSize: 512, DeviceIdentifier: id, Ejectable: true, Internal: false, IORegistryEntryName: 'SanDisk Ultra Media', MediaName: 'Ultra', Removable: true, RemovableMedia: true, RemovableMediaOrExternalDevice: true, Size: sizeBytes, SystemImage: false, TotalSize: sizeBytes, VirtualOrPhysical: 'Physical', WholeDisk: true, Writable: true, WritableMedia: true, ...info },
  };
}

/** An APFS container whose stores lie where they are said to. */
export const container = (id: string, stores: readonly string[], volumes: readonly PlistValue[]): MacDisk => ({
  list: { Content: 'EF57347C-0000-11AA-AA11-00306543ECAC', DeviceIdentifier: id, Size: 1, Partitions: [], APFSPhysicalStores: stores.map((store) => ({ DeviceIdentifier: store })), APFSVolumes: volumes },
  info: { DeviceIdentifier: id, VirtualOrPhysical: 'Virtual', WholeDisk: true },
});

export interface MacTools { readonly backupPlaces?: readonly string[]; readonly backupVolumes?: readonly string[]; readonly serials?: Readonly<Record<string, string>> }

/** What each tool would print for a Mac with these disks besides its own. */
export function answersOf(disks: readonly MacDisk[], { backupPlaces = [], backupVolumes = [], serials = { disk4: '4C530001' } }: MacTools = {}) {
  const all = [INTERNAL, CONTAINER, ...disks];
  return {
    list: plist({ AllDisks: [], AllDisksAndPartitions: all.map(({ list }) => list), VolumesFromDisks: [], WholeDisks: all.map(({ list }) => list['DeviceIdentifier'] ?? '') }),
    info: new Map(all.map(({ list, info }) => [String(list['DeviceIdentifier']), plist(info)])),
    apfs: plist({ Containers: [{ ContainerReference: 'disk3', Volumes: [{ DeviceIdentifier: 'disk3s5', Roles: ['Data'] }, ...backupVolumes.map((DeviceIdentifier) => ({ DeviceIdentifier, Roles: ['Backup'] }))] }] }),
    backups: plist({ Destinations: backupPlaces.map((MountPoint) => ({ ID: '0852943E-8EC2-4386-8C31-ECE56488E8B4', Kind: 'Local', LastDestination: 1, MountPoint, Name: 'Backup' })) }),
    usb: [JSON.stringify({ SPUSBDataType: [{ _name: 'USB31Bus', _items: [{ _name: 'Hub', serial_num: 'HUB', _items: Object.entries(serials).map(([bsd_name, serial_num]) => ({ _name: 'Ultra', serial_num, Media: [{ _name: 'Ultra', bsd_name, volumes: [{ bsd_name: `${bsd_name}s1` }] }] })) }] }] }), ''],
  };
}
