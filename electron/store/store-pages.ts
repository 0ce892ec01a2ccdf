// Proves pages of store.db without SQLite and without writing: every page carries a tag under key 1.
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { openAegisPages } from './aegis-pages.ts';
import { NEW_PAGE_BYTES, OLD_PAGE_BYTES, pageBytesOfAegis, type PageBytes } from './file-cipher.ts';
import { lockPage, SALT_BYTES, storeSalt, type PageCipher } from './page-cipher.ts';
import { openSqlcipherPages } from './sqlcipher-pages.ts';

export type PageProof =
  | { readonly status: 'whole' }
  /** `page` is the first that does not prove itself, counted from 1; others do, so the store belongs to the key. */
  | { readonly status: 'damaged'; readonly page: number }
  /** No page proves itself under this key. */
  | { readonly status: 'foreign' };

/** Up to here every page is proven, about 0.2 s; of larger stores both ends and a sample in between. */
const MOST_BYTES = 16 * 1024 * 1024;
const BYTES_OF_AN_END = MOST_BYTES / 8;
const TRIES = 3;
const PAUSE_MS = 20;

/**
 * Says whether a store belongs to a key and whether its pages are what was written. Reads only.
 *
 * @param chance 0 up to 1: where the sample of a large store begins, so that every opening looks at other pages.
 */
export function provePages(path: string, key1: Uint8Array, chance = 0): PageProof {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size < OLD_PAGE_BYTES) return { status: 'damaged', page: 1 };
    const head = Buffer.alloc(OLD_PAGE_BYTES);
    readSync(file, head, 0, head.length, 0);
    // Where its first bytes are damaged, a store does not look like what it is: then it is known by the pages behind them.
    const [likely, ...others] = ciphersOf(head, key1);
    const prove = (cipher: PageCipher): PageProof => proveSome({ file, cipher, walPath: `${path}-wal` }, Math.floor(size / cipher.pageBytes), chance);
    const proof = prove(likely);
    if (proof.status === 'foreign') return others.some((cipher) => prove(cipher).status !== 'foreign') ? { status: 'damaged', page: 1 } : proof;
    return proof.status === 'whole' && size % likely.pageBytes !== 0 ? { status: 'damaged', page: Math.floor(size / likely.pageBytes) + 1 } : proof;
  } finally {
    closeSync(file);
  }
}

/** @param head The first page. @returns What it looks like, then what it may be all the same. */
function ciphersOf(head: Uint8Array, key1: Uint8Array): [PageCipher, ...PageCipher[]] {
  const sqlcipher = [openSqlcipherPages(key1, head.subarray(0, SALT_BYTES)), openSqlcipherPages(key1, storeSalt(key1))] as const; // the salt of one whose first bytes are damaged follows from the key
  const aegis = (pageBytes: PageBytes): PageCipher => openAegisPages(key1, pageBytes);
  const pageBytes = pageBytesOfAegis(head);
  return pageBytes === null ? [...sqlcipher, aegis(NEW_PAGE_BYTES), aegis(OLD_PAGE_BYTES)] : [aegis(pageBytes), aegis(pageBytes === NEW_PAGE_BYTES ? OLD_PAGE_BYTES : NEW_PAGE_BYTES), ...sqlcipher];
}

interface Pages { readonly file: number; readonly cipher: PageCipher; readonly walPath: string }

function proveSome(pages: Pages, count: number, chance: number): PageProof {
  const bad: number[] = [];
  let good = 0;
  for (const page of choosePages(count, pages.cipher.pageBytes, chance)) {
    if (page === lockPage(pages.cipher)) continue;
    if (isProven(pages, page)) good += 1;
    else bad.push(page);
  }
  if (good === 0) return { status: 'foreign' };
  const page = bad.length === 0 ? undefined : findLostPage(pages, bad);
  return page === undefined ? { status: 'whole' } : { status: 'damaged', page };
}

function* choosePages(count: number, pageBytes: PageBytes, chance: number): Generator<number> {
  const [most, end] = [MOST_BYTES / pageBytes, BYTES_OF_AN_END / pageBytes];
  for (let page = 1; page <= (count <= most ? count : end); page += 1) yield page;
  if (count <= most) return;
  const stride = Math.floor(count / (most - 2 * end));
  for (let page = end + 1 + Math.floor(chance * stride); page <= count - end; page += stride) yield page;
  for (let page = count - end + 1; page <= count; page += 1) yield page;
}

function isProven({ file, cipher }: Pages, page: number): boolean {
  const { pageBytes } = cipher;
  const bytes = Buffer.allocUnsafe(pageBytes);
  if (readSync(file, bytes, 0, pageBytes, (page - 1) * pageBytes) !== pageBytes) return false;
  const plain = cipher.open(bytes, page);
  plain?.fill(0);
  return plain !== null;
}

/** A page that another process writes at this moment, or wrote half when it was killed, stands in the write-ahead log: SQLite takes it from there. */
function findLostPage(pages: Pages, bad: readonly number[]): number | undefined {
  let lost = bad;
  for (let attempt = 1; ; attempt += 1) {
    const inLog = listPagesInLog(pages);
    lost = lost.filter((page) => !inLog.has(page) && !isProven(pages, page));
    if (lost.length === 0 || attempt === TRIES) return lost[0];
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

/** Page numbers in the log are not encrypted: 32 bytes of head, then frames of 24 bytes and a page. */
function listPagesInLog({ walPath, cipher: { pageBytes } }: Pages): ReadonlySet<number> {
  const found = new Set<number>();
  if (!existsSync(walPath)) return found;
  const log = openSync(walPath, 'r');
  try {
    const head = Buffer.alloc(4);
    for (let at = 32; readSync(log, head, 0, 4, at) === 4; at += 24 + pageBytes) found.add(head.readUInt32BE(0));
    return found;
  } finally {
    closeSync(log);
  }
}
