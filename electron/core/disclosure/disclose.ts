// Lets one recovery password out, through the one door. Media have theirs in read-for-medium.ts.
import { AppError } from '../app-error.ts';
import type { Desk } from '../desk.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { recoveryPasswordFromBytes, type RecoveryPassword } from '../keys/recovery-password.ts';
import { markDue } from '../rotation/rotations.ts';
import { throughTheDoor, type OnRecord } from './one-door.ts';

/** `recoveryPassword` is secret: it is answered once and kept nowhere. */
export interface Disclosed { readonly disclosureId: number; readonly recoveryPassword: RecoveryPassword; readonly hideAfterMs: number; readonly at: string }

export interface DisclosureRequest extends OnRecord { readonly keyRecordId: number }

interface Row { key_record_id: number; id: string; page_id: number; place: number; host_id: number | null; hostname: string | null }
const SELECT = 'SELECT k.key_record_id, hex(k.key_protector_id) AS id, k.page_id, k.place, k.host_id, h.hostname FROM key_records k LEFT JOIN hosts h USING (host_id) WHERE k.key_record_id = ?';

/**
 * Lets one recovery password out and puts that on record.
 *
 * @returns The recovery password with the number of its disclosure. AppError `not-found`, `cannot-read-recovery-passwords`, `store-damaged`; then nothing is answered.
 *          Rows: disclosures, rotations and audit, in one transaction that is complete before this returns.
 */
export function disclose(desk: Desk, { keyRecordId, ...onRecord }: DisclosureRequest): Disclosed {
  const { db } = desk;
  const { secret, ...rest } = throughTheDoor(desk, onRecord, (unsealer) => {
    const row = db.prepare<[number], Row>(SELECT).get(keyRecordId);
    if (row === undefined) throw new AppError('not-found', { keyRecordId });
    const bytes = unsealer.unseal(row.page_id, row.place);
    const recoveryPassword = recoveryPasswordFromBytes(bytes);
    bytes.fill(0);
    if (recoveryPassword === null) throw new AppError('store-damaged', { keyRecordId });
    return {
      secret: recoveryPassword, keyRecordId, lapsPasswordId: null, subject: formatKeyProtectorId(row.id), details: { keyRecordId, hostname: row.hostname }, hostId: row.host_id,
      markDue: (risk, at) => markDue(db, [keyRecordId], risk, at),
    };
  });
  return { recoveryPassword: secret, ...rest };
}
