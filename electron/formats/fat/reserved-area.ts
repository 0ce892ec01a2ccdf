// The first sectors of a FAT32 partition: boot sector and FSInfo, each with its copy six sectors on.

import type { FatGeometry } from './geometry.ts';
import { SECTOR_BYTES } from './geometry.ts';

export const ROOT_CLUSTER = 2;

export type VolumeFacts = { readonly label: string; readonly volumeId: number; readonly partitionOffset: number };

/**
 * @param usedClusters So many clusters from the first one on are taken; FSInfo says where free space begins.
 * @source Microsoft, "FAT: General Overview of On-Disk Format" 1.03, "Boot Sector and BPB", "FSInfo Sector".
 */
export function encodeReservedArea(volume: VolumeFacts, geometry: FatGeometry, usedClusters: number): Uint8Array {
  const area = new Uint8Array(16 * SECTOR_BYTES);
  const boot = new DataView(area.buffer, 0, SECTOR_BYTES);
  area.set([0xeb, 0x58, 0x90], 0);
  area.set(latin1('MSWIN4.1'), 3);
  boot.setUint16(11, SECTOR_BYTES, true);
  boot.setUint8(13, geometry.sectorsPerCluster);
  boot.setUint16(14, geometry.reservedSectors, true);
  boot.setUint8(16, 2); // tables
  boot.setUint8(21, 0xf8); // fixed disk
  boot.setUint16(24, 63, true); // sectors per track and heads: nothing uses them, tools want to see them
  boot.setUint16(26, 255, true);
  boot.setUint32(28, volume.partitionOffset / SECTOR_BYTES, true);
  boot.setUint32(32, geometry.totalSectors, true);
  boot.setUint32(36, geometry.fatSectors, true);
  boot.setUint32(44, ROOT_CLUSTER, true);
  boot.setUint16(48, 1, true); // FSInfo
  boot.setUint16(50, 6, true); // copy of the boot sector
  boot.setUint8(64, 0x80);
  boot.setUint8(66, 0x29);
  boot.setUint32(67, volume.volumeId >>> 0, true);
  area.set(latin1(volume.label.padEnd(11)), 71);
  area.set(latin1('FAT32   '), 82);
  area.set([0xf4, 0xeb, 0xfd], 90); // halt, for ever: nothing boots from here by BIOS
  const info = new DataView(area.buffer, SECTOR_BYTES, SECTOR_BYTES);
  info.setUint32(0, 0x4161_5252, true);
  info.setUint32(484, 0x6141_7272, true);
  info.setUint32(488, geometry.clusters - usedClusters, true);
  info.setUint32(492, ROOT_CLUSTER + usedClusters, true);
  for (const sector of [0, 1, 2]) area.set([0x55, 0xaa], sector * SECTOR_BYTES + 510);
  area.copyWithin(6 * SECTOR_BYTES, 0, 3 * SECTOR_BYTES);
  return area;
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
