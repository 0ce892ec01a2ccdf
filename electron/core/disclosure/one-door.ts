// The one door (DESIGN §7): whatever secret leaves the vault for a person goes through here, and its disclosure is on record in the same transaction.
import type { Unsealer } from '../../store/sealed-pages.ts';
import { openUnsealer } from '../../store/sealed-pages.ts';
import { appendAudit } from '../audit/audit.ts';
import { noteDisclosure } from '../calls/calls.ts';
import type { DisclosureReason, RotationRisk } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { readPolicies } from '../policies/policies.ts';
import { flagUnusualRate } from './unusual-rate.ts';

export interface OnRecord { readonly reason: DisclosureReason; readonly ticket?: string | undefined; readonly way: 'shown' | 'spoken'; /** The call it answers. */ readonly callId?: number | undefined }

/** What was opened. `secret` is answered once and kept nowhere; the rest goes on record. */
export interface Opened<T> {
  readonly secret: T;
  readonly keyRecordId: number | null; readonly lapsPasswordId: number | null;
  /** Of the audit line. */
  readonly subject: string | null; readonly details: Readonly<Record<string, unknown>>;
  readonly hostId: number | null;
  markDue(risk: RotationRisk, at: string): void;
}
export interface LetOut<T> { readonly disclosureId: number; readonly secret: T; readonly hideAfterMs: number; readonly at: string }

/**
 * @param open Finds and unseals it; what it throws passes through and nothing is written.
 * @returns The secret with the number of its disclosure. AppError `cannot-read-recovery-passwords`, `call-step-missing`.
 *          Rows: disclosures, rotation, call sheet and audit, in one transaction that is complete before this returns.
 */
export function throughTheDoor<T>(desk: Desk, { reason, ticket, way, callId }: OnRecord, open: (unsealer: Unsealer) => Opened<T>): LetOut<T> {
  const { db } = desk;
  const unsealer = openUnsealer(db, desk.keys);
  const outermost = !db.inTransaction; // inside another transaction its end decides, and SQLite refuses the setting
  if (outermost) db.pragma('synchronous = FULL'); // on the disk before it is on the screen, also when the power goes
  try {
    const letOut = db.transaction((): LetOut<T> => {
      const { secret, keyRecordId, lapsPasswordId, subject, details, hostId, markDue } = open(unsealer);
      const at = nowOf(desk);
      const operator = desk.operator.name;
      const kept = ticket === undefined || ticket === '' ? null : ticket;
      const disclosureId = Number(db.prepare('INSERT INTO disclosures (at, operator, way, reason, ticket, key_record_id, laps_password_id) VALUES (?, ?, ?, ?, ?, ?, ?)').run(at, operator, way, reason, kept, keyRecordId, lapsPasswordId).lastInsertRowid);
      if (callId !== undefined) noteDisclosure(db, callId, { disclosureId, keyRecordId, hostId, reason, ticket: kept, at });
      markDue(way, at);
      flagUnusualRate(db, operator, desk.clock());
      appendAudit(db, { at, operator, act: 'disclosures.disclose', subject, details: { disclosureId, way, reason, ticket: kept, ...details } });
      return { disclosureId, secret, hideAfterMs: readPolicies(db).hideAfterS * 1000, at };
    }).immediate();
    desk.changed('disclosures', 'keys', 'hosts', 'calls', 'audit');
    return letOut;
  } finally {
    if (outermost) db.pragma('synchronous = NORMAL');
    unsealer.close();
  }
}
