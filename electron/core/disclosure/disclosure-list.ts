// Who let which recovery password out, when and why. Nothing in it is secret.
import type { ReadableDatabase } from '../../store/database.ts';
import type { DisclosureWay } from '../codes.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';

export interface DisclosureLine {
  readonly disclosureId: number; readonly at: string; readonly operator: string; readonly way: DisclosureWay; readonly reason: string; readonly ticket: string | null;
  readonly keyProtectorId: string | null; readonly hostname: string | null; readonly mediaId: string | null;
  /** One, or all that are on the medium. */
  readonly keyRecords: number;
}

/** @returns Newest first. */
export function listDisclosures(db: ReadableDatabase, { offset, limit }: { readonly offset: number; readonly limit: number }): { total: number; rows: DisclosureLine[] } {
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM disclosures').get()?.n ?? 0;
  const rows = db.prepare<[number, number], Omit<DisclosureLine, 'keyProtectorId'> & { id: string }>(
    `SELECT d.disclosure_id AS disclosureId, d.at, d.operator, d.way, d.reason, d.ticket, hex(k.key_protector_id) AS id, h.hostname, d.media_id AS mediaId,
            CASE WHEN d.media_id IS NULL THEN 1 ELSE (SELECT count(*) FROM media_members m WHERE m.media_id = d.media_id) END AS keyRecords
       FROM disclosures d LEFT JOIN key_records k USING (key_record_id) LEFT JOIN hosts h ON h.host_id = k.host_id
      ORDER BY d.disclosure_id DESC LIMIT ? OFFSET ?`,
  ).all(limit, offset);
  return { total, rows: rows.map(({ id, ...line }) => ({ ...line, keyProtectorId: formatKeyProtectorId(id) })) };
}
