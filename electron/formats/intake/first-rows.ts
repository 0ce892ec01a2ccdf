// The first rows of a table, which show what it is.
import { fieldsOf } from './csv-records.ts';

export const FIRST_ROWS = 51;
/** Characters; a longer line is left out of the look. */
export const LONGEST_ROW = 20_000;

/** @returns The fields of each line from there on, blank ones left out. */
export function rowsOf(lines: readonly string[], from: number, delimiter: string): readonly (readonly string[])[] {
  return lines.slice(from).filter((line) => line.trim() !== '' && line.length < LONGEST_ROW).map((line) => fieldsOf(line, delimiter));
}
