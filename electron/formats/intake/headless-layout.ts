// The layout of a table without headings, or below headings nobody knows: told by what the values are.
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { GROUPS } from '../../core/keys/recovery-password.ts';
import { isHeaderRow, isHostValue } from './cell-values.ts';
import type { ColumnRole } from './columns.ts';
import { FIRST_ROWS, LONGEST_ROW, rowsOf } from './first-rows.ts';
import { GUID } from './guids-in-text.ts';
import { parseInstant } from './instants.ts';
import { isLostKey, lostValue, readGuid, readKeyCell, readKeyProtectorId } from './key-values.ts';
import { keyInGroups } from './row-search.ts';
import type { TableLayout } from './table-layout.ts';

/**
 * No header (SSMS' "Save results as"), or one nobody knows: the columns are what their values are.
 *
 * @param start The first line that may be one of the table.
 * @returns null where no column, or run of columns, holds recovery passwords.
 */
export function headless(lines: readonly string[], start: number, delimiters: readonly string[]): TableLayout | null {
  for (const delimiter of delimiters) {
    if (isMostlyWhole(lines, start, delimiter)) continue;
    const all = rowsOf(lines, start, delimiter).slice(0, FIRST_ROWS);
    const width = commonWidth(all);
    const header = all[0]?.length === width && all.length > 1 && isHeaderRow(all[0]) ? all[0].map((cell) => cell.trim()) : null;
    const rows = header === null ? all : all.slice(1);
    const even = rows.filter((row) => row.length === width);
    if (width < 2 || even.length * 5 < rows.length * 4) continue;
    const columnsOf = (fits: (value: string) => boolean, share: number): number[] =>
      Array.from({ length: width }, (_, column) => column).filter((column) => even.filter((row) => fits(row[column] ?? '')).length >= Math.max(1, even.length * share));
    const isKey = (value: string): boolean => readKeyCell(value).status === 'ok';
    const passwords = columnsOf((value) => isKey(value) || lostValue(value) !== null, 0.9).filter((column) => even.some((row) => isKey(row[column] ?? '')));
    if (passwords.length === 0) passwords.push(...nothingButLost(columnsOf, even));
    // A group of each key in a column of its own: the rows show it, no column does.
    const spread = passwords.length > 0 ? undefined : even[0]?.findIndex((_cell, column) => even.filter((row) => keyInGroups(row.slice(column, column + GROUPS), 0) !== null).length * 5 >= even.length * 4);
    const password = passwords[0] ?? (spread === -1 ? undefined : spread);
    if (password === undefined) continue;
    // Several GUIDs: the one that differs most from row to row, the nearest before the password among equals.
    const distinct = (column: number): number => new Set(even.map((row) => row[column])).size;
    const nearness = (column: number): number => (column < password ? password - column : 100 + column - password);
    // Who has no key has no ID.
    const guids = columnsOf((value) => readKeyProtectorId(value) !== null || value.trim() === '', 0.9).filter((column) => columnsOf((value) => readKeyProtectorId(value) !== null, 0.5).includes(column)).toSorted((a, b) => distinct(b) - distinct(a) || nearness(a) - nearness(b));
    const hosts = columnsOf(isHostValue, 0.8).filter((column) => !guids.includes(column) && column !== password && (distinct(column) > 1 || even.length === 1));
    const dates = columnsOf((value) => parseInstant(value) !== null, 0.8);
    const names = columnsOf((value) => isDistinguishedName(value), 0.5);
    const columns: Partial<Record<ColumnRole, readonly number[]>> = {
      ...(passwords.length > 0 ? { password: passwords } : {}), ...(guids.length > 0 ? { protectorId: guids.slice(0, 1) } : {}), ...(names.length > 0 ? { dn: names } : {}),
      ...(hosts.length > 0 ? { host: hosts.slice(0, 1) } : {}), ...(dates.length > 0 ? { createdAt: dates } : {}),
    };
    // What grep says of Windows' own files: the ID is in the name of each.
    if (header === null && Object.keys(columns).length === 1 && even.every((row) => row.some((cell) => cell.match(GUID) !== null && readGuid(cell) === null))) return null;
    return { intakeKind: 'keys-csv', holds: 'keys', delimiter, header, linesBefore: header === null ? start : start + 1, columns, width, byContent: true };
  }
  return null;
}

/** Whether a delimiter leaves more of the first rows whole than not: they have one column at most. */
function isMostlyWhole(lines: readonly string[], start: number, delimiter: string): boolean {
  let rows = 0;
  let whole = 0;
  for (let at = start; at < lines.length && rows < FIRST_ROWS; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || line.length >= LONGEST_ROW) continue;
    rows++;
    if (!line.includes(delimiter)) whole++;
  }
  return whole * 2 > rows || rows === 0;
}

/** Beside a column of IDs one of NULL only: SQL Server decrypted nothing. */
function nothingButLost(columnsOf: (fits: (value: string) => boolean, share: number) => number[], rows: readonly (readonly string[])[]): number[] {
  const ids = columnsOf((value) => readKeyProtectorId(value) !== null, 0.9);
  const varied = ids.some((column) => rows.length === 1 || new Set(rows.map((row) => row[column])).size > 1);
  return varied ? columnsOf((value) => /^\(?null\)?$/i.test(value.trim()) || isLostKey(value), 1).filter((column) => ids.some((id) => Math.abs(column - id) <= 2)).slice(0, 1) : [];
}

function commonWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  return Array.from(counts).toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
