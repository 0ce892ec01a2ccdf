import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyDatabase, createDatabase, openDatabase } from '../../electron/store/database.ts';
import { makeKeys } from '../../electron/store/vault.ts';
import { discloseLaps } from '../../electron/core/disclosure/disclose-laps.ts';
import { disclose } from '../../electron/core/disclosure/disclose.ts';
import { openUnsealer } from '../../electron/store/sealed-pages.ts';
import { csv, idText, importText, passwordText } from '../core/keys/import-desk.ts';
import { openTestDesk } from '../core/remediation/test-desk.ts';

let folder: string;
let path: string;
const key1 = new Uint8Array(randomBytes(32));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bluelift-store-'));
  path = join(folder, 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const refused = (code: string) => expect.objectContaining({ code });
test('the file holds no text of what is in it', () => {
  const db = createDatabase(path, key1);
  db.exec("INSERT INTO hosts (hostname, created_at, state_at) VALUES ('MARKER-HOST-0417', 'x', 'x')");
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) expect(readFileSync(file).includes('MARKER-HOST')).toBe(false);
  db.pragma('wal_checkpoint(TRUNCATE)');
  expect(readFileSync(path).includes('MARKER-HOST')).toBe(false);
  expect(readFileSync(path).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
});

test('a copy opens with the same key and is as encrypted', () => {
  const db = createDatabase(path, key1);
  db.exec("INSERT INTO hosts (hostname, created_at, state_at) VALUES ('MARKER-HOST-0417', 'x', 'x')");
  const copy = join(folder, 'copy.db');
  copyDatabase(db, copy);
  expect(readFileSync(copy).includes('MARKER-HOST')).toBe(false);
  expect(openDatabase(copy, key1).prepare('SELECT hostname FROM hosts').pluck().get()).toBe('MARKER-HOST-0417');
  expect(() => openDatabase(copy, new Uint8Array(32))).toThrow(refused('store-foreign'));
  expect(() => copyDatabase(db, copy)).toThrow(refused('file-exists'));
});

test('with a supervisor\'s keys and the store file, past the app, no LAPS password can be unsealed', async () => {
  const keys = makeKeys('desk');
  const desk = { ...openTestDesk(), db: createDatabase(path, keys.key1), keys };
  const secret = 'kR7#Marker(0O)lI1';
  await importText(desk, ['"ComputerName","Account","Password","PasswordUpdateTime","ExpirationTimestamp","Source","DecryptionStatus"', `"PC-1","Administrator","${secret}","2024-07-01T00:00:00Z","2024-08-01T00:00:00Z","EncryptedPassword","Success"`, ''].join('\r\n'), 'laps.csv');
  expect(discloseLaps(desk, { lapsPasswordId: 1, reason: 'other', way: 'shown' }).lapsPassword).toBe(secret);
  desk.db.close();
  for (const file of [path, `${path}-wal`]) if (existsSync(file)) expect(readFileSync(file).includes('Marker')).toBe(false);
  const supervisor = { ...keys, key2Private: null };
  const db = openDatabase(path, supervisor.key1);
  expect(() => discloseLaps({ ...desk, db, keys: supervisor }, { lapsPasswordId: 1, reason: 'other', way: 'shown' })).toThrow(refused('cannot-read-recovery-passwords'));
  for (const table of db.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'").all()) {
    for (const row of db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table.name}"`).all()) {
      for (const value of Object.values(row)) expect(Buffer.isBuffer(value) ? value.includes(Buffer.from(secret)) : String(value).includes(secret)).toBe(false);
    }
  }
});

test('with a supervisor\'s keys and the store file, past the app, no recovery password can be unsealed', async () => {
  const keys = makeKeys('desk');
  const desk = { ...openTestDesk(), db: createDatabase(path, keys.key1), keys };
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }]));
  desk.db.close();
  const supervisor = { ...keys, key2Private: null };
  const db = openDatabase(path, supervisor.key1);
  expect(() => openUnsealer(db, supervisor)).toThrow(refused('cannot-read-recovery-passwords'));
  expect(() => disclose({ ...desk, db, keys: supervisor }, { keyRecordId: 1, reason: 'other', way: 'shown' })).toThrow(refused('cannot-read-recovery-passwords'));
  // Whatever else is in the file: the password stands in no column of no table, neither as text nor as its 16 bytes.
  const groups = passwordText(10).split('-').map((group) => Number(group) / 11);
  const bytes = Buffer.alloc(16);
  groups.forEach((number, n) => bytes.writeUInt16LE(number, 2 * n));
  for (const table of db.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'").all()) {
    for (const row of db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table.name}"`).all()) {
      for (const value of Object.values(row)) {
        if (Buffer.isBuffer(value)) expect(value.includes(bytes)).toBe(false);
        else expect(String(value)).not.toContain(passwordText(10).slice(0, 13));
      }
    }
  }
  expect(db.prepare('SELECT hex(key_protector_id) FROM key_records').pluck().get()).toBe(idText(1).replaceAll('-', '')); // the ID is no secret
});
