// Proves pages of store.db without SQLite and without writing: every page carries an HMAC-SHA512 under a key from key 1 (sqlcipher 4, raw key).
import { createHmac, pbkdf2Sync } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

export type PageProof =
  | { readonly status: 'whole' }
  /** `page` is the first that does not prove itself, counted from 1; others do, so the store belongs to the key. */
  | { readonly status: 'damaged'; readonly page: number }
  /** No page proves itself under this key. */
  | { readonly status: 'foreign' };

export const PAGE_BYTES = 4096;
export const SALT_BYTES = 16;
export const HMAC_BYTES = 64;
/** SQLite keeps this page out of use (byte 1 GiB, where it locks). */
export const LOCK_PAGE = 0x4000_0000 / PAGE_BYTES + 1;
/** Up to 32 MiB every page is proven, about 0.1 s; of larger stores both ends and a sample in between. */
const MOST_PAGES = 8192;
const ENDS = 1024;
const TRIES = 3;
const PAUSE_MS = 20;

/** The salt a new store is made with. It follows from the key, so that a store whose first bytes are damaged is still known as ours. */
export const storeSalt = (key1: Uint8Array): Uint8Array => new Uint8Array(createHmac('sha256', key1).update('bluelift store salt').digest().subarray(0, SALT_BYTES));

/**
 * Says whether a store belongs to a key and whether its pages are what was written. Reads only.
 *
 * @param chance 0 up to 1: where the sample of a large store begins, so that every opening looks at other pages.
 * @source SQLCipher 4: HMAC over the page behind the salt, without the HMAC itself, and the page number in four bytes, little-endian;
 *         its key is PBKDF2-HMAC-SHA512(key, salt ^ 3a…, 2).
 */
export function provePages(path: string, key1: Uint8Array, chance = 0): PageProof {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size < PAGE_BYTES) return { status: 'damaged', page: 1 };
    const kept = Buffer.alloc(SALT_BYTES);
    readSync(file, kept, 0, SALT_BYTES, 0);
    const pagesUnder = (salt: Uint8Array): Pages => ({ file, hmacKey: pageHmacKey(key1, salt), walPath: `${path}-wal` });
    const proof = proveSome(pagesUnder(kept), Math.floor(size / PAGE_BYTES), chance);
    if (proof.status === 'foreign') return proveSome(pagesUnder(storeSalt(key1)), Math.floor(size / PAGE_BYTES), chance).status === 'foreign' ? proof : { status: 'damaged', page: 1 };
    return proof.status === 'whole' && size % PAGE_BYTES !== 0 ? { status: 'damaged', page: Math.ceil(size / PAGE_BYTES) } : proof;
  } finally {
    closeSync(file);
  }
}

interface Pages { readonly file: number; readonly hmacKey: Uint8Array; readonly walPath: string }

function proveSome(pages: Pages, count: number, chance: number): PageProof {
  const bad: number[] = [];
  let good = 0;
  for (const page of choosePages(count, chance)) {
    if (page === LOCK_PAGE) continue;
    if (isProven(pages, page)) good += 1;
    else bad.push(page);
  }
  if (good === 0) return { status: 'foreign' };
  const page = bad.length === 0 ? undefined : findLostPage(pages, bad);
  return page === undefined ? { status: 'whole' } : { status: 'damaged', page };
}

function* choosePages(count: number, chance: number): Generator<number> {
  const ends = count <= MOST_PAGES ? count : ENDS;
  for (let page = 1; page <= ends; page += 1) yield page;
  if (count <= MOST_PAGES) return;
  const stride = Math.floor(count / (MOST_PAGES - 2 * ENDS));
  for (let page = ENDS + 1 + Math.floor(chance * stride); page <= count - ENDS; page += stride) yield page;
  for (let page = count - ENDS + 1; page <= count; page += 1) yield page;
}

function isProven({ file, hmacKey }: Pages, page: number): boolean {
  const bytes = Buffer.allocUnsafe(PAGE_BYTES);
  if (readSync(file, bytes, 0, PAGE_BYTES, (page - 1) * PAGE_BYTES) !== PAGE_BYTES) return false;
  return pageHmac(hmacKey, bytes, page).equals(bytes.subarray(PAGE_BYTES - HMAC_BYTES));
}

/** @param salt The first 16 bytes of the file. @returns The key under which its pages prove themselves; secret. */
export const pageHmacKey = (key1: Uint8Array, salt: Uint8Array): Buffer => pbkdf2Sync(key1, salt.map((byte) => byte ^ 0x3a), 2, 32, 'sha512');

/** @param bytes A page with its initialisation vector. @param page Its number, counted from 1. @returns What its last 64 bytes have to be. */
export function pageHmac(hmacKey: Uint8Array, bytes: Uint8Array, page: number): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32LE(page);
  return createHmac('sha512', hmacKey).update(bytes.subarray(page === 1 ? SALT_BYTES : 0, PAGE_BYTES - HMAC_BYTES)).update(number).digest();
}

/** A page that another process writes at this moment, or wrote half when it was killed, stands in the write-ahead log: SQLite takes it from there. */
function findLostPage(pages: Pages, bad: readonly number[]): number | undefined {
  let lost = bad;
  for (let attempt = 1; ; attempt += 1) {
    const inLog = listPagesInLog(pages.walPath);
    lost = lost.filter((page) => !inLog.has(page) && !isProven(pages, page));
    if (lost.length === 0 || attempt === TRIES) return lost[0];
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

/** Page numbers in the log are not encrypted: 32 bytes of head, then frames of 24 bytes and a page. */
function listPagesInLog(path: string): ReadonlySet<number> {
  const found = new Set<number>();
  if (!existsSync(path)) return found;
  const log = openSync(path, 'r');
  try {
    const head = Buffer.alloc(4);
    for (let at = 32; readSync(log, head, 0, 4, at) === 4; at += 24 + PAGE_BYTES) found.add(head.readUInt32BE(0));
    return found;
  } finally {
    closeSync(log);
  }
}
