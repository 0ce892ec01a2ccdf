import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openMemoryDatabase } from '../../electron/store/database.ts';
import { openFingerprint, openPageSealer, openUnsealer } from '../../electron/store/sealed-pages.ts';
import { makeKeys } from '../../electron/store/vault.ts';

test('what is sealed in pages of any size comes out place by place', () => {
  const db = openMemoryDatabase();
  const keys = makeKeys('desk');
  fc.assert(fc.property(fc.array(fc.uint8Array({ minLength: 16, maxLength: 16 }), { minLength: 1, maxLength: 256 }), (passwords) => {
    const sealer = openPageSealer(db, keys.key2Public);
    const plain = new Uint8Array(Buffer.concat(passwords));
    const page = sealer.seal(plain);
    sealer.close();
    expect(plain.every((byte) => byte === 0)).toBe(true); // overwritten
    const unsealer = openUnsealer(db, keys);
    passwords.forEach((password, place) => { expect([...unsealer.unseal(page, place)]).toEqual([...password]); });
    expect(() => unsealer.unseal(page, passwords.length)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    unsealer.close();
  }), { numRuns: 40 });
});

test('no page has the associated data or the nonce of another', () => {
  const db = openMemoryDatabase();
  const sealer = openPageSealer(db, makeKeys('desk').key2Public);
  for (let n = 0; n < 300; n += 1) sealer.seal(new Uint8Array(16).fill(1)); // chance is drawn for many at once
  const rows = db.prepare<[], { uid: string; nonce: string }>('SELECT hex(page_uid) AS uid, hex(substr(sealed, 1, 12)) AS nonce FROM sealed_pages').all();
  for (const drawn of [rows.map(({ uid }) => uid), rows.map(({ nonce }) => nonce)]) expect(new Set(drawn).size).toBe(300);
  expect(rows.some(({ uid, nonce }) => uid.includes(nonce))).toBe(false);
});

test('the public half of key 2 seals and can not open', () => {
  const db = openMemoryDatabase();
  const keys = makeKeys('desk');
  const page = openPageSealer(db, keys.key2Public).seal(new Uint8Array(16).fill(7));
  expect(() => openUnsealer(db, { ...keys, key2Private: null })).toThrow(expect.objectContaining({ code: 'cannot-read-recovery-passwords' }));
  const other = makeKeys('desk');
  expect(() => openUnsealer(db, { ...other, key2Public: keys.key2Public }).unseal(page, 0)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
});

test('a page put in the place of another is noticed', () => {
  const db = openMemoryDatabase();
  const keys = makeKeys('desk');
  const sealer = openPageSealer(db, keys.key2Public);
  const [first, second] = [sealer.seal(new Uint8Array(16).fill(1)), sealer.seal(new Uint8Array(16).fill(2))];
  db.prepare('UPDATE sealed_pages SET sealed = (SELECT sealed FROM sealed_pages WHERE page_id = ?) WHERE page_id = ?').run(second, first);
  expect(() => openUnsealer(db, keys).unseal(first, 0)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
});

test('one flipped bit anywhere in a page is noticed', () => {
  const db = openMemoryDatabase();
  const keys = makeKeys('desk');
  const page = openPageSealer(db, keys.key2Public).seal(new Uint8Array(48).fill(9));
  const sealed = db.prepare<[], { sealed: Buffer }>('SELECT sealed FROM sealed_pages').get()?.sealed ?? Buffer.alloc(0);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const altered = Buffer.from(sealed);
    altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    db.prepare('UPDATE sealed_pages SET sealed = ?').run(altered);
    expect(() => openUnsealer(db, keys).unseal(page, 0)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
  }
});

test('equal passwords have equal fingerprints under one key 1 and others under another', () => {
  const password = new Uint8Array(16).fill(3);
  const [one, other] = [openFingerprint(new Uint8Array(32).fill(1)), openFingerprint(new Uint8Array(32).fill(2))];
  expect(one(password).equals(one(password.slice()))).toBe(true);
  expect(one(password).equals(other(password))).toBe(false);
  expect(one(password).equals(one(new Uint8Array(16).fill(4)))).toBe(false);
});
