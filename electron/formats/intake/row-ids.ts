// Whose key protector ID is whose in a row of a table: one ID for its one key, one beside each key, or a list of IDs in step with a list of keys.
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import type { RecoveryPassword } from '../../core/keys/recovery-password.ts';
import { ID_LENGTH } from '../../core/keys/packed-values.ts';
import type { Columns } from './columns.ts';
import { GUID, OTHER_GUID } from './guids-in-text.ts';
import type { FoundId } from './key-pairing.ts';
import { NO_ID, readKeyCell, readKeyProtectorId } from './key-values.ts';
import type { TableLayout } from './table-layout.ts';

/** How PowerShell and spreadsheets write a list into one cell; the first that leaves several counts. */
const BETWEEN = [/\n/, /[,;|]/, / /];

/** @returns Columns whose GUIDs are of something else: a device, a volume, an object, by what the column means or is called. */
export function otherGuidColumns({ columns: { volumeId = [], entraDeviceId = [], deviceId = [] }, header }: TableLayout): ReadonlySet<number> {
  const named = (header ?? []).flatMap((heading, column) => (OTHER_GUID_HEADING.test(heading) || (OTHER_ID_HEADING.test(heading) && !KEY_HEADING.test(heading)) ? [column] : []));
  return new Set([...volumeId, ...entraDeviceId, ...deviceId, ...named]);
}

const OTHER_GUID_HEADING = /object|device|volume|tenant|user(?! ?name$)|group|aad|entra|azure|sid|disk|partition|machine|computer|host|asset|serial/i;
/** `FolderId`, `Correlation ID`: of whatever it says, unless it says a key. */
const OTHER_ID_HEADING = /^(?!\W*(?:gu|uu)?id\W*$).*id\W*$/i;
const KEY_HEADING = /key|protector|password|recover|bitlocker|fve|kenn|schl[üu]|wiederherst|cl[ée]|clave|chiave|sleutel|chave|contrase|mot de passe/i;

/** @returns Whether a heading says that what stands below it is of a key; "Identifier" may be of anything. */
export const isHeadingOfKey = (heading: string): boolean => KEY_HEADING.test(heading);

/** @param others  `otherGuidColumns`. @returns The one ID of a row; null where it has none, or several. */
export function idOfRow(columns: Columns, fields: readonly string[], others: ReadonlySet<number>, hasHeader: boolean): KeyProtectorId | null {
  const { protectorId = [], weakProtectorId = [], password = [] } = columns;
  // Somebody swapped the two headings: the ID stands under the password's.
  for (const column of [...protectorId, ...weakProtectorId, ...password]) {
    const id = readKeyProtectorId(fields[column] ?? '');
    if (id !== null && id !== NO_ID) return id;
  }
  if (protectorId.length > 0 || !hasHeader) return null;
  // No heading helps: one GUID in the row, under a heading that names nothing else, can only be the key's.
  const ids = fields.flatMap((field, column) => (others.has(column) ? [] : (readKeyProtectorId(field) ?? [])));
  return ids.length === 1 ? (ids[0] ?? null) : null;
}

/** @param others `otherGuidColumns`. @returns The one key protector ID in the texts of a row, of a ticket's description or an entry's notes; null where there is none, or several. */
export function idInTexts(fields: readonly string[], others: ReadonlySet<number>): KeyProtectorId | null {
  const ids = new Set(fields.flatMap((field, column) => (others.has(column) || field.length <= ID_LENGTH + 2 || field.startsWith('http') ? [] : Array.from(field.matchAll(GUID), (match) => (OTHER_GUID.test(field.slice(Math.max(0, match.index - 60), match.index)) ? null : readKeyProtectorId(match[0]))))));
  ids.delete(null);
  return ids.size === 1 ? ([...ids][0] ?? null) : null;
}

/** With as many columns of IDs as of passwords the first is the first's and so on, whichever stand before the others: `Key ID C, Key C, Key ID D, Key D`, `Key 1, Key 2, Key ID 1, Key ID 2`. */
export function idBeside({ protectorId, weakProtectorId = [], password = [] }: Columns, fields: readonly string[], column: number, row: number): FoundId | null {
  const ids = protectorId ?? weakProtectorId;
  if (password.length < 2 || ids.length !== password.length) return null;
  const place = password.filter((other) => other < column).length;
  const id = readKeyProtectorId(fields[ids.toSorted((a, b) => a - b)[place] ?? -1] ?? '');
  return id === null ? null : { row, keyProtectorId: id, createdAt: null, host: null };
}

/**
 * The protectors of a volume in one row, as `-join` writes them: `{TPM's ID},{its ID}` beside `,password`.
 *
 * @returns The ID of each key that stands in the same place of its list; of none where the lists are not equally long.
 */
export function idsInStep({ protectorId = [], password = [] }: Columns, fields: readonly string[]): ReadonlyMap<RecoveryPassword, KeyProtectorId> {
  const found = new Map<RecoveryPassword, KeyProtectorId>();
  const ids = fields[protectorId[0] ?? -1] ?? '';
  const keys = fields[password[0] ?? -1] ?? '';
  const between = BETWEEN.find((mark) => mark.test(ids.trim()));
  if (between === undefined) return found;
  const listed = ids.split(between).map((id) => readKeyProtectorId(id.trim()));
  const given = keys.split(between);
  if (listed.length !== given.length) return found;
  given.forEach((cell, place) => {
    const key = readKeyCell(cell);
    const id = listed[place] ?? null;
    if (key.status === 'ok' && id !== null) found.set(key.recoveryPassword, id);
  });
  return found;
}
