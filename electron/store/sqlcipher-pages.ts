// Pages of a store that was made before stores were enciphered with AEGIS (sqlcipher 4, raw key). They are read; written they are by SQLite only.
import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { OLD_PAGE_BYTES as PAGE_BYTES } from './file-cipher.ts';
import { SALT_BYTES, type PageCipher } from './page-cipher.ts';

const HMAC_BYTES = 64;
const IV_BYTES = 16;
const TEXT_BYTES = PAGE_BYTES - IV_BYTES - HMAC_BYTES;

/**
 * @param key1 32 bytes; secret. @param salt The first 16 bytes of the file.
 * @source SQLCipher 4: AES-256-CBC without padding; a page ends in its initialisation vector and an HMAC-SHA512 over the page behind the salt, without the HMAC itself, and
 *         the page number in four bytes, little-endian, under PBKDF2-HMAC-SHA512(key, salt ^ 3a…, 2).
 */
export function openSqlcipherPages(key1: Uint8Array, salt: Uint8Array): PageCipher {
  const hmacKey = pbkdf2Sync(key1, salt.map((byte) => byte ^ 0x3a), 2, 32, 'sha512');
  return {
    pageBytes: PAGE_BYTES,
    open(bytes, page) {
      const start = page === 1 ? SALT_BYTES : 0;
      const number = Buffer.alloc(4);
      number.writeUInt32LE(page);
      const hmac = createHmac('sha512', hmacKey).update(bytes.subarray(start, PAGE_BYTES - HMAC_BYTES)).update(number).digest();
      if (!timingSafeEqual(hmac, bytes.subarray(PAGE_BYTES - HMAC_BYTES))) return null;
      const decipher = createDecipheriv('aes-256-cbc', key1, bytes.subarray(TEXT_BYTES, TEXT_BYTES + IV_BYTES)).setAutoPadding(false);
      const plain = Buffer.alloc(PAGE_BYTES);
      plain.set(bytes.subarray(0, start));
      plain.set(decipher.update(bytes.subarray(start, TEXT_BYTES)), start);
      decipher.final();
      return plain;
    },
  };
}
