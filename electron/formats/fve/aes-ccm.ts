// AES-256-CCM with a nonce of 12 bytes and a tag of 16, as BitLocker seals keys. Made of AES-CTR and AES-CBC: Electron's crypto library has no CCM.
// Source: NIST SP 800-38C with L = 3; no associated data.
import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param key 32 bytes; secret. @param sealed Nonce, tag, ciphertext; at most 65,535 bytes of plain text.
 * @returns The plain text, secret, or null when the tag does not fit.
 */
export function openAesCcm(key: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const counter = createDecipheriv('aes-256-ctr', key, Buffer.concat([Buffer.of(0x02), nonce, Buffer.alloc(3)]));
  const tagMask = counter.update(Buffer.alloc(TAG_BYTES));
  const plain = counter.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
  const length = Buffer.of(plain.length >> 16, (plain.length >> 8) & 0xff, plain.length & 0xff);
  const authenticated = Buffer.concat([Buffer.of(0x3a), nonce, length, plain, Buffer.alloc(-plain.length & 15)]);
  const chain = createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false);
  const tag = chain.update(authenticated).subarray(-TAG_BYTES);
  const expected = tag.map((byte, index) => byte ^ (tagMask[index] ?? 0));
  return timingSafeEqual(expected, sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)) ? plain : null;
}
