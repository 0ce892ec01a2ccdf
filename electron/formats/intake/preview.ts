// The first rows of a table for a person who says what its columns mean. No recovery password leaves here, whole or damaged.
import type { MappedField } from '../../core/codes.ts';
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { isHeaderRow, isHostValue } from './cell-values.ts';
import { recogniseColumns, type ColumnRole } from './columns.ts';
import { recordsOf } from './csv-records.ts';
import { IntakeDecoder, sniffEncoding } from './encoding.ts';
import { parseInstant } from './instants.ts';
import { readGuid, readKeyCell } from './key-values.ts';
import { areLapsPasswords, mayBeLapsPassword } from './laps.ts';
import { findLapsColumns, isSecretHeading, type LapsColumns } from './laps-columns.ts';
import { NewlineNormaliser } from './lines.ts';
import { DELIMITERS, fieldOfLaps, fieldOfRole, findMappedLayout, type ColumnMapping } from './mapping.ts';
import { findDeclined, findTextKind, looksBinary } from './sniff.ts';

/** What the cells of a column are, in the rows looked at. */
export interface PreviewColumn { readonly proposed: MappedField | null; readonly filled: number; readonly recoveryPasswords: number; readonly guids: number; readonly instants: number; readonly hostnames: number }
export interface TablePreview {
  /** Null: the first line is a row already. */
  readonly header: readonly string[] | null;
  readonly columns: readonly PreviewColumn[];
  /** Cells of the first rows; null where a recovery password or a LAPS password stands, or what may be one. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly rowsLookedAt: number;
  /** What an import makes of it without an answer: `recognised`, by an `answer` given earlier, or it is `unknown`: no host, or nothing at all, would come of it. */
  readonly standing: 'recognised' | 'answered' | 'unknown';
  /** That answer. */
  readonly fields: readonly (MappedField | null)[] | null;
}

const ROWS_SHOWN = 6;
const ROWS_LOOKED_AT = 200;
const LONGEST_CELL = 60;
const MOST_COLUMNS = 100;

/**
 * @param head     The first bytes of a file, untrusted: 64 KiB are enough.
 * @param whole    The file has no more.
 * @param mappings Answers given earlier.
 * @returns Null for what is no table of two columns and more.
 */
export function previewTable(head: Uint8Array, whole: boolean, mappings: readonly ColumnMapping[]): TablePreview | null {
  if (findDeclined(head) !== null) return null;
  const decoder = new IntakeDecoder(sniffEncoding(head));
  const newlines = new NewlineNormaliser();
  const text = newlines.write(decoder.write(head)) + (whole ? newlines.write(decoder.end()) + newlines.end() : '');
  if (looksBinary(head, text)) return null;
  const lines = text.split('\n');
  if (!whole && lines.length > 1) lines.pop();
  const kind = findTextKind(text, whole, mappings);
  if (kind.reader === 'json' || kind.reader === 'format-list' || kind.reader === 'document' || kind.reader === 'ruled-table' || kind.reader === 'turned-table' || kind.reader === 'ldif') return null;
  const shape = kind.layout === null ? findShape(lines) : { delimiter: kind.layout.delimiter, header: kind.layout.header, from: kind.layout.linesBefore, width: kind.layout.width };
  if (shape === null || shape.width < 2 || shape.width > MOST_COLUMNS) return null;
  const rows = recordsOf(lines.slice(shape.from).join('\n'), shape.delimiter).filter((row) => row.some((cell) => cell.trim() !== '')).slice(0, ROWS_LOOKED_AT);
  const columns = lookAt(shape.header, shape.width, rows, kind.layout?.laps);
  const hidden = new Set([...(kind.layout?.laps?.passwords ?? []).map(({ column }) => column), ...(shape.header ?? []).flatMap((heading, column) => (isSecretHeading(heading) ? [column] : [])), ...columns.flatMap(({ proposed }, column) => (proposed === 'lapsPassword' ? [column] : []))]);
  const mapped = findMappedLayout(lines, mappings) !== null;
  const known = kind.layout?.columns ?? {};
  const hasHost = known.host ?? known.dn ?? known.name ?? known.dnsName;
  // Names are known by themselves, whatever stands behind them.
  const isOfNames = kind.reader === 'host-names' || kind.reader === 'network-listing' || kind.reader === 'account-listing';
  if (isOfNames && !columns.some(({ proposed }) => proposed === 'hostname' || proposed === 'distinguishedName')) return null;
  const unknown = !mapped && !isOfNames && (kind.layout === null || (kind.layout.byContent === true && kind.layout.header !== null) || (hasHost === undefined && columns.some(({ proposed }) => proposed === 'hostname' || proposed === 'distinguishedName')) || (kind.layout.laps === undefined && columns.some(({ proposed }) => proposed === 'lapsPassword')));
  return {
    header: shape.header, columns, rowsLookedAt: rows.length, standing: mapped ? 'answered' : unknown ? 'unknown' : 'recognised', fields: mapped ? fieldsOfLayout(known, kind.layout?.laps, shape.width) : null,
    rows: rows.slice(0, ROWS_SHOWN).map((row) => Array.from({ length: shape.width }, (_, column) => (hidden.has(column) && (row[column] ?? '') !== '' ? null : showCell(row[column] ?? '')))),
  };
}

interface Shape { readonly delimiter: string; readonly header: readonly string[] | null; readonly from: number; readonly width: number }

/** The delimiter that cuts most lines into the same number of cells; the first such line is the header when none of its cells is a value. */
function findShape(lines: readonly string[]): Shape | null {
  const filled = lines.flatMap((line, at) => (line.trim() === '' || line.length > 20_000 || /^(?:#TYPE |\s*"?sep=.?"?\s*$)/i.test(line) ? [] : [{ line, at }])).slice(0, ROWS_LOOKED_AT);
  let best: (Shape & { readonly share: number }) | null = null;
  for (const delimiter of DELIMITERS) {
    const records = filled.map(({ line, at }) => ({ at, cells: recordsOf(line, delimiter)[0] ?? [] }));
    const counts = new Map<number, number>();
    for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
    const [width, count] = [...counts].filter(([cells]) => cells > 1).toSorted((one, other) => other[1] - one[1] || other[0] - one[0])[0] ?? [0, 0];
    const share = count / Math.max(1, records.length);
    if (width < 2 || share < 0.6 || (best !== null && (share < best.share || (share === best.share && width <= best.width)))) continue;
    const first = records.find(({ cells }) => cells.length === width);
    if (first === undefined) continue;
    const cells = first.cells.map((cell) => cell.trim());
    // A row of LAPS passwords looks like nothing a row holds; what is below it shows that it is one.
    const isRow = cells.some((cell, column) => areLapsPasswords([cell]) && areLapsPasswords(records.filter((record) => record.cells.length === width).map((record) => (record.cells[column] ?? '').trim())));
    const isHeader = records.length > 1 && isHeaderRow(cells) && !isRow;
    best = { delimiter, header: isHeader ? cells : null, from: first.at + (isHeader ? 1 : 0), width, share };
  }
  return best;
}

/** Half a recovery password's digits and more, in any writing: that is more than any other cell of a list needs. GUIDs are told apart. */
export function mayBeSecret(cell: string): boolean {
  if (readGuid(cell) !== null || isDistinguishedName(cell)) return readKeyCell(cell).status === 'ok' || /\d{6}(?:\D?\d{6}){3}/.test(cell);
  return (cell.match(/\p{Nd}/gu)?.length ?? 0) >= 20;
}

const showCell = (cell: string): string | null => (mayBeSecret(cell) || mayBeLapsPassword(cell.trim()) ? null : cell.length > LONGEST_CELL ? `${cell.slice(0, LONGEST_CELL)}…` : cell);

function lookAt(header: readonly string[] | null, width: number, rows: readonly (readonly string[])[], laps: LapsColumns | undefined): PreviewColumn[] {
  const byHeading = new Map<number, MappedField>();
  const known = laps ?? (header === null ? null : findLapsColumns(header)) ?? undefined;
  for (let column = 0; column < width; column++) { const field = fieldOfLaps(known, column); if (field !== null) byHeading.set(column, field); }
  if (header !== null) for (const [role, columns] of Object.entries(recogniseColumns(header)) as [ColumnRole, readonly number[]][]) { // keyed by the roles
    const field = fieldOfRole(role);
    if (field !== null) for (const column of columns) if (!byHeading.has(column)) byHeading.set(column, field);
  }
  const seen = Array.from({ length: width }, (_, column) => {
    const cells = rows.flatMap((row) => { const cell = (row[column] ?? '').trim(); return cell === '' ? [] : [cell]; });
    const count = (fits: (cell: string) => boolean): number => cells.filter(fits).length;
    return {
      laps: areLapsPasswords(cells), admins: count((cell) => /admin/i.test(cell) && cell.length <= 64),
      filled: cells.length, distinct: new Set(cells).size, recoveryPasswords: count((cell) => readKeyCell(cell).status === 'ok'), guids: count((cell) => readGuid(cell) !== null), instants: count((cell) => parseInstant(cell) !== null && /\D/.test(cell)),
      names: count((cell) => isDistinguishedName(cell)), hostnames: count((cell) => isHostValue(cell) && readGuid(cell) === null && /\p{L}/u.test(cell)),
    };
  });
  const most = (part: number, column: (typeof seen)[number]): boolean => column.filled > 0 && part >= column.filled * 0.8;
  const by = (fits: (column: (typeof seen)[number]) => boolean): number => seen.reduce((chosen, column, index) => (fits(column) && !byHeading.has(index) && (chosen === -1 || column.distinct > (seen[chosen]?.distinct ?? 0)) ? index : chosen), -1);
  const taken = new Set(byHeading.values());
  const proposed = new Map<number, MappedField>();
  const propose = (field: MappedField, index: number): void => { if (index !== -1 && !taken.has(field) && !proposed.has(index)) proposed.set(index, field); };
  // Half of them may be damaged: nothing else holds a single one.
  for (const [index, column] of seen.entries()) if (column.recoveryPasswords > 0 && column.recoveryPasswords * 2 >= column.filled) proposed.set(index, 'recoveryPassword');
  const keyed = [...proposed.values()].includes('recoveryPassword') || taken.has('recoveryPassword');
  // Of several GUIDs, the one that differs most from row to row; among equals the nearest before the password, as without an answer.
  const password = seen.findIndex((_column, index) => proposed.get(index) === 'recoveryPassword' || byHeading.get(index) === 'recoveryPassword');
  const farness = (index: number): number => (index < password ? password - index : width + index - password);
  const ids = seen.flatMap((column, index) => (most(column.guids, column) && !byHeading.has(index) ? [index] : [])).toSorted((a, b) => (seen[b]?.distinct ?? 0) - (seen[a]?.distinct ?? 0) || farness(a) - farness(b));
  if (keyed) propose('keyProtectorId', ids[0] ?? -1);
  // A heading known for something else is believed, and so is whatever names a host.
  const beside = seen.some((column) => most(column.hostnames, column) || most(column.names, column)) || taken.has('hostname') || taken.has('distinguishedName');
  const lapsAt = beside && !taken.has('lapsPassword') ? by((column) => column.laps && column.recoveryPasswords === 0) : -1;
  propose('lapsPassword', lapsAt);
  const hasLaps = lapsAt !== -1 || taken.has('lapsPassword');
  if (hasLaps) propose('lapsAccount', by((column) => most(column.admins, column) && column.names === 0));
  propose('distinguishedName', by((column) => most(column.names, column)));
  propose('hostname', by((column) => most(column.hostnames, column) && column.instants === 0 && column.names === 0 && !most(column.admins, column)));
  propose(hasLaps && !keyed ? 'lapsExpiresAt' : keyed ? 'createdAt' : 'lastSeenAt', by((column) => most(column.instants, column)));
  return seen.map(({ filled, recoveryPasswords, guids, instants, hostnames }, index) => ({ filled, recoveryPasswords, guids, instants, hostnames, proposed: proposed.get(index) ?? byHeading.get(index) ?? null }));
}

const fieldsOfLayout = (columns: Readonly<Partial<Record<ColumnRole, readonly number[]>>>, laps: LapsColumns | undefined, width: number): (MappedField | null)[] =>
  Array.from({ length: width }, (_, column) => fieldOfLaps(laps, column) ?? (Object.entries(columns) as [ColumnRole, readonly number[]][]).flatMap(([role, list]) => (list.includes(column) ? (fieldOfRole(role) ?? []) : []))[0] ?? null); // keyed by the roles
