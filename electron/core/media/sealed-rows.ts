// The entries of a bundle while it is being built: a million of them in 68 MB, kept in pieces so that growing never copies.
import type { KeyProtectorId } from '../keys/key-protector-id.ts';

/** Tag and sealed recovery password, 16 bytes each, then the ID's 36 characters; its first 16 give way to the mac at the end. */
const ROW = 68;
const ID = 32;
const ROWS_PER_PIECE = 16_384;
const NO_PIECE = Buffer.alloc(0);

export class SealedRows {
  #count = 0;
  readonly #pieces: Buffer[] = [];

  get count(): number {
    return this.#count;
  }

  add(tag: Uint8Array, ct: Uint8Array, id: KeyProtectorId): void {
    if (this.#count % ROWS_PER_PIECE === 0) this.#pieces.push(Buffer.allocUnsafe(ROWS_PER_PIECE * ROW));
    const [piece, at] = [this.#piece(this.#count), place(this.#count)];
    this.#count++;
    piece.set(tag, at);
    piece.set(ct, at + 16);
    piece.write(id, at + ID, 36, 'latin1');
  }

  /** @returns The first 16 bits of the tag: every way to divide into shards is a coarser form of it. */
  prefix(row: number): number {
    return this.#piece(row).readUInt16BE(place(row));
  }

  compareTags(a: number, b: number): number {
    return this.#piece(a).compare(this.#piece(b), place(b), place(b) + 16, place(a), place(a) + 16);
  }

  isSealedAlike(a: number, b: number): boolean {
    return this.sealed(a).equals(this.sealed(b));
  }

  sealed(row: number): Buffer {
    return this.#piece(row).subarray(place(row) + 16, place(row) + ID);
  }

  /** Until `setMac`. */
  idBytes(row: number): Buffer {
    return this.#piece(row).subarray(place(row) + ID, place(row) + ROW);
  }

  setMac(row: number, mac: Uint8Array): void {
    this.#piece(row).set(mac, place(row) + ID);
  }

  /** @returns Tag, sealed recovery password and mac in hex, 32 digits each. */
  hex(row: number): string {
    return this.#piece(row).toString('hex', place(row), place(row) + 48);
  }

  #piece(row: number): Buffer {
    return this.#pieces[Math.floor(row / ROWS_PER_PIECE)] ?? NO_PIECE;
  }
}

const place = (row: number): number => (row % ROWS_PER_PIECE) * ROW;
