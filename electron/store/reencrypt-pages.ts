// Writes a copy of a store under another key 1, page by page, without SQLite: every page is proven, deciphered, enciphered and proven anew (sqlcipher 4, raw key).
// SQLite's own rekeying alters the file in place and answers nobody until it is done.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { AppError } from '../core/app-error.ts';
import { HMAC_BYTES, LOCK_PAGE, PAGE_BYTES, pageHmac, pageHmacKey, SALT_BYTES, storeSalt } from './store-pages.ts';

const IV_BYTES = 16;
const TEXT_BYTES = PAGE_BYTES - IV_BYTES - HMAC_BYTES;
/** About 2 ms of work. */
const PAGES_AT_ONCE = 64;

export interface PagesDone { readonly pages: number; readonly of: number }

/**
 * @param from A store in one file: no write-ahead log beside it, and nobody writes to it meanwhile. @param to Is replaced.
 * @returns Yields after every few milliseconds of work. Whoever stops earlier leaves half a copy behind; the whole one still has to be flushed to the disk.
 *          AppError `store-damaged` naming the first page that does not prove itself.
 * @source SQLCipher 4: AES-256-CBC without padding; a page ends in its initialisation vector and HMAC (store-pages.ts); page 1 begins with the salt.
 */
export function* reencryptPages(from: string, to: string, oldKey1: Uint8Array, newKey1: Uint8Array): Generator<PagesDone> {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'w', 0o600);
    try {
      const of = Math.floor(fstatSync(source).size / PAGE_BYTES);
      const bytes = Buffer.alloc(PAGES_AT_ONCE * PAGE_BYTES);
      const oldSalt = Buffer.alloc(SALT_BYTES);
      readSync(source, oldSalt, 0, SALT_BYTES, 0);
      const salt = storeSalt(newKey1);
      const keys: Keys = { oldKey1, newKey1, salt, oldHmacKey: pageHmacKey(oldKey1, oldSalt), newHmacKey: pageHmacKey(newKey1, salt) };
      for (let done = 0; done < of;) {
        const count = Math.min(PAGES_AT_ONCE, of - done);
        if (readSync(source, bytes, 0, count * PAGE_BYTES, done * PAGE_BYTES) !== count * PAGE_BYTES) throw new AppError('store-damaged', { path: from, page: done + 1 });
        for (let place = 0; place < count; place += 1) {
          if (!reencrypt(bytes.subarray(place * PAGE_BYTES, (place + 1) * PAGE_BYTES), done + place + 1, keys)) throw new AppError('store-damaged', { path: from, page: done + place + 1 });
        }
        writeSync(target, bytes, 0, count * PAGE_BYTES);
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

interface Keys { readonly oldKey1: Uint8Array; readonly newKey1: Uint8Array; readonly salt: Uint8Array; readonly oldHmacKey: Uint8Array; readonly newHmacKey: Uint8Array }

/** Changes the page where it stands. @returns Whether it was what was once written. */
function reencrypt(page: Buffer, number: number, { oldKey1, newKey1, salt, oldHmacKey, newHmacKey }: Keys): boolean {
  if (number === LOCK_PAGE || page.every((byte) => byte === 0)) return true; // out of use, or never written
  if (!pageHmac(oldHmacKey, page, number).equals(page.subarray(PAGE_BYTES - HMAC_BYTES))) return false;
  const start = number === 1 ? SALT_BYTES : 0;
  const decipher = createDecipheriv('aes-256-cbc', oldKey1, page.subarray(TEXT_BYTES, TEXT_BYTES + IV_BYTES)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(page.subarray(start, TEXT_BYTES)), decipher.final()]);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-cbc', newKey1, iv).setAutoPadding(false);
  if (number === 1) page.set(salt);
  page.set(cipher.update(plain), start);
  cipher.final();
  page.set(iv, TEXT_BYTES);
  plain.fill(0);
  page.set(pageHmac(newHmacKey, page, number), PAGE_BYTES - HMAC_BYTES);
  return true;
}
