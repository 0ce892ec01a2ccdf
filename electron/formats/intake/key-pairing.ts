// Which key protector ID in a text belongs to which recovery password: the nearest one before it, within reason.
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import type { RecoveryPassword } from '../../core/keys/recovery-password.ts';
import type { RejectReason } from './reasons.ts';
import type { RejectedRow } from './rows.ts';

/** What the text says around a key. */
export type KeyContext = { readonly host: string | null; readonly drive: string | null; readonly volumeLabel: string | null; readonly volumeId: string | null };
export type FoundId = { readonly row: number; readonly keyProtectorId: KeyProtectorId; readonly createdAt: string | null; readonly host: string | null; readonly around?: Surroundings };
interface Placed { readonly row: number; readonly context: KeyContext; readonly paragraph?: number }
export type FoundKey = Placed & { readonly recoveryPassword: RecoveryPassword };
/** What was meant as a recovery password: its ID is no other key's. */
export type FoundWrong = Placed & { readonly reason: RejectReason; readonly groups: readonly number[] };
/** Where an ID stands: which paragraph of the text, and the last line above it that names a host. */
export type Surroundings = { readonly paragraph: number; readonly host: string | null; readonly hostRow: number };
export type Paired<Found> = Found & { readonly id: FoundId | null };
export type PairedKey = Paired<FoundKey>;

export const rejectionOf = ({ row, reason, groups }: FoundWrong): RejectedRow => (groups.length > 0 ? { kind: 'rejected', row, reason, groups } : { kind: 'rejected', row, reason });

/** A key whose ID may still follow: `following` is one below it, unless that turns out to be the next key's. */
type Waiting = { readonly key: FoundKey | FoundWrong; readonly id: FoundId | null; readonly following: FoundId | null };

/** Rows. Windows' own text file has its ID about eight lines above the key; farther away they belong to different things. */
const FARTHEST = 12;
/** Rows from a key down to its ID, with a line between them that names the host. */
const FARTHEST_BELOW = 6;

/**
 * Takes IDs and keys in the order of the text and hands out each key with its ID, or without one.
 *
 * A key takes the nearest full ID before it, and an ID serves one key only: manage-bde prints the IDs of other protectors too, and a second key below the
 * same ID has lost its own. An ID on the key's own line goes before one on an earlier line, on either side of the key. A file whose first key has no ID
 * before it and one on the very next line, without a key of its own, is written the other way round (key, then ID); there the following ID counts.
 * So is what the directory console copies: the password, then a paragraph of computer, date and ID.
 */
export class KeyPairing {
  readonly #hand: (key: Paired<FoundKey | FoundWrong>) => void;
  #order: 'unknown' | 'id-first' | 'key-first' = 'unknown';
  #free: FoundId | null = null;
  #waiting: Waiting | null = null;
  /** The key before the one that waits, with the ID between the two, each on the line after the other: whose it is, shows what comes next. */
  #doubtful: { readonly key: FoundKey | FoundWrong; readonly between: FoundId } | null = null;

  constructor(hand: (key: Paired<FoundKey | FoundWrong>) => void) {
    this.#hand = hand;
  }

  foundId(given: FoundId): void {
    this.#decide(given.row <= (this.#waiting?.key.row ?? 0) + 1);
    const waiting = this.#waiting;
    if (waiting !== null) {
      if (given.row === waiting.key.row && waiting.id?.row !== given.row) return this.#release(given);
      if (waiting.id === null && waiting.following === null && this.#order !== 'id-first' && isBelow(given, waiting.key)) {
        this.#waiting = { ...waiting, following: { ...given, host: given.host ?? (given.around !== undefined && given.around.hostRow > waiting.key.row ? given.around.host : null) } };
        return;
      }
      if (given.row > waiting.key.row) this.#settle();
    }
    if (this.#order === 'unknown') this.#order = 'id-first';
    // The same ID once more, as a value of its own below the object's name that holds it, too: what the name says stays.
    const again = this.#free !== null && this.#free.keyProtectorId === given.keyProtectorId ? this.#free : null;
    this.#free = again === null ? given : { ...given, createdAt: given.createdAt ?? again.createdAt, host: given.host ?? again.host };
  }

  foundKey(key: FoundKey | FoundWrong): void {
    this.#decide(false);
    const following = this.#waiting?.following ?? null;
    if (following !== null && (following.row === key.row || (this.#order === 'unknown' && isAboveWithin(following, key, this.#waiting?.key.row ?? 0)))) {
      this.#order = 'id-first';
      this.#release(null);
      this.#free = following;
    } else if (following !== null && this.#order === 'unknown' && key.row === following.row + 1 && this.#waiting !== null) {
      this.#doubtful = { key: this.#waiting.key, between: following };
      this.#waiting = { key, id: null, following: null };
      return;
    }
    this.#settle();
    const free = this.#free;
    const near = free !== null && key.row - free.row <= FARTHEST && (this.#order !== 'key-first' || free.row === key.row) ? free : null;
    if (near !== null) this.#free = null;
    this.#waiting = { key, id: near, following: null };
  }

  end(): void {
    this.#decide(false);
    this.#settle();
  }

  /** Key, ID, key: the ID is the first one's where an ID follows the second, too, else the second one's. */
  #decide(keyFirst: boolean): void {
    const doubtful = this.#doubtful;
    if (doubtful === null || this.#waiting === null) return;
    this.#doubtful = null;
    this.#order = keyFirst ? 'key-first' : 'id-first';
    this.#hand({ ...doubtful.key, id: keyFirst ? doubtful.between : null });
    if (!keyFirst) this.#waiting = { ...this.#waiting, id: doubtful.between };
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

const isBelow = (id: FoundId, key: Placed): boolean => id.row === key.row + 1 || (id.row <= key.row + FARTHEST_BELOW && id.around !== undefined && id.around.hostRow > key.row);

/** An ID some lines below the key before it, and in one paragraph with this key, is this one's. */
const isAboveWithin = (id: FoundId, key: Placed, keyBefore: number): boolean => id.row > keyBefore + 1 && id.around !== undefined && id.around.paragraph === key.paragraph;
