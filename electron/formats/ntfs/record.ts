// Records of an NTFS master file table: their sectors put right, their attributes, and where the attributes' data lie. Nothing is trusted.
// @source https://flatcap.github.io/linux-ntfs/ntfs/ (layout of records, attributes and data runs), checked against volumes made by mkntfs and ntfs-3g.
import { AppError } from '../../core/app-error.ts';

const SECTOR = 512;
export const ATTRIBUTE = { standardInformation: 0x10, attributeList: 0x20, data: 0x80, indexRoot: 0x90, indexAllocation: 0xa0, reparsePoint: 0xc0 } as const;
const END = 0xffff_ffff;
const COMPRESSED = 0x00ff;
const ENCRYPTED = 0x4000;

/** A run of neighbouring clusters; `lcn` null: not on the disk, all zeros. */
export interface Run { readonly lcn: number | null; readonly clusters: number }
export interface Attribute {
  readonly type: number; readonly name: string;
  /** Of a part of an attribute: the cluster of the whole it begins at. */
  readonly firstVcn: number;
  /** Bytes of a small one, or the runs of a large one with its size; `initialised`: what is behind it reads as zeros. */
  readonly content: { readonly kind: 'here'; readonly bytes: Uint8Array } | { readonly kind: 'runs'; readonly runs: readonly Run[]; readonly sizeBytes: number; readonly initialised: number };
  /** The data can not be read here. */
  readonly packed: 'compressed' | 'encrypted' | null;
}

/** @param reason `damaged`, or what it is instead. */
export const unreadable = (reason: string): AppError => new AppError('volume-unreadable', { reason });

/**
 * Puts the last two bytes of every sector back: on the disk a number stands there that tells a torn write.
 *
 * @param magic `FILE` or `INDX`. @returns The same bytes. AppError `volume-unreadable` when they are no such record, or were torn.
 */
export function putRight(bytes: Uint8Array, magic: 'FILE' | 'INDX'): DataView {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < SECTOR || magic !== String.fromCharCode(...bytes.subarray(0, 4))) throw unreadable('damaged');
  const [offset, count] = [view.getUint16(4, true), view.getUint16(6, true)];
  if (count !== bytes.length / SECTOR + 1 || offset + count * 2 > SECTOR) throw unreadable('damaged');
  const mark = view.getUint16(offset, true);
  for (let sector = 1; sector < count; sector += 1) {
    const at = sector * SECTOR - 2;
    if (view.getUint16(at, true) !== mark) throw unreadable('damaged');
    view.setUint16(at, view.getUint16(offset + sector * 2, true), true);
  }
  return view;
}

/** @returns The attributes of a record that was put right, in their order. */
export function attributesOf(record: DataView): Attribute[] {
  const found: Attribute[] = [];
  for (let at = record.getUint16(0x14, true); at + 16 <= record.byteLength;) {
    const type = record.getUint32(at, true);
    if (type === END) return found;
    const length = record.getUint32(at + 4, true);
    if (length < 24 || length % 8 !== 0 || at + length > record.byteLength) break;
    found.push(attributeAt(new DataView(record.buffer, record.byteOffset + at, length), type));
    at += length;
  }
  throw unreadable('damaged');
}

function attributeAt(view: DataView, type: number): Attribute {
  const name = utf16(view, view.getUint16(10, true), view.getUint8(9));
  const flags = view.getUint16(12, true);
  const packed = (flags & ENCRYPTED) !== 0 ? 'encrypted' : (flags & COMPRESSED) !== 0 ? 'compressed' : null;
  if (view.getUint8(8) === 0) {
    const [length, offset] = [view.getUint32(16, true), view.getUint16(20, true)];
    if (offset + length > view.byteLength) throw unreadable('damaged');
    return { type, name, firstVcn: 0, content: { kind: 'here', bytes: new Uint8Array(view.buffer, view.byteOffset + offset, length) }, packed };
  }
  if (view.byteLength < 64) throw unreadable('damaged');
  const firstVcn = safe(view.getBigUint64(16, true));
  // Only the first part of an attribute knows the size of the whole.
  const [sizeBytes, initialised] = firstVcn === 0 ? [safe(view.getBigUint64(48, true)), safe(view.getBigUint64(56, true))] : [0, 0];
  return { type, name, firstVcn, content: { kind: 'runs', runs: runsOf(new Uint8Array(view.buffer, view.byteOffset, view.byteLength).subarray(view.getUint16(32, true))), sizeBytes, initialised }, packed };
}

/** @param bytes Each run: a byte that says how long the two numbers are, how many clusters, and how far from the run before. */
export function runsOf(bytes: Uint8Array): Run[] {
  const runs: Run[] = [];
  let lcn = 0;
  for (let at = 0; at < bytes.length && bytes[at] !== 0;) {
    const head = bytes[at] ?? 0;
    const [lengthBytes, offsetBytes] = [head & 15, head >> 4];
    if (lengthBytes === 0 || lengthBytes > 7 || offsetBytes > 7 || at + 1 + lengthBytes + offsetBytes > bytes.length) throw unreadable('damaged');
    const clusters = little(bytes.subarray(at + 1, at + 1 + lengthBytes), false);
    if (clusters === 0) throw unreadable('damaged');
    if (offsetBytes > 0) lcn += little(bytes.subarray(at + 1 + lengthBytes, at + 1 + lengthBytes + offsetBytes), true);
    if (lcn < 0) throw unreadable('damaged');
    runs.push({ lcn: offsetBytes === 0 ? null : lcn, clusters });
    at += 1 + lengthBytes + offsetBytes;
  }
  return runs;
}

function little(bytes: Uint8Array, signed: boolean): number {
  const value = bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return safe(signed ? BigInt.asIntN(bytes.length * 8, value) : value);
}

/** Numbers of a volume fit; of a damaged one perhaps not. */
export function safe(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) throw unreadable('damaged');
  return Number(value);
}

/** @param offset In bytes. @returns The text there. Throws as `unreadable` when it goes beyond the view. */
export function utf16(view: DataView, offset: number, characters: number): string {
  if (offset + characters * 2 > view.byteLength) throw unreadable('damaged');
  return String.fromCharCode(...Array.from({ length: characters }, (_, index) => view.getUint16(offset + index * 2, true)));
}
