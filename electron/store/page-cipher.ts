// What the pages of store.db are enciphered and proven with, without SQLite: a store is judged before SQLite opens it (store-pages.ts), and written anew under another key (reencrypt-pages.ts).
import { createHmac } from 'node:crypto';
import type { PageBytes } from './file-cipher.ts';

/** Page 1 begins with them instead of SQLite's own first words. */
export const SALT_BYTES = 16;
/** SQLite keeps this page out of use (byte 1 GiB, where it locks). */
export const lockPage = ({ pageBytes }: PageCipher): number => 0x4000_0000 / pageBytes + 1;

export interface PageCipher {
  readonly pageBytes: PageBytes;
  /**
   * @param bytes A page as it stands in the file. @param page Its number, counted from 1.
   * @returns The page as SQLite reads it, `pageBytes` long, the salt of page 1 as it stands and zeros where the cipher keeps its own; null when this key never wrote it.
   */
  open(bytes: Uint8Array, page: number): Buffer | null;
}

/** The salt a new store is made with. It follows from the key, so that a store whose first bytes are damaged is still known as ours. */
export const storeSalt = (key1: Uint8Array): Uint8Array => new Uint8Array(createHmac('sha256', key1).update('bluelift store salt').digest().subarray(0, SALT_BYTES));
