// Rotation of disclosed LAPS passwords: due, asked, confirmed, as for recovery passwords (core/rotation). LAPS replaces one by itself when it ends, or at once with Reset-LapsPassword.
import type { Database } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { ROTATION_RISKS, type RotationRisk, type RotationState } from '../codes.ts';
import { prepared } from '../keys/prepared.ts';

const MARK_DUE = `INSERT INTO laps_rotations (laps_password_id, state, risk, due_at) VALUES (:id, 'due', :risk, :at)
  ON CONFLICT (laps_password_id) DO UPDATE SET risk = CASE state WHEN 'confirmed' THEN excluded.risk ELSE max(risk, excluded.risk) END, state = 'due', due_at = max(due_at, excluded.due_at),
    asked_at = NULL, asked_by = NULL, asked_of = NULL, confirmed_at = NULL, confirmed_by = NULL, confirmed_how = NULL, evidence_laps_password_id = NULL, statement = NULL`;

const KEEP_CONFIRMATION = `INSERT INTO ended_confirmations (laps_password_id, confirmed_at, due_again_at, evidence_laps_password_id)
  SELECT laps_password_id, confirmed_at, :at, evidence_laps_password_id FROM laps_rotations WHERE laps_password_id = :id AND state = 'confirmed'`;

/** That a rotation was confirmed is kept when it is so no longer, for reports of an instant before. Call it inside a transaction. */
export function keepLapsConfirmation(db: Database, lapsPasswordId: number, at: string): void {
  prepared(db, KEEP_CONFIRMATION).run({ id: lapsPasswordId, at });
}

/** Makes a rotation due, also one that was confirmed; that it was is kept, for reports of an instant before. Call it inside the transaction of the disclosure. A row each. */
export function markLapsDue(db: Database, lapsPasswordId: number, risk: RotationRisk, at: string): void {
  keepLapsConfirmation(db, lapsPasswordId, at);
  prepared(db, MARK_DUE).run({ id: lapsPasswordId, risk: ROTATION_RISKS.indexOf(risk), at });
}

/** Somebody was asked to replace them. Call it inside a transaction. */
export function markLapsAsked(db: Database, lapsPasswordIds: readonly number[], { at, by, of }: { readonly at: string; readonly by: string; readonly of: string }): void {
  const ask = prepared(db, "UPDATE laps_rotations SET state = 'asked', asked_at = ?, asked_by = ?, asked_of = ? WHERE laps_password_id = ?");
  for (const id of lapsPasswordIds) ask.run(at, by, of, id);
}

/** @returns Hostname, for the audit line. AppError `not-found` (never disclosed), `not-in-this-state`. Call it inside a transaction. */
export function confirmLaps(db: Database, lapsPasswordId: number, { at, by, statement }: { readonly at: string; readonly by: string; readonly statement: string }): string {
  const row = prepared<[number], { state: RotationState; hostname: string }>(db, 'SELECT r.state, h.hostname FROM laps_rotations r JOIN laps_passwords p USING (laps_password_id) JOIN hosts h USING (host_id) WHERE laps_password_id = ?').get(lapsPasswordId);
  if (row === undefined) throw new AppError('not-found', { lapsPasswordId });
  if (row.state === 'confirmed') throw new AppError('not-in-this-state', { lapsPasswordId, state: row.state });
  prepared(db, "UPDATE laps_rotations SET state = 'confirmed', confirmed_at = ?, confirmed_by = ?, confirmed_how = 'statement', statement = ? WHERE laps_password_id = ?").run(at, by, statement, lapsPasswordId);
  return row.hostname;
}
