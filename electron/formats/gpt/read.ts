// Finds the partitions of a disk or an image: GPT with sectors of 512 or 4096 bytes, else MBR, else a file system without a table.

import GPT from 'gpt';

import type { ReadAt } from '../fat/read.ts';

export type Partition = { readonly offset: number; readonly sizeBytes: number; readonly name: string };

const MOST_TABLE_BYTES = 1024 * 1024;
const SECTOR_BYTES = 512;
const EXTENDED_TYPES = [0x05, 0x0f, 0x85];

/**
 * @param readAt Untrusted bytes.
 * @returns The partitions in the order of the table, never one that starts outside the disk. Without any table: the whole disk as one.
 *          Never throws for what it reads; logical partitions inside an extended one are not listed.
 */
export async function readPartitions(readAt: ReadAt, diskBytes: number): Promise<readonly Partition[]> {
  for (const blockBytes of [512, 4096]) {
    const found = await readGpt(readAt, blockBytes);
    if (found !== null) return found.filter(({ offset }) => offset < diskBytes);
  }
  const sector = await readAt(0, SECTOR_BYTES);
  const found = readMbr(sector).filter(({ offset }) => offset < diskBytes);
  return found.length > 0 ? found : [{ offset: 0, sizeBytes: diskBytes, name: '' }];
}

async function readGpt(readAt: ReadAt, blockBytes: number): Promise<readonly Partition[] | null> {
  const header = Buffer.from(await readAt(blockBytes, blockBytes));
  if (header.length < blockBytes || header.toString('latin1', 0, 8) !== 'EFI PART') return null;
  const table = new GPT({ blockSize: blockBytes }).parseHeader(header);
  const sizeBytes = table.entries * table.entrySize;
  if (!table.verifyHeader() || table.entrySize < 128 || sizeBytes > MOST_TABLE_BYTES) return null;
  const bytes = Buffer.from(await readAt(Number(table.tableOffset) * blockBytes, table.tableSize));
  if (bytes.length < table.tableSize) return null;
  table.parseTable(bytes);
  return table.partitions.map(({ firstLBA, lastLBA, name }) => ({
    offset: Number(firstLBA) * blockBytes, sizeBytes: Number(lastLBA - firstLBA + 1n) * blockBytes, name,
  }));
}

function readMbr(sector: Uint8Array): readonly Partition[] {
  if (sector.length < SECTOR_BYTES || sector[510] !== 0x55 || sector[511] !== 0xaa) return [];
  const view = new DataView(sector.buffer, sector.byteOffset, SECTOR_BYTES);
  const entries = [446, 462, 478, 494].map((at) => ({
    flag: view.getUint8(at), type: view.getUint8(at + 4), offset: view.getUint32(at + 8, true) * SECTOR_BYTES, sizeBytes: view.getUint32(at + 12, true) * SECTOR_BYTES, name: '',
  }));
  // A boot sector of a file system ends in the same two bytes: its code does not look like four entries.
  if (entries.some(({ flag }) => flag !== 0 && flag !== 0x80)) return [];
  return entries.filter(({ type, offset, sizeBytes }) => type !== 0 && !EXTENDED_TYPES.includes(type) && offset > 0 && sizeBytes > 0)
    .map(({ offset, sizeBytes, name }) => ({ offset, sizeBytes, name }));
}
