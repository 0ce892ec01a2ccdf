// HMAC-SHA-256 of a million short messages under one key: put together of two plain hashes (RFC 2104), which cost a quarter of what an HMAC object of Node's costs.
import { hash } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;

/** One key, one length of message; not for use from two places at once. */
export class ManyMacs {
  /** Write the message here, and then take its mac. */
  readonly message: Buffer;
  readonly #inner: Buffer;
  readonly #outer = Buffer.alloc(BLOCK + DIGEST, 0x5c);

  /** @param key At most 64 bytes. Secret. @param messageBytes Every message is that long. */
  constructor(key: Uint8Array, messageBytes: number) {
    if (key.length > BLOCK) throw new RangeError('a longer key would have to be hashed first');
    this.#inner = Buffer.alloc(BLOCK + messageBytes, 0x36);
    key.forEach((byte, i) => {
      this.#inner[i] = byte ^ 0x36;
      this.#outer[i] = byte ^ 0x5c;
    });
    this.message = this.#inner.subarray(BLOCK);
  }

  /** Writes the first 16 bytes of the message's mac. */
  writeMac(target: Buffer, at: number): void {
    // As characters, one a byte: no memory is asked for, which would be a million times.
    this.#outer.write(hash('sha256', this.#inner, 'binary'), BLOCK, 'latin1');
    target.write(hash('sha256', this.#outer, 'binary'), at, 16, 'latin1');
  }

  /** Overwrites the key. */
  close(): void {
    this.#inner.fill(0);
    this.#outer.fill(0);
  }
}
