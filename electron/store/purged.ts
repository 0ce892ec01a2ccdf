// Destroys what a vault holds, without holding key 2: the data keys go first, and without them no page can ever be opened, whoever still has an old keys.json.
import { AppError } from '../core/app-error.ts';
import type { Database, ReadableDatabase } from './database.ts';
import type { DeskFolder } from './desk-folder.ts';
import { withProof, type OpenKeys } from './vault.ts';

/** @returns When the vault of this desk was purged; null when it was not. */
const purgedAt = (db: ReadableDatabase): string | null => db.prepare<[], { at: string }>('SELECT at FROM purges').get()?.at ?? null;

/** AppError `vault-purged`. */
export function refusePurged(db: ReadableDatabase): void {
  const at = purgedAt(db);
  if (at !== null) throw new AppError('vault-purged', { at });
}

/** Overwrites every sealed thing. Call it inside the transaction that records the purge. Rows: data_keys, sealed_pages, laps_passwords (their fingerprints: a short one could be guessed). */
export function destroySealed(db: Database): void {
  db.prepare("UPDATE data_keys SET sealed = x''").run();
  db.prepare("UPDATE sealed_pages SET sealed = x''").run();
  db.prepare('UPDATE laps_passwords SET fingerprint = zeroblob(16)').run();
}

/**
 * Runs the transaction of a purge so that what it overwrites is gone from the store's file too: freed space is filled with zeros, and the log is cut to nothing.
 *
 * @source https://sqlite.org/pragma.html#pragma_secure_delete
 */
export function overwriting<T>(db: Database, act: () => T): T {
  db.pragma('secure_delete = ON');
  db.pragma('synchronous = FULL');
  try {
    return act();
  } finally {
    db.pragma('synchronous = NORMAL');
    db.pragma('secure_delete = OFF');
  }
}

/**
 * Takes key 2 out of keys.json and the overwritten pages out of the log. Called after the purge, and at an opening that finds it unfinished.
 *
 * @returns Whether anything was left to do. Rows: purges. Files: keys.json.
 */
export function finishPurge(db: Database, keys: OpenKeys, folder: Pick<DeskFolder, 'readKeys' | 'writeKeys'>, now: string): boolean {
  if (db.prepare('SELECT 1 FROM purges WHERE finished_at IS NULL').get() === undefined) return false;
  const file = folder.readKeys();
  if (file !== null) folder.writeKeys({ ...file, holders: file.holders.map((holder) => withProof(keys, { ...holder, key2: null })) });
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.prepare('UPDATE purges SET finished_at = ?').run(now);
  return true;
}
