// What people said of the columns of a header is remembered for the next file with the same one.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { headerKey, type ColumnMapping } from '../../formats/intake/mapping.ts';
import { mayBeSecret } from '../../formats/intake/preview.ts';
import { AppError } from '../app-error.ts';
import { MAPPED_FIELDS, type MappedField } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';

/** As many as an organisation has exporters. */
const MOST_REMEMBERED = 500;

/**
 * @param mappings Untrusted.
 * @returns These first, then those remembered. Rows: column_mappings; none for a table without header. AppError `invalid-input`: another number of fields than columns,
 *          no column that names a host or a recovery password, or a cell of the header that may be a recovery password.
 */
export function rememberMappings(desk: Desk, mappings: readonly ColumnMapping[]): ColumnMapping[] {
  for (const { header, fields } of mappings) {
    const says = fields.some((field) => field === 'recoveryPassword' || field === 'hostname' || field === 'distinguishedName');
    if (!says || fields.length < 2 || (header !== null && (header.length !== fields.length || header.some(mayBeSecret)))) throw new AppError('invalid-input', { fields: ['mappings'] });
  }
  const { db } = desk;
  const remembered = listMappings(db);
  if (mappings.length > 0) db.transaction(() => mappings.forEach((mapping) => remember(db, mapping, desk.operator.name, nowOf(desk)))).immediate();
  const said = new Set(mappings.flatMap(({ header }) => (header === null ? [] : [headerKey(header)])));
  return [...mappings, ...remembered.filter(({ header }) => header !== null && !said.has(headerKey(header)))];
}

/** @returns The newest first. */
export function listMappings(db: ReadableDatabase): ColumnMapping[] {
  return db.prepare<[number], { header: string; fields: string; inventory: number }>('SELECT header, fields, inventory FROM column_mappings ORDER BY said_at DESC, header_key LIMIT ?').all(MOST_REMEMBERED)
    .map(({ header, fields, inventory }) => ({ header: JSON.parse(header) as string[], fields: (JSON.parse(fields) as (string | null)[]).map(fieldOf), inventory: inventory === 1 })); // written below
}

const fieldOf = (name: string | null): MappedField | null => MAPPED_FIELDS.find((field) => field === name) ?? null;

function remember(db: Database, { header, fields, inventory }: ColumnMapping, by: string, at: string): void {
  if (header === null) return;
  db.prepare('INSERT INTO column_mappings (header_key, header, fields, inventory, said_by, said_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (header_key) DO UPDATE SET fields = excluded.fields, inventory = excluded.inventory, said_by = excluded.said_by, said_at = excluded.said_at')
    .run(headerKey(header), JSON.stringify(header), JSON.stringify(fields), inventory ? 1 : 0, by, at);
}
