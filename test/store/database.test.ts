import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDatabase, findStoreError, openDatabase, openMemoryDatabase } from '../../electron/store/database.ts';
import { NEW_PAGE_BYTES } from '../../electron/store/file-cipher.ts';
import { latestVersion } from '../../electron/store/migrations.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const key = new Uint8Array(32).fill(7);

describe('the store file', () => {
  it('comes back with its rows under its key', () => {
    const path = join(temporaryFolder(), 'store.db');
    const db = createDatabase(path, key);
    db.prepare("INSERT INTO desk (desk_number, desk_id, created_at) VALUES (1, 'constructed', '2024-07-19T00:00:00.000Z')").run();
    db.close();
    const again = openDatabase(path, key);
    expect(again.prepare('SELECT desk_id FROM desk').get()).toEqual({ desk_id: 'constructed' });
    expect(again.pragma('user_version', { simple: true })).toBe(latestVersion);
    again.close();
  });

  it('is never made over one that is there, which stays as it is', () => {
    const path = join(temporaryFolder(), 'store.db');
    createDatabase(path, key).close();
    const before = readFileSync(path);
    expect(() => createDatabase(path, key)).toThrow(expect.objectContaining({ code: 'desk-exists' }));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is called damaged when a page is found not to prove itself while the store is in use', () => {
    const path = join(temporaryFolder(), 'store.db');
    const db = createDatabase(path, key);
    db.exec('CREATE TABLE constructed (filling BLOB NOT NULL) STRICT');
    db.exec("INSERT INTO constructed SELECT zeroblob(2000) FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]')");
    db.close();
    const again = openDatabase(path, key);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 3000) ^ 1, bytes.length - 3000);
    writeFileSync(path, bytes);
    let failure: unknown = null;
    try {
      again.prepare('SELECT sum(length(filling)) FROM constructed').get();
      again.prepare('SELECT filling FROM constructed').all();
    } catch (error) {
      failure = error;
    }
    again.close();
    expect(findStoreError(failure)).toMatchObject({ code: 'store-damaged', facts: { found: 'in-use' } });
    expect(findStoreError(new Error('no error of the store'))).toBeNull();
  });

  it.each([
    ['another key', 'store-foreign', (path: string) => path, new Uint8Array(32).fill(8)],
    ['a plain SQLite file', 'store-foreign', (path: string) => writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192)])), key],
    ['a text file', 'store-foreign', (path: string) => writeFileSync(path, 'this is no store at all'.repeat(500)), key],
    ['a store from a newer version', 'store-from-newer-version', (path: string) => {
      const db = openDatabase(path, key);
      db.pragma(`user_version = ${latestVersion + 1}`);
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.pragma('journal_mode = DELETE');
      db.close();
    }, key],
  ] as const)('is refused by name and left as it is: %s', (_name, code, prepare, withKey) => {
    const path = join(temporaryFolder(), 'store.db');
    createDatabase(path, key).close();
    prepare(path);
    const before = readFileSync(path);
    expect(() => openDatabase(path, withKey)).toThrow(expect.objectContaining({ code }));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each([
    ['its first bytes, the salt', () => 3], ['its first page', () => 500], ['a page behind the first ones', (size: number) => size - 3000], ['its last byte', (size: number) => size - 1],
  ] as const)('is refused as damaged before anything is written, whichever page it is: %s', (_name, place) => {
    const path = join(temporaryFolder(), 'store.db');
    const db = createDatabase(path, key);
    db.exec('CREATE TABLE constructed (filling BLOB NOT NULL) STRICT');
    db.exec("INSERT INTO constructed SELECT zeroblob(2000) FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]')");
    db.close();
    const bytes = readFileSync(path);
    const at = place(bytes.length);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(path, bytes);
    expect(() => openDatabase(path, key)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  it.each([['cut off in the middle of a page', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1000)], ['emptied', () => Buffer.alloc(0)]] as const)('is refused as damaged when it was %s', (_name, cut) => {
    const path = join(temporaryFolder(), 'store.db');
    createDatabase(path, key).close();
    const bytes = cut(readFileSync(path));
    writeFileSync(path, bytes);
    expect(() => openDatabase(path, key)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('opens when a page was half written as the power went, because the write-ahead log has it whole', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'store.db');
    const db = createDatabase(path, key);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.exec('CREATE TABLE constructed (filling BLOB NOT NULL) STRICT');
    db.exec('INSERT INTO constructed VALUES (zeroblob(9000))');
    const crashed = join(folder, 'crashed.db');
    for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${crashed}${end}`);
    db.close();
    const bytes = readFileSync(crashed);
    bytes.fill(0, 2000, 4096); // page 1 is in the log: the new table changed it
    writeFileSync(crashed, bytes);
    const again = openDatabase(crashed, key);
    expect(again.prepare('SELECT length(filling) AS bytes FROM constructed').get()).toEqual({ bytes: 9000 });
    again.close();
  });

  it('is refused as damaged when a byte of it was changed', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'store.db');
    const db = createDatabase(path, key);
    db.pragma('journal_mode = DELETE');
    db.close();
    const bytes = readFileSync(path);
    const copy = join(folder, 'copy.db');
    const isSound = (given: Uint8Array): boolean => {
      for (const end of ['-wal', '-shm']) rmSync(`${copy}${end}`, { force: true });
      writeFileSync(copy, given);
      try {
        const opened = openDatabase(copy, key);
        const verdict = opened.pragma('integrity_check', { simple: true });
        opened.close();
        return verdict === 'ok';
      } catch {
        return false;
      }
    };
    expect(isSound(bytes)).toBe(true);
    for (let at = 100; at < bytes.length; at += NEW_PAGE_BYTES - 97) { // in page after page, and at a place of its own in each
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(isSound(changed), `byte ${at}`).toBe(false);
    }
  });

  it('never changes or drops an audit entry', () => {
    const db = openMemoryDatabase();
    db.prepare("INSERT INTO audit_entries (entry_number, at, operator, act, hash) VALUES (1, 'now', 'first', 'desk.create', zeroblob(32))").run();
    expect(() => db.prepare("UPDATE audit_entries SET act = 'nothing'").run()).toThrow(/never changed/);
    expect(() => db.prepare('DELETE FROM audit_entries').run()).toThrow(/never deleted/);
  });
});
