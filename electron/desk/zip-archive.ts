// Looks into a zip archive: its members by name, each unpacked piece by piece, nothing ever written to disk. Archives are untrusted.
import { inflateRawSync } from 'node:zlib';
import { fromBufferPromise, fromRandomAccessReaderPromise, getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../core/app-error.ts';
import { nextTurn } from '../core/keys/slices.ts';
import type { Declined } from '../formats/intake/intake.ts';
import { ArchiveFile } from './archive-file.ts';
import { isLeftover } from './files.ts';

export interface ZipMember {
  /** With `/` between folders; control characters are shown as `�`. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Why its content is not read. */
  readonly declined: Declined | null;
  /** All of a small member's content, for a fraction of what a stream costs; null when it is not small, or anything about it is not as it says: `chunks` finds out what. */
  atOnce(): Buffer | null;
  /** AppError `file-not-recognised` or `file-unreadable`. */
  chunks(): AsyncGenerator<Uint8Array>;
}

export interface ZipArchive { readonly members: readonly ZipMember[]; /** Part of the directory could not be read. */ readonly damaged: boolean; close(): void }

const MOST_MEMBERS = 250_000;
/** Text packs to a tenth; what unpacks to two hundred times its size was made to fill a disk. */
const BOMB_BYTES = 64 * 1024 * 1024;
const BOMB_TIMES = 200;
const LARGEST_MEMBER = 4 * 1024 ** 3;
const LARGEST_SUM = 16 * 1024 ** 3;
/** A few milliseconds of work. */
const ENTRIES_AT_ONCE = 256;
const STORED = 0;
const DEFLATED = 8;

/** What may yet come out of a hand-over, archives within it included. */
export interface Room { members: number; bytes: number }
/** @returns The room a hand-over has to begin with: members and bytes as they are unpacked. */
export const newRoom = (): Room => ({ members: MOST_MEMBERS, bytes: LARGEST_SUM });

/**
 * @param from  A path, or the bytes of an archive within an archive.
 * @param signal Stops reading the directory; the members are those read by then.
 * @param room  Shared by an archive and those within it.
 * @returns Lets others have their turn meanwhile. AppError `file-not-recognised` when it is no archive that can be read.
 */
export async function openZip(from: string | Buffer, path: string, signal?: Pick<AbortSignal, 'aborted'>, room: Room = newRoom()): Promise<ZipArchive> {
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false } as const;
  let zip: ZipFile;
  let file: ArchiveFile | null = null;
  try {
    file = typeof from === 'string' ? new ArchiveFile(from) : null;
    zip = await (file !== null ? fromRandomAccessReaderPromise(file, file.sizeBytes, options) : fromBufferPromise(from as Buffer, options)); // the other of the two
  } catch (cause) {
    file?.close(() => undefined);
    throw new AppError('file-not-recognised', { path, why: 'archive-damaged' satisfies Declined }, { cause });
  }
  const readAt = (offset: number, length: number): Buffer => (file !== null ? file.readAt(offset, length) : (from as Buffer).subarray(offset, offset + length)); // the other of the two
  const members: ZipMember[] = [];
  let damaged = false;
  let packed = 0;
  let entries = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      if (entries % ENTRIES_AT_ONCE === 0) await nextTurn();
      if (signal?.aborted === true) break;
      const name = nameOf(entry);
      if (name.endsWith('/') || isFinderLeftover(name)) continue;
      packed += entry.compressedSize;
      room.bytes -= entry.uncompressedSize;
      room.members -= 1;
      // Members that share their bytes add up to more than the file.
      const declined = room.members < 0 ? 'too-many-members' : packed > zip.fileSize || room.bytes < 0 ? 'member-bomb' : whyNot(entry, name);
      members.push({ name: shown(name), sizeBytes: entry.uncompressedSize, declined, atOnce: () => unpackAtOnce(entry, readAt), chunks: () => unpack(zip, entry, `${path}/${shown(name)}`, readAt) });
      if (declined === 'too-many-members') break;
    }
  } catch {
    damaged = true; // what was listed before can be read
  }
  return {
    members, damaged,
    close: () => zip.close(),
  };
}

function whyNot(entry: Entry, name: string): Declined | null {
  if (name === '' || name.includes('\0') || validateFileName(name) !== null) return 'member-name';
  if (entry.isEncrypted()) return 'member-encrypted';
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) return 'member-method';
  if (entry.uncompressedSize > LARGEST_MEMBER || (entry.uncompressedSize > BOMB_BYTES && entry.uncompressedSize > entry.compressedSize * BOMB_TIMES)) return 'member-bomb';
  return null;
}

/** The size an entry states bounds what is unpacked: yauzl fails beyond it. */
async function* unpack(zip: ZipFile, entry: Entry, path: string, readAt: ReadAt): AsyncGenerator<Uint8Array> {
  const atOnce = unpackAtOnce(entry, readAt);
  if (atOnce !== null) return yield atOnce;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) yield chunk as Buffer; // a stream of bytes
  } catch (cause) {
    throw new AppError('file-unreadable', { path, why: 'archive-damaged' }, { cause });
  }
}

/** Bytes by their place; fewer than asked for at the end. */
type ReadAt = (offset: number, length: number) => Buffer;

function unpackAtOnce({ relativeOffsetOfLocalHeader, compressedSize, uncompressedSize, compressionMethod, fileNameLength }: Entry, readAt: ReadAt): Buffer | null {
  if (compressedSize > SMALL_BYTES || uncompressedSize > SMALL_BYTES) return null;
  try {
    const guess = readAt(relativeOffsetOfLocalHeader, LOCAL_HEADER_BYTES + fileNameLength + USUAL_EXTRA_BYTES + compressedSize);
    if (guess.length < LOCAL_HEADER_BYTES || guess.readUInt32LE(0) !== LOCAL_HEADER_MARK) return null;
    const start = LOCAL_HEADER_BYTES + guess.readUInt16LE(26) + guess.readUInt16LE(28);
    const packed = guess.length >= start + compressedSize ? guess.subarray(start, start + compressedSize) : readAt(relativeOffsetOfLocalHeader + start, compressedSize);
    if (packed.length !== compressedSize) return null;
    const bytes = compressionMethod === STORED ? Buffer.from(packed) : inflateRawSync(packed, { maxOutputLength: uncompressedSize + 1, chunkSize: Math.max(LEAST_CHUNK_BYTES, uncompressedSize + 1) });
    return bytes.length === uncompressedSize ? bytes : null;
  } catch {
    return null;
  }
}

/** What zlib takes. */
const LEAST_CHUNK_BYTES = 64;
const SMALL_BYTES = 64 * 1024;
const LOCAL_HEADER_MARK = 0x04034b50;
/** Without name and extra fields; those the local header has may be other ones than the directory's. */
const LOCAL_HEADER_BYTES = 30;
const USUAL_EXTRA_BYTES = 64;

function nameOf(entry: Entry): string {
  try {
    return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  } catch {
    return '';
  }
}

/** Resource forks and folder views of a Mac: never a hand-over. */
const isFinderLeftover = (name: string): boolean => /(?:^|\/)__MACOSX\//i.test(name) || isLeftover(name.slice(name.lastIndexOf('/') + 1));

const shown = (name: string): string => name.slice(0, 512).replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
