// Proves pages of store.db without SQLite and without writing: every page carries a tag under key 1.
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { openAegisPages } from './aegis-pages.ts';
import { looksLikeAegis } from './file-cipher.ts';
import { LOCK_PAGE, PAGE_BYTES, SALT_BYTES, storeSalt, type PageCipher } from './page-cipher.ts';
import { openSqlcipherPages } from './sqlcipher-pages.ts';

export type PageProof =
  | { readonly status: 'whole' }
  /** `page` is the first that does not prove itself, counted from 1; others do, so the store belongs to the key. */
  | { readonly status: 'damaged'; readonly page: number }
  /** No page proves itself under this key. */
  | { readonly status: 'foreign' };

/** Up to 16 MiB every page is proven, about 0.2 s; of larger stores both ends and a sample in between. */
const MOST_PAGES = 4096;
const ENDS = 512;
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
    if (size < PAGE_BYTES) return { status: 'damaged', page: 1 };
    const head = Buffer.alloc(PAGE_BYTES);
    readSync(file, head, 0, PAGE_BYTES, 0);
    // Where its first bytes are damaged, a store does not look like what it is: then it is known by the pages behind them.
    const [likely, ...others] = ciphersOf(head, key1);
    const count = Math.floor(size / PAGE_BYTES);
    const prove = (cipher: PageCipher): PageProof => proveSome({ file, cipher, walPath: `${path}-wal` }, count, chance);
    const proof = prove(likely);
    if (proof.status === 'foreign') return others.some((cipher) => prove(cipher).status !== 'foreign') ? { status: 'damaged', page: 1 } : proof;
    return proof.status === 'whole' && size % PAGE_BYTES !== 0 ? { status: 'damaged', page: count + 1 } : proof;
  } finally {
    closeSync(file);
  }
}

/** @param head The first page. @returns What it looks like, then what it may be all the same. */
function ciphersOf(head: Uint8Array, key1: Uint8Array): [PageCipher, ...PageCipher[]] {
  const aegis = openAegisPages(key1);
  const sqlcipher = openSqlcipherPages(key1, head.subarray(0, SALT_BYTES));
  const ofDamagedHead = openSqlcipherPages(key1, storeSalt(key1));
  return looksLikeAegis(head) ? [aegis, sqlcipher, ofDamagedHead] : [sqlcipher, ofDamagedHead, aegis];
}

interface Pages { readonly file: number; readonly cipher: PageCipher; readonly walPath: string }

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

function isProven({ file, cipher }: Pages, page: number): boolean {
  const bytes = Buffer.allocUnsafe(PAGE_BYTES);
  if (readSync(file, bytes, 0, PAGE_BYTES, (page - 1) * PAGE_BYTES) !== PAGE_BYTES) return false;
  const plain = cipher.open(bytes, page);
  plain?.fill(0);
  return plain !== null;
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
