// Lays out a FAT32 file system that is written once: a tree of files in, a list of extents out.
// Every file is contiguous and everything ascends, so a disk sees a few hundred large writes.

import { AppError } from '../../core/app-error.ts';
import { ATTRIBUTE, encodeItem, encodeShort } from './directory.ts';
import type { Extent } from './extent.ts';
import { inDiskOrder } from './extent.ts';
import type { FatGeometry } from './geometry.ts';
import { SECTOR_BYTES, measureFat } from './geometry.ts';
import { ROOT_CLUSTER, encodeReservedArea } from './reserved-area.ts';
import type { FatFile, FatTree, FolderNode } from './tree.ts';
import { folderSizeBytes, makeTree } from './tree.ts';

export type FatOrder<S> = {
  /** In the order in which they shall lie on the disk; folders of a path are made. */
  readonly files: readonly FatFile<S>[];
  /** Folders that shall be there though they are empty. */
  readonly folders?: readonly string[];
  /** At most 11 characters of `A-Z 0-9 _ -`. */
  readonly label: string;
  readonly volumeId: number;
  /** From the start of the disk; whole sectors. */
  readonly partitionOffset: number;
  readonly partitionBytes: number;
  /** The date of everything. */
  readonly modifiedAtMs: number;
};

export type FatPlan<S> = { readonly geometry: FatGeometry; readonly extents: readonly Extent<S>[]; readonly freeBytes: number };

const END_OF_CHAIN = 0x0fff_ffff;

/**
 * Plans the file system.
 *
 * @param order Trusted, but for names and sizes of files.
 * @returns Extents by ascending offset from the start of the disk; zeros are among them where an old disk may hold something else.
 * @throws AppError `file-too-large` (more than 4 GiB - 1) or `invalid-input` (a name FAT can not hold, a name twice), each with `path`;
 *         `image-too-small` with `neededBytes`.
 * @source Microsoft, "FAT: General Overview of On-Disk Format" 1.03.
 */
export function planFat<S>(order: FatOrder<S>): FatPlan<S> {
  const geometry = measureFat(order.partitionBytes);
  const tree = makeTree(order.files, order.folders ?? []);
  const used = placeClusters(tree, geometry);
  if (used > geometry.clusters) {
    const neededBytes = order.partitionBytes + (used - geometry.clusters) * geometry.clusterBytes;
    throw new AppError('image-too-small', { sizeBytes: order.partitionBytes, neededBytes });
  }
  const table = chainTable(tree, geometry, used);
  const fatStart = order.partitionOffset + geometry.reservedSectors * SECTOR_BYTES;
  const fatBytes = geometry.fatSectors * SECTOR_BYTES;
  const extents: Extent<S>[] = [{ kind: 'bytes', offset: order.partitionOffset, bytes: encodeReservedArea(order, geometry, used) }];
  for (const start of [fatStart, fatStart + fatBytes]) {
    extents.push({ kind: 'bytes', offset: start, bytes: table });
    extents.push({ kind: 'zeros', offset: start + table.length, sizeBytes: fatBytes - table.length });
  }
  const offsetOf = (cluster: number): number => order.partitionOffset + geometry.dataOffset + (cluster - ROOT_CLUSTER) * geometry.clusterBytes;
  for (const folder of tree.folders) {
    extents.push({ kind: 'bytes', offset: offsetOf(folder.cluster), bytes: encodeFolder(folder, order, geometry) });
  }
  for (const { cluster, file: { sizeBytes, source } } of tree.files) {
    if (sizeBytes === 0) continue;
    extents.push({ kind: 'source', offset: offsetOf(cluster), sizeBytes, paddedBytes: clustersFor(sizeBytes, geometry) * geometry.clusterBytes, source });
  }
  return { geometry, extents: inDiskOrder(extents), freeBytes: (geometry.clusters - used) * geometry.clusterBytes };
}

/** Gives folders their clusters, then files. @returns How many are taken. */
function placeClusters<S>(tree: FatTree<S>, geometry: FatGeometry): number {
  let next = ROOT_CLUSTER;
  for (const folder of tree.folders) {
    folder.cluster = next;
    next += clustersFor(folderSizeBytes(folder), geometry);
  }
  for (const node of tree.files) {
    if (node.file.sizeBytes === 0) continue;
    node.cluster = next;
    next += clustersFor(node.file.sizeBytes, geometry);
  }
  return next - ROOT_CLUSTER;
}

function chainTable<S>(tree: FatTree<S>, geometry: FatGeometry, used: number): Uint8Array {
  const table = new Uint8Array(Math.ceil(((ROOT_CLUSTER + used) * 4) / SECTOR_BYTES) * SECTOR_BYTES);
  const view = new DataView(table.buffer);
  view.setUint32(0, 0x0fff_fff8, true);
  view.setUint32(4, END_OF_CHAIN, true);
  const chain = (first: number, bytes: number): void => {
    const count = clustersFor(bytes, geometry);
    for (let i = 0; i < count; i++) view.setUint32((first + i) * 4, i === count - 1 ? END_OF_CHAIN : first + i + 1, true);
  };
  for (const folder of tree.folders) chain(folder.cluster, folderSizeBytes(folder));
  for (const node of tree.files) chain(node.cluster, node.file.sizeBytes);
  return table;
}

function encodeFolder<S>(folder: FolderNode<S>, order: FatOrder<S>, geometry: FatGeometry): Uint8Array {
  const bytes = new Uint8Array(clustersFor(folderSizeBytes(folder), geometry) * geometry.clusterBytes);
  let at = 0;
  const put = (entry: Uint8Array): void => { bytes.set(entry, at); at += entry.length; };
  const putShort = (name: string, attribute: number, cluster: number): void =>
    put(encodeShort(new TextEncoder().encode(name.padEnd(11)), { attribute, cluster, sizeBytes: 0 }, order.modifiedAtMs));
  if (folder.parent === null) putShort(order.label, ATTRIBUTE.volumeLabel, 0);
  else {
    putShort('.', ATTRIBUTE.folder, folder.cluster);
    // The root is written as cluster 0 here, wherever it is.
    putShort('..', ATTRIBUTE.folder, folder.parent.parent === null ? 0 : folder.parent.cluster);
  }
  for (const { node, short } of folder.children) {
    const item = node.kind === 'folder'
      ? { attribute: ATTRIBUTE.folder, cluster: node.cluster, sizeBytes: 0 }
      : { attribute: ATTRIBUTE.archive, cluster: node.cluster, sizeBytes: node.file.sizeBytes };
    put(encodeItem(node.name, short, item, order.modifiedAtMs));
  }
  return bytes;
}

function clustersFor(bytes: number, geometry: FatGeometry): number {
  return Math.ceil(bytes / geometry.clusterBytes);
}
