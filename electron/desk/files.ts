// Files on the desk's machine: what a path leads to, and a file's bytes in pieces.
import type { Stats } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../core/app-error.ts';

export interface FileOnDisk { readonly path: string; readonly name: string; readonly sizeBytes: number; chunks(): AsyncIterable<Uint8Array> }
export interface PathThatFails { readonly path: string; readonly error: AppError }

/** Small enough to be taken apart in a few milliseconds. */
const CHUNK_BYTES = 128 * 1024;
const DEEPEST_FOLDER = 32;

/**
 * @param paths Untrusted: files, or folders for every file in them, at any depth, in the order of their names.
 * @returns Each once, in the order given. Of a path that leads nowhere, an empty folder, or something that is no file, why. Never throws.
 */
export async function listFiles(paths: readonly string[]): Promise<readonly (FileOnDisk | PathThatFails)[]> {
  const found = new Map<string, FileOnDisk | PathThatFails>();
  for (const path of paths) {
    const before = found.size;
    await collect(path, found, 0);
    if (found.size === before && !found.has(path)) found.set(path, { path, error: new AppError('file-not-found', { path, why: 'empty-folder' }) });
  }
  return [...found.values()];
}

/**
 * Reads a file in pieces of at most 128 KiB.
 *
 * @returns AppError `file-not-found`, `file-is-a-directory`, `file-unreadable` with `why`: an errno, or `became-shorter` when the file shrank or vanished while it was read.
 */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw toFileError(path, cause);
  }
  try {
    const { size } = await file.stat();
    let done = 0;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
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

async function collect(path: string, found: Map<string, FileOnDisk | PathThatFails>, depth: number): Promise<void> {
  if (found.has(path)) return;
  try {
    const facts = await stat(path);
    if (!facts.isDirectory()) {
      found.set(path, isReadable(facts) ? { path, name: basename(path), sizeBytes: facts.size, chunks: () => readChunks(path) } : { path, error: new AppError('file-unreadable', { path, why: 'not-a-file' }) });
      return;
    }
    if (depth >= DEEPEST_FOLDER) throw new AppError('file-unreadable', { path, why: 'too-deep' });
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isSymbolicLink() && (await isFolder(join(path, entry.name)))) continue; // a link to a folder may lead back up
      await collect(join(path, entry.name), found, depth + 1);
    }
  } catch (cause) {
    found.set(path, { path, error: toFileError(path, cause) });
  }
}

/** Pipes and devices would never end; `/dev/stdin` and the like are not for imports. */
const isReadable = (facts: Stats): boolean => facts.isFile();

const isFolder = async (path: string): Promise<boolean> => stat(path).then((facts) => facts.isDirectory(), () => false);

function toFileError(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown';
  switch (code) {
    case 'ENOENT': case 'ENOTDIR': return new AppError('file-not-found', { path }, { cause });
    case 'EISDIR': return new AppError('file-is-a-directory', { path }, { cause });
    default: return new AppError('file-unreadable', { path, why: code }, { cause });
  }
}
