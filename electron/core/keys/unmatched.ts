// What does not fit together: key records of no host, and hosts without a key record. Page by page, so that a list of any length can be taken away.
import type { ReadableDatabase } from '../../store/database.ts';
import { HOSTS_WITHOUT_KEY, LAST_OF_PART, type HostWithoutKey } from './coverage.ts';
import { formatKeyProtectorId } from './import-report.ts';
import { KEY_IMPORTED_AT, listSourcesOf, type KeySourceRow } from './key-sources.ts';
import { prepared } from './prepared.ts';
import { nextTurn } from './slices.ts';

export interface Page { readonly offset: number; readonly limit: number }
/** `entraDeviceId`: the record waits for the host of this device. */
export interface KeyOfNobody {
  readonly keyRecordId: number; readonly keyProtectorId: string | null; readonly createdAt: string | null; readonly importedAt: string; readonly entraDeviceId: string | null; readonly volumeId: string | null;
  readonly conflict: boolean; readonly sources: readonly KeySourceRow[];
}

const KEYS_OF_NOBODY = `SELECT key_record_id AS keyRecordId, hex(key_protector_id) AS id, created_at AS createdAt, ${KEY_IMPORTED_AT} AS importedAt, entra_device_id AS entraDeviceId, volume_id AS volumeId, conflict
  FROM key_records k INDEXED BY key_records_without_host WHERE host_id IS NULL ORDER BY key_record_id LIMIT ? OFFSET ?`;

/** @returns As they came in. Nothing in it is secret. */
export function listKeysOfNobody(db: ReadableDatabase, { offset, limit }: Page): { total: number; rows: KeyOfNobody[] } {
  const total = prepared<[], { n: number }>(db, 'SELECT count(*) AS n FROM key_records INDEXED BY key_records_without_host WHERE host_id IS NULL').get()?.n ?? 0;
  const rows = prepared<[number, number], Omit<KeyOfNobody, 'keyProtectorId' | 'conflict' | 'sources'> & { id: string; conflict: number }>(db, KEYS_OF_NOBODY).all(limit, offset);
  return { total, rows: rows.map(({ id, conflict, ...row }) => ({ ...row, keyProtectorId: formatKeyProtectorId(id), conflict: conflict === 1, sources: listSourcesOf(db, row.keyRecordId) })) };
}

/** @returns By name. Looks at every host, and lets others have their turn meanwhile. */
export async function listHostsWithoutKeyPage(db: ReadableDatabase, { offset, limit }: Page): Promise<{ total: number; rows: HostWithoutKey[] }> {
  const read = prepared<[string], HostWithoutKey>(db, HOSTS_WITHOUT_KEY);
  const lastOfPart = prepared<[string], { hostname: string | null }>(db, LAST_OF_PART);
  const rows: HostWithoutKey[] = [];
  let total = 0;
  for (let after: string | null = ''; after !== null;) {
    for (const host of read.all(after)) {
      if (total >= offset && rows.length < limit) rows.push(host);
      total += 1;
    }
    after = lastOfPart.get(after)?.hostname ?? null;
    await nextTurn();
  }
  return { total, rows };
}
