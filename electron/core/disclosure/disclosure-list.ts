// Who let which recovery password out, when and why. Nothing in it is secret.
import type { ReadableDatabase } from '../../store/database.ts';
import type { DisclosureWay } from '../codes.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { wayAt } from './read-out.ts';

export interface DisclosureLine {
  readonly disclosureId: number; readonly at: string; readonly operator: string; readonly way: DisclosureWay; readonly reason: string; readonly ticket: string | null;
  readonly keyProtectorId: string | null; readonly hostname: string | null; readonly mediaId: string | null;
  /** A LAPS password, and no recovery password. */
  readonly laps: boolean;
  /** One, or all that are on the medium. */
  readonly keyRecords: number;
}

/** @returns Newest first. */
export function listDisclosures(db: ReadableDatabase, { offset, limit }: { readonly offset: number; readonly limit: number }): { total: number; rows: DisclosureLine[] } {
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM disclosures').get()?.n ?? 0;
  const rows = db.prepare<[number, number], Omit<DisclosureLine, 'keyProtectorId' | 'laps'> & { id: string; lapsPasswordId: number | null }>(
    `SELECT d.disclosure_id AS disclosureId, d.at, d.operator, ${wayAt()} AS way, d.reason, d.ticket, hex(k.key_protector_id) AS id, h.hostname, d.media_id AS mediaId, d.laps_password_id AS lapsPasswordId,
            CASE WHEN d.media_id IS NULL THEN 1 ELSE (SELECT count(*) FROM media_members m WHERE m.media_id = d.media_id) END AS keyRecords
       FROM disclosures d LEFT JOIN key_records k USING (key_record_id) LEFT JOIN laps_passwords p ON p.laps_password_id = d.laps_password_id LEFT JOIN hosts h ON h.host_id = coalesce(k.host_id, p.host_id)
      ORDER BY d.disclosure_id DESC LIMIT ? OFFSET ?`,
  ).all(limit, offset);
  return { total, rows: rows.map(({ id, lapsPasswordId, ...line }) => ({ ...line, laps: lapsPasswordId !== null, keyProtectorId: formatKeyProtectorId(id) })) };
}
