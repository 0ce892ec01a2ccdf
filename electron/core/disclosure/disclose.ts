// The one door (DESIGN §7): no recovery password is shown without its disclosure in the same transaction. Media have theirs in read-for-medium.ts.
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { noteDisclosure } from '../calls/calls.ts';
import type { DisclosureReason } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { recoveryPasswordFromBytes, type RecoveryPassword } from '../keys/recovery-password.ts';
import { readPolicies } from '../policies/policies.ts';
import { markDue } from '../rotation/rotations.ts';
import { flagUnusualRate } from './unusual-rate.ts';
import { openUnsealer } from '../../store/sealed-pages.ts';

/** `recoveryPassword` is secret: it is answered once and kept nowhere. */
export interface Disclosed { readonly disclosureId: number; readonly recoveryPassword: RecoveryPassword; readonly hideAfterMs: number; readonly at: string }

export interface DisclosureRequest { readonly keyRecordId: number; readonly reason: DisclosureReason; readonly ticket?: string | undefined; readonly way: 'shown' | 'spoken'; /** The call it answers. */ readonly callId?: number | undefined }

interface Row { key_record_id: number; id: string; page_id: number; place: number; hostname: string | null }
const SELECT = 'SELECT k.key_record_id, hex(k.key_protector_id) AS id, k.page_id, k.place, h.hostname FROM key_records k LEFT JOIN hosts h USING (host_id) WHERE k.key_record_id = ?';

/**
 * Lets one recovery password out and puts that on record.
 *
 * @returns The recovery password with the number of its disclosure. AppError `not-found`, `cannot-read-recovery-passwords`, `store-damaged`; then nothing is answered.
 *          Rows: disclosures and audit, in one transaction that is complete before this returns.
 */
export function disclose(desk: Desk, { keyRecordId, reason, ticket, way, callId }: DisclosureRequest): Disclosed {
  const { db } = desk;
  const unsealer = openUnsealer(db, desk.keys);
  const outermost = !db.inTransaction; // inside another transaction its end decides, and SQLite refuses the setting
  if (outermost) db.pragma('synchronous = FULL'); // on the disk before it is on the screen, also when the power goes
  try {
    const disclosed = db.transaction((): Disclosed => {
      const row = db.prepare<[number], Row>(SELECT).get(keyRecordId);
      if (row === undefined) throw new AppError('not-found', { keyRecordId });
      const bytes = unsealer.unseal(row.page_id, row.place);
      const recoveryPassword = recoveryPasswordFromBytes(bytes);
      bytes.fill(0);
      if (recoveryPassword === null) throw new AppError('store-damaged', { keyRecordId });
      const at = nowOf(desk);
      const operator = desk.operator.name;
      const kept = ticket === undefined || ticket === '' ? null : ticket;
      const disclosureId = Number(db.prepare('INSERT INTO disclosures (at, operator, way, reason, ticket, key_record_id) VALUES (?, ?, ?, ?, ?, ?)').run(at, operator, way, reason, kept, keyRecordId).lastInsertRowid);
      if (callId !== undefined) noteDisclosure(db, callId, { disclosureId, keyRecordId, reason, ticket: kept, at });
      markDue(db, keyRecordId, way, at);
      flagUnusualRate(db, operator, desk.clock());
      appendAudit(db, { at, operator, act: 'disclosures.disclose', subject: formatKeyProtectorId(row.id), details: { disclosureId, keyRecordId, way, reason, ticket: kept, hostname: row.hostname } });
      return { disclosureId, recoveryPassword, hideAfterMs: readPolicies(db).hideAfterS * 1000, at };
    }).immediate();
    desk.changed('disclosures', 'keys', 'hosts', 'calls', 'audit');
    return disclosed;
  } finally {
    if (outermost) db.pragma('synchronous = NORMAL');
    unsealer.close();
  }
}
