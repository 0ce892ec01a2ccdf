// Finds files in a UDF volume, as Windows' own ISOs are: where their bytes lie, so that nobody has to take them out. Nothing read is trusted.

import type { ReadAt } from '../fat/read.ts';
import { foldName } from '../fat/names.ts';

/** Where a file lies, in bytes from the disc's start; in the order of its bytes. */
export type UdfFile = { readonly sizeBytes: number; readonly extents: readonly { readonly offset: number; readonly sizeBytes: number }[] };
export type UdfVolume = {
  /** Where its partition ends by its own descriptor, in bytes from the disc's start: a file that ends before it was cut off. */
  readonly endsAt: number;
  /** @param path From the root, with `/`, in any case. @returns Null when there is no such file, or it is not laid down plainly: whoever asked takes another way. */
  find(path: string): Promise<UdfFile | null>;
};

const SECTOR = 2048;
const ANCHOR_SECTOR = 256;
const MOST_DESCRIPTORS = 64;
const MOST_FOLDER_BYTES = 16 * 1024 * 1024;
const TAG = { anchor: 2, partition: 5, logicalVolume: 6, end: 8, fileSet: 256, fileIdentifier: 257, file: 261, extendedFile: 266 } as const;
const TAG_BYTES = 16;
const FOLDER = 4;
const PLAIN_FILE = 5;

/**
 * @returns The volume, or null when there is none, or one of a later kind (several partitions, a metadata partition, other sectors than 2048 bytes).
 * @source ECMA-167 parts 3 and 4; OSTA UDF 1.02, which is what Windows' installation discs are.
 */
export async function openUdf(readAt: ReadAt): Promise<UdfVolume | null> {
  const anchor = await readTagged(readAt, ANCHOR_SECTOR * SECTOR, SECTOR, TAG.anchor);
  if (anchor === null) return null;
  const sequence = { sector: anchor.getUint32(20, true), count: Math.min(Math.floor(anchor.getUint32(16, true) / SECTOR), MOST_DESCRIPTORS) };
  let partitionAt: number | null = null;
  let endsAt = 0;
  let fileSetAt: number | null = null;
  for (let i = 0; i < sequence.count; i++) {
    const descriptor = view(await readAt((sequence.sector + i) * SECTOR, SECTOR));
    const tag = tagOf(descriptor);
    if (tag === TAG.end) break;
    if (tag === TAG.partition) {
      partitionAt = descriptor.getUint32(188, true) * SECTOR;
      endsAt = partitionAt + descriptor.getUint32(192, true) * SECTOR;
    }
    // One partition, given by its number: a map of six bytes. A later kind has maps of 64.
    const isPlain = tag === TAG.logicalVolume && descriptor.getUint32(212, true) === SECTOR && descriptor.getUint32(268, true) === 1 && descriptor.getUint8(440) === 1;
    if (isPlain) fileSetAt = descriptor.getUint32(252, true) * SECTOR;
  }
  if (partitionAt === null || fileSetAt === null) return null;
  const start = partitionAt;
  const fileSet = await readTagged(readAt, start + fileSetAt, SECTOR, TAG.fileSet);
  if (fileSet === null) return null;
  const rootAt = fileSet.getUint32(404, true);

  async function list(block: number): Promise<readonly Identifier[]> {
    const folder = await readEntry(readAt, start, block);
    if (folder?.type !== FOLDER || folder.sizeBytes > MOST_FOLDER_BYTES) return [];
    const pieces = folder.inside === null ? await Promise.all(folder.extents.map(({ offset, sizeBytes }) => readAt(offset, sizeBytes))) : [folder.inside];
    return parseIdentifiers(Buffer.concat(pieces));
  }
  return {
    endsAt,
    async find(path) {
      const parts = path.split('/').filter((name) => name !== '');
      let block = rootAt;
      for (const part of parts) {
        const found = (await list(block)).find(({ name }) => foldName(name) === foldName(part));
        if (found === undefined) return null;
        block = found.block;
      }
      const entry = await readEntry(readAt, start, block);
      return entry?.type === PLAIN_FILE && entry.inside === null ? { sizeBytes: entry.sizeBytes, extents: entry.extents } : null;
    },
  };
}

/** `inside`: the bytes themselves, where they are so few that they stand in the entry. */
type Entry = { readonly type: number; readonly sizeBytes: number; readonly extents: UdfFile['extents']; readonly inside: Uint8Array | null };

async function readEntry(readAt: ReadAt, start: number, block: number): Promise<Entry | null> {
  const bytes = await readAt(start + block * SECTOR, SECTOR);
  const entry = view(bytes);
  const tag = tagOf(entry);
  if (bytes.length < SECTOR || (tag !== TAG.file && tag !== TAG.extendedFile)) return null;
  const [lengths, head] = tag === TAG.file ? [168, 176] : [208, 216];
  const sizeBytes = Number(entry.getBigUint64(56, true));
  const at = head + entry.getUint32(lengths, true);
  const end = at + entry.getUint32(lengths + 4, true);
  if (end > SECTOR || !Number.isSafeInteger(sizeBytes)) return null;
  const kind = entry.getUint16(34, true) & 7;
  const facts = { type: entry.getUint8(27), sizeBytes };
  if (kind === 3) return sizeBytes <= end - at ? { ...facts, extents: [], inside: bytes.subarray(at, at + sizeBytes) } : null;
  if (kind > 1) return null;
  const extents: { offset: number; sizeBytes: number }[] = [];
  let left = sizeBytes;
  for (let place = at; place + (kind === 0 ? 8 : 16) <= end && left > 0; place += kind === 0 ? 8 : 16) {
    const length = entry.getUint32(place, true);
    // The upper two bits: not recorded, or more of these elsewhere.
    if (length >>> 30 !== 0 || (kind === 1 && entry.getUint16(place + 8, true) !== 0)) return null;
    if (length === 0) break;
    extents.push({ offset: start + entry.getUint32(place + 4, true) * SECTOR, sizeBytes: Math.min(length, left) });
    left -= Math.min(length, left);
  }
  return left === 0 ? { ...facts, extents, inside: null } : null;
}

type Identifier = { readonly name: string; readonly block: number };

function parseIdentifiers(bytes: Uint8Array): readonly Identifier[] {
  const all = view(bytes);
  const found: Identifier[] = [];
  for (let at = 0; at + 38 <= bytes.length;) {
    const record = view(bytes.subarray(at));
    if (tagOf(record) !== TAG.fileIdentifier) break;
    const [flags, nameBytes, ownBytes] = [all.getUint8(at + 18), all.getUint8(at + 19), all.getUint16(at + 36, true)];
    const name = bytes.subarray(at + 38 + ownBytes, at + 38 + ownBytes + nameBytes);
    // Neither what was deleted (4) nor the folder above (8), and of one partition only.
    if ((flags & 0x0c) === 0 && name.length === nameBytes && all.getUint16(at + 28, true) === 0) found.push({ name: parseName(name), block: all.getUint32(at + 24, true) });
    at += Math.ceil((38 + nameBytes + ownBytes) / 4) * 4;
  }
  return found;
}

/** The first byte says how many bits a character has. */
function parseName(bytes: Uint8Array): string {
  const units: number[] = [];
  if (bytes[0] === 16) for (let i = 1; i + 1 < bytes.length; i += 2) units.push(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  else units.push(...bytes.subarray(1));
  return String.fromCharCode(...units);
}

async function readTagged(readAt: ReadAt, offset: number, length: number, tag: number): Promise<DataView | null> {
  const bytes = await readAt(offset, length);
  const descriptor = view(bytes);
  return bytes.length === length && tagOf(descriptor) === tag ? descriptor : null;
}

/** @returns What a descriptor is, or null when its tag's own sum is wrong. */
function tagOf(descriptor: DataView): number | null {
  if (descriptor.byteLength < TAG_BYTES) return null;
  let sum = 0;
  for (let i = 0; i < TAG_BYTES; i++) if (i !== 4) sum += descriptor.getUint8(i);
  return (sum & 0xff) === descriptor.getUint8(4) ? descriptor.getUint16(0, true) : null;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
