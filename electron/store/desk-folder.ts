// The folder of a desk: store.db (encrypted), keys.json (wrapped keys only), failed-sign-ins.txt (until the next opening takes them into the audit).
import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../core/app-error.ts';
import { createDatabase, openDatabase, type Database } from './database.ts';
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
  createDatabase(key1: Uint8Array): Database;
  openDatabase(key1: Uint8Array): Database;
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
      if (!existsSync(storePath)) return null;
      if (!existsSync(keysPath)) throw new AppError('store-damaged', { path: keysPath });
      return parseKeysFile(readKeysFile(keysPath), keysPath);
    },
    writeKeys: (file) => replaceFile(keysPath, formatKeysFile(file)),
    setKeysAside() {
      if (existsSync(keysPath)) renameSync(keysPath, `${keysPath}.${statSync(keysPath).mtime.toISOString().replaceAll(':', '')}`);
    },
    createDatabase: (key1) => createDatabase(storePath, key1),
    openDatabase: (key1) => openDatabase(storePath, key1),
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

/** Writes beside the file, forces it to the disk, then renames. */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.new`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
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
