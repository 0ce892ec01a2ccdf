// Seals key records into the bundle a medium carries (format: sealed-key-bundle.md).
import { AppError } from '../app-error.ts';
import type { KeyProtectorId } from '../keys/key-protector-id.ts';
import type { RandomBytes } from '../ports.ts';
import { formatInstant } from './field-values.ts';
import type { Passcode } from './passcode.ts';
import {
  ENTRY_LINE_BYTES, MAX_SHARD_BITS, MAX_SHARD_ENTRIES, applyWrap, deriveEntryKeys, deriveRecordKey, deriveSlotId, faultOfHeader,
  formatHead, formatHeader, macOfSlot, sha256, shardPath, stretchPasscode,
} from './sealed-key-bundle-format.ts';
import type { BundleHeader, BundleSlot } from './sealed-key-bundle-format.ts';
import { SealedRows } from './sealed-rows.ts';

/** `recoveryPasswordBytes`: the 16 bytes of `recoveryPasswordToBytes`. Secret. */
export type BundleEntry = { readonly keyProtectorId: KeyProtectorId; readonly recoveryPasswordBytes: ArrayLike<number> };

export type BundleOrder = {
  readonly mediaId: string;
  /** For people, at most 200 characters; names no host, because a finder reads it: `all`, `hosts 120`. */
  readonly scope: string;
  /** ISO-8601, cut to the second; null: never. */
  readonly expiresAt: string | null;
  /** One a technician, all different; their order gives the slot numbers from 1. Secret. */
  readonly passcodes: readonly Passcode[];
  readonly entries: Iterable<BundleEntry> | AsyncIterable<BundleEntry>;
  readonly iterations?: number;
};

export type BundleLoan = {
  readonly randomBytes: RandomBytes;
  /** Called after every 5 to 20 ms of work, so that others get their turn; what it throws ends the build. */
  readonly breathe?: () => Promise<void>;
};

/** `path` is relative to the bundle's folder, with `/`. */
export type BundleFile = { readonly path: string; readonly bytes: Uint8Array };

export type SealedKeyBundle = {
  /** Header first, then every shard in order. Made while iterating, and the same again on every iteration. */
  readonly files: Iterable<BundleFile>;
  readonly fileCount: number;
  /** One a passcode, in order: `recordKey` checks attempt records; secret, for the media register. */
  readonly slots: readonly { readonly slot: number; readonly recordKey: Uint8Array }[];
  readonly entries: number;
  /** IDs that came with two recovery passwords: the first given is sealed. */
  readonly conflicts: readonly KeyProtectorId[];
};

/** Entries between breaths where a MAC is made for each, and where none is. */
const BREATH = 500;
const LONG_BREATH = 10_000;
/** Prefixes between breaths while sorting: about 15 entries each in a bundle of a million. */
const SORTED_BREATH = 256;

/**
 * Seals key records under fresh keys.
 *
 * @param order What the medium is for and what it shall open. An ID given again with the same recovery password counts once.
 * @param lent  Chance decides everything that is not in the order: lent the same, the files are the same.
 * @returns The files, the slots' record keys, and what was given twice in contradiction.
 * @throws AppError `invalid-input` with the `field` of the order that can not be. Nothing is written; what is returned is secret only in `slots`.
 */
export async function buildSealedKeyBundle(order: BundleOrder, lent: BundleLoan): Promise<SealedKeyBundle> {
  if (new Set(order.passcodes).size !== order.passcodes.length) throw new AppError('invalid-input', { field: 'passcodes' });
  const breathe = lent.breathe ?? (async () => {});
  const salt = lent.randomBytes(32);
  const bundleKey = lent.randomBytes(32);
  const keys = deriveEntryKeys(bundleKey);
  const rows = new SealedRows(keys);
  await collect(order.entries, rows, breathe);
  const sorted = await sortAndMerge(rows, breathe);
  const shardBits = chooseShardBits(sorted.perPrefix);
  const head = {
    mediaId: order.mediaId, scope: order.scope, expiresAt: toSeconds(order.expiresAt), iterations: order.iterations ?? 1000, salt, entries: sorted.order.length, shardBits,
  };
  const fault = faultOfHeader({ ...head, slots: order.passcodes.map(() => NO_SLOT) });
  if (fault !== null) throw new AppError('invalid-input', { field: fault });
  const headText = formatHead(head, order.passcodes.length);
  const made = await Promise.all(order.passcodes.map((passcode, i) => makeSlot(passcode, i + 1, head, headText, bundleKey)));
  bundleKey.fill(0);
  const headerText = formatHeader({ ...head, slots: made.map((one) => one.slot) });
  await authenticate(rows, sorted.order, sha256(headerText), breathe);
  rows.close();
  return {
    files: { [Symbol.iterator]: () => listFiles(headerText, rows, sorted.order, shardBits) },
    fileCount: 1 + 2 ** shardBits,
    slots: made.map((one, i) => ({ slot: i + 1, recordKey: one.recordKey })),
    entries: sorted.order.length,
    conflicts: sorted.conflicts,
  };
}

const NO_SLOT: BundleSlot = { slotId: new Uint8Array(16), wrappedKey: new Uint8Array(32), slotMac: new Uint8Array(32) };

function toSeconds(instant: string | null): string | null {
  if (instant === null) return null;
  const text = formatInstant(Date.parse(instant));
  if (text === null) throw new AppError('invalid-input', { field: 'expiresAt' });
  return text;
}

async function makeSlot(passcode: Passcode, number: number, head: Omit<BundleHeader, 'slots'>, headText: string, bundleKey: Uint8Array): Promise<{ slot: BundleSlot; recordKey: Uint8Array }> {
  const stretched = await stretchPasscode(passcode, head.salt, head.iterations);
  const slotId = deriveSlotId(stretched);
  const wrappedKey = applyWrap(stretched, bundleKey);
  const slotMac = macOfSlot(stretched, number, slotId, wrappedKey, headText);
  const recordKey = deriveRecordKey(stretched);
  stretched.fill(0);
  return { slot: { slotId, wrappedKey, slotMac }, recordKey };
}

async function collect(entries: BundleOrder['entries'], rows: SealedRows, breathe: () => Promise<void>): Promise<void> {
  const add = ({ keyProtectorId, recoveryPasswordBytes }: BundleEntry): void => {
    if (recoveryPasswordBytes.length !== 16) throw new AppError('invalid-input', { field: 'entries' });
    rows.add(keyProtectorId, recoveryPasswordBytes);
  };
  if (Symbol.iterator in entries) {
    // Not `for await`: awaiting each of a million values that are already there costs time for nothing.
    for (const entry of entries) {
      add(entry);
      if (rows.count % BREATH === 0) await breathe();
    }
  } else {
    for await (const entry of entries) {
      add(entry);
      if (rows.count % BREATH === 0) await breathe();
    }
  }
}

/** Row numbers in order of tags, each ID once, the first given before later ones. A tag stands for its ID: 128 bits. */
type SortedRows = { readonly order: Uint32Array; readonly perPrefix: Uint32Array; readonly conflicts: readonly KeyProtectorId[] };

async function sortAndMerge(rows: SealedRows, breathe: () => Promise<void>): Promise<SortedRows> {
  const perPrefix = new Uint32Array(1 << MAX_SHARD_BITS);
  for (let row = 0; row < rows.count; row++) {
    const prefix = rows.prefix(row);
    perPrefix[prefix] = (perPrefix[prefix] ?? 0) + 1;
    if (row % LONG_BREATH === 0) await breathe();
  }
  // Where the rows of each prefix begin, and once they have been put there, end.
  const places = new Uint32Array(perPrefix.length);
  for (let prefix = 1; prefix < places.length; prefix++) places[prefix] = (places[prefix - 1] ?? 0) + (perPrefix[prefix - 1] ?? 0);
  const order = new Uint32Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    const prefix = rows.prefix(row);
    const at = places[prefix] ?? 0;
    order[at] = row;
    places[prefix] = at + 1;
    if (row % LONG_BREATH === 0) await breathe();
  }
  const conflicts: KeyProtectorId[] = [];
  let [kept, from] = [0, 0];
  for (let prefix = 0; prefix < perPrefix.length; prefix++) {
    if (prefix % SORTED_BREATH === 0) await breathe();
    const start = kept;
    for (const row of order.slice(from, places[prefix] ?? 0).sort((a, b) => rows.compareTags(a, b) || a - b)) {
      const first = kept === start ? undefined : order[kept - 1];
      if (first === undefined || rows.compareTags(first, row) !== 0) order[kept++] = row;
      else if (!rows.isSealedAlike(first, row)) {
        const id = rows.idOf(row);
        if (conflicts.at(-1) !== id) conflicts.push(id);
      }
    }
    from = places[prefix] ?? 0;
    perPrefix[prefix] = kept - start;
  }
  return { order: order.subarray(0, kept), perPrefix, conflicts };
}

/** From the finest division to the coarsest: two neighbours are one shard of the next. */
function chooseShardBits(perPrefix: Uint32Array): number {
  let fitting = -1;
  let counts = perPrefix;
  for (let bits = MAX_SHARD_BITS; bits >= 0 && counts.every((count) => count <= MAX_SHARD_ENTRIES); bits--) {
    fitting = bits;
    const coarser = new Uint32Array(counts.length >> 1);
    for (let i = 0; i < coarser.length; i++) coarser[i] = (counts[2 * i] ?? 0) + (counts[2 * i + 1] ?? 0);
    counts = coarser;
  }
  if (fitting < 0) throw new AppError('invalid-input', { field: 'entries' });
  return fitting;
}

async function authenticate(rows: SealedRows, order: Uint32Array, headerDigest: Uint8Array, breathe: () => Promise<void>): Promise<void> {
  for (const [i, row] of order.entries()) {
    rows.authenticate(row, headerDigest);
    if (i % BREATH === BREATH - 1) await breathe();
  }
}

function* listFiles(headerText: string, rows: SealedRows, order: Uint32Array, shardBits: number): Generator<BundleFile> {
  yield { path: 'header.txt', bytes: Buffer.from(headerText, 'latin1') };
  let next = 0;
  for (let shard = 0; shard < 2 ** shardBits; shard++) {
    const start = next;
    while (next < order.length && rows.prefix(order[next] ?? 0) >> (MAX_SHARD_BITS - shardBits) === shard) next++;
    const text = Buffer.allocUnsafe((next - start) * ENTRY_LINE_BYTES);
    order.subarray(start, next).forEach((row, line) => {
      rows.writeHex(row, text, line * ENTRY_LINE_BYTES);
      text.write('\r\n', (line + 1) * ENTRY_LINE_BYTES - 2, 'latin1');
    });
    yield { path: shardPath(shard), bytes: text };
  }
}
