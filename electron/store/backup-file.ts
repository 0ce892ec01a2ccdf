// A backup is one file: a line of JSON that says what follows, then keys.json, then a compact copy of store.db. Both parts are encrypted as they are.
import { createHash, type Hash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync, writeSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../core/app-error.ts';
import { copyDatabase, findStoreError, type Database } from './database.ts';
import { parseKeysFile } from './vault.ts';

const headSchema = z.object({
  format: z.literal('bluelift-backup 1'), deskId: z.string(), createdAt: z.iso.datetime(), auditHead: z.string(),
  keysBytes: z.number().int().min(1).max(10_000_000), storeBytes: z.number().int().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupHead = z.infer<typeof headSchema>;
const LONGEST_HEAD = 4096;
/** With what every backup begins, whichever version wrote it. */
const MARK = Buffer.from('{"format":"bluelift-backup ');
/** Why a file can not be restored. */
export type BackupFault = 'empty' | 'no-backup' | 'cut-off' | 'altered' | 'newer-version';
const BLOCK = 4 * 1024 * 1024;

/**
 * Writes a backup beside its final name and renames it when it is whole.
 *
 * @returns Its size in bytes. AppError `file-exists`, `disk-full`, `folder-not-writable`, `file-unreadable`.
 */
export function writeBackup(path: string, desk: { db: Database; keysText: string; deskId: string; createdAt: string; auditHead: string }): number {
  if (existsSync(path)) throw new AppError('file-exists', { path });
  const copy = `${path}.store`;
  const beside = `${path}.new`;
  try {
    rmSync(copy, { force: true });
    copyDatabase(desk.db, copy);
    const keys = Buffer.from(desk.keysText);
    const storeBytes = statSync(copy).size;
    const facts = { format: 'bluelift-backup 1', deskId: desk.deskId, createdAt: desk.createdAt, auditHead: desk.auditHead, keysBytes: keys.length, storeBytes } as const;
    const hash = startHash(facts).update(keys);
    for (const block of blocksOf(copy, 0)) hash.update(block);
    const head: BackupHead = { ...facts, sha256: hash.digest('hex') };
    const file = openSync(beside, 'w', 0o600);
    try {
      writeSync(file, `${JSON.stringify(head)}\n`);
      writeSync(file, keys);
      for (const block of blocksOf(copy, 0)) writeSync(file, block);
      fsyncSync(file);
      const size = fstatSync(file).size;
      renameSync(beside, path);
      return size;
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if (cause instanceof AppError || findStoreError(cause)?.code === 'store-damaged') throw cause; // the store may be what can not be read
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'SQLITE_CANTOPEN' || code === 'SQLITE_READONLY' || code === 'EROFS' || code === 'EACCES') throw new AppError('folder-not-writable', { path: dirname(resolve(path)) }, { cause });
    throw new AppError(code === 'ENOSPC' || code === 'SQLITE_FULL' ? 'disk-full' : 'file-unreadable', { path }, { cause });
  } finally {
    rmSync(copy, { force: true });
    rmSync(beside, { force: true });
  }
}

/** Reads a backup to its end. @returns Its head. AppError `file-not-found`, `file-unreadable`, `file-is-a-directory`, `backup-unusable` with a `BackupFault`. */
export function checkBackup(path: string): BackupHead {
  const { head, headBytes } = readHead(path);
  const hash = startHash(head).update(readPart(path, headBytes, head.keysBytes));
  for (const block of blocksOf(path, headBytes + head.keysBytes)) hash.update(block);
  if (hash.digest('hex') !== head.sha256) throw unusable(path, 'altered');
  return head;
}

/**
 * Brings a backup into a folder where no desk is.
 *
 * @returns Its head and the names of the operators in it. AppErrors as of `checkBackup`, `desk-exists`, `disk-full` (with the bytes that are needed), `folder-not-writable`.
 *          Nothing is left behind on failure.
 */
export function unpackBackup(path: string, folder: string): { readonly head: BackupHead; readonly operators: readonly string[] } {
  const store = join(folder, 'store.db');
  const keys = join(folder, 'keys.json');
  if (existsSync(store) || existsSync(keys)) throw new AppError('desk-exists', { path: folder });
  const { head, headBytes } = readHead(path);
  const keysText = readPart(path, headBytes, head.keysBytes);
  const hash = startHash(head).update(keysText);
  const beside = `${store}.new`;
  const file = openBeside(beside);
  let hasKeys = false;
  try {
    for (const block of blocksOf(path, headBytes + head.keysBytes)) {
      hash.update(block);
      writeSync(file, block);
    }
    fsyncSync(file);
    if (hash.digest('hex') !== head.sha256) throw unusable(path, 'altered');
    const { holders } = parseKeysFile(keysText.toString('utf8'), path);
    const keysFile = openSync(keys, 'wx', 0o600);
    hasKeys = true;
    writeSync(keysFile, keysText);
    fsyncSync(keysFile);
    closeSync(keysFile);
    renameSync(beside, store);
    return { head, operators: holders.filter(({ kind }) => kind === 'operator').map(({ name }) => name) };
  } catch (cause) {
    if (hasKeys) rmSync(keys, { force: true });
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    throw code === 'ENOSPC' || code === 'EDQUOT' ? new AppError('disk-full', { path: folder, neededBytes: head.storeBytes + head.keysBytes }, { cause }) : cause;
  } finally {
    closeSync(file);
    rmSync(beside, { force: true });
  }
}

/** What the head says is covered by the hash too. It tells a damaged backup; it does not prove who made it. */
const startHash = ({ format, deskId, createdAt, auditHead, keysBytes, storeBytes }: Omit<BackupHead, 'sha256'>): Hash =>
  createHash('sha256').update(JSON.stringify([format, deskId, createdAt, auditHead, keysBytes, storeBytes]));

/** Of a file as long as its head says. */
function readHead(path: string): { head: BackupHead; headBytes: number } {
  const facts = lookAt(path);
  if (!facts.isFile()) throw facts.isDirectory() ? new AppError('file-is-a-directory', { path }) : new AppError('file-unreadable', { path, why: 'not-a-file' });
  if (facts.size === 0) throw unusable(path, 'empty');
  const start = readPart(path, 0, Math.min(LONGEST_HEAD, facts.size));
  if (!start.subarray(0, MARK.length).equals(MARK.subarray(0, start.length))) throw unusable(path, 'no-backup');
  const end = start.indexOf(0x0a);
  if (end < 0) throw unusable(path, facts.size < LONGEST_HEAD ? 'cut-off' : 'altered');
  const head = parseHead(path, start.subarray(0, end).toString('utf8'));
  const missingBytes = end + 1 + head.keysBytes + head.storeBytes - facts.size;
  if (missingBytes > 0) throw unusable(path, 'cut-off', { missingBytes });
  if (missingBytes < 0) throw unusable(path, 'altered');
  return { head, headBytes: end + 1 };
}

function parseHead(path: string, line: string): BackupHead {
  const version = Number(/^\{"format":"bluelift-backup (\d{1,4})"/.exec(line)?.[1]);
  if (version > 1) throw unusable(path, 'newer-version');
  try {
    return headSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw unusable(path, 'altered', {}, cause);
  }
}

const unusable = (path: string, why: BackupFault, facts: { readonly missingBytes?: number } = {}, cause?: unknown): AppError => new AppError('backup-unusable', { path, why, ...facts }, { cause });

function lookAt(path: string): Stats {
  let facts;
  try {
    facts = statSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (facts === undefined) throw new AppError('file-not-found', { path });
  return facts;
}

const unreadable = (path: string, cause: unknown): AppError => new AppError('file-unreadable', { path, why: cause instanceof Error && 'code' in cause ? String(cause.code) : 'EIO' }, { cause });

/** The store on its way, in a folder that is made where there is none. */
function openBeside(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, 'w', 0o600);
  } catch (cause) {
    throw new AppError('folder-not-writable', { path: dirname(path) }, { cause });
  }
}

function readPart(path: string, from: number, bytes: number): Buffer {
  const file = openToRead(path);
  try {
    const part = Buffer.alloc(bytes);
    return part.subarray(0, readSync(file, part, 0, bytes, from));
  } finally {
    closeSync(file);
  }
}

function openToRead(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function* blocksOf(path: string, from: number): Generator<Buffer> {
  const file = openToRead(path);
  try {
    const block = Buffer.alloc(BLOCK);
    for (let at = from; ;) {
      const bytes = readSync(file, block, 0, BLOCK, at);
      if (bytes === 0) return;
      yield block.subarray(0, bytes);
      at += bytes;
    }
  } finally {
    closeSync(file);
  }
}

/** Takes back what `unpackBackup` brought, when nobody could open it. */
export function removeUnpacked(folder: string): void {
  for (const name of ['store.db', 'store.db-wal', 'store.db-shm', 'keys.json', 'failed-sign-ins.txt']) rmSync(join(folder, name), { force: true });
}

export const readKeysText = (folder: string): string => readFileSync(join(folder, 'keys.json'), 'utf8');
