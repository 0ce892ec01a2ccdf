// Reads ISO 9660 as anybody wrote it, Joliet's names where there are some: folders listed, files read, nothing trusted.

import { AppError } from '../../core/app-error.ts';
import { foldName } from '../fat/names.ts';
import type { ReadAt } from '../fat/read.ts';
import { ISO_SECTOR_BYTES } from './records.ts';
import { latin1 } from '../latin1.ts';

/** `offset` in bytes from the disc's start. `modifiedAtMs` in UTC; null for a date that is none. */
export type IsoEntry = { readonly name: string; readonly isFolder: boolean; readonly sizeBytes: number; readonly offset: number; readonly modifiedAtMs: number | null };
/** Paths relative to the root, with `/`, in any case. Damage is AppError `image-unreadable`. */
export type IsoVolume = {
  /** Where it ends by its own descriptor, in bytes from the disc's start. */
  readonly endsAt: number;
  /** @returns Its entries in the order on the disc, or null when there is no such folder. */
  list(path: string): Promise<readonly IsoEntry[] | null>;
  find(path: string): Promise<IsoEntry | null>;
  /** Yields a file's bytes in order, at most 1 MiB at a time. */
  readFile(entry: IsoEntry): AsyncGenerator<Uint8Array>;
};

const FIRST_DESCRIPTOR = 16;
const MOST_DESCRIPTORS = 32;
const MOST_FOLDER_BYTES = 16 * 1024 * 1024;
const MOST_READ_BYTES = 1024 * 1024;
const LEAST_RECORD_BYTES = 34;
/** Escape sequences of UCS-2, levels 1 to 3. */
const JOLIET = ['%/@', '%/C', '%/E'];

/** @returns The file system, or null when there is no ISO 9660 there. */
export async function openIso(readAt: ReadAt): Promise<IsoVolume | null> {
  let root: IsoEntry | null = null;
  let isJoliet = false;
  let endsAt = 0;
  for (let i = 0; i < MOST_DESCRIPTORS; i++) {
    const bytes = await readAt((FIRST_DESCRIPTOR + i) * ISO_SECTOR_BYTES, ISO_SECTOR_BYTES);
    if (bytes.length < ISO_SECTOR_BYTES || latin1(bytes.subarray(1, 6)) !== 'CD001' || bytes[0] === 255) break;
    const hasUnicode = bytes[0] === 2 && JOLIET.includes(latin1(bytes.subarray(88, 91)));
    if (isJoliet || (bytes[0] !== 1 && !hasUnicode)) continue;
    root = parseRecord(bytes.subarray(156), false);
    isJoliet = hasUnicode;
    endsAt = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt32LE(80) * ISO_SECTOR_BYTES;
  }
  if (root === null) return null;
  const top = root;

  async function listAt(folder: IsoEntry): Promise<readonly IsoEntry[]> {
    if (folder.sizeBytes > MOST_FOLDER_BYTES) throw damaged();
    const bytes = await readWhole(readAt, folder.offset, folder.sizeBytes);
    const entries: IsoEntry[] = [];
    for (let at = 0; at + LEAST_RECORD_BYTES <= bytes.length;) {
      const length = bytes[at] ?? 0;
      if (length === 0) { at = (Math.floor(at / ISO_SECTOR_BYTES) + 1) * ISO_SECTOR_BYTES; continue; } // the rest of a sector is empty
      const record = bytes.subarray(at, at + length);
      at += length;
      const entry = parseRecord(record, isJoliet);
      if (entry === null) throw damaged();
      // The folder itself and the one above have one byte for a name, 0 and 1.
      if ((record[32] ?? 0) !== 1 || (record[33] ?? 0) > 1) entries.push(entry);
    }
    return entries;
  }
  async function list(path: string): Promise<readonly IsoEntry[] | null> {
    let folder = top;
    for (const part of path.split('/').filter((name) => name !== '')) {
      const next = (await listAt(folder)).find(({ name }) => foldName(name) === foldName(part));
      if (next === undefined || !next.isFolder) return null;
      folder = next;
    }
    return listAt(folder);
  }
  return {
    endsAt,
    list,
    async find(path) {
      const slash = path.lastIndexOf('/');
      const name = foldName(path.slice(slash + 1));
      return (await list(path.slice(0, Math.max(slash, 0))))?.find((entry) => foldName(entry.name) === name) ?? null;
    },
    async *readFile({ offset, sizeBytes }) {
      for (let done = 0; done < sizeBytes;) {
        const bytes = await readWhole(readAt, offset + done, Math.min(MOST_READ_BYTES, sizeBytes - done));
        done += bytes.length;
        yield bytes;
      }
    },
  };
}

function parseRecord(record: Uint8Array, isJoliet: boolean): IsoEntry | null {
  const nameBytes = record[32] ?? 0;
  if (record.length < LEAST_RECORD_BYTES || nameBytes === 0 || 33 + nameBytes > record.length) return null;
  const view = new DataView(record.buffer, record.byteOffset, record.length);
  const [year, month = 0, day = 0, hour, minute, second] = record.subarray(18, 24);
  const raw = record.subarray(33, 33 + nameBytes);
  const name = isJoliet ? utf16(raw) : latin1(raw);
  return {
    // A version, and the dot of a name without extension, are not part of the name.
    name: isJoliet ? name.replace(/;\d+$/, '') : name.replace(/;\d*$/, '').replace(/\.$/, ''), isFolder: ((record[25] ?? 0) & 2) !== 0, sizeBytes: view.getUint32(10, true), offset: view.getUint32(2, true) * ISO_SECTOR_BYTES,
    modifiedAtMs: month < 1 || month > 12 || day < 1 ? null : Date.UTC(1900 + (year ?? 0), month - 1, day, hour, minute, second),
  };
}

async function readWhole(readAt: ReadAt, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await readAt(offset, length);
  if (bytes.length < length) throw damaged();
  return bytes;
}

function utf16(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  return text;
}

const damaged = (): AppError => new AppError('image-unreadable', { reason: 'damaged' });
