import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { applyWriteAheadLog } from '../../../electron/formats/sqlite/write-ahead-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'bluelift-wal-'));
afterAll(() => rmSync(folder, { recursive: true }));

let databases = 0;
/** A database in use, as somebody copies it with its log. */
function inUse(change: (db: Database.Database) => void): { readonly database: Uint8Array; readonly log: Uint8Array } {
  const path = join(folder, `${++databases}.sqlite`);
  const db = new Database(path);
  db.pragma('journal_mode = wal');
  db.pragma('wal_autocheckpoint = 0');
  change(db);
  copyFileSync(path, `${path}.copy`);
  copyFileSync(`${path}-wal`, `${path}.copy-log`);
  db.close();
  return { database: readFileSync(`${path}.copy`), log: readFileSync(`${path}.copy-log`) };
}

function namesIn(bytes: Uint8Array): readonly string[] {
  const image = Buffer.from(bytes);
  image.fill(1, 18, 20);
  const db = new Database(image, { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    return db.prepare('SELECT name FROM hosts ORDER BY rowid').pluck().all() as string[];
  } finally {
    db.close();
  }
}

const insert = (db: Database.Database, count: number, from = 0): void => {
  const row = db.prepare('INSERT INTO hosts (name) VALUES (?)');
  db.transaction(() => { for (let n = from; n < from + count; n++) row.run(`PC-${n}`); })();
};
const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `PC-${n}`);

describe('the log beside a database in use', () => {
  test('holds what is not in the database yet', () => {
    const { database, log } = inUse((db) => {
      db.exec('CREATE TABLE hosts (name TEXT)');
      insert(db, 500);
      db.pragma('wal_checkpoint(PASSIVE)');
      insert(db, 3000, 500);
    });
    expect(namesIn(database)).toHaveLength(500);
    expect(namesIn(applyWriteAheadLog(database, log))).toEqual(names(3500));
  });

  test('holds all of a database that was never written back', () => {
    const { database, log } = inUse((db) => {
      db.exec('CREATE TABLE hosts (name TEXT)');
      insert(db, 10);
    });
    expect(namesIn(applyWriteAheadLog(database, log))).toEqual(names(10));
  });

  test('counts up to the last whole commit when it is cut off or damaged', () => {
    const { database, log } = inUse((db) => {
      db.exec('CREATE TABLE hosts (name TEXT)');
      insert(db, 10);
      insert(db, 2000, 10);
    });
    for (let cut = log.length - 1; cut > 32; cut -= 4111) {
      const damaged = Uint8Array.from(log);
      damaged[cut] = (damaged[cut] ?? 0) ^ 0xff;
      for (const part of [log.subarray(0, cut), damaged]) {
        const whole = applyWriteAheadLog(database, part);
        if (whole === database) continue;
        expect([0, 10, 2010]).toContain(readNames(whole));
      }
    }
  });

  test('is passed over when it is of something else', () => {
    const { database } = inUse((db) => db.exec('CREATE TABLE hosts (name TEXT)'));
    for (const log of [new Uint8Array(0), new Uint8Array(5000), Uint8Array.from({ length: 5000 }, (_, index) => index % 251)]) expect(applyWriteAheadLog(database, log)).toBe(database);
  });
});

function readNames(bytes: Uint8Array): number {
  const image = Buffer.from(bytes);
  image.fill(1, 18, 20);
  const db = new Database(image, { readonly: true });
  try {
    return db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'hosts'").pluck().get() === 0 ? 0 : namesIn(bytes).length;
  } finally {
    db.close();
  }
}
