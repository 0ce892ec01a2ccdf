// Conflicts side by side: one key protector ID, several recovery passwords. Nothing is overwritten and nothing is decided: each can be disclosed, and what is known of each is said.
import type { ReadableDatabase } from '../../store/database.ts';
import type { HostState } from '../codes.ts';
import type { Desk } from '../desk.ts';
import { formatKeyProtectorId } from './import-report.ts';
import { KEY_IMPORTED_AT, listSourcesOf, type KeySourceRow } from './key-sources.ts';
import { prepared } from './prepared.ts';
import { openShortFingerprints } from './short-fingerprint.ts';

/** What decides between records of one key protector ID. `tested_at`: when a volume was opened with it. */
export interface Rival { readonly key_record_id: number; readonly tested_at: string | null; readonly created_at: string | null }

export interface RivalRecord {
  readonly keyRecordId: number;
  /** Keyed with the desk's own key: equal passwords, equal fingerprints, and nothing to try passwords against. */
  readonly fingerprint: string;
  readonly hostId: number | null; readonly hostname: string | null; readonly hostState: HostState | null; readonly drive: string | null; readonly volumeId: string | null;
  readonly createdAt: string | null; readonly importedAt: string; readonly testedAt: string | null; readonly disclosedAt: string | null;
  /** Every file and row that gives this recovery password. */
  readonly sources: readonly KeySourceRow[];
  /** Media that carry it. */
  readonly media: readonly string[];
  /** The one of them that a new medium would carry. */
  readonly goesOnMedia: boolean;
}

export interface KeyConflictSet { readonly keyProtectorId: string; readonly records: readonly RivalRecord[] }

/**
 * Which of two records of one key protector ID a medium carries: the one that has opened a volume, then the one its source dates latest, then the one imported last.
 *
 * @returns Whether `a` goes before `b`.
 */
export function isLikelier(a: Rival, b: Rival): boolean {
  for (const [x, y] of [[a.tested_at, b.tested_at], [a.created_at, b.created_at]] as const) if (x !== y) return (x ?? '') > (y ?? '');
  return a.key_record_id > b.key_record_id;
}

/** @returns By key protector ID; the records of each in the order in which a medium would take them. Nothing in it is secret. Reads only. */
export function listKeyConflicts({ db, keys }: Pick<Desk, 'db' | 'keys'>, { offset, limit }: { readonly offset: number; readonly limit: number }): { total: number; rows: KeyConflictSet[] } {
  const short = openShortFingerprints(keys.key1);
  const total = prepared<[], { n: number }>(db, 'SELECT count(DISTINCT key_protector_id) AS n FROM key_records INDEXED BY key_records_in_conflict WHERE conflict = 1').get()?.n ?? 0;
  const ids = prepared<[number, number], { id: Buffer }>(db, IDS_IN_CONFLICT).all(limit, offset);
  return { total, rows: ids.map(({ id }) => ({ keyProtectorId: formatKeyProtectorId(id.toString('hex').toUpperCase()) ?? '', records: rivalsOf(db, id, short) })) };
}

export const IDS_IN_CONFLICT = 'SELECT DISTINCT key_protector_id AS id FROM key_records INDEXED BY key_records_in_conflict WHERE conflict = 1 ORDER BY key_protector_id LIMIT ? OFFSET ?';

type Row = Rival & Pick<RivalRecord, 'hostId' | 'hostname' | 'hostState' | 'drive' | 'volumeId' | 'importedAt' | 'disclosedAt'> & { readonly fingerprint: Buffer };

function rivalsOf(db: ReadableDatabase, id: Buffer, short: (fingerprint: Uint8Array) => string): RivalRecord[] {
  const rows = prepared<[Buffer], Row>(
    db,
    `SELECT k.key_record_id, k.fingerprint, k.host_id AS hostId, h.hostname, h.state AS hostState, k.drive, k.volume_id AS volumeId, k.created_at, ${KEY_IMPORTED_AT} AS importedAt, k.tested_at,
            (SELECT max(at) FROM (
              SELECT d.at FROM disclosures d WHERE d.key_record_id = k.key_record_id
              UNION ALL SELECT d.at FROM media_members m JOIN disclosures d ON d.media_id = m.media_id WHERE m.key_record_id = k.key_record_id)) AS disclosedAt
       FROM key_records k INDEXED BY key_records_in_conflict LEFT JOIN hosts h ON h.host_id = k.host_id WHERE k.conflict = 1 AND k.key_protector_id = ?`,
  ).all(id).sort((a, b) => (isLikelier(a, b) ? -1 : 1));
  const media = prepared<[number], { id: string }>(db, 'SELECT media_id AS id FROM media_members WHERE key_record_id = ? ORDER BY media_id');
  return rows.map(({ key_record_id, tested_at, created_at, fingerprint, ...row }, place) => ({
    ...row, keyRecordId: key_record_id, fingerprint: short(fingerprint), createdAt: created_at, testedAt: tested_at,
    sources: listSourcesOf(db, key_record_id), media: media.all(key_record_id).map((medium) => medium.id), goesOnMedia: place === 0,
  }));
}
