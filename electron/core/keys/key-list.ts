// Key records as lists show them. Nothing in it is secret: a recovery password leaves the store through core/disclosure only.
import { KEY_PLACES, type KeyPlace } from '../codes.ts';
import type { ReadableDatabase } from '../../store/database.ts';
import type { HostState } from '../codes.ts';
import { formatKeyProtectorId } from './import-report.ts';
import { KEY_IMPORTED_AT, listSourcesOf, type KeySourceRow } from './key-sources.ts';
import { prepared } from './prepared.ts';
import { writeId } from './packed-values.ts';

/** Where what was typed stands in a shown text: [start, length]. */
export type Match = [number, number];

export interface KeyCandidate {
  readonly keyRecordId: number; readonly keyProtectorId: string | null; readonly match: Match | null;
  readonly hostId: number | null; readonly hostname: string | null; readonly hostMatch: Match | null; readonly hostState: HostState | null;
  readonly drive: string | null; readonly volumeId: string | null; readonly createdAt: string | null; readonly importedAt: string;
  /** File name and row the record came from first. */
  readonly source: string; readonly sourceRow: number;
  /** That one, and every further file and row that gives the same recovery password. */
  readonly sources: readonly KeySourceRow[];
  /** When it left the vault last, shown or on a medium. */
  readonly disclosedAt: string | null;
  readonly conflict: boolean;
}

interface Row {
  key_record_id: number; id: string; host_id: number | null; hostname: string | null; state: HostState | null; drive: string | null; volume_id: string | null;
  created_at: string | null; imported_at: string; source: string; source_row: number; disclosed_at: string | null; conflict: number;
}

/** @returns In the order given; records that are not there are left out. At most some hundred. */
export function readKeyCandidates(db: ReadableDatabase, keyRecordIds: readonly number[]): KeyCandidate[] {
  const read = prepared<[number], Row>(
    db,
    `SELECT k.key_record_id, hex(k.key_protector_id) AS id, k.host_id, h.hostname, h.state, k.drive, k.volume_id, k.created_at, ${KEY_IMPORTED_AT} AS imported_at, f.name AS source, k.source_row,
            (SELECT max(at) FROM (
              SELECT d.at FROM disclosures d WHERE d.key_record_id = k.key_record_id
              UNION ALL SELECT d.at FROM media_members m JOIN disclosures d ON d.media_id = m.media_id WHERE m.key_record_id = k.key_record_id)) AS disclosed_at,
            k.conflict
       FROM key_records k JOIN import_files f ON f.import_file_id = k.import_file_id LEFT JOIN hosts h ON h.host_id = k.host_id
      WHERE k.key_record_id = ?`,
  );
  return keyRecordIds.flatMap((id) => {
    const row = read.get(id);
    return row === undefined ? [] : [toCandidate(row, listSourcesOf(db, id))];
  });
}

/** @returns The key records of a host by their own dates, newest first; undated ones last, latest imported first. */
export function listKeysOfHost(db: ReadableDatabase, hostId: number, limit = 1000): KeyCandidate[] {
  const ids = prepared<[number, number], { id: number }>(db, 'SELECT key_record_id AS id FROM key_records WHERE host_id = ? ORDER BY created_at DESC, key_record_id DESC LIMIT ?').all(hostId, limit);
  return readKeyCandidates(db, ids.map(({ id }) => id));
}

/**
 * Finds the records of a key protector ID. `key_records` has no index of it: key_ids and the partial index of conflicts are the way.
 *
 * @param keyProtectorId Canonical.
 * @returns Record numbers, the first one imported first; several only when they are in conflict.
 */
export function findKeyRecords(db: ReadableDatabase, keyProtectorId: string): number[] {
  const id = new Uint8Array(16);
  writeId(keyProtectorId, id, 0);
  return prepared<[Uint8Array, Uint8Array], { id: number }>(
    db,
    `SELECT k.key_record_id AS id FROM key_ids i JOIN key_records k ON k.key_record_id = i.key_record_id AND k.key_protector_id = i.key_protector_id WHERE i.key_protector_id = ?
     UNION SELECT key_record_id FROM key_records WHERE conflict = 1 AND key_protector_id = ? ORDER BY id`,
  ).all(id, id).map((row) => row.id);
}

/** Which place a kind of file comes from (formats/intake/rows.ts, core/sources); any other kind is a file somebody had. */
const PLACE_OF_KIND: Readonly<Record<string, KeyPlace>> = {
  'ad-csv': 'directory', ldif: 'directory', directory: 'directory', 'entra-csv': 'tenant', 'graph-json': 'tenant', tenant: 'tenant', 'crowdstrike-csv': 'crowdstrike', 'mbam-csv': 'configmgr',
};

/** @returns `places`: those from which a key record has come. */
export function countKeys(db: ReadableDatabase): { keyRecords: number; sources: number; lastImportAt: string | null; places: KeyPlace[] } {
  const kinds = db.prepare<[], { kind: string }>('SELECT DISTINCT kind FROM import_files WHERE imported + unchanged + conflicts > 0').all();
  const places = new Set(kinds.map(({ kind }): KeyPlace => PLACE_OF_KIND[kind] ?? 'files'));
  const row = db.prepare<[], { keyRecords: number; sources: number; lastImportAt: string | null }>(
    `SELECT (SELECT count(*) FROM key_records) AS keyRecords,
            (SELECT count(DISTINCT name) FROM import_files WHERE imported + unchanged + conflicts > 0) AS sources,
            (SELECT max(finished_at) FROM imports) AS lastImportAt`,
  ).get();
  return { ...(row ?? { keyRecords: 0, sources: 0, lastImportAt: null }), places: KEY_PLACES.filter((place) => places.has(place)) };
}

function toCandidate(row: Row, sources: readonly KeySourceRow[]): KeyCandidate {
  return {
    keyRecordId: row.key_record_id, keyProtectorId: formatKeyProtectorId(row.id), match: null, hostId: row.host_id, hostname: row.hostname, hostMatch: null, hostState: row.state,
    drive: row.drive, volumeId: row.volume_id, createdAt: row.created_at, importedAt: row.imported_at, source: row.source, sourceRow: row.source_row, sources,
    disclosedAt: row.disclosed_at, conflict: row.conflict === 1,
  };
}
