// A partition table for a disk of a known size: protective MBR, GPT at the start, its copy at the very end.

import GPT from 'gpt';

import { AppError } from '../../core/app-error.ts';

/** What Windows gives a drive letter, in WinPE too. An EFI system partition gets none, so results could not be written. */
export const BASIC_DATA_PARTITION = 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7';

export type PartitionOrder = { readonly type: string; readonly guid: string; readonly name: string; readonly offset: number; readonly sizeBytes: number };
export type GptOrder = { readonly diskBytes: number; readonly diskGuid: string; readonly partitions: readonly PartitionOrder[] };
export type TablePiece = { readonly kind: 'bytes'; readonly offset: number; readonly bytes: Uint8Array };

const BLOCK_BYTES = 512;
/** MBR, header and 128 entries of 128 bytes; the copy at the end has no MBR. */
const FIRST_USABLE = 34n;
const BACKUP_BLOCKS = 33;

/** @returns How many bytes a disk of that size has for partitions from `offset` on: what lies before the copy of the table. */
export function roomAfter(offset: number, diskBytes: number): number {
  return (Math.floor(diskBytes / BLOCK_BYTES) - BACKUP_BLOCKS) * BLOCK_BYTES - offset;
}

/**
 * @param order GUIDs are lent, so that the same order gives the same bytes.
 * @returns Two pieces, the first at offset 0, the second ending with the disk's last whole sector.
 * @throws AppError `image-too-small` when a partition reaches into the copy.
 */
export function planGpt(order: GptOrder): readonly TablePiece[] {
  const blocks = BigInt(Math.floor(order.diskBytes / BLOCK_BYTES));
  for (const { offset, sizeBytes } of order.partitions) {
    if (sizeBytes > roomAfter(offset, order.diskBytes)) {
      throw new AppError('image-too-small', { sizeBytes: order.diskBytes, neededBytes: offset + sizeBytes + BACKUP_BLOCKS * BLOCK_BYTES });
    }
  }
  const table = new GPT({
    blockSize: BLOCK_BYTES, guid: order.diskGuid, currentLBA: 1n, backupLBA: blocks - 1n,
    firstLBA: FIRST_USABLE, lastLBA: blocks - BigInt(BACKUP_BLOCKS) - 1n,
  });
  for (const { type, guid, name, offset, sizeBytes } of order.partitions) {
    const firstLBA = BigInt(offset / BLOCK_BYTES);
    table.partitions.push(new GPT.PartitionEntry({ type, guid, name, firstLBA, lastLBA: firstLBA + BigInt(sizeBytes / BLOCK_BYTES) - 1n }));
  }
  const backup = table.writeBackupFromPrimary();
  const head = Buffer.concat([protectiveMbr(blocks), table.write()]);
  return [
    { kind: 'bytes', offset: 0, bytes: head },
    { kind: 'bytes', offset: Number(blocks) * BLOCK_BYTES - backup.length, bytes: backup },
  ];
}

/** Tells tools that know no GPT that the whole disk is taken (type 0xEE). */
function protectiveMbr(blocks: bigint): Uint8Array {
  const sector = new Uint8Array(BLOCK_BYTES);
  const view = new DataView(sector.buffer);
  sector.set([0x00, 0x00, 0x02, 0x00, 0xee, 0xff, 0xff, 0xff], 446);
  view.setUint32(454, 1, true);
  view.setUint32(458, Number(blocks - 1n > 0xffff_ffffn ? 0xffff_ffffn : blocks - 1n), true);
  view.setUint16(510, 0xaa55, true);
  return sector;
}
