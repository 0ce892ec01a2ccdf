// Which cipher a store is enciphered with: AEGIS-256, or sqlcipher 4 where it was made before that.
import { closeSync, openSync, readSync } from 'node:fs';

export type FileCipher = 'aegis' | 'sqlcipher';

const HEAD_BYTES = 24;

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
    return readSync(file, head, 0, HEAD_BYTES, 0) === HEAD_BYTES && !looksLikeAegis(head) ? 'sqlcipher' : 'aegis';
  } finally {
    closeSync(file);
  }
}

/**
 * AEGIS leaves eight bytes behind the salt in clear, sqlcipher none.
 *
 * @param head The first 24 bytes of a file or more.
 * @source SQLite's file format: page size 4096; format versions, 1, or 2 with a write-ahead log; reserved bytes a page, 64, or 80 of what was sqlcipher's once; three fixed fractions.
 */
export function looksLikeAegis(head: Uint8Array): boolean {
  const [sizeHigh, sizeLow, writes = 0, reads = 0, reserved = 0, ...fractions] = head.subarray(16, HEAD_BYTES);
  return sizeHigh === 0x10 && sizeLow === 0 && [1, 2].includes(writes) && [1, 2].includes(reads) && [64, 80].includes(reserved) && fractions.join() === '64,32,32';
}
