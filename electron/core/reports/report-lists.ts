// The long lists of a report, a line for every disclosure or every key that is still to be replaced: read only for the report that prints them.
import type { ReadableDatabase } from '../../store/database.ts';
import type { DisclosureWay, ReportKind } from '../codes.ts';
import { wayAt } from '../disclosure/read-out.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import type { ReportScope } from './report-scope.ts';
import { askedAt, confirmedAt, type RotationSums } from './rotations-at.ts';

/** `askedAt`: when its replacement was last asked for, of the instant; null: it was not. `laps`: of a LAPS password, which has no ID. */
export interface OpenRotation { readonly keyProtectorId: string | null; readonly hostname: string | null; readonly dueSince: string; readonly way: DisclosureWay; readonly askedAt: string | null; readonly laps: boolean }
export interface DisclosureRow { readonly at: string; readonly operator: string; readonly way: DisclosureWay; readonly reason: string; readonly ticket: string | null; readonly keyProtectorId: string | null; readonly hostname: string | null; readonly mediaId: string | null; readonly keyRecords: number; readonly laps: boolean }
/** Each is empty in a report that does not print it. */
export interface ReportLists { readonly disclosures: readonly DisclosureRow[]; readonly openRotations: readonly OpenRotation[] }
/** A list with its sums, which are those of its lines. */
export type ReportList = { readonly disclosures: readonly DisclosureRow[]; readonly disclosed: number } | { readonly openRotations: readonly OpenRotation[]; readonly rotations: RotationSums };

/** Of a report that prints none. */
export const NO_LISTS: ReportLists = { disclosures: [], openRotations: [] };

/** Kinds that say nothing but a list and its sums. */
export const hasList = (kind: ReportKind): kind is 'disclosures' | 'rotation' => kind === 'disclosures' || kind === 'rotation';

/** @param scope What it is of. @param asOf Instant, ISO-8601 UTC. @returns The list of this kind with its sums, as of that instant. Key protector IDs, never a recovery password. */
export function readReportList(db: ReadableDatabase, asOf: string, scope: ReportScope | null, kind: 'disclosures' | 'rotation'): ReportList {
  if (kind === 'rotation') return readRotations(db, asOf, scope);
  const disclosures = readDisclosures(db, asOf, scope);
  return { disclosures, disclosed: disclosures.length };
}

function readDisclosures(db: ReadableDatabase, asOf: string, scope: ReportScope | null): DisclosureRow[] {
  return db.prepare<[{ asOf: string }], Omit<DisclosureRow, 'keyProtectorId' | 'laps'> & { id: string | null; hostId: number | null; laps: number }>(
    `SELECT h.host_id AS hostId, d.at, d.operator, ${wayAt('@asOf')} AS way, d.reason, d.ticket, hex(k.key_protector_id) AS id, h.hostname, d.media_id AS mediaId, d.laps_password_id IS NOT NULL AS laps,
            CASE WHEN d.media_id IS NULL THEN 1 ELSE (SELECT count(*) FROM media_members m WHERE m.media_id = d.media_id) END AS keyRecords
       FROM disclosures d LEFT JOIN key_records k USING (key_record_id) LEFT JOIN laps_passwords p ON p.laps_password_id = d.laps_password_id LEFT JOIN hosts h ON h.host_id = coalesce(k.host_id, p.host_id) WHERE d.at <= @asOf ORDER BY d.disclosure_id`,
  ).all({ asOf }).filter(({ hostId, mediaId }) => scope === null || (mediaId === null ? scope.hasHost(hostId) : scope.hasMedium(mediaId))).map(({ id, hostId: _hostId, laps, ...row }) => ({ ...row, keyProtectorId: formatKeyProtectorId(id ?? ''), laps: laps === 1 }));
}

/** Every key that was disclosed by then; asked and confirmed only when that was by then, too. */
function readRotations(db: ReadableDatabase, asOf: string, scope: ReportScope | null): ReportList {
  const rows = db.prepare<[{ asOf: string }], { id: string | null; hostId: number | null; hostname: string | null; dueSince: string; way: DisclosureWay; confirmed: number; askedAt: string | null; laps: number }>(
    `SELECT hex(k.key_protector_id) AS id, h.host_id AS hostId, h.hostname, max(g.at) AS dueSince, g.way, ${confirmedAt('key_record_id')} AS confirmed, ${askedAt('key_record_id')} AS askedAt, 0 AS laps
       FROM (SELECT d.key_record_id, d.at, ${wayAt('@asOf')} AS way FROM disclosures d WHERE d.key_record_id IS NOT NULL AND d.at <= @asOf
             UNION ALL SELECT m.key_record_id, d.at, d.way FROM disclosures d JOIN media_members m ON m.media_id = d.media_id WHERE d.at <= @asOf) g
       JOIN key_records k ON k.key_record_id = g.key_record_id LEFT JOIN hosts h ON h.host_id = k.host_id LEFT JOIN rotations r ON r.key_record_id = g.key_record_id
      GROUP BY g.key_record_id
     UNION ALL
     SELECT NULL, h.host_id, h.hostname, max(d.at), ${wayAt('@asOf')}, ${confirmedAt('laps_password_id')}, ${askedAt('laps_password_id')}, 1
       FROM disclosures d JOIN laps_passwords p ON p.laps_password_id = d.laps_password_id JOIN hosts h ON h.host_id = p.host_id LEFT JOIN laps_rotations r ON r.laps_password_id = d.laps_password_id
      WHERE d.at <= @asOf GROUP BY d.laps_password_id ORDER BY dueSince, h.hostname, id`,
  ).all({ asOf }).filter(({ hostId }) => scope === null || scope.hasHost(hostId));
  const open = rows.filter(({ confirmed }) => confirmed === 0).map(({ id, hostname, dueSince, way, askedAt, laps }): OpenRotation => ({ keyProtectorId: formatKeyProtectorId(id ?? ''), hostname, dueSince, way, askedAt, laps: laps === 1 }));
  return { openRotations: open, rotations: { due: open.length, asked: open.filter(({ askedAt }) => askedAt !== null).length, confirmed: rows.length - open.length } };
}
