// Files on the desk's machine: what a path leads to, and a file's bytes in pieces.
import type { Dirent } from 'node:fs';
import { open, opendir, readdir, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { AppError } from '../core/app-error.ts';

export interface FileOnDisk { readonly path: string; readonly name: string; readonly sizeBytes: number; chunks(): AsyncIterable<Uint8Array> }
export interface PathThatFails { readonly path: string; readonly error: AppError }

/** Small enough to be taken apart in a few milliseconds. */
const CHUNK_BYTES = 128 * 1024;
/** For a file that grows while it is read, and for the read that meets its end. */
const SMALLEST_ROOM = 512;
const DEEPEST_FOLDER = 32;

/** What a path led to. `bytes`: the path as the system has it, where that is no text; `path` then shows what can be shown. `sizeBytes`: null where nobody asked yet. */
export interface ListedFile { readonly path: string; readonly bytes: Buffer | null; readonly sizeBytes: number | null }

/**
 * @param paths Untrusted: files, or folders for every file in them, at any depth, in the order of their names.
 * @returns Each once, in the order given. Of a path that leads nowhere, an empty folder, or something that is no file, why. Never throws.
 */
export async function listFiles(paths: readonly string[]): Promise<readonly (FileOnDisk | PathThatFails)[]> {
  const found: (FileOnDisk | PathThatFails)[] = [];
  for await (const files of walk(paths)) for (const file of files) found.push('error' in file ? file : await asFileOnDisk(file));
  return found;
}

async function asFileOnDisk({ path, bytes, sizeBytes }: ListedFile): Promise<FileOnDisk | PathThatFails> {
  try {
    return { path, name: basename(path), sizeBytes: sizeBytes ?? (await stat(bytes ?? path)).size, chunks: () => readChunks(path, bytes) };
  } catch (cause) {
    return { path, error: toFileError(path, cause) };
  }
}

/**
 * The first files of paths, without looking at the others: what a folder with a million of them holds can be asked at once.
 *
 * @param paths As of listFiles.
 * @returns At most so many, in the order of their names as far as their folder holds no more than that, else as the system gives them.
 */
export async function firstFiles(paths: readonly string[], most: number): Promise<readonly (FileOnDisk | PathThatFails)[]> {
  const found: (FileOnDisk | PathThatFails)[] = [];
  for await (const files of walk(paths, most)) {
    for (const file of files.slice(0, most - found.length)) found.push('error' in file ? file : await asFileOnDisk(file));
    if (found.length >= most) break;
  }
  return found;
}

/** The same as listFiles, folder by folder, and nothing asked of a file but what its folder says of it. @param most Of each folder, where not all are wanted. */
export async function* walk(paths: readonly string[], most = Number.POSITIVE_INFINITY): AsyncGenerator<readonly (ListedFile | PathThatFails)[]> {
  const known = new Set<string>();
  for (const path of paths) {
    let isEmpty = true;
    for await (const files of walkPath({ path, bytes: null }, 0, most)) {
      const fresh = paths.length === 1 ? files : files.filter((file) => !known.has(keyOf(file))); // one path leads to a file once
      if (files.length > 0) isEmpty = false;
      if (paths.length > 1) for (const file of fresh) known.add(keyOf(file));
      if (fresh.length > 0) yield fresh;
    }
    if (isEmpty && !known.has(path)) {
      known.add(path);
      yield [{ path, error: new AppError('file-not-found', { path, why: 'empty-folder' }) }];
    }
  }
}

const keyOf = (file: ListedFile | PathThatFails): string => ('error' in file || file.bytes === null ? file.path : `\0${file.bytes.toString('latin1')}`);

/**
 * Reads a file in pieces of at most 128 KiB.
 *
 * @param bytes The path as the system has it, where that is no text.
 * @returns AppError `file-not-found`, `file-is-a-directory`, `file-unreadable` with `why`: an errno, or `became-shorter` when the file shrank or vanished while it was read.
 */
export async function* readChunks(path: string, bytes: Buffer | null = null): AsyncGenerator<Uint8Array> {
  let file;
  try {
    file = await open(bytes ?? path, 'r');
  } catch (cause) {
    throw toFileError(path, cause);
  }
  try {
    const { size } = await file.stat();
    let done = 0;
    for (;;) {
      const room = Math.min(CHUNK_BYTES, Math.max(SMALLEST_ROOM, size - done + 1)); // a byte more than there should be tells the end
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(room), 0, room, null);
      if (bytesRead === 0) break;
      done += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    if (done < size) throw new AppError('file-unreadable', { path, why: 'became-shorter' });
  } catch (cause) {
    throw toFileError(path, cause);
  } finally {
    await file.close();
  }
}

interface Place { readonly path: string; readonly bytes: Buffer | null }

async function* walkPath({ path, bytes }: Place, depth: number, most: number): AsyncGenerator<readonly (ListedFile | PathThatFails)[]> {
  try {
    if (depth === 0) {
      const facts = await stat(path);
      if (!facts.isDirectory()) return yield [facts.isFile() ? { path, bytes, sizeBytes: facts.size } : notAFile(path)];
    }
    if (depth >= DEEPEST_FOLDER) throw new AppError('file-unreadable', { path, why: 'too-deep' });
    const entries = await listFolder({ path, bytes }, most);
    const names = new Set(entries.some(({ name }) => beside(name) !== '') ? entries.map(({ name }) => name) : []);
    const within = join(path, 'x').slice(0, -1); // a name in a folder has no part that would be resolved
    let files: (ListedFile | PathThatFails)[] = [];
    for (const entry of entries) {
      if (isLeftover(entry.name) || names.has(beside(entry.name))) continue;
      const place = { path: within + entry.name, bytes: entry.bytes };
      const sort = entry.sort === 'unknown' ? await sortOf(place) : entry.sort;
      if (sort === 'file') files.push({ ...place, sizeBytes: null });
      else if (sort === 'folder') {
        if (entry.isLink) continue; // a link to a folder may lead back up
        if (files.length > 0) yield files;
        files = [];
        yield* walkPath(place, depth + 1, most);
      } else files.push(sort === 'other' ? notAFile(place.path) : sort);
    }
    if (files.length > 0) yield files;
  } catch (cause) {
    yield [{ path, error: toFileError(path, cause) }];
  }
}

type Sort = 'file' | 'folder' | 'other';
interface FolderEntry { readonly name: string; readonly bytes: Buffer | null; readonly sort: Sort | 'unknown'; readonly isLink: boolean }

/** In the order of their names. Names that are no text come with their bytes; where not all are wanted they are left out. */
async function listFolder({ path, bytes }: Place, most: number): Promise<readonly FolderEntry[]> {
  if (bytes === null && most !== Number.POSITIVE_INFINITY) {
    const first: Dirent<string>[] = [];
    for await (const entry of await opendir(path)) {
      if (!entry.name.includes('\ufffd')) first.push(entry);
      if (first.length >= most) break;
    }
    return first.map(asEntry).sort(byName);
  }
  const entries = bytes === null ? await readdir(path, { withFileTypes: true }) : [];
  if (bytes === null && !entries.some(({ name }) => name.includes('\ufffd'))) return entries.map(asEntry).sort(byName);
  const above = bytes ?? Buffer.from(path);
  return (await readdir(above, { withFileTypes: true, encoding: 'buffer' }))
    .map((entry) => ({ name: entry.name.toString(), bytes: Buffer.concat([above, SEPARATOR, entry.name]), sort: sortSaid(entry), isLink: entry.isSymbolicLink() })).sort(byName);
}

const asEntry = (entry: Dirent<string>): FolderEntry => ({ name: entry.name, bytes: null, sort: sortSaid(entry), isLink: entry.isSymbolicLink() });
const SEPARATOR = Buffer.from(sep);
const byName = (a: FolderEntry, b: FolderEntry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Some file systems do not say in the folder what an entry is. */
const sortSaid = (entry: Dirent<string> | Dirent<Buffer>): Sort | 'unknown' =>
  entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() || !(entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice()) ? 'unknown' : 'other';

async function sortOf({ path, bytes }: Place): Promise<Sort | PathThatFails> {
  try {
    const facts = await stat(bytes ?? path);
    return facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other';
  } catch (cause) {
    return { path, error: toFileError(path, cause) };
  }
}

/** Pipes and devices would never end; `/dev/stdin` and the like are not for imports. */
const notAFile = (path: string): PathThatFails => ({ path, error: new AppError('file-unreadable', { path, why: 'not-a-file' }) });

/** What folder views leave behind: never a hand-over. */
export const isLeftover = (name: string): boolean => /^(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name);

/** The file that this one belongs to: as its write-ahead log, which is read with it, or as what a Mac writes beside it on a stick, or Excel on a share while somebody has it open. */
const beside = (name: string): string => (name.endsWith('-wal') || name.endsWith('-shm') ? name.slice(0, -4) : name.startsWith('._') || name.startsWith('~$') ? name.slice(2) : '');

/** @returns What a failure of the file system is in the application's words. */
export function toFileError(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown';
  switch (code) {
    case 'ENOENT': case 'ENOTDIR': return new AppError('file-not-found', { path }, { cause });
    case 'EISDIR': return new AppError('file-is-a-directory', { path }, { cause });
    default: return new AppError('file-unreadable', { path, why: code }, { cause });
  }
}
