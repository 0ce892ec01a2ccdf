// Whether the beginning of a text is a table, of what, with which delimiter, and what its columns mean: by headings, or without any by what the values are.
import { isHeaderRow } from './cell-values.ts';
import { type Columns, hostFileKind, isHeadingOfNames, keyFileKind, knownColumns, normaliseHeading, recogniseColumns } from './columns.ts';
import { fieldsOf, recordsOf } from './csv-records.ts';
import { LONGEST_ROW, rowsOf } from './first-rows.ts';
import { headless } from './headless-layout.ts';
import { isLostKey, readKeyCell } from './key-values.ts';
import { findLapsColumns, type LapsColumns } from './laps-columns.ts';
import { isAround } from './no-row.ts';
import { isHostShaped } from './text-hosts.ts';
import type { IntakeKind } from './rows.ts';
import { OBJECT_NAME } from './table-hosts.ts';
import { withoutHypervisors } from './virtual-machines.ts';

export type TableLayout = {
  readonly intakeKind: IntakeKind;
  readonly holds: 'keys' | 'hosts';
  readonly delimiter: string;
  /** The header's fields; null when the first line is a row already. */
  readonly header: readonly string[] | null;
  /** Lines before the first row: type line, `sep=`, title, header. */
  readonly linesBefore: number;
  readonly columns: Columns;
  /** Where LAPS passwords stand. */
  readonly laps?: LapsColumns;
  readonly width: number;
  /** Its headings, if it has any, are unknown: the columns are what their values are. */
  readonly byContent?: boolean;
  /** Its rows name keys and, as Graph's list, never a recovery password unless it was asked for. */
  readonly listsKeys?: boolean;
  /** Its rows are objects of a directory, recovery objects among them, as Get-ADObject prints them without their passwords. */
  readonly listsObjects?: boolean;
  /** By a person's answer (mapping.ts). */
  readonly mapped?: boolean;
};

const DELIMITERS = [',', ';', '\t', '|'];
const LINES_LOOKED_AT = 60;

/**
 * The layout of a table.
 *
 * @param lines  The first whole lines of a text.
 * @returns The layout, or null when it is no table that holds recovery passwords or hosts.
 */
export function findTableLayout(lines: readonly string[]): TableLayout | null {
  const stated = /^\s*"?sep=(.)"?\s*$/i.exec(lines[0] ?? '')?.[1];
  const delimiters = stated === undefined ? DELIMITERS : [stated];
  const start = lines.findIndex((line) => line.trim() !== '' && !/^(?:#TYPE |\s*"?sep=.?"?\s*$)/i.test(line));
  if (start === -1) return null;
  const window = lines.slice(0, LINES_LOOKED_AT);
  return headed(window, start, delimiters) ?? headless(window, start, delimiters);
}

/**
 * The layout of one record whose fields carry their names (JSON, a sheet, a database).
 *
 * @param values  Its values, in the order of the names.
 * @returns Null when the names and values hold neither keys nor hosts.
 */
export const layoutOfRecord = (names: readonly string[], values: readonly string[]): TableLayout | null => layoutOf(names, recogniseColumns(names), '', 0, [values]);

/**
 * Whether a record within a table is the header of another: files laid end to end, or a report with a table for each thing.
 *
 * @returns True for different words alone, all or four of which are known headings and one of them of keys or hosts. Rows end the look at their first digit.
 */
export function isOtherHeader(fields: readonly string[]): boolean {
  if (fields.length < 2 || HAS_DIGIT.test(fields[0] ?? '') || HAS_DIGIT.test(fields[1] ?? '') || !isHeaderRow(fields)) return false;
  const columns = recogniseColumns(fields);
  const { host, name, dn, dnsName, password, weakPassword, protectorId } = columns;
  return knownColumns(columns) >= Math.min(4, fields.length) && (host ?? name ?? dn ?? dnsName ?? password ?? weakPassword ?? protectorId) !== undefined;
}

const HAS_DIGIT = /\d/;

/** The header is the line, within the first few, with the most headings known; a report's title may stand above it. */
function headed(lines: readonly string[], start: number, delimiters: readonly string[]): TableLayout | null {
  let best: (TableLayout & { readonly known: number }) | null = null;
  for (let at = start; at < Math.min(lines.length, start + 6); at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || line.length > LONGEST_ROW) continue;
    // Below a header nobody would mistake, the next one is of a table of its own.
    if (hasKey(line) || (best !== null && isOtherHeader(best.header ?? []))) break;
    const mayBeWhole = line.includes('"') || isHeadingOfNames(line); // any other column of names, or of keys, is read as text
    for (const delimiter of delimiters) {
      if (!mayBeWhole && !line.includes(delimiter)) continue;
      const header = fieldsOf(line, delimiter).map((field) => field.trim());
      const columns = recogniseColumns(header);
      const known = knownColumns(columns);
      if (header.length === 1 && columns.dn === undefined) continue;
      if (known === 0 || known <= (best?.known ?? 0)) continue;
      const below = untilNextHeader(lines.slice(at + 1), delimiter);
      if (!isEven(below, delimiter, header.length)) continue;
      const layout = layoutOf(header, columns, delimiter, at + 1, rowsOf(below, 0, delimiter));
      if (layout !== null) best = { ...layout, known };
    }
  }
  if (best === null) return null;
  const { known: _known, ...layout } = best;
  return layout;
}

function layoutOf(header: readonly string[], all: Columns, delimiter: string, linesBefore: number, rows: readonly (readonly string[])[]): TableLayout | null {
  const laps = findLapsColumns(header);
  const given = withoutHypervisors(header, all);
  // Get-LapsAADPassword calls the ID of a device in Entra plainly so.
  const columns = withHost(header, given.deviceId !== undefined && header.some((heading) => normaliseHeading(heading) === 'passwordexpirationtime') ? { ...given, entraDeviceId: given.deviceId, deviceId: [] } : given, rows);
  const base = { delimiter, header, linesBefore, width: header.length, ...(laps === null ? {} : { laps }) };
  const keysInRows = rows.some((row) => row.some(hasKey));
  const ofLaps = (column: number): boolean => laps?.passwords.some((place) => place.column === column) === true;
  const passwords = columns.password ?? (columns.weakPassword?.some(ofLaps) === true ? undefined : weakPasswords(columns, rows));
  // One column of keys is read as text, which finds more.
  const listsKeys = isKeyList(header, columns);
  if (passwords !== undefined && header.length > 1 && (header.length < 3 || knownColumns(columns) > 1 || keysInRows)) {
    const kind = keyFileKind(header);
    // "LDAP://…" in a name's place, and the protector's GUID under the wrong heading: that tool's doing.
    const moved = kind === 'extract-bitlocker-keys-csv' ? { ...columns, protectorId: [...(columns.protectorId ?? []), ...(columns.volumeId ?? [])], volumeId: [] } : columns;
    return { ...base, intakeKind: kind, holds: 'keys', columns: { ...moved, password: passwords }, listsKeys };
  }
  if (listsKeys && !keysInRows) return { ...base, intakeKind: 'entra-csv', holds: 'keys', columns, listsKeys };
  if (!keysInRows && rows.some((row) => namesRecoveryObject(columns, row))) return { ...base, intakeKind: 'ad-csv', holds: 'keys', columns, listsObjects: true };
  const named = columns.host ?? columns.dn ?? columns.dnsName ?? columns.name;
  // A key in the remarks of one host in ten makes no table of keys: the other hosts count.
  const keyed = rows.filter((row) => row.some(hasKey)).length;
  const isInventory = named !== undefined && knownColumns(columns) > 1 && keyed * 2 < rows.length;
  if (keysInRows && header.length > 1 && !isInventory) return { ...base, intakeKind: 'keys-csv', holds: 'keys', columns };
  if (named === undefined || (header.length === 1 && columns.dn === undefined)) return null;
  const kind = hostFileKind(header);
  return { ...base, intakeKind: laps !== null && (kind === 'hosts-csv' || laps.status !== -1 || laps.updated !== -1) ? 'laps-csv' : kind, holds: 'hosts', columns };
}

/** Of two columns of one heading the one with names in it that only hosts have; where no heading is known, the one column of such names. */
function withHost(header: readonly string[], columns: Columns, rows: readonly (readonly string[])[]): Columns {
  const share = (column: number): number => {
    const values = rows.map((row) => row[column]?.trim() ?? '').filter((value) => /[^:=-]/.test(value)); // neither blank nor the ruler below a header
    return values.length === 0 ? 0 : values.filter(isHostShaped).length / values.length;
  };
  const heading = (column: number | undefined): string => normaliseHeading(header[column ?? -1] ?? '');
  const sorted = (list: readonly number[] | undefined): readonly number[] | undefined =>
    list?.toSorted((a, b) => (heading(a) === heading(b) ? Math.round(share(b)) - Math.round(share(a)) : 0));
  const host = sorted(columns.host);
  const name = sorted(columns.name);
  if ((host ?? name ?? columns.dn ?? columns.dnsName ?? columns.title) === undefined && rows.some((row) => row.some(hasKey))) {
    const known = new Set(Object.values(columns).flat());
    const [only, ...others] = header.map((_cell, column) => column).filter((column) => !known.has(column) && share(column) === 1);
    return only === undefined || others.length > 0 ? columns : { ...columns, host: [only] };
  }
  return { ...columns, ...(host === undefined ? {} : { host }), ...(name === undefined ? {} : { name }) };
}

const namesRecoveryObject = ({ dn = [], name = [] }: Columns, row: readonly string[]): boolean => [...dn, ...name].some((column) => OBJECT_NAME.test(row[column]?.trim() ?? ''));

/** Graph's list of keys, and what the modules of PowerShell make of it: `Id, CreatedDateTime, VolumeType, DeviceId`. */
function isKeyList(header: readonly string[], columns: Columns): boolean {
  const has = (heading: string): boolean => header.some((given) => normaliseHeading(given) === heading);
  return has('volumetype') && (has('deviceid') || has('createddatetime')) && (columns.protectorId ?? columns.weakProtectorId) !== undefined;
}

/** `Key` and `Password` mean a recovery password beside an ID, or when the values are some. */
function weakPasswords(columns: Columns, rows: readonly (readonly string[])[]): readonly number[] | undefined {
  if (columns.weakPassword === undefined) return undefined;
  const beside = columns.protectorId !== undefined || (columns.weakProtectorId !== undefined && columns.weakPassword.length === 1 && (columns.serialNumber ?? columns.operatingSystem) === undefined);
  const looksRight = rows.some((row) => columns.weakPassword?.some((column) => hasKey(row[column] ?? '') || isLostKey(row[column] ?? '')));
  return looksRight || beside ? columns.weakPassword : undefined;
}

const hasKey = (text: string): boolean => /\d{6}(?:[-\u2010-\u2015 .]\d{6}){7}/.test(text) || (/\d{48}/.test(text) && readKeyCell(text).status === 'ok');

/** The lines of a table: those before the header of another one, and before its title. */
function untilNextHeader(lines: readonly string[], delimiter: string): readonly string[] {
  const next = lines.findIndex((line, at) => at > 0 && line.length < LONGEST_ROW && isOtherHeader(fieldsOf(line, delimiter)));
  return next === -1 ? lines : lines.slice(0, next).filter((line, at, before) => at < before.length - 1 || fieldsOf(line, delimiter).length > 1);
}

/** Whether what follows a header has its width: in records, or line by line where a quote is broken. No rows at all is even, too. */
function isEven(lines: readonly string[], delimiter: string, width: number): boolean {
  const filled = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] => rows.filter((row) => row.some((field) => field.trim() !== '') && (row.length > 1 || !isAround(row)));
  const share = (rows: readonly (readonly string[])[]): boolean => rows.filter((row) => row.length === width).length * 2 >= rows.length;
  return share(filled(recordsOf(lines.join('\n'), delimiter))) || share(filled(rowsOf(lines, 0, delimiter)));
}
