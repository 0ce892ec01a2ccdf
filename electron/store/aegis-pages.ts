// Pages of a store as SQLite enciphers them with AEGIS-256, done by another implementation of it: libsodium's.
import { randomBytes } from 'node:crypto';
import sodium from 'libsodium-wrappers';
import { pageBytesOfAegis, type PageBytes } from './file-cipher.ts';
import { SALT_BYTES, storeSalt, type PageCipher } from './page-cipher.ts';

await sodium.ready;

const TAG_BYTES = 32;
const NONCE_BYTES = 32;
const KEY_BYTES = 32;
/** Of page 1 SQLite leaves the salt and eight bytes of its header in clear: page size, versions, reserved bytes. */
const CLEAR_BYTES = SALT_BYTES + 8;
const ZEROS = new Uint8Array(KEY_BYTES + NONCE_BYTES);

export interface AegisPages extends PageCipher {
  /** Enciphers a page in its place, as SQLite would, with a nonce of its own. Page 1 is given the salt of the key. */
  seal(plain: Uint8Array, page: number): void;
}

/**
 * @param key1 32 bytes; secret.
 * @source SQLite3 Multiple Ciphers, cipher "aegis", raw key: a page is text, tag, nonce. The key stream of (key, nonce) gives key and nonce of this one page,
 *         the page number in the last four bytes, big-endian. What page 1 has in clear is in no tag: it is compared with what it has to be.
 */
export function openAegisPages(key1: Uint8Array, pageBytes: PageBytes): AegisPages {
  const textBytes = pageBytes - TAG_BYTES - NONCE_BYTES;
  const salt = storeSalt(key1);

  function onceOnly(nonce: Uint8Array, page: number): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
    const stream = sodium.crypto_aead_aegis256_encrypt_detached(ZEROS, null, null, nonce, key1).ciphertext;
    new DataView(stream.buffer, stream.byteOffset).setUint32(stream.length - 4, page);
    return { key: stream.subarray(0, KEY_BYTES), nonce: stream.subarray(KEY_BYTES) };
  }

  return {
    pageBytes,
    open(bytes, page) {
      const start = page === 1 ? CLEAR_BYTES : 0;
      if (page === 1 && !(pageBytesOfAegis(bytes) === pageBytes && salt.every((byte, at) => byte === bytes[at]))) return null;
      const { key, nonce } = onceOnly(bytes.subarray(pageBytes - NONCE_BYTES), page);
      const plain = Buffer.alloc(pageBytes);
      plain.set(bytes.subarray(0, start));
      try {
        plain.set(sodium.crypto_aead_aegis256_decrypt_detached(null, bytes.subarray(start, textBytes), bytes.subarray(textBytes, textBytes + TAG_BYTES), null, nonce, key), start);
      } catch {
        return null; // the tag says that it was not written so
      }
      return plain;
    },
    seal(plain, page) {
      const start = page === 1 ? CLEAR_BYTES : 0;
      const pageNonce = randomBytes(NONCE_BYTES);
      const { key, nonce } = onceOnly(pageNonce, page);
      const { ciphertext, mac } = sodium.crypto_aead_aegis256_encrypt_detached(plain.subarray(start, textBytes), null, null, nonce, key);
      if (page === 1) plain.set(salt);
      plain.set(ciphertext, start);
      plain.set(mac, textBytes);
      plain.set(pageNonce, textBytes + TAG_BYTES);
    },
  };
}
