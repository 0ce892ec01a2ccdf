// The entries of a bundle while it is being built: a million of them in 68 MB, kept in pieces so that growing never copies.
import type { KeyProtectorId } from '../keys/key-protector-id.ts';
import { ManyMacs } from './many-macs.ts';
import type { EntryKeys } from './sealed-key-bundle-format.ts';

/** Tag and sealed recovery password, 16 bytes each, then the ID's 36 characters; its first 16 give way to the mac at the end. */
const ROW = 68;
const SEALED = 16;
const ID = 32;
const ID_BYTES = 36;
const ROWS_PER_PIECE = 16_384;
const NO_PIECE = Buffer.alloc(0);
/** Two digits of each byte. */
const DIGITS = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join(''), 'latin1');

export class SealedRows {
  #count = 0;
  readonly #pieces: Buffer[] = [];
  readonly #tags: ManyMacs;
  readonly #streams: ManyMacs;
  readonly #macs: ManyMacs;

  constructor(keys: EntryKeys) {
    this.#tags = new ManyMacs(keys.tag.export(), ID_BYTES);
    this.#streams = new ManyMacs(keys.enc.export(), ID_BYTES);
    this.#macs = new ManyMacs(keys.mac.export(), ID_BYTES + 16 + 32);
  }

  get count(): number {
    return this.#count;
  }

  /** @param password 16 bytes; secret. */
  add(id: KeyProtectorId, password: ArrayLike<number>): void {
    if (this.#count % ROWS_PER_PIECE === 0) this.#pieces.push(Buffer.allocUnsafe(ROWS_PER_PIECE * ROW));
    const [piece, at] = [this.#piece(this.#count), place(this.#count)];
    this.#count++;
    piece.write(id, at + ID, ID_BYTES, 'latin1');
    for (const macs of [this.#tags, this.#streams]) piece.copy(macs.message, 0, at + ID, at + ROW);
    this.#tags.writeMac(piece, at);
    this.#streams.writeMac(piece, at + SEALED);
    for (let i = 0; i < 16; i++) piece[at + SEALED + i] = (piece[at + SEALED + i] ?? 0) ^ (password[i] ?? 0);
  }

  /** @returns The first 16 bits of the tag: every way to divide into shards is a coarser form of it. */
  prefix(row: number): number {
    return this.#piece(row).readUInt16BE(place(row));
  }

  compareTags(a: number, b: number): number {
    return this.#piece(a).compare(this.#piece(b), place(b), place(b) + 16, place(a), place(a) + 16);
  }

  isSealedAlike(a: number, b: number): boolean {
    return this.#piece(a).compare(this.#piece(b), place(b) + SEALED, place(b) + ID, place(a) + SEALED, place(a) + ID) === 0;
  }

  /** Until `authenticate`. */
  idOf(row: number): KeyProtectorId {
    return this.#piece(row).toString('latin1', place(row) + ID, place(row) + ROW) as KeyProtectorId; // put there by `add`
  }

  /** Puts the mac where the ID stood: the ID is not needed any more. */
  authenticate(row: number, headerDigest: Uint8Array): void {
    const [piece, at] = [this.#piece(row), place(row)];
    const { message } = this.#macs;
    piece.copy(message, 0, at + ID, at + ROW);
    piece.copy(message, ID_BYTES, at + SEALED, at + ID);
    message.set(headerDigest, ID_BYTES + 16);
    this.#macs.writeMac(piece, at + ID);
  }

  /** Writes tag, sealed recovery password and mac in hex, 32 digits each and a space between: 98 bytes. */
  writeHex(row: number, target: Uint8Array, at: number): void {
    const [piece, from] = [this.#piece(row), place(row)];
    for (let i = 0, to = at; i < 48; i++) {
      const digit = 2 * (piece[from + i] ?? 0);
      target[to++] = DIGITS[digit] ?? 0;
      target[to++] = DIGITS[digit + 1] ?? 0;
      if (i === 15 || i === 31) target[to++] = 0x20;
    }
  }

  /** Overwrites the keys. */
  close(): void {
    for (const macs of [this.#tags, this.#streams, this.#macs]) macs.close();
  }

  #piece(row: number): Buffer {
    return this.#pieces[Math.floor(row / ROWS_PER_PIECE)] ?? NO_PIECE;
  }
}

const place = (row: number): number => (row % ROWS_PER_PIECE) * ROW;
