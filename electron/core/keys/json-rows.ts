// Hundreds of rows of any text in one statement: they go over as one JSON text, which SQLite takes apart (`json_each`). Binding row by row takes several times as long.

/** Never a secret: JSON texts can not be overwritten. */
export type JsonCell = string | number | null;

/** @returns JSON for `json_each`. What is half a letter (a lone surrogate) becomes U+FFFD, as it does in a bound text. */
export function jsonRows(rows: readonly (JsonCell | readonly JsonCell[])[]): string {
  const text = JSON.stringify(rows);
  return text.includes(LONE) ? JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value)) : text;
}

/** Only halves are written as an escape, and what looks like one. */
const LONE = '\\ud';

/** SQL for the n-th cell of a row. */
export const cell = (n: number): string => `value ->> ${n}`;
