// Tells from its first and last bytes whether a file holds a disk byte by byte, or is a container whose blocks lie elsewhere.
import type { ReadAt } from '../fat/read.ts';
import { latin1 } from '../latin1.ts';

/** What can not be looked into: containers whose blocks do not lie where a reader would look for them, and what is packed. */
export type DeclinedContainer = 'vhdx' | 'dynamic-vhd' | 'differencing-vhd' | 'e01' | 'aff' | 'vmdk' | 'vdi' | 'qcow2' | 'qed' | 'parallels' | 'wim' | 'ffu' | 'packed';

export type DiskContainer = { readonly kind: 'raw' | 'fixed-vhd'; /** Of the disk inside. */ readonly diskBytes: number } | { readonly kind: 'declined'; readonly container: DeclinedContainer };

const VHD_FOOTER_BYTES = 512;
const VHD_MARK = 'conectix';
const STARTS: readonly (readonly [string, DeclinedContainer])[] = [
  ['vhdxfile', 'vhdx'], ['EVF\x09\x0d\x0a\xff\x00', 'e01'], ['EVF2\x0d\x0a\x81\x00', 'e01'], ['AFF10\x0d\x0a\x00', 'aff'], ['KDMV', 'vmdk'], ['COWD', 'vmdk'], ['# Disk Descriptor', 'vmdk'], ['<<< ', 'vdi'], ['QFI\xfb', 'qcow2'],
  ['QED\x00', 'qed'], ['WithoutFreeSpace', 'parallels'], ['WithouFreSpacExt', 'parallels'], ['MSWIM\x00\x00\x00', 'wim'], ['WLPWM\x00\x00\x00', 'wim'],
  ['\x1f\x8b\x08', 'packed'], ['\xfd7zXZ\x00', 'packed'], ['\x28\xb5\x2f\xfd', 'packed'], ['BZh', 'packed'], ['PK\x03\x04', 'packed'], ['7z\xbc\xaf\x27\x1c', 'packed'], ['Rar!\x1a\x07', 'packed'],
];
/** A full flash update begins with the size of its header. */
const FFU_MARK = 'SignedImage ';

/** Of a device whose end nobody knows. */
export const UNKNOWN_BYTES = Number.MAX_SAFE_INTEGER;

/** @param readAt Untrusted bytes. @param sizeBytes Of the disk or file, `UNKNOWN_BYTES` for a device that does not tell. @returns Rejects only when `readAt` does for the beginning. */
export async function readContainer(readAt: ReadAt, sizeBytes: number): Promise<DiskContainer> {
  const head = await readAt(0, VHD_FOOTER_BYTES);
  const start = latin1(head);
  const container = STARTS.find(([mark]) => start.startsWith(mark))?.[1] ?? (start.startsWith(FFU_MARK, 4) ? 'ffu' : undefined);
  if (container !== undefined) return { kind: 'declined', container };
  const footer = sizeBytes < VHD_FOOTER_BYTES || sizeBytes === UNKNOWN_BYTES ? new Uint8Array() : await readAt(sizeBytes - VHD_FOOTER_BYTES, VHD_FOOTER_BYTES).catch(() => new Uint8Array());
  // All but a fixed VHD begin with a copy of the footer: one that was cut off is known by it.
  const vhd = [footer, head].find((bytes) => latin1(bytes).startsWith(VHD_MARK) && bytes.length === VHD_FOOTER_BYTES);
  if (vhd === undefined) return { kind: 'raw', diskBytes: sizeBytes };
  const kind = new DataView(vhd.buffer, vhd.byteOffset).getUint32(60); // 2 fixed, 3 dynamic, 4 differencing
  return kind === 2 ? { kind: 'fixed-vhd', diskBytes: sizeBytes - VHD_FOOTER_BYTES } : { kind: 'declined', container: kind === 4 ? 'differencing-vhd' : 'dynamic-vhd' };
}
