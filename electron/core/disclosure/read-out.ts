// A secret that is in sight is read out: the same disclosure, which from then on was spoken, in audit, lists, reports and the risk of its rotation.
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { ROTATION_RISKS, type DisclosureWay } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';

/** SQL for how a disclosure `d` went out by an instant, or by now. */
export const wayAt = (asOf?: '@asOf'): string => `CASE WHEN d.spoken_at ${asOf === undefined ? 'IS NOT NULL' : `<= ${asOf}`} THEN 'spoken' ELSE d.way END`;

interface Row { readonly operator: string; readonly way: DisclosureWay; readonly spoken_at: string | null; readonly key_record_id: number | null; readonly laps_password_id: number | null; readonly id: string | null; readonly hostname: string | null }

/**
 * Notes that what an operator was shown they read out, once; a second time nothing is written.
 *
 * @returns AppError `not-found` (also for what somebody else was shown), `not-in-this-state` (printed, or on a medium). Rows: disclosures, rotation, one audit line.
 */
export function readOut(desk: Desk, disclosureId: number): void {
  const { db } = desk;
  const noted = db.transaction((): boolean => {
    const row = db.prepare<[number], Row>(
      `SELECT d.operator, d.way, d.spoken_at, d.key_record_id, d.laps_password_id, hex(k.key_protector_id) AS id, h.hostname
         FROM disclosures d LEFT JOIN key_records k USING (key_record_id) LEFT JOIN laps_passwords p ON p.laps_password_id = d.laps_password_id LEFT JOIN hosts h ON h.host_id = coalesce(k.host_id, p.host_id) WHERE d.disclosure_id = ?`,
    ).get(disclosureId);
    if (row === undefined || row.operator !== desk.operator.name) throw new AppError('not-found', { disclosureId });
    if (row.way === 'spoken' || row.spoken_at !== null) return false;
    if (row.way !== 'shown') throw new AppError('not-in-this-state', { disclosureId, state: row.way });
    const at = nowOf(desk);
    const risk = ROTATION_RISKS.indexOf('spoken');
    db.prepare('UPDATE disclosures SET spoken_at = ? WHERE disclosure_id = ?').run(at, disclosureId);
    db.prepare("UPDATE rotations SET risk = max(risk, ?) WHERE key_record_id = ? AND state <> 'confirmed'").run(risk, row.key_record_id);
    db.prepare("UPDATE laps_rotations SET risk = max(risk, ?) WHERE laps_password_id = ? AND state <> 'confirmed'").run(risk, row.laps_password_id);
    appendAudit(db, { at, operator: row.operator, act: 'disclosures.readOut', subject: row.laps_password_id === null ? formatKeyProtectorId(row.id) : row.hostname, details: { disclosureId, way: 'spoken', hostname: row.hostname } });
    return true;
  }).immediate();
  if (noted) desk.changed('disclosures', 'hosts', 'audit');
}
