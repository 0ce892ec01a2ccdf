// Writes a copy of a store under another key 1, page by page, without SQLite: every page is proven, deciphered and enciphered anew. A store that was sqlcipher's is AEGIS's then.
// SQLite's own rekeying alters the file in place and answers nobody until it is done.
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { AppError } from '../core/app-error.ts';
import { openAegisPages } from './aegis-pages.ts';
import { HEAD_BYTES, pageBytesOfAegis } from './file-cipher.ts';
import { lockPage, SALT_BYTES } from './page-cipher.ts';
import { openSqlcipherPages } from './sqlcipher-pages.ts';

/** About 6 ms of work. */
const BYTES_AT_ONCE = 256 * 1024;

export interface PagesDone { readonly pages: number; readonly of: number }

/**
 * @param from A store in one file: no write-ahead log beside it, and nobody writes to it meanwhile. @param to Is replaced.
 * @returns Yields after every few milliseconds of work. Whoever stops earlier leaves half a copy behind; the whole one still has to be flushed to the disk.
 *          AppError `store-damaged` naming the first page that does not prove itself.
 */
export function* reencryptPages(from: string, to: string, oldKey1: Uint8Array, newKey1: Uint8Array): Generator<PagesDone> {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'w', 0o600);
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      readSync(source, head, 0, HEAD_BYTES, 0);
      const pageBytesBefore = pageBytesOfAegis(head);
      const before = pageBytesBefore === null ? openSqlcipherPages(oldKey1, head.subarray(0, SALT_BYTES)) : openAegisPages(oldKey1, pageBytesBefore);
      const { pageBytes } = before;
      const after = openAegisPages(newKey1, pageBytes);
      const of = Math.floor(fstatSync(source).size / pageBytes);
      const bytes = Buffer.alloc(BYTES_AT_ONCE);
      for (let done = 0; done < of;) {
        const count = Math.min(BYTES_AT_ONCE / pageBytes, of - done);
        if (readSync(source, bytes, 0, count * pageBytes, done * pageBytes) !== count * pageBytes) throw new AppError('store-damaged', { path: from, page: done + 1 });
        for (let place = 0; place < count; place += 1) {
          const page = done + place + 1;
          const written = bytes.subarray(place * pageBytes, (place + 1) * pageBytes);
          if (page === lockPage(before) || written.every((byte) => byte === 0)) continue; // out of use, or never written
          const plain = before.open(written, page);
          if (plain === null) throw new AppError('store-damaged', { path: from, page });
          after.seal(plain, page);
          written.set(plain);
        }
        writeSync(target, bytes, 0, count * pageBytes);
        done += count;
        yield { pages: done, of };
      }
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}
