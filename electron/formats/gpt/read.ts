// Finds the partitions of a disk or an image: GPT with sectors of 512 or 4096 bytes, else MBR, else a file system without a table.

import GPT from 'gpt';

import type { ReadAt } from '../fat/read.ts';

/** `type`: of GPT a GUID in upper case, of MBR two hexadecimal digits, empty without a table. */
export type Partition = { readonly offset: number; readonly sizeBytes: number; readonly name: string; readonly type: string };

const MOST_TABLE_BYTES = 1024 * 1024;
const SECTOR_BYTES = 512;
/** One entry over the whole disk, for programs that do not know GPT. */
const PROTECTIVE_TYPE = 0xee;
const EXTENDED_TYPES = [0x05, 0x0f, 0x85];
const MOST_LOGICAL = 64;

/**
 * @param readAt Untrusted bytes.
 * @returns The partitions in the order of the table, never one that starts outside the disk. Without any table: the whole disk as one.
 *          Logical partitions of an extended one follow the others. Never throws for what it reads.
 */
export async function readPartitions(readAt: ReadAt, diskBytes: number): Promise<readonly Partition[]> {
  for (const blockBytes of [512, 4096]) {
    const found = await readGpt(readAt, blockBytes);
    if (found !== null) return found.filter(({ offset }) => offset < diskBytes);
  }
  const found = (await readMbrDisk(readAt)).filter(({ offset }) => offset < diskBytes);
  return found.length > 0 ? found : [{ offset: 0, sizeBytes: diskBytes, name: '', type: '' }];
}

/** @returns The number of the whole table, upper case; null where there is no sound GPT. Never throws for what it reads. */
export async function readTableId(readAt: ReadAt): Promise<string | null> {
  for (const blockBytes of [512, 4096]) {
    const header = Buffer.from(await readAt(blockBytes, blockBytes));
    if (header.length < blockBytes || header.toString('latin1', 0, 8) !== 'EFI PART') continue;
    const table = new GPT({ blockSize: blockBytes }).parseHeader(header);
    if (table.verifyHeader()) return table.guid.toUpperCase();
  }
  return null;
}

/**
 * Partitions by the second GPT at the end of the disk, where the first one is wiped or damaged: Windows starts from either.
 *
 * @param readAt Untrusted bytes. @param diskBytes Where the disk ends, which has to be known.
 * @returns null while the first table is sound, where another table or a file system took its place, and where the second one is not sound. Never throws for what it reads.
 */
export async function readBackupPartitions(readAt: ReadAt, diskBytes: number): Promise<readonly Partition[] | null> {
  for (const blockBytes of [512, 4096]) if ((await readGpt(readAt, blockBytes)) !== null) return null;
  const sector = await readAt(0, SECTOR_BYTES);
  const isMarked = sector[510] === 0x55 && sector[511] === 0xaa;
  if (isMarked && !readMbr(sector).some(({ type }) => type === PROTECTIVE_TYPE)) return null;
  for (const blockBytes of [512, 4096]) {
    const found = diskBytes < blockBytes ? null : await readGpt(readAt, blockBytes, diskBytes - blockBytes);
    if (found !== null) return found.filter(({ offset }) => offset < diskBytes);
  }
  return null;
}

async function readGpt(readAt: ReadAt, blockBytes: number, headerAt = blockBytes): Promise<readonly Partition[] | null> {
  const header = Buffer.from(await readAt(headerAt, blockBytes));
  if (header.length < blockBytes || header.toString('latin1', 0, 8) !== 'EFI PART') return null;
  const table = new GPT({ blockSize: blockBytes }).parseHeader(header);
  const sizeBytes = table.entries * table.entrySize;
  if (!table.verifyHeader() || table.entrySize < 128 || sizeBytes > MOST_TABLE_BYTES) return null;
  const bytes = Buffer.from(await readAt(Number(table.tableOffset) * blockBytes, table.tableSize));
  if (bytes.length < table.tableSize) return null;
  table.parseTable(bytes);
  return table.partitions.filter(({ firstLBA, lastLBA }) => lastLBA >= firstLBA).map(({ firstLBA, lastLBA, name, type }) => ({
    offset: Number(firstLBA) * blockBytes, sizeBytes: Number(lastLBA - firstLBA + 1n) * blockBytes, name, type: type.toUpperCase(),
  }));
}

/** The table does not say how large a sector is; the boot sector of a partition does (bytes 11 and 12). */
async function readMbrDisk(readAt: ReadAt): Promise<readonly Partition[]> {
  const table = readMbr(await readAt(0, SECTOR_BYTES));
  let blockBytes = SECTOR_BYTES;
  for (const { first } of table) {
    const boot = await readAt(first * 4096, SECTOR_BYTES);
    if (boot.length === SECTOR_BYTES && boot[0] === 0xeb && boot[11] === 0 && boot[12] === 0x10 && boot[510] === 0x55) blockBytes = 4096;
  }
  const extended = table.find(({ type }) => EXTENDED_TYPES.includes(type));
  const logical = extended === undefined ? [] : await readLogical(readAt, extended.first, blockBytes);
  return [...table.filter((entry) => entry !== extended), ...logical].filter(({ first, count }) => first > 0 && count > 0)
    .map(({ first, count, type }) => ({ offset: first * blockBytes, sizeBytes: count * blockBytes, name: '', type: type.toString(16).padStart(2, '0') }));
}

/** A chain of tables: each has one partition, counted from itself, and the next table, counted from the first. */
async function readLogical(readAt: ReadAt, base: number, blockBytes: number): Promise<readonly MbrEntry[]> {
  const found: MbrEntry[] = [];
  const seen = new Set<number>();
  for (let at = base; !seen.has(at) && seen.size < MOST_LOGICAL;) {
    seen.add(at);
    const entries = readMbr(await readAt(at * blockBytes, SECTOR_BYTES));
    found.push(...entries.filter(({ type }) => !EXTENDED_TYPES.includes(type)).map((entry) => ({ ...entry, first: entry.first + at })));
    const next = entries.find(({ type }) => EXTENDED_TYPES.includes(type));
    if (next === undefined) break;
    at = base + next.first;
  }
  return found;
}

/** Places and sizes in sectors. */
interface MbrEntry { readonly type: number; readonly first: number; readonly count: number }

function readMbr(sector: Uint8Array): readonly MbrEntry[] {
  if (sector.length < SECTOR_BYTES || sector[510] !== 0x55 || sector[511] !== 0xaa) return [];
  const view = new DataView(sector.buffer, sector.byteOffset, SECTOR_BYTES);
  const entries = [446, 462, 478, 494].map((at) => ({ flag: view.getUint8(at), type: view.getUint8(at + 4), first: view.getUint32(at + 8, true), count: view.getUint32(at + 12, true) }));
  // A boot sector of a file system ends in the same two bytes: its code does not look like four entries.
  if (entries.some(({ flag }) => flag !== 0 && flag !== 0x80)) return [];
  return entries.filter(({ type, first }) => type !== 0 && first > 0).map(({ type, first, count }) => ({ type, first, count }));
}
