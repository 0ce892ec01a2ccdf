import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openAegisPages } from '../../electron/store/aegis-pages.ts';
import { copyDatabase, createDatabase, openDatabase } from '../../electron/store/database.ts';
import { fileCipherOf, NEW_PAGE_BYTES, OLD_PAGE_BYTES, type PageBytes } from '../../electron/store/file-cipher.ts';
import { migrate } from '../../electron/store/migrations.ts';
import { storeSalt } from '../../electron/store/page-cipher.ts';
import { reencryptPages } from '../../electron/store/reencrypt-pages.ts';
import { openSqlcipherPages } from '../../electron/store/sqlcipher-pages.ts';
import { provePages } from '../../electron/store/store-pages.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const key = new Uint8Array(32).fill(7);
const next = new Uint8Array(32).fill(8);
const refused = (code: string) => expect.objectContaining({ code });
const FILL = "INSERT INTO hosts (hostname, created_at, state_at) SELECT 'PC-' || value, 'x', 'x' FROM json_each('[1,2,3,4,5,6,7,8,9]')";
const NAMES = ['PC-1', 'PC-2', 'PC-3', 'PC-4', 'PC-5', 'PC-6', 'PC-7', 'PC-8', 'PC-9'];
const namesIn = (path: string, withKey: Uint8Array): unknown[] => {
  const db = openDatabase(path, withKey);
  try {
    return db.prepare('SELECT hostname FROM hosts ORDER BY hostname').pluck().all();
  } finally {
    db.close();
  }
};

/** As `createDatabase` made it before: sqlcipher 4. */
function storeFromBefore(path: string): void {
  const db = new Sqlite(path);
  db.pragma("cipher = 'sqlcipher'");
  db.pragma('legacy = 4');
  db.key(Buffer.concat([Buffer.from('raw:'), key, storeSalt(key)]));
  db.pragma('application_id = 0x424c4654');
  db.pragma('journal_mode = WAL');
  migrate(db, 0);
  db.exec(FILL);
  db.close();
}

function newStore(path: string): void {
  const db = createDatabase(path, key);
  db.exec(FILL);
  db.close();
}

const pagesOf = (path: string, pageBytes: PageBytes): Buffer[] => {
  const bytes = readFileSync(path);
  return Array.from({ length: bytes.length / pageBytes }, (_, n) => bytes.subarray(n * pageBytes, (n + 1) * pageBytes));
};
const noPage = Buffer.alloc(NEW_PAGE_BYTES);

describe('the pages of a store', () => {
  it('are deciphered without SQLite to what SQLite wrote, each under its own number', () => {
    const path = join(temporaryFolder(), 'store.db');
    newStore(path);
    const cipher = openAegisPages(key, NEW_PAGE_BYTES);
    const pages = pagesOf(path, NEW_PAGE_BYTES);
    const plain = Buffer.concat(pages.map((bytes, n) => cipher.open(bytes, n + 1) ?? Buffer.alloc(0)));
    expect(plain.length).toBe(pages.length * NEW_PAGE_BYTES);
    expect(plain.includes('CREATE TABLE operators')).toBe(true);
    for (const name of NAMES) expect(plain.includes(name)).toBe(true);
    for (const [n, bytes] of pages.entries()) expect(cipher.open(bytes, n + 2)).toBeNull();
    expect(openAegisPages(next, NEW_PAGE_BYTES).open(pages[1] ?? noPage, 2)).toBeNull();
  });

  it('prove every byte of the first one, those that SQLite leaves in clear too', () => {
    const path = join(temporaryFolder(), 'store.db');
    newStore(path);
    const [first = noPage] = pagesOf(path, NEW_PAGE_BYTES);
    const cipher = openAegisPages(key, NEW_PAGE_BYTES);
    const unnoticed = Array.from(first.keys()).filter((at) => {
      const changed = Buffer.from(first);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x20, at);
      return cipher.open(changed, 1) !== null;
    });
    expect(unnoticed).toEqual([]);
  });

  it('enciphered without SQLite are read by SQLite', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'store.db');
    newStore(path);
    for (const _ of reencryptPages(path, join(folder, 'next.db'), key, next));
    expect(namesIn(join(folder, 'next.db'), next)).toEqual(NAMES);
    expect(() => openDatabase(join(folder, 'next.db'), key)).toThrow(refused('store-foreign'));
    expect(pagesOf(join(folder, 'next.db'), NEW_PAGE_BYTES)).toHaveLength(pagesOf(path, NEW_PAGE_BYTES).length);
  });
});

describe('a store that was made with sqlcipher', () => {
  it('opens, is written to and copied as it is', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'store.db');
    storeFromBefore(path);
    expect(namesIn(path, key)).toEqual(NAMES);
    const db = openDatabase(path, key);
    db.exec("INSERT INTO hosts (hostname, created_at, state_at) VALUES ('PC-10', 'x', 'x')");
    copyDatabase(db, join(folder, 'copy.db'));
    db.close();
    for (const file of [path, join(folder, 'copy.db')]) {
      expect(fileCipherOf(file)).toBe('sqlcipher');
      expect(namesIn(file, key)).toContain('PC-10');
    }
  });

  it('is refused by name, and told from a damaged one', () => {
    const path = join(temporaryFolder(), 'store.db');
    storeFromBefore(path);
    expect(() => openDatabase(path, next)).toThrow(refused('store-foreign'));
    const whole = readFileSync(path);
    for (const at of [3, 500, whole.length - 3000]) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      writeFileSync(path, changed);
      expect(() => openDatabase(path, key)).toThrow(refused('store-damaged'));
    }
  });

  it('is one of AEGIS when the desk gets new keys, and takes further hosts', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'store.db');
    storeFromBefore(path);
    for (const _ of reencryptPages(path, join(folder, 'next.db'), key, next));
    expect(fileCipherOf(join(folder, 'next.db'))).toBe('aegis');
    const db = openDatabase(join(folder, 'next.db'), next);
    db.exec("INSERT INTO hosts (hostname, created_at, state_at) WITH RECURSIVE n (n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM n WHERE n < 3000) SELECT 'PC-' || n, 'x', 'x' FROM n");
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    expect(provePages(join(folder, 'next.db'), next)).toEqual({ status: 'whole' });
    expect(namesIn(join(folder, 'next.db'), next)).toHaveLength(3000);

    // Its pages stay as small as they were, through further keys too.
    for (const _ of reencryptPages(join(folder, 'next.db'), join(folder, 'again.db'), next, key));
    const again = openDatabase(join(folder, 'again.db'), key);
    expect(again.pragma('page_size', { simple: true })).toBe(OLD_PAGE_BYTES);
    expect(again.pragma('integrity_check', { simple: true })).toBe('ok');
    again.close();
    expect(openAegisPages(key, OLD_PAGE_BYTES).open(pagesOf(join(folder, 'again.db'), OLD_PAGE_BYTES)[1] ?? noPage, 2)).not.toBeNull();
    const whole = readFileSync(join(folder, 'again.db'));
    for (const at of [3, 16, 500, whole.length - 3000]) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x50, at);
      writeFileSync(join(folder, 'again.db'), changed);
      expect(() => openDatabase(join(folder, 'again.db'), key), `byte ${at}`).toThrow(refused('store-damaged'));
    }
  });

  it('names the first page that does not prove itself when it is to be written anew', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'store.db');
    storeFromBefore(path);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(2 * OLD_PAGE_BYTES + 50) ^ 1, 2 * OLD_PAGE_BYTES + 50);
    writeFileSync(path, bytes);
    expect(() => [...reencryptPages(path, join(folder, 'next.db'), key, next)]).toThrow(expect.objectContaining({ code: 'store-damaged', facts: { path, page: 3 } }));
    expect(openSqlcipherPages(key, storeSalt(key)).open(pagesOf(path, OLD_PAGE_BYTES)[1] ?? Buffer.alloc(0), 2)).not.toBeNull();
  });
});

describe('a store', () => {
  it('whose first bytes are damaged is damaged and not foreign, whatever it looks like then', () => {
    const path = join(temporaryFolder(), 'store.db');
    newStore(path);
    const whole = readFileSync(path);
    for (const [at, bits] of [0, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24].flatMap((byte) => [[byte, 0x40], [byte, 0x50]] as const)) { // 0x40 ^ 0x50: the other size of pages
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ bits, at);
      writeFileSync(path, changed);
      expect(provePages(path, key), `byte ${at}`).toEqual({ status: 'damaged', page: 1 });
    }
  });
});
