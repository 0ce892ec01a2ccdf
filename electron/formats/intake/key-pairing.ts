// Which key protector ID in a text belongs to which recovery password: the nearest one before it, within reason.
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import type { RecoveryPassword } from '../../core/keys/recovery-password.ts';

/** What the text says around a key. */
export type KeyContext = { readonly host: string | null; readonly drive: string | null; readonly volumeLabel: string | null; readonly volumeId: string | null };
export type FoundId = { readonly row: number; readonly keyProtectorId: KeyProtectorId; readonly createdAt: string | null; readonly host: string | null };
export type FoundKey = { readonly row: number; readonly recoveryPassword: RecoveryPassword; readonly context: KeyContext };
export type PairedKey = FoundKey & { readonly id: FoundId | null };

/** Rows. Windows' own text file has its ID about eight lines above the key; farther away they belong to different things. */
const FARTHEST = 12;

/**
 * Takes IDs and keys in the order of the text and hands out each key with its ID, or without one.
 *
 * A key takes the nearest full ID before it, and an ID serves one key only: manage-bde prints the IDs of other protectors too, and a second key below the
 * same ID has lost its own. An ID on the key's own line goes before one on an earlier line, on either side of the key. A file whose first key has no ID
 * before it and one on the very next line, without a key of its own, is written the other way round (key, then ID); there the following ID counts.
 */
export class KeyPairing {
  readonly #hand: (key: PairedKey) => void;
  #order: 'unknown' | 'id-first' | 'key-first' = 'unknown';
  #free: FoundId | null = null;
  /** A key whose ID may still follow: `following` is one on the next line, unless that line turns out to have a key itself. */
  #waiting: { readonly key: FoundKey; readonly id: FoundId | null; readonly following: FoundId | null } | null = null;

  constructor(hand: (key: PairedKey) => void) {
    this.#hand = hand;
  }

  foundId(id: FoundId): void {
    const waiting = this.#waiting;
    if (waiting !== null) {
      if (id.row === waiting.key.row && waiting.id?.row !== id.row) return this.#release(id);
      if (waiting.id === null && waiting.following === null && this.#order !== 'id-first' && id.row === waiting.key.row + 1) {
        this.#waiting = { ...waiting, following: id };
        return;
      }
      if (id.row > waiting.key.row) this.#settle();
    }
    if (this.#order === 'unknown') this.#order = 'id-first';
    this.#free = id;
  }

  foundKey(key: FoundKey): void {
    const following = this.#waiting?.following ?? null;
    if (following !== null && following.row === key.row) {
      this.#order = 'id-first';
      this.#release(null);
      this.#free = following;
    }
    this.#settle();
    const free = this.#free;
    const near = free !== null && key.row - free.row <= FARTHEST && (this.#order !== 'key-first' || free.row === key.row) ? free : null;
    if (near !== null) this.#free = null;
    this.#waiting = { key, id: near, following: null };
  }

  end(): void {
    this.#settle();
  }

  /** Nothing more can change for the key that waits. */
  #settle(): void {
    if (this.#waiting === null) return;
    const { id, following } = this.#waiting;
    // What the first key without an ID before it shows, holds for the file.
    if (following !== null) this.#order = 'key-first';
    else if (id === null && this.#order === 'unknown') this.#order = 'id-first';
    this.#release(id ?? following);
  }

  #release(id: FoundId | null): void {
    if (this.#waiting === null) return;
    const { key } = this.#waiting;
    this.#waiting = null;
    this.#hand({ ...key, id });
  }
}
