// Which cipher a store is enciphered with: AEGIS-256, or sqlcipher 4 where it was made before that. And how large its pages are.
import { closeSync, openSync, readSync } from 'node:fs';

export type FileCipher = 'aegis' | 'sqlcipher';
export type PageBytes = 4096 | 16384;

/** Of a store that is made anew: written by SQLite in a quarter as many pieces, an import takes a tenth less. */
export const NEW_PAGE_BYTES: PageBytes = 16_384;
/** Of sqlcipher's stores, and of those that were. */
export const OLD_PAGE_BYTES: PageBytes = 4096;

/** As far as a file tells what it is. */
export const HEAD_BYTES = 24;

/** @returns Of a file that is not there, or has nothing in it yet, the cipher of a new one. Whether the file is what it looks like, `provePages` says. */
export function fileCipherOf(path: string): FileCipher {
  const head = Buffer.alloc(HEAD_BYTES);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return 'aegis';
  }
  try {
    return readSync(file, head, 0, HEAD_BYTES, 0) === HEAD_BYTES && pageBytesOfAegis(head) === null ? 'sqlcipher' : 'aegis';
  } finally {
    closeSync(file);
  }
}

/**
 * AEGIS leaves eight bytes behind the salt in clear, sqlcipher none.
 *
 * @param head The first 24 bytes of a file or more.
 * @returns How large the pages are; null of what does not look like a store under AEGIS.
 * @source SQLite's file format: page size; format versions, 1, or 2 with a write-ahead log; reserved bytes a page, 64, or 80 of what was sqlcipher's once; three fixed fractions.
 */
export function pageBytesOfAegis(head: Uint8Array): PageBytes | null {
  const [sizeHigh = 0, sizeLow = 0, writes = 0, reads = 0, reserved = 0, ...fractions] = head.subarray(16, HEAD_BYTES);
  const pageBytes = [NEW_PAGE_BYTES, OLD_PAGE_BYTES].find((bytes) => bytes === sizeHigh * 256 + sizeLow) ?? null;
  return [1, 2].includes(writes) && [1, 2].includes(reads) && [64, 80].includes(reserved) && fractions.join() === '64,32,32' ? pageBytes : null;
}
