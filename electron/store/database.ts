// Opens the encrypted SQLite file of a desk: right key, right desk, right version, or a refusal by name and no byte changed.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import Sqlite from 'better-sqlite3';
import { AppError } from '../core/app-error.ts';
import { BUSY_MS, openConnection, type Database } from './connections.ts';
import { NEW_PAGE_BYTES } from './file-cipher.ts';
import { latestVersion, migrate } from './migrations.ts';
import { storeSalt } from './page-cipher.ts';
import { provePages } from './store-pages.ts';

export type { Database, ReadableDatabase } from './connections.ts';

/** "BLFT": says that a file is ours before anything in it is believed. */
const APPLICATION_ID = 0x424c4654;
/** Of the write-ahead log, after which it is written into the store where no thread does that (background-checkpoints.ts): some 15 ms of work. SQLite's own 4 MB keep whoever waits for more than DESIGN §3 allows. */
const CHECKPOINT_BYTES = 1600 * 1024;

/**
 * @param path Of store.db. @param key1 32 bytes; secret. @param isProven Whoever asks has just proven or written all of its pages.
 * @returns The open database, migrated to this version of Bluelift.
 *          AppError `no-desk` (no file), `store-foreign` (no page of it was written under this key), `store-damaged` (some were: pages are
 *          proven before anything is opened for writing, all of them up to 16 MiB, of larger stores a sample; what that misses is found
 *          when it is read, `findStoreError`), `store-from-newer-version`, `disk-full`, `folder-not-writable`, `desk-in-use`. In none of these cases is the file altered.
 */
export function openDatabase(path: string, key1: Uint8Array, isProven = false): Database {
  if (!existsSync(path)) throw new AppError('no-desk', { path });
  if (!isProven) prove(path, key1);
  const looking = openConnection(path, key1, { readonly: true }); // one that may write would tidy the write-ahead log away on closing
  let version: number;
  try {
    version = probe(looking, path);
  } finally {
    looking.close();
  }
  const db = openConnection(path, key1);
  try {
    tune(db);
    migrate(db, version);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Creates store.db, which must not exist (`desk-exists`). */
export function createDatabase(path: string, key1: Uint8Array, fill: (db: Database) => void = () => {}): Database {
  if (existsSync(path)) throw new AppError('desk-exists', { path });
  writeFileSync(path, '', { mode: 0o600, flag: 'wx' }); // its log and shared memory take over these rights
  let db: Database | null = null;
  try {
    db = openConnection(path, Buffer.concat([key1, storeSalt(key1)]));
    db.pragma(`page_size = ${NEW_PAGE_BYTES}`); // before the first page is written
    db.pragma(`application_id = ${APPLICATION_ID}`);
    tune(db);
    migrate(db, 0);
    db.transaction(fill).immediate(db);
    return db;
  } catch (error) {
    // On a full disk it gets as far as an empty store: a desk nobody could open, in the way of the next try.
    db?.close();
    for (const rest of ['', '-wal', '-shm']) rmSync(`${path}${rest}`, { force: true });
    throw error;
  }
}

/**
 * What the store says while it is used, in the application's words: a page that does not prove itself is found when it is read, not when the file is opened.
 *
 * @param path Of the store, where it is known. @returns null for what is no failure of the file, and so a bug.
 */
export function findStoreError(error: unknown, path = 'store.db'): AppError | null {
  if (!(error instanceof Sqlite.SqliteError)) return null;
  if (error.code === 'SQLITE_IOERR_SHMSIZE') return new AppError('disk-full', { path }, { cause: error }); // no room for the memory it shares with others
  const [, kind = ''] = /^SQLITE_([A-Z]+)/.exec(error.code) ?? [];
  switch (kind) {
    case 'CORRUPT': case 'NOTADB': case 'IOERR': return new AppError('store-damaged', { path, found: 'in-use' }, { cause: error });
    case 'FULL': return new AppError('disk-full', { path }, { cause: error });
    case 'BUSY': case 'LOCKED': return new AppError('desk-in-use', {}, { cause: error });
    case 'READONLY': case 'CANTOPEN': case 'PERM': return new AppError('folder-not-writable', { path: isAbsolute(path) ? dirname(path) : path }, { cause: error });
    default: return null;
  }
}

/** Nobody else writes to the store, nor opens it, until it is given back. */
export interface Alone {
  /** As before, for everybody. */
  giveBack(): void;
  /** Closes the store for good. */
  close(): void;
}

/**
 * Keeps everybody else from writing to a store, other processes too, and puts all of it into its one file. Reading through `db` goes on; writing fails at once with `desk-in-use`.
 *
 * @param db The open store. @throws AppError `desk-in-use` when another process has it open, or something is being read or written at this moment.
 */
export function openAlone(db: Database, path: string, key1: Uint8Array): Alone {
  db.pragma('busy_timeout = 0');
  const wait = (): void => {
    if (!db.open) return;
    db.pragma(`busy_timeout = ${BUSY_MS}`);
    db.pragma('journal_mode = WAL');
  };
  try {
    if (db.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw new AppError('desk-in-use'); // possible only for one who is alone
    const lock = openConnection(path, key1);
    try {
      lock.exec('BEGIN IMMEDIATE');
    } catch (error) {
      lock.close();
      throw error;
    }
    return {
      giveBack() {
        lock.close();
        wait();
      },
      close() {
        db.close();
        lock.close();
      },
    };
  } catch (error) {
    wait();
    throw findStoreError(error) ?? error;
  }
}

/** Puts all of a database into its one file, for one who is alone with it, and closes it. */
export function closeWhole(db: Database): void {
  db.pragma('journal_mode = DELETE');
  db.close();
}

/** A database in memory with the same tables: the fake for tests. Unencrypted, as SQLite's memory databases are. */
export function openMemoryDatabase(): Database {
  const db = new Sqlite(':memory:');
  tune(db);
  migrate(db, 0);
  return db;
}

/** Writes a compact copy under the same key. `VACUUM INTO` because the backup API refuses encrypted files and serialize() gives plain text. */
export function copyDatabase(db: Database, path: string): void {
  if (existsSync(path)) throw new AppError('file-exists', { path });
  db.prepare('VACUUM INTO ?').run(path);
}

function prove(path: string, key1: Uint8Array): void {
  try {
    const proof = provePages(path, key1, Math.random());
    if (proof.status === 'foreign') throw new AppError('store-foreign', { path });
    if (proof.status === 'damaged') throw new AppError('store-damaged', { path, page: proof.page });
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('file-unreadable', { path }, { cause });
  }
}

function probe(db: Database, path: string): number {
  try {
    db.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_NOTADB') throw new AppError('store-foreign', { path }, { cause: error });
    const known = findStoreError(error, path);
    throw known !== null && known.code !== 'store-damaged' ? known : new AppError('store-damaged', { path }, { cause: error });
  }
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw new AppError('store-foreign', { path });
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > latestVersion) throw new AppError('store-from-newer-version', { path, version, supported: latestVersion });
  return version;
}

/** The connection that writes a log which has grown writes it into the store, too. */
export function checkpointByItself(db: Database): void {
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_BYTES / Number(db.pragma('page_size', { simple: true }))}`);
}

function tune(db: Database): void {
  if (db.pragma('journal_mode', { simple: true }) !== 'wal') {
    db.pragma('busy_timeout = 0'); // who keeps it from being changed has the store alone (`openAlone`), for longer than anybody waits
    db.pragma('journal_mode = WAL');
    db.pragma(`busy_timeout = ${BUSY_MS}`);
  }
  db.pragma('synchronous = NORMAL');
  checkpointByItself(db);
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY'); // temporary files would not be encrypted
  db.pragma('cache_size = -49152');
}
