// Recovery passwords at rest: 16 bytes each, up to 256 in a page (LAPS passwords: 128 bytes, up to 32), a page under the data key of its import, the data key sealed to key 2.
// Sealing needs the public half of key 2 only, so that a supervisor can take keys in that they can not read (DESIGN §7).
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import sodium from 'libsodium-wrappers';
import { AppError } from '../core/app-error.ts';
import type { Database, ReadableDatabase } from './database.ts';
import { refusePurged } from './purged.ts';
import type { OpenKeys } from './vault.ts';

await sodium.ready;

export const PASSWORDS_PER_PAGE = 256;
const PASSWORD_BYTES = 16;
const UID_BYTES = 16;
const NONCE_BYTES = 12;
/** Of many pages: to ask for chance takes longer than to seal one. */
const DRAWN_BYTES = 64 * (UID_BYTES + NONCE_BYTES);

/** Seals pages under one fresh data key. */
export interface PageSealer {
  /** @param passwords n × 16 bytes, n from 1 to 256; overwritten after sealing. @returns The page's ID. One row. */
  seal(passwords: Uint8Array): number;
  /** The same for a page that is there: its rows stay where they are. */
  reseal(pageId: number, passwords: Uint8Array): void;
  /** Forgets the data key. */
  close(): void;
}

/** Starts a data key for one import: one row, the key itself sealed to key 2. AppError `vault-purged`. */
export function openPageSealer(db: Database, key2Public: Uint8Array): PageSealer {
  refusePurged(db);
  const dataKey = randomBytes(32);
  const dataKeyId = db.prepare('INSERT INTO data_keys (sealed) VALUES (?)').run(Buffer.from(sodium.crypto_box_seal(dataKey, key2Public))).lastInsertRowid;
  const insert = db.prepare('INSERT INTO sealed_pages (data_key_id, page_uid, sealed) VALUES (?, ?, ?)');
  const replace = db.prepare('UPDATE sealed_pages SET data_key_id = ?, page_uid = ?, sealed = ? WHERE page_id = ?');

  /** Handed out once. */
  let chance = Buffer.alloc(0);
  function draw(bytes: number): Buffer {
    if (chance.length < bytes) chance = randomBytes(DRAWN_BYTES);
    const drawn = chance.subarray(0, bytes);
    chance = chance.subarray(bytes);
    return drawn;
  }

  function sealed(passwords: Uint8Array): [uid: Buffer, sealed: Buffer] {
    if (passwords.length === 0 || passwords.length % PASSWORD_BYTES !== 0 || passwords.length > PASSWORDS_PER_PAGE * PASSWORD_BYTES) throw new AppError('internal', { bytes: passwords.length });
    const uid = draw(UID_BYTES); // the associated data is chance, never a rowid that another page could get
    const nonce = draw(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', dataKey, nonce).setAAD(uid);
    const bytes = Buffer.concat([nonce, cipher.update(passwords), cipher.final(), cipher.getAuthTag()]);
    passwords.fill(0);
    return [uid, bytes];
  }

  return {
    seal: (passwords) => Number(insert.run(dataKeyId, ...sealed(passwords)).lastInsertRowid),
    reseal(pageId, passwords) {
      if (replace.run(dataKeyId, ...sealed(passwords), pageId).changes !== 1) throw new Error(`page ${pageId} is not there`);
    },
    close: () => dataKey.fill(0),
  };
}

/** Reads sealed recovery passwords. Only a holder of key 2 can make one. */
export interface Unsealer {
  /** @returns 16 bytes, eight numbers little-endian; secret. `store-damaged` when the page was altered. */
  unseal(pageId: number, place: number): Uint8Array;
  /** @returns One of the larger cells of a page that holds such (core/laps/laps-cell.ts); secret. `store-damaged`. */
  unsealCell(pageId: number, place: number, bytes: number): Uint8Array;
  /** @returns A whole page; secret. `store-damaged`. */
  unsealPage(pageId: number): Uint8Array;
  /** Overwrites what it remembers. */
  close(): void;
}

/** `vault-purged`; `cannot-read-recovery-passwords` when the keys lack key 2. Remembers the page read last, which makes reading in order cheap. */
export function openUnsealer(db: ReadableDatabase, keys: OpenKeys): Unsealer {
  refusePurged(db);
  if (keys.key2Private === null) throw new AppError('cannot-read-recovery-passwords');
  const key2Private: Uint8Array = keys.key2Private;
  const page = db.prepare<[number], { data_key_id: number; page_uid: Buffer; sealed: Buffer }>('SELECT data_key_id, page_uid, sealed FROM sealed_pages WHERE page_id = ?');
  const sealedDataKey = db.prepare<[number], { sealed: Buffer }>('SELECT sealed FROM data_keys WHERE data_key_id = ?');
  let dataKey: { id: number; key: Uint8Array } | null = null;
  let last: { pageId: number; plain: Uint8Array } | null = null;

  function openPage(pageId: number): Uint8Array {
    const row = page.get(pageId);
    const sealed = row && (dataKey?.id === row.data_key_id ? null : sealedDataKey.get(row.data_key_id));
    if (row === undefined || sealed === undefined) throw new AppError('store-damaged', { page: pageId });
    try {
      if (sealed !== null) dataKey = { id: row.data_key_id, key: sodium.crypto_box_seal_open(sealed.sealed, keys.key2Public, key2Private) };
      if (dataKey === null) throw new Error('no data key');
      const decipher = createDecipheriv('aes-256-gcm', dataKey.key, row.sealed.subarray(0, NONCE_BYTES)).setAAD(row.page_uid);
      decipher.setAuthTag(row.sealed.subarray(-16));
      return Buffer.concat([decipher.update(row.sealed.subarray(NONCE_BYTES, -16)), decipher.final()]);
    } catch (cause) {
      throw new AppError('store-damaged', { page: pageId }, { cause });
    }
  }

  function unsealCell(pageId: number, place: number, size: number): Uint8Array {
    if (last?.pageId !== pageId) {
      last?.plain.fill(0);
      last = { pageId, plain: openPage(pageId) };
    }
    const bytes = Uint8Array.from(last.plain.subarray(place * size, (place + 1) * size)); // a copy: a Buffer's slice would be wiped with the page
    if (bytes.length !== size) throw new AppError('store-damaged', { page: pageId, place });
    return bytes;
  }

  return {
    unseal: (pageId, place) => unsealCell(pageId, place, PASSWORD_BYTES),
    unsealCell,
    unsealPage: openPage,
    close() {
      last?.plain.fill(0);
      dataKey?.key.fill(0);
      last = null;
      dataKey = null;
    },
  };
}

/** A keyed hash that says "same" or "different" of two recovery passwords without opening either. @param key The desk's `fingerprintKey`. */
export function openFingerprint(key: Uint8Array): (password: Uint8Array) => Buffer {
  return (password) => createHmac('sha256', key).update(password).digest().subarray(0, 16);
}
