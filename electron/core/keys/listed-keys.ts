// Keys that exist elsewhere: a list named them, and their recovery passwords are not at this desk. Nothing in them is secret.
import type { IntakeKind } from '../../formats/intake/intake.ts';
import type { ReadableDatabase } from '../../store/database.ts';
import { standsFor } from '../hosts/joined.ts';
import { formatKeyProtectorId } from './import-report.ts';
import { idRange } from './look-up-query.ts';
import { prepared } from './prepared.ts';

export interface ListedKey {
  readonly keyProtectorId: string; readonly hostId: number | null; readonly hostname: string | null; readonly entraDeviceId: string | null; readonly createdAt: string | null;
  /** Where its recovery password is still to be had; null where the file does not say: export it again. */
  readonly keptIn: 'directory' | 'tenant' | null;
  /** Of the last list that names it. */
  readonly source: string; readonly sourceRow: number;
}

/** Fewer digits say nothing of one key, and there may be a million of them. */
const FEWEST_DIGITS = 4;
const MOST_SHOWN = 20;

/** Not held: an entry of key_ids counts only when the record it names has this ID. Of several lists the last one speaks. */
const NOT_HELD = `NOT EXISTS (SELECT 1 FROM key_ids i JOIN key_records k ON k.key_record_id = i.key_record_id AND k.key_protector_id = i.key_protector_id WHERE i.key_protector_id = l.key_protector_id)
  AND NOT EXISTS (SELECT 1 FROM listed_keys later WHERE later.key_protector_id = l.key_protector_id AND later.import_file_id > l.import_file_id)`;
const OWNER = `coalesce((SELECT h.host_id FROM host_ids i JOIN hosts h ON h.host_id = i.host_id WHERE i.kind = 'entra-device-id' AND i.value = l.entra_device_id ORDER BY h.hostname LIMIT 1), l.host_id)`;
const SELECT = `SELECT hex(l.key_protector_id) AS id, ${OWNER} AS hostId, l.entra_device_id AS entraDeviceId, l.created_at AS createdAt, f.kind AS fileKind, f.name AS source, l.source_row AS sourceRow
  FROM listed_keys l JOIN import_files f ON f.import_file_id = l.import_file_id`;

export const LISTED_IN_RANGE = `${SELECT} WHERE l.key_protector_id BETWEEN ? AND ? AND ${NOT_HELD} ORDER BY l.key_protector_id LIMIT ${MOST_SHOWN}`;
export const LISTED_OF_HOST = `${SELECT} WHERE l.host_id = @host AND ${NOT_HELD}
  UNION ${SELECT} WHERE l.entra_device_id IN (SELECT value FROM host_ids WHERE host_id = @host AND kind = 'entra-device-id') AND ${NOT_HELD} ORDER BY createdAt DESC, id LIMIT ${MOST_SHOWN}`;

/** @param idDigits Of a key ID from its beginning, upper case without hyphens. @returns Empty below four digits. */
export function findListedKeys(db: ReadableDatabase, idDigits: string): ListedKey[] {
  if (idDigits.length < FEWEST_DIGITS) return [];
  return prepared<[Buffer, Buffer], Row>(db, LISTED_IN_RANGE).all(...idRange(idDigits)).map((row) => toListedKey(db, row));
}

/** @returns The newest first. */
export const listListedKeysOf = (db: ReadableDatabase, hostId: number): ListedKey[] => prepared<[{ host: number }], Row>(db, LISTED_OF_HOST).all({ host: hostId }).map((row) => toListedKey(db, row));

/** @param after The last key of the part before, from 16 zero bytes on. @returns The hosts of the next keys, null for keys of nobody here; the last of them, null at the end. */
export function listedPart(db: ReadableDatabase, after: Uint8Array, limit: number): { hosts: (number | null)[]; last: Uint8Array | null } {
  const last = prepared<[Uint8Array, number], { id: Uint8Array | null }>(db, 'SELECT max(key_protector_id) AS id FROM (SELECT key_protector_id FROM listed_keys WHERE key_protector_id > ? ORDER BY key_protector_id LIMIT ?)').get(after, limit)?.id ?? null;
  if (last === null) return { hosts: [], last };
  const hosts = prepared<[Uint8Array, Uint8Array], { hostId: number | null }>(db, `SELECT ${OWNER} AS hostId FROM listed_keys l WHERE l.key_protector_id > ? AND l.key_protector_id <= ? AND ${NOT_HELD}`).all(after, last);
  return { hosts: hosts.map(({ hostId }) => (hostId === null ? null : standsFor(db, hostId))), last };
}

type Row = Omit<ListedKey, 'keyProtectorId' | 'hostname' | 'keptIn'> & { readonly id: string; readonly fileKind: string };

const IN_DIRECTORY: ReadonlySet<string> = new Set<IntakeKind>(['ad-csv', 'ldif', 'directory']);
const IN_TENANT: ReadonlySet<string> = new Set<IntakeKind>(['graph-json', 'entra-csv', 'tenant']);

function toListedKey(db: ReadableDatabase, { id, fileKind, ...row }: Row): ListedKey {
  const keptIn = IN_DIRECTORY.has(fileKind) ? 'directory' : IN_TENANT.has(fileKind) || row.entraDeviceId !== null ? 'tenant' : null;
  const hostId = row.hostId === null ? null : standsFor(db, row.hostId);
  const hostname = hostId === null ? null : (prepared<[number], { hostname: string }>(db, 'SELECT hostname FROM hosts WHERE host_id = ?').get(hostId)?.hostname ?? null);
  return { ...row, keptIn, hostId, hostname, keyProtectorId: formatKeyProtectorId(id) ?? '' };
}
