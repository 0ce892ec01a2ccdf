// Reads FAT32 as Windows, WinPE or anybody left it: folders listed, files read, nothing trusted.

import { AppError } from '../../core/app-error.ts';
import { ATTRIBUTE, ENTRY_BYTES, UNIT_PLACES, fromDosTime } from './directory.ts';
import { LEAST_CLUSTERS } from './geometry.ts';
import { foldName, shortNameChecksum } from './names.ts';
import { latin1 } from '../latin1.ts';

/** @returns The bytes there, fewer only at the end of the disk. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

/** `cluster` is 0 for a file without bytes. `modifiedAtMs` takes the wall clock on the disk as UTC. */
export type FatEntry = {
  readonly name: string; readonly isFolder: boolean; readonly sizeBytes: number; readonly cluster: number; readonly modifiedAtMs: number | null;
};

/** An open file system. Paths are relative to the root, parts joined by `/`, in any case. Damage is AppError `image-unreadable`. */
export type FatVolume = {
  readonly label: string | null;
  /** @returns Its entries in the order on the disk, or null when there is no such folder. */
  list(path: string): Promise<readonly FatEntry[] | null>;
  find(path: string): Promise<FatEntry | null>;
  /** Yields a file's bytes in order, at most 1 MiB at a time. */
  readFile(entry: FatEntry): AsyncGenerator<Uint8Array>;
  /** Yields where a file's clusters lie, whole ones, in bytes from the start of the disk. */
  areasOf(entry: FatEntry): AsyncGenerator<{ readonly offset: number; readonly sizeBytes: number }>;
};

type Layout = {
  readonly clusterBytes: number; readonly clusters: number; readonly tableOffset: number; readonly dataOffset: number; readonly rootCluster: number;
};

const MOST_READ_BYTES = 1024 * 1024;
const TABLE_WINDOW_BYTES = 64 * 1024;
const MOST_FOLDER_BYTES = 65_536 * ENTRY_BYTES;
const FIRST_END_MARK = 0x0fff_fff8;

/**
 * Opens a FAT32 file system.
 *
 * @param readAt    Untrusted bytes.
 * @param partition Where it begins, in bytes.
 * @throws AppError `image-unreadable` with `reason`: `not-fat32`, later `damaged`.
 */
export async function openFat(readAt: ReadAt, partition: number): Promise<FatVolume> {
  const layout = readLayout(await readAt(partition, 512), partition);
  const nextOf = tableReader(readAt, layout);

  /** Yields the runs of neighbouring clusters of a chain. A chain longer than the file system has clusters is a loop. */
  async function* runs(first: number, mostBytes: number): AsyncGenerator<{ readonly offset: number; readonly sizeBytes: number }> {
    let left = Math.ceil(mostBytes / layout.clusterBytes);
    let start = first;
    let count = 0;
    for (let cluster = first, seen = 0; left > 0; left--, seen++) {
      if (cluster < 2 || cluster >= layout.clusters + 2 || seen > layout.clusters) throw damaged();
      count++;
      const next = left > 1 ? await nextOf(cluster) : FIRST_END_MARK;
      const full = (count + 1) * layout.clusterBytes > Math.max(MOST_READ_BYTES, layout.clusterBytes);
      if (next !== cluster + 1 || full || left === 1) {
        yield { offset: layout.dataOffset + (start - 2) * layout.clusterBytes, sizeBytes: count * layout.clusterBytes };
        start = next;
        count = 0;
      }
      if (next >= FIRST_END_MARK) return;
      cluster = next;
    }
  }

  async function listCluster(cluster: number): Promise<RawFolder> {
    const pieces: Uint8Array[] = [];
    for await (const run of runs(cluster, MOST_FOLDER_BYTES)) pieces.push(await readWhole(readAt, run.offset, run.sizeBytes));
    return decodeFolder(Buffer.concat(pieces));
  }

  async function list(path: string): Promise<readonly FatEntry[] | null> {
    let cluster = layout.rootCluster;
    for (const part of path.split('/').filter((name) => name !== '')) {
      const entry = (await listCluster(cluster)).entries.find(({ name }) => foldName(name) === foldName(part));
      if (entry === undefined || !entry.isFolder) return null;
      cluster = entry.cluster;
    }
    return (await listCluster(cluster)).entries;
  }

  return {
    label: (await listCluster(layout.rootCluster)).label,
    list,
    async find(path) {
      const slash = path.lastIndexOf('/');
      const name = foldName(path.slice(slash + 1));
      return (await list(path.slice(0, Math.max(slash, 0))))?.find((entry) => foldName(entry.name) === name) ?? null;
    },
    async *readFile(entry) {
      let left = entry.sizeBytes;
      if (left === 0) return;
      for await (const run of runs(entry.cluster, left)) {
        const bytes = await readWhole(readAt, run.offset, Math.min(run.sizeBytes, left));
        left -= bytes.length;
        yield bytes;
      }
      if (left > 0) throw damaged();
    },
    async *areasOf(entry) {
      if (entry.sizeBytes > 0) yield* runs(entry.cluster, entry.sizeBytes);
    },
  };
}

function readLayout(boot: Uint8Array, partition: number): Layout {
  if (boot.length < 512) throw notFat32();
  const view = new DataView(boot.buffer, boot.byteOffset, boot.length);
  const sectorBytes = view.getUint16(11, true);
  const [sectorsPerCluster, tables] = [view.getUint8(13), view.getUint8(16)];
  const [reserved, totalSectors, tableSectors] = [view.getUint16(14, true), view.getUint32(32, true), view.getUint32(36, true)];
  const isPowerOfTwo = (n: number): boolean => n > 0 && (n & (n - 1)) === 0;
  if (view.getUint16(510, true) !== 0xaa55 || ![512, 1024, 2048, 4096].includes(sectorBytes) || !isPowerOfTwo(sectorsPerCluster)) throw notFat32();
  // FAT12 and FAT16 have a root folder of fixed length and say their table's size elsewhere.
  if (view.getUint16(17, true) !== 0 || view.getUint16(22, true) !== 0 || reserved === 0 || tables === 0 || tableSectors === 0) throw notFat32();
  const clusters = Math.floor((totalSectors - reserved - tables * tableSectors) / sectorsPerCluster);
  if (clusters < LEAST_CLUSTERS || (clusters + 2) * 4 > tableSectors * sectorBytes) throw notFat32();
  return {
    clusterBytes: sectorsPerCluster * sectorBytes, clusters, rootCluster: view.getUint32(44, true),
    tableOffset: partition + reserved * sectorBytes, dataOffset: partition + (reserved + tables * tableSectors) * sectorBytes,
  };
}

/** Looks up what follows a cluster; the table is read a window at a time, the last window kept. */
function tableReader(readAt: ReadAt, layout: Layout): (cluster: number) => Promise<number> {
  let start = -1;
  let window: DataView | null = null;
  return async (cluster) => {
    const wanted = Math.floor((cluster * 4) / TABLE_WINDOW_BYTES) * TABLE_WINDOW_BYTES;
    if (window === null || wanted !== start) {
      const bytes = await readAt(layout.tableOffset + wanted, TABLE_WINDOW_BYTES);
      window = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      start = wanted;
    }
    if (cluster * 4 - start + 4 > window.byteLength) throw damaged();
    return window.getUint32(cluster * 4 - start, true) & 0x0fff_ffff;
  };
}

type RawFolder = { readonly entries: readonly FatEntry[]; readonly label: string | null };

function decodeFolder(bytes: Uint8Array): RawFolder {
  const entries: FatEntry[] = [];
  let label: string | null = null;
  let units: number[] = [];
  let checksum = -1;
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const entry = bytes.subarray(at, at + ENTRY_BYTES);
    const view = new DataView(entry.buffer, entry.byteOffset, ENTRY_BYTES);
    const [first, attribute] = [view.getUint8(0), view.getUint8(11)];
    if (first === 0) break;
    if (first !== 0xe5 && (attribute & 0x3f) === ATTRIBUTE.longName) {
      // The last part stands first: each part goes in front of what was read before.
      if ((first & 0x40) !== 0) units = [];
      units = [...UNIT_PLACES.map((place) => view.getUint16(place, true)), ...units];
      checksum = view.getUint8(13);
      continue;
    }
    const short = entry.subarray(0, 11);
    const hasLongName = units.length > 0 && checksum === shortNameChecksum(short);
    const name = hasLongName ? longName(units) : shortName(entry);
    units = [];
    if (first === 0xe5 || name === '.' || name === '..') continue;
    if ((attribute & ATTRIBUTE.volumeLabel) !== 0) { label ??= latin1(short).trimEnd(); continue; }
    entries.push({
      name, isFolder: (attribute & ATTRIBUTE.folder) !== 0, sizeBytes: view.getUint32(28, true),
      cluster: (view.getUint16(20, true) << 16) | view.getUint16(26, true), modifiedAtMs: fromDosTime(view.getUint16(24, true), view.getUint16(22, true)),
    });
  }
  return { entries, label };
}

function longName(units: readonly number[]): string {
  const end = units.indexOf(0);
  return String.fromCharCode(...(end < 0 ? units : units.slice(0, end)));
}

/** Windows NT writes a name in small letters as capitals with two flags: base 0x08, extension 0x10. */
function shortName(entry: Uint8Array): string {
  const flags = entry[12] ?? 0;
  const base = latin1(entry.subarray(0, 8)).trimEnd();
  const extension = latin1(entry.subarray(8, 11)).trimEnd();
  const shown = (text: string, flag: number): string => ((flags & flag) === 0 ? text : text.toLowerCase());
  return shown(base, 0x08) + (extension === '' ? '' : `.${shown(extension, 0x10)}`);
}

async function readWhole(readAt: ReadAt, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await readAt(offset, length);
  if (bytes.length < length) throw damaged();
  return bytes;
}

const damaged = (): AppError => new AppError('image-unreadable', { reason: 'damaged' });
const notFat32 = (): AppError => new AppError('image-unreadable', { reason: 'not-fat32' });
