// Connections to the encrypted SQLite file. Whether it is a store of ours, whole and of this version, database.ts says first.
import Sqlite from 'better-sqlite3';
import { fileCipherOf } from './file-cipher.ts';

/** A database that may be written. Functions that only read take `ReadableDatabase`. */
export type Database = Sqlite.Database;
export type ReadableDatabase = Pick<Database, 'prepare' | 'inTransaction'>;

/** So long one process waits for another's transaction. */
export const BUSY_MS = 10_000;

/**
 * A connection under the cipher the file has; a new file is enciphered with AEGIS-256 (libsodium's too, with which its pages are proven without SQLite: aegis-pages.ts). Of importing 1,000,000
 * key records sqlcipher, which stores were made with before, took a fifth of the processor time. What must stay secret from whoever has key 1 is sealed apart from it (sealed-pages.ts).
 *
 * @param key 32 bytes, or for a new store 48: key and salt.
 */
export function openConnection(path: string, key: Uint8Array, options: { readonly readonly?: boolean } = {}): Database {
  const cipher = fileCipherOf(path);
  const db = new Sqlite(path, { ...options, timeout: BUSY_MS });
  db.pragma(`cipher = '${cipher}'`); // settings come before the key, at every opening
  if (cipher === 'sqlcipher') db.pragma('legacy = 4');
  db.key(Buffer.concat([Buffer.from('raw:'), key])); // answers 0 for a wrong key too; the first read tells
  return db;
}

/** A further connection to a store that is open and proven, for nothing but its write-ahead log. */
export function openForCheckpoints(path: string, key1: Uint8Array): Database {
  const db = openConnection(path, key1);
  db.pragma('synchronous = NORMAL');
  return db;
}

/** A further connection to a store that is open and proven, for a thread that only reads. */
export function openForReading(path: string, key1: Uint8Array): Database {
  const db = openConnection(path, key1, { readonly: true });
  db.pragma('temp_store = MEMORY'); // temporary files would not be encrypted
  db.pragma('cache_size = -16384');
  return db;
}
