// A person's answer to what the columns of a table mean, for tables no heading of which is known.
import type { MappedField } from '../../core/codes.ts';
import { type ColumnRole, type Columns, normaliseHeading } from './columns.ts';
import { fieldsOf } from './csv-records.ts';
import type { LapsColumns } from './laps-columns.ts';
import type { TableLayout } from './table-layout.ts';

export interface ColumnMapping {
  /** The header's cells as they stand there; null for a table without one. */
  readonly header: readonly string[] | null;
  /** One for each column, in the table's order; null: means nothing. */
  readonly fields: readonly (MappedField | null)[];
  /** A list of what an organisation owns, and not of hosts that are down. */
  readonly inventory: boolean;
  /** Of the one table meant, where there is no header to know it by. */
  readonly path?: string | null;
}

type LapsField = Extract<MappedField, `laps${string}`>;
const isLapsField = (field: MappedField): field is LapsField => field.startsWith('laps');
const ROLE_OF: Readonly<Record<Exclude<MappedField, LapsField>, ColumnRole>> = {
  recoveryPassword: 'password', keyProtectorId: 'protectorId', hostname: 'host', distinguishedName: 'dn', createdAt: 'createdAt', lastSeenAt: 'lastSeenAt', volumeId: 'volumeId', drive: 'drive',
  operatingSystem: 'operatingSystem', site: 'site', serialNumber: 'serialNumber', assetTag: 'assetTag', userName: 'userName', entraDeviceId: 'entraDeviceId',
};
const FIELD_OF: ReadonlyMap<ColumnRole, MappedField> = new Map((Object.entries(ROLE_OF) as [keyof typeof ROLE_OF, ColumnRole][]).map(([field, role]) => [role, field])); // a Record of the fields
export const fieldOfRole = (role: ColumnRole): MappedField | null => FIELD_OF.get(role) ?? (role === 'weakPassword' ? 'recoveryPassword' : role === 'name' || role === 'dnsName' ? 'hostname' : null);

export const DELIMITERS = [',', ';', '\t', '|'];
const LINES_ABOVE = 6;

/** Two headers are the same whatever their case, spaces and marks: the same tool in its next version. */
export const headerKey = (header: readonly string[]): string => JSON.stringify(header.map((cell) => normaliseHeading(cell)));

/**
 * @param lines    The first whole lines of a text.
 * @param mappings Trusted; the first whose header stands in one of the first lines counts, before anything that would be recognised.
 * @returns Null when none fits.
 */
export function findMappedLayout(lines: readonly string[], mappings: readonly ColumnMapping[]): TableLayout | null {
  if (mappings.length === 0) return null;
  const stated = /^\s*"?sep=(.)"?\s*$/i.exec(lines[0] ?? '')?.[1];
  for (const mapping of mappings) {
    if (mapping.header === null) {
      const at = lines.findIndex((line) => line.trim() !== '');
      const first = lines.filter((line) => line.trim() !== '' && line.length < 20_000).slice(0, 20);
      const fitting = (one: string): number => first.filter((line) => fieldsOf(line, one).length === mapping.fields.length).length;
      // Commas may stand in what semicolons keep apart.
      const [delimiter] = DELIMITERS.filter((one) => fitting(one) > 0).toSorted((one, other) => fitting(other) - fitting(one));
      if (at !== -1 && delimiter !== undefined && mapping.fields.length > 1) return layoutFor(mapping, null, delimiter, at);
      continue;
    }
    const key = headerKey(mapping.header);
    for (const [at, line] of lines.slice(0, LINES_ABOVE).entries()) {
      if (line.trim() === '' || line.length > 20_000) continue;
      for (const delimiter of stated === undefined ? DELIMITERS : [stated]) {
        const header = fieldsOf(line, delimiter).map((cell) => cell.trim());
        if (headerKey(header) === key) return layoutFor(mapping, header, delimiter, at + 1);
      }
    }
  }
  return null;
}

function layoutFor({ fields, inventory }: ColumnMapping, header: readonly string[] | null, delimiter: string, linesBefore: number): TableLayout {
  const columns: Partial<Record<ColumnRole, readonly number[]>> = {};
  for (const [column, field] of fields.entries()) if (field !== null && !isLapsField(field)) columns[ROLE_OF[field]] = [...(columns[ROLE_OF[field]] ?? []), column];
  const holds = fields.includes('recoveryPassword') ? 'keys' : 'hosts';
  const laps = lapsColumnsOf(fields);
  return { ...(laps === null ? {} : { laps }), intakeKind: holds === 'keys' ? 'keys-csv' : laps !== null ? 'laps-csv' : inventory ? 'inventory-csv' : 'hosts-csv', holds, delimiter, header, linesBefore, columns: columns satisfies Columns, width: fields.length, mapped: true };
}

/** A list of LAPS passwords says of no host that it is down. */
function lapsColumnsOf(fields: ColumnMapping['fields']): LapsColumns | null {
  const expires = fields.indexOf('lapsExpiresAt');
  const passwords = fields.flatMap((field, column) => (field === 'lapsPassword' ? [{ column, expires }] : []));
  return passwords.length === 0 ? null : { passwords, account: fields.indexOf('lapsAccount'), updated: fields.indexOf('lapsUpdatedAt'), status: -1, encrypted: -1 };
}

/** @returns The field a column has by where LAPS passwords stand, if one. */
export function fieldOfLaps(laps: LapsColumns | undefined, column: number): LapsField | null {
  if (laps === undefined) return null;
  if (laps.passwords.some((place) => place.column === column)) return 'lapsPassword';
  if (laps.passwords.some(({ expires }) => expires === column)) return 'lapsExpiresAt';
  return laps.account === column ? 'lapsAccount' : laps.updated === column ? 'lapsUpdatedAt' : null;
}
