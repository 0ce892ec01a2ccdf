// The folder of a desk: store.db (encrypted), keys.json (wrapped keys only), failed-sign-ins.txt (until the next opening takes them into the audit).
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../core/app-error.ts';
import { closeWhole, createDatabase, openAlone, openDatabase, type Alone, type Database } from './database.ts';
import { decideSwap, dropUndecided, finishSwap, nextStorePath } from './desk-swap.ts';
import { reencryptPages, type PagesDone } from './reencrypt-pages.ts';
import { replaceFile } from './replace-file.ts';
import { formatKeysFile, parseKeysFile, type KeysFile } from './vault.ts';

export interface FailedSignIn { readonly at: string; readonly name: string }

/** What the application needs of the place a desk is kept in. */
export interface DeskFolder {
  readonly path: string;
  /** @returns null when there is no desk here (no store.db). AppError `store-damaged`: a store without its keys, or keys that can not be read. */
  readKeys(): KeysFile | null;
  /** Replaces keys.json in one step; a power cut leaves the old or the new one. */
  writeKeys(file: KeysFile): void;
  /** Renames a keys.json that has no store beside it: a store that was only moved away needs it again. */
  setKeysAside(): void;
  /** A new store with its first rows. Where that fails neither it nor keys.json is left: they would look like a desk whose store is lost. */
  createDatabase(key1: Uint8Array, fill: (db: Database) => void): Database;
  openDatabase(key1: Uint8Array): Database;
  /** Has the store to itself; see `openAlone`. */
  openAlone(db: Database, key1: Uint8Array): Alone;
  /** Writes the store anew beside itself under another key 1; nobody may write to it meanwhile (`openAlone`). Yields between steps of a few milliseconds. */
  copyStore(oldKey1: Uint8Array, newKey1: Uint8Array): Generator<PagesDone>;
  /** Waits until the copy is on the disk; other work goes on meanwhile. */
  flushCopy(): Promise<void>;
  /** Opens that copy; closed again, it is one file. */
  openCopy(newKey1: Uint8Array): Database;
  closeCopy(copy: Database): void;
  /** Puts the copy, closed by now, and these keys in the place of the desk's files: after a power cut at any moment both are the old ones or both the new. `close` lets go of the old store. */
  swap(keys: KeysFile, close: () => void): void;
  /** Opens what was swapped in. */
  openSwapped(newKey1: Uint8Array): Database;
  /** Takes a copy away that was not swapped in. Call it with a write transaction open in the store. */
  dropCopy(): void;
  noteFailedSignIn(failure: FailedSignIn): void;
  listFailedSignIns(): readonly FailedSignIn[];
  /** Called once they are in the audit. */
  forgetFailedSignIns(): void;
}

/** @param path Created with mode 0700 when it is not there. AppError `desk-folder-unusable` naming what can not be made or is a file; `no-desk` for no path. */
export function openDeskFolder(path: string): DeskFolder {
  if (path === '') throw new AppError('no-desk', { path });
  makeFolder(resolve(path));
  const keysPath = join(path, 'keys.json');
  const storePath = join(path, 'store.db');
  const failuresPath = join(path, 'failed-sign-ins.txt');
  return {
    path,
    readKeys() {
      finishSwap(path);
      if (!existsSync(storePath)) return null;
      if (!existsSync(keysPath)) throw new AppError('store-damaged', { path: keysPath });
      return parseKeysFile(readKeysFile(keysPath), keysPath);
    },
    writeKeys: (file) => replaceFile(keysPath, formatKeysFile(file)),
    setKeysAside() {
      if (existsSync(keysPath)) renameSync(keysPath, `${keysPath}.${statSync(keysPath).mtime.toISOString().replaceAll(':', '')}`);
    },
    createDatabase(key1, fill) {
      if (existsSync(storePath)) throw new AppError('desk-exists', { path });
      try {
        return createDatabase(storePath, key1, fill);
      } catch (error) {
        rmSync(keysPath, { force: true });
        throw error;
      }
    },
    openDatabase: (key1) => openDatabase(storePath, key1),
    openAlone: (db, key1) => openAlone(db, storePath, key1),
    copyStore: (oldKey1, newKey1) => reencryptPages(storePath, nextStorePath(path), oldKey1, newKey1),
    async flushCopy() {
      await using file = await open(nextStorePath(path), 'r+');
      await file.sync();
    },
    openCopy: (newKey1) => openDatabase(nextStorePath(path), newKey1, true),
    closeCopy: closeWhole,
    swap(keys, close) {
      decideSwap(path, formatKeysFile(keys));
      close();
      finishSwap(path);
    },
    openSwapped: (newKey1) => openDatabase(storePath, newKey1, true),
    dropCopy: () => dropUndecided(path),
    noteFailedSignIn: ({ at, name }) => appendFileSync(failuresPath, `${at} ${JSON.stringify(name.slice(0, 64))}\n`, { mode: 0o600 }),
    listFailedSignIns: () => (existsSync(failuresPath) ? readFileSync(failuresPath, 'utf8').split('\n').flatMap(parseFailure) : []),
    forgetFailedSignIns: () => rmSync(failuresPath, { force: true }),
  };
}

/** One level after the other: asked for all at once, a folder below /proc is tried for minutes. */
function makeFolder(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
    if (dirname(path) !== path) makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('desk-folder-unusable', { path }, { cause });
  }
}

function readKeysFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('store-damaged', { path }, { cause });
  }
}

function parseFailure(line: string): FailedSignIn[] {
  const parts = /^(\S+) ("(?:[^"\\]|\\.)*")$/.exec(line);
  if (parts?.[1] === undefined || parts[2] === undefined) return []; // the last line may be cut off by a power failure
  return [{ at: parts[1], name: String(JSON.parse(parts[2])) }];
}
