// Looks into a zip archive: its members by name, each unpacked piece by piece, nothing ever written to disk. Archives are untrusted.
import { fromBufferPromise, getFileNameLowLevel, openPromise, validateFileName, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../core/app-error.ts';
import type { Declined } from '../formats/intake/intake.ts';

export interface ZipMember {
  /** With `/` between folders; control characters are shown as `�`. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Why its content is not read. */
  readonly declined: Declined | null;
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
const STORED = 0;
const DEFLATED = 8;

/**
 * @param from  A path, or the bytes of an archive within an archive.
 * @returns AppError `file-not-recognised` when it is no archive that can be read.
 */
export async function openZip(from: string | Buffer, path: string): Promise<ZipArchive> {
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false } as const;
  let zip: ZipFile;
  try {
    zip = await (typeof from === 'string' ? openPromise(from, options) : fromBufferPromise(from, options));
  } catch (cause) {
    throw new AppError('file-not-recognised', { path, why: 'archive-damaged' satisfies Declined }, { cause });
  }
  const members: ZipMember[] = [];
  let damaged = false;
  let packed = 0;
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      if (name.endsWith('/') || isFinderLeftover(name)) continue;
      packed += entry.compressedSize;
      unpacked += entry.uncompressedSize;
      // Members that share their bytes add up to more than the file.
      const declined = members.length >= MOST_MEMBERS ? 'too-many-members' : packed > zip.fileSize || unpacked > LARGEST_SUM ? 'member-bomb' : whyNot(entry, name);
      members.push({ name: shown(name), sizeBytes: entry.uncompressedSize, declined, chunks: () => unpack(zip, entry, `${path}/${shown(name)}`) });
      if (declined === 'too-many-members') break;
    }
  } catch {
    damaged = true; // what was listed before can be read
  }
  return { members, damaged, close: () => zip.close() };
}

function whyNot(entry: Entry, name: string): Declined | null {
  if (name === '' || name.includes('\0') || validateFileName(name) !== null) return 'member-name';
  if (entry.isEncrypted()) return 'member-encrypted';
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) return 'member-method';
  if (entry.uncompressedSize > LARGEST_MEMBER || (entry.uncompressedSize > BOMB_BYTES && entry.uncompressedSize > entry.compressedSize * BOMB_TIMES)) return 'member-bomb';
  return null;
}

/** The size an entry states bounds what is unpacked: yauzl fails beyond it. */
async function* unpack(zip: ZipFile, entry: Entry, path: string): AsyncGenerator<Uint8Array> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) yield chunk as Buffer; // a stream of bytes
  } catch (cause) {
    throw new AppError('file-unreadable', { path, why: 'archive-damaged' }, { cause });
  }
}

function nameOf(entry: Entry): string {
  try {
    return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  } catch {
    return '';
  }
}

/** Resource forks and folder views of a Mac: never a hand-over. */
const isFinderLeftover = (name: string): boolean => /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name);

const shown = (name: string): string => name.slice(0, 512).replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
