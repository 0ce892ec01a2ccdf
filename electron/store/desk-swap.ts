// Puts another store and another keys.json in the place of a desk's two files at once. A file system renames one file at a time: the new keys under their
// passing name are the sign that the new store is whole. Before it, the desk is the old one; from then on it is the new one, and whoever reads the keys next finishes the renaming.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './replace-file.ts';

/** Where the new store is made. */
export const nextStorePath = (folder: string): string => join(folder, 'store.db.next');
const nextKeysPath = (folder: string): string => join(folder, 'keys.json.next');

/**
 * From here on the desk is the new one. The store must be whole, in one file, and closed by everybody; the old one too, and without a write-ahead log,
 * which would be taken for the new one's.
 */
export function decideSwap(folder: string, keysText: string): void {
  flush(nextStorePath(folder));
  flushFolder(folder);
  replaceFile(nextKeysPath(folder), keysText);
  flushFolder(folder);
}

/** Finishes what was decided, as often as it takes: after a power cut, or in another process. Does nothing when nothing was. */
export function finishSwap(folder: string): void {
  if (!existsSync(nextKeysPath(folder))) return;
  renameIfThere(nextStorePath(folder), join(folder, 'store.db'));
  flushFolder(folder);
  renameIfThere(nextKeysPath(folder), join(folder, 'keys.json'));
  flushFolder(folder);
}

/** Takes away what an unfinished change of keys left. Call it while nobody else can be changing them: with a write transaction open in the store. */
export function dropUndecided(folder: string): void {
  if (existsSync(nextKeysPath(folder))) return;
  for (const left of [...['', '-wal', '-shm', '-journal'].map((suffix) => nextStorePath(folder) + suffix), `${nextKeysPath(folder)}.new`]) rmSync(left, { force: true });
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error; // it was done before
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A renaming is on the disk when its folder is. Windows has no handle of a folder to flush. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
