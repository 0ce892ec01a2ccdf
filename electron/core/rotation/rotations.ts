// The list of recovery passwords and LAPS passwords that have to be replaced: due with every disclosure, asked when somebody was told to, confirmed when evidence or a supervisor says so.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { ROTATION_RISKS, ROTATION_STATES, type RotationConfirmedBy, type RotationRisk, type RotationState } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { prepared } from '../keys/prepared.ts';
import { confirmLaps } from '../laps/laps-rotations.ts';

/** Nothing in it is secret. */
export interface RotationLine {
  /** The one of these that is null says what it is of. */
  readonly keyRecordId: number | null; readonly lapsPasswordId: number | null;
  /** Of a LAPS password, as far as its source says. */
  readonly account: string | null;
  readonly keyProtectorId: string | null; readonly hostname: string | null; readonly state: RotationState; readonly risk: RotationRisk;
  /** The last disclosure: age counts from it. */
  readonly dueAt: string;
  readonly askedAt: string | null; readonly askedBy: string | null; readonly askedOf: string | null;
  readonly confirmedAt: string | null; readonly confirmedBy: string | null; readonly confirmedHow: RotationConfirmedBy | null;
  /** Key protector ID of the newer key record. */
  readonly evidence: string | null;
  readonly statement: string | null;
}

export interface RotationPage { readonly states: readonly RotationState[]; readonly offset: number; readonly limit: number }

const MARK_DUE = `INSERT INTO rotations (key_record_id, state, risk, due_at) SELECT value, 'due', :risk, :at FROM json_each(:ids) WHERE true
  ON CONFLICT (key_record_id) DO UPDATE SET risk = CASE state WHEN 'confirmed' THEN excluded.risk ELSE max(risk, excluded.risk) END, state = 'due', due_at = max(due_at, excluded.due_at),
    asked_at = NULL, asked_by = NULL, asked_of = NULL, confirmed_at = NULL, confirmed_by = NULL, confirmed_how = NULL, evidence_key_record_id = NULL, statement = NULL`;

const KEEP_CONFIRMATIONS = `INSERT INTO ended_confirmations (key_record_id, confirmed_at, due_again_at, evidence_key_record_id)
  SELECT key_record_id, confirmed_at, :at, evidence_key_record_id FROM json_each(:ids) CROSS JOIN rotations ON key_record_id = value WHERE state = 'confirmed'`;

/** Makes rotations due, also those that were confirmed; that they were is kept, for reports of an instant before. Call it inside the transaction of the disclosure. A row each. @param keyRecordIds Each once. */
export function markDue(db: Database, keyRecordIds: readonly number[], risk: RotationRisk, at: string): void {
  const ids = JSON.stringify(keyRecordIds);
  prepared(db, KEEP_CONFIRMATIONS).run({ ids, at });
  const { changes } = prepared(db, MARK_DUE).run({ ids, risk: ROTATION_RISKS.indexOf(risk), at });
  if (changes !== keyRecordIds.length) throw new Error(`${changes} of ${keyRecordIds.length} rotations became due`);
}

/**
 * Puts everything a lost medium carries at the head of the list; what is confirmed stays so. Call it inside a transaction: one statement, 4 s for 1,000,000 members.
 *
 * @returns How many rotations.
 */
export function raiseToLost(db: Database, mediaId: string): number {
  return db.prepare(`UPDATE rotations SET risk = ? WHERE state <> 'confirmed' AND key_record_id IN (SELECT key_record_id FROM media_members WHERE media_id = ?)`).run(ROTATION_RISKS.indexOf('lost'), mediaId).changes;
}

/** @returns The greatest risk first, of equal ones the oldest. `states` empty: all of them. */
export function listRotations(db: ReadableDatabase, { states, offset, limit }: RotationPage): { total: number; states: { state: RotationState; count: number }[]; rows: RotationLine[] } {
  const wanted = states.length === 0 ? ROTATION_STATES : ROTATION_STATES.filter((state) => states.includes(state));
  const counts = countRotations(db);
  const rows: RotationLine[] = [];
  let skipped = 0;
  for (const state of wanted) { // state by state: each is a range of the index, in its order
    const count = counts.get(state) ?? 0;
    const from = Math.max(0, offset - skipped);
    if (rows.length < limit && from < count) rows.push(...prepared<[{ state: string; limit: number; offset: number }], Row>(db, LIST).all({ state, limit: limit - rows.length, offset: from }).map(toLine));
    skipped += count;
  }
  return { total: skipped, states: ROTATION_STATES.map((state) => ({ state, count: counts.get(state) ?? 0 })), rows };
}

/** @returns How many rotations stand in each state, those of recovery passwords and of LAPS passwords together. */
export function countRotations(db: ReadableDatabase): Map<RotationState, number> {
  return new Map(prepared<[], { state: RotationState; n: number }>(db, 'SELECT state, sum(n) AS n FROM (SELECT state, count(*) AS n FROM rotations GROUP BY state UNION ALL SELECT state, count(*) FROM laps_rotations GROUP BY state) GROUP BY state').all().map(({ state, n }) => [state, n]));
}

/**
 * A supervisor says that recovery passwords or LAPS passwords are no longer valid, and why they know.
 *
 * @param keyRecordIds Of rotations that are due or asked. @param lapsPasswordIds The same.
 * @returns How many were confirmed. AppError `not-found` (never disclosed), `not-in-this-state` (confirmed already); then nothing is written. Rows: rotations, an audit line each.
 */
export function confirmByStatement(desk: Desk, keyRecordIds: readonly number[], statement: string, lapsPasswordIds: readonly number[] = []): { confirmed: number } {
  const { db } = desk;
  const confirmed = db.transaction((): number => {
    const at = nowOf(desk);
    const find = db.prepare<[number], { state: RotationState; id: string }>('SELECT state, hex(key_protector_id) AS id FROM rotations JOIN key_records USING (key_record_id) WHERE key_record_id = ?');
    const confirm = db.prepare("UPDATE rotations SET state = 'confirmed', confirmed_at = ?, confirmed_by = ?, confirmed_how = 'statement', statement = ? WHERE key_record_id = ?");
    for (const keyRecordId of new Set(keyRecordIds)) {
      const row = find.get(keyRecordId);
      if (row === undefined) throw new AppError('not-found', { keyRecordId });
      if (row.state === 'confirmed') throw new AppError('not-in-this-state', { keyRecordId, state: row.state });
      confirm.run(at, desk.operator.name, statement, keyRecordId);
      appendAudit(db, { at, operator: desk.operator.name, act: 'rotations.confirm', subject: formatKeyProtectorId(row.id), details: { keyRecordId, how: 'statement', statement } });
    }
    for (const lapsPasswordId of new Set(lapsPasswordIds)) {
      const hostname = confirmLaps(db, lapsPasswordId, { at, by: desk.operator.name, statement });
      appendAudit(db, { at, operator: desk.operator.name, act: 'rotations.confirm', subject: hostname, details: { lapsPasswordId, how: 'statement', statement } });
    }
    return new Set(keyRecordIds).size + new Set(lapsPasswordIds).size;
  }).immediate();
  desk.changed('disclosures', 'audit');
  return { confirmed };
}

interface Row extends Omit<RotationLine, 'keyProtectorId' | 'evidence' | 'risk'> { readonly id: string | null; readonly evidenceId: string | null; readonly risk: number; readonly place: number }

/** Each half comes in the order of its index and the two are merged. */
const LIST = `SELECT r.key_record_id AS keyRecordId, NULL AS lapsPasswordId, NULL AS account, hex(k.key_protector_id) AS id, h.hostname, r.state, r.risk, r.due_at AS dueAt, r.asked_at AS askedAt, r.asked_by AS askedBy, r.asked_of AS askedOf,
    r.confirmed_at AS confirmedAt, r.confirmed_by AS confirmedBy, r.confirmed_how AS confirmedHow, hex(e.key_protector_id) AS evidenceId, r.statement, r.key_record_id AS place
  FROM rotations r INDEXED BY rotations_by_state JOIN key_records k ON k.key_record_id = r.key_record_id LEFT JOIN hosts h ON h.host_id = k.host_id
  LEFT JOIN key_records e ON e.key_record_id = r.evidence_key_record_id
 WHERE r.state = :state
UNION ALL
SELECT NULL, r.laps_password_id, p.account, NULL, h.hostname, r.state, r.risk, r.due_at, r.asked_at, r.asked_by, r.asked_of, r.confirmed_at, r.confirmed_by, r.confirmed_how, NULL, r.statement, r.laps_password_id
  FROM laps_rotations r INDEXED BY laps_rotations_by_state JOIN laps_passwords p ON p.laps_password_id = r.laps_password_id JOIN hosts h ON h.host_id = p.host_id
 WHERE r.state = :state
 ORDER BY risk DESC, dueAt, place LIMIT :limit OFFSET :offset`;

const toLine = ({ id, evidenceId, risk, place: _order, ...line }: Row): RotationLine => ({ ...line, keyProtectorId: formatKeyProtectorId(id), evidence: formatKeyProtectorId(evidenceId), risk: ROTATION_RISKS[risk] ?? 'lost' });
