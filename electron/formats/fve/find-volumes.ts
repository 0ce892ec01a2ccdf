// Finds the BitLocker volumes of a disk, an image or a partition, whatever table it has, and says what it can not look into.
import type { ReadAt } from '../fat/read.ts';
import { readPartitions } from '../gpt/read.ts';
import { readFveVolume, type ReadVolume } from './metadata.ts';

export interface FoundVolume { readonly offset: number; readonly sizeBytes: number; readonly partition: string; readonly found: Exclude<ReadVolume, { status: 'not-bitlocker' }> }

/** Containers whose blocks do not lie where a reader would look for them. */
export type DeclinedContainer = 'vhdx' | 'dynamic-vhd' | 'differencing-vhd' | 'e01' | 'aff' | 'vmdk' | 'vdi' | 'qcow2';

export type InspectedDisk =
  | { readonly status: 'disk'; readonly container: 'raw' | 'fixed-vhd'; readonly partitions: number; readonly volumes: readonly FoundVolume[] }
  | { readonly status: 'declined'; readonly container: DeclinedContainer };

const VHD_FOOTER_BYTES = 512;
const STARTS: readonly (readonly [string, DeclinedContainer])[] = [['vhdxfile', 'vhdx'], ['EVF\x09\x0d\x0a\xff\x00', 'e01'], ['EVF2\x0d\x0a\x81\x00', 'e01'], ['AFF10\x0d\x0a\x00', 'aff'], ['KDMV', 'vmdk'], ['# Disk Descriptor', 'vmdk'], ['<<< ', 'vdi'], ['QFI\xfb', 'qcow2']];

/**
 * @param readAt Untrusted bytes; only read. @param sizeBytes Of the disk or file.
 * @returns Its BitLocker volumes in the order on the disk, none when there are none. Rejects only when `readAt` does.
 */
export async function inspectDisk(readAt: ReadAt, sizeBytes: number): Promise<InspectedDisk> {
  const start = latin1(await readAt(0, 32));
  const container = STARTS.find(([mark]) => start.startsWith(mark))?.[1];
  if (container !== undefined) return { status: 'declined', container };
  const vhd = await vhdKind(readAt, sizeBytes);
  if (vhd === 'dynamic-vhd' || vhd === 'differencing-vhd') return { status: 'declined', container: vhd };
  const diskBytes = vhd === 'fixed' ? sizeBytes - VHD_FOOTER_BYTES : sizeBytes;
  // A volume without a table first: its boot sector ends like a partition table does.
  const whole = await readFveVolume(readAt, 0);
  const partitions = whole.status === 'not-bitlocker' ? await readPartitions(readAt, diskBytes) : [{ offset: 0, sizeBytes: diskBytes, name: '' }];
  const volumes: FoundVolume[] = [];
  for (const { offset, sizeBytes: partitionBytes, name } of partitions) {
    const found = offset === 0 ? whole : await readFveVolume(readAt, offset);
    if (found.status !== 'not-bitlocker') volumes.push({ offset, sizeBytes: partitionBytes, partition: name, found });
  }
  return { status: 'disk', container: vhd === 'fixed' ? 'fixed-vhd' : 'raw', partitions: partitions.length, volumes };
}

/** A VHD ends in a footer that says what it is: 2 fixed, 3 dynamic, 4 differencing (big-endian, at 60). */
async function vhdKind(readAt: ReadAt, sizeBytes: number): Promise<'fixed' | 'dynamic-vhd' | 'differencing-vhd' | null> {
  // A device whose end nobody knows is no file with a footer.
  if (sizeBytes < VHD_FOOTER_BYTES || sizeBytes === Number.MAX_SAFE_INTEGER) return null;
  const footer = await readAt(sizeBytes - VHD_FOOTER_BYTES, VHD_FOOTER_BYTES);
  if (!latin1(footer).startsWith('conectix')) return null;
  const kind = new DataView(footer.buffer, footer.byteOffset).getUint32(60);
  return kind === 2 ? 'fixed' : kind === 4 ? 'differencing-vhd' : 'dynamic-vhd';
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
