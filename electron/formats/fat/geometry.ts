// The measures of a FAT32 file system for a partition of a given size.

import { AppError } from '../../core/app-error.ts';

export const SECTOR_BYTES = 512;
export const ALIGNMENT_BYTES = 1024 * 1024;
/** The number of clusters decides what kind of FAT it is; with fewer it would be read as FAT16. */
export const LEAST_CLUSTERS = 65_525;
/** A file's size is a 32-bit number. */
export const MOST_FILE_BYTES = 0xffff_ffff;

export type FatGeometry = {
  readonly totalSectors: number;
  readonly sectorsPerCluster: number;
  readonly clusterBytes: number;
  readonly reservedSectors: number;
  readonly fatSectors: number;
  readonly clusters: number;
  /** From the start of the partition: where cluster 2 begins. A multiple of 1 MiB, so that no flash block is written twice. */
  readonly dataOffset: number;
};

/**
 * Measures a FAT32 file system with two tables.
 *
 * @param partitionBytes Whole MiB are used, the rest stays unused.
 * @throws AppError `image-too-small` when it would have too few clusters for FAT32.
 * @source Cluster sizes as Windows and mkfs.fat choose them; the reserved sectors take up the slack up to the next MiB.
 */
export function measureFat(partitionBytes: number): FatGeometry {
  const totalSectors = Math.floor(partitionBytes / ALIGNMENT_BYTES) * (ALIGNMENT_BYTES / SECTOR_BYTES);
  const sectorsPerCluster = clusterSectors(totalSectors * SECTOR_BYTES);
  const fatSectors = Math.ceil(((totalSectors / sectorsPerCluster + 2) * 4) / SECTOR_BYTES);
  const leastReserved = 32;
  const dataOffset = Math.ceil(((leastReserved + 2 * fatSectors) * SECTOR_BYTES) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  const clusters = Math.floor((totalSectors - dataOffset / SECTOR_BYTES) / sectorsPerCluster);
  if (clusters < LEAST_CLUSTERS) throw new AppError('image-too-small', { sizeBytes: partitionBytes, neededBytes: leastPartitionBytes() });
  return {
    totalSectors, sectorsPerCluster, clusterBytes: sectorsPerCluster * SECTOR_BYTES,
    reservedSectors: dataOffset / SECTOR_BYTES - 2 * fatSectors, fatSectors, clusters, dataOffset,
  };
}

/** @returns The smallest partition that can be FAT32, with clusters of one sector. */
function leastPartitionBytes(): number {
  return 33 * ALIGNMENT_BYTES;
}

function clusterSectors(bytes: number): number {
  const gib = 2 ** 30;
  if (bytes <= 260 * 2 ** 20) return 1;
  if (bytes <= 8 * gib) return 8;
  if (bytes <= 16 * gib) return 16;
  return bytes <= 32 * gib ? 32 : 64;
}
