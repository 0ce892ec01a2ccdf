// Which of the disclosed recovery passwords and LAPS passwords were to be replaced at an instant, which of them somebody had been asked to replace, and which were replaced.
import type { ReadableDatabase } from '../../store/database.ts';
import type { ReportScope } from './report-scope.ts';

/** `due`: all that are not confirmed; `asked`: those of them whose replacement was asked for. */
export interface RotationSums { readonly due: number; readonly asked: number; readonly confirmed: number }

/** Confirmed by then, and not made due again by then. */
export const confirmedAt = (id: 'key_record_id' | 'laps_password_id'): string =>
  `((r.confirmed_at IS NOT NULL AND r.confirmed_at <= @asOf) OR EXISTS (SELECT 1 FROM ended_confirmations c WHERE c.${id} = r.${id} AND c.confirmed_at <= @asOf AND c.due_again_at > @asOf))`;

/** When it was last asked for by then, not made due again by then; NULL: it was not. */
export const askedAt = (id: 'key_record_id' | 'laps_password_id'): string =>
  `coalesce(CASE WHEN r.asked_at <= @asOf THEN r.asked_at END, (SELECT max(a.asked_at) FROM ended_askings a WHERE a.${id} = r.${id} AND a.asked_at <= @asOf AND a.ended_at > @asOf))`;

/** Of every key that was disclosed by then, on media too, whether it was asked for and confirmed by then. */
export function countRotations(db: ReadableDatabase, asOf: string, scope: ReportScope | null): RotationSums {
  const host = (of: string): string => (scope === null ? 'NULL' : of); // looked up for each of a hundred thousand: only where it is asked for
  const rows = db.prepare<[{ asOf: string }], { hostId: number | null; confirmed: number; asked: number; n: number }>(
    `SELECT ${host('(SELECT k.host_id FROM key_records k WHERE k.key_record_id = g.key_record_id)')} AS hostId, ${confirmedAt('key_record_id')} AS confirmed, ${askedAt('key_record_id')} IS NOT NULL AS asked, count(*) AS n
       FROM (SELECT key_record_id FROM disclosures WHERE key_record_id IS NOT NULL AND at <= @asOf UNION SELECT m.key_record_id FROM disclosures d JOIN media_members m ON m.media_id = d.media_id WHERE d.at <= @asOf) g
       LEFT JOIN rotations r ON r.key_record_id = g.key_record_id GROUP BY 1, 2, 3
     UNION ALL
     SELECT ${host('p.host_id')}, ${confirmedAt('laps_password_id')}, ${askedAt('laps_password_id')} IS NOT NULL, count(*)
       FROM (SELECT DISTINCT laps_password_id FROM disclosures WHERE laps_password_id IS NOT NULL AND at <= @asOf) g JOIN laps_passwords p USING (laps_password_id) LEFT JOIN laps_rotations r ON r.laps_password_id = g.laps_password_id GROUP BY 1, 2, 3`,
  ).all({ asOf }).filter(({ hostId }) => scope === null || scope.hasHost(hostId));
  const sum = (of: (row: (typeof rows)[number]) => boolean): number => rows.reduce((total, row) => (of(row) ? total + row.n : total), 0);
  return { due: sum(({ confirmed }) => confirmed === 0), asked: sum(({ confirmed, asked }) => confirmed === 0 && asked === 1), confirmed: sum(({ confirmed }) => confirmed === 1) };
}
