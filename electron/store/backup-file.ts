// A backup is one file: a line of JSON that says what follows, then keys.json, then a compact copy of store.db. Both parts are encrypted as they are.
import { createHash, type Hash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
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

/** Reads a backup to its end. @returns Its head. AppError `file-not-found`, `file-not-recognised`, `store-damaged` (cut off or altered). */
export function checkBackup(path: string): BackupHead {
  if (!existsSync(path)) throw new AppError('file-not-found', { path });
  const { head, headBytes } = readHead(path);
  if (statSync(path).size !== headBytes + head.keysBytes + head.storeBytes) throw new AppError('store-damaged', { path });
  const hash = startHash(head).update(readPart(path, headBytes, head.keysBytes));
  for (const block of blocksOf(path, headBytes + head.keysBytes)) hash.update(block);
  if (hash.digest('hex') !== head.sha256) throw new AppError('store-damaged', { path });
  return head;
}

/**
 * Brings a backup into a folder where no desk is.
 *
 * @returns Its head. AppError `file-not-found`, `file-not-recognised`, `store-damaged` (cut off or altered), `desk-exists`, `disk-full`. Nothing is left behind on failure.
 */
export function unpackBackup(path: string, folder: string): BackupHead {
  if (!existsSync(path)) throw new AppError('file-not-found', { path });
  if (statSync(path).isDirectory()) throw new AppError('file-is-a-directory', { path });
  const store = join(folder, 'store.db');
  const keys = join(folder, 'keys.json');
  if (existsSync(store) || existsSync(keys)) throw new AppError('desk-exists', { path: folder });
  const { head, headBytes } = readHead(path);
  if (statSync(path).size !== headBytes + head.keysBytes + head.storeBytes) throw new AppError('store-damaged', { path });
  const keysText = readPart(path, headBytes, head.keysBytes);
  const hash = startHash(head).update(keysText);
  const beside = `${store}.new`;
  mkdirSync(dirname(store), { recursive: true, mode: 0o700 });
  const file = openSync(beside, 'w', 0o600);
  let hasKeys = false;
  try {
    for (const block of blocksOf(path, headBytes + head.keysBytes)) {
      hash.update(block);
      writeSync(file, block);
    }
    fsyncSync(file);
    if (hash.digest('hex') !== head.sha256) throw new AppError('store-damaged', { path });
    parseKeysFile(keysText.toString('utf8'), path);
    const keysFile = openSync(keys, 'wx', 0o600);
    hasKeys = true;
    writeSync(keysFile, keysText);
    fsyncSync(keysFile);
    closeSync(keysFile);
    renameSync(beside, store);
    return head;
  } catch (cause) {
    if (hasKeys) rmSync(keys, { force: true });
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    throw code === 'ENOSPC' || code === 'EDQUOT' ? new AppError('disk-full', { path: folder }, { cause }) : cause;
  } finally {
    closeSync(file);
    rmSync(beside, { force: true });
  }
}

/** What the head says is covered by the hash too. It tells a damaged backup; it does not prove who made it. */
const startHash = ({ format, deskId, createdAt, auditHead, keysBytes, storeBytes }: Omit<BackupHead, 'sha256'>): Hash =>
  createHash('sha256').update(JSON.stringify([format, deskId, createdAt, auditHead, keysBytes, storeBytes]));

function readHead(path: string): { head: BackupHead; headBytes: number } {
  const start = readPart(path, 0, Math.min(LONGEST_HEAD, statSync(path).size));
  const end = start.indexOf(0x0a);
  try {
    return { head: headSchema.parse(JSON.parse(start.subarray(0, end).toString('utf8'))), headBytes: end + 1 };
  } catch (cause) {
    throw new AppError('file-not-recognised', { path }, { cause });
  }
}

function readPart(path: string, from: number, bytes: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const part = Buffer.alloc(bytes);
    return part.subarray(0, readSync(file, part, 0, bytes, from));
  } finally {
    closeSync(file);
  }
}

function* blocksOf(path: string, from: number): Generator<Buffer> {
  const file = openSync(path, 'r');
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
