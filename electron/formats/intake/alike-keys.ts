// Keys of lines that follow each other and say the same but for ID and recovery password, packed: a million of them are read without an object or a text for each.
import { ID_BYTES, PASSWORD_BYTES, unpackId, unpackPassword } from '../../core/keys/packed-values.ts';
import type { IntakeEntry, IntakeRow, KeyRow } from './rows.ts';

/** `values` is secret. */
export type AlikeKeys = {
  readonly kind: 'alike-keys';
  /** Of the first; the others have the numbers that follow. */
  readonly row: number;
  readonly count: number;
  /** What all of them say beside. */
  readonly like: KeyRow;
  /** Of each its packed ID and its packed recovery password (packed-values.ts), from `at` on. Others' lie around them. */
  readonly values: Uint8Array;
  readonly at: number;
};

export const VALUE_BYTES = ID_BYTES + PASSWORD_BYTES;

/** @returns How many rows it is. */
export const rowsIn = (entry: IntakeEntry): number => (entry.kind === 'alike-keys' ? entry.count : 1);

/** The same rows, each by itself. */
export const unpacked = (entries: readonly IntakeEntry[]): readonly IntakeRow[] => entries.flatMap<IntakeRow>((entry) => (entry.kind === 'alike-keys' ? rowsOf(entry) : [entry]));

const rowsOf = ({ row, count, like, values, at }: AlikeKeys): readonly KeyRow[] =>
  Array.from({ length: count }, (_, n) => ({ ...like, row: row + n, keyProtectorId: unpackId(values, at + n * VALUE_BYTES), recoveryPassword: unpackPassword(values, at + n * VALUE_BYTES + ID_BYTES) }));
