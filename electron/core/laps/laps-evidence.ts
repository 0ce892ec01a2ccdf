// Confirms rotations of LAPS passwords by evidence: a newer password of the same account of the host, under whatever name it was known, that came in since.
import type { Database } from '../../store/database.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { listTogether, standsFor } from '../hosts/joined.ts';
import { prepared } from '../keys/prepared.ts';
import { inSlices } from '../keys/slices.ts';
import { keepLapsConfirmation } from './laps-rotations.ts';

/**
 * The proof is a date of its own, as for recovery passwords (rotation/evidence.ts): one that was set after the last disclosure. Where the source keeps no time of update
 * (legacy LAPS), one that ends later than the disclosed one and came in after the disclosure: a LAPS password gets a new end only by being replaced.
 */
const NEWER_LAPS_PASSWORD = `SELECT n.laps_password_id AS evidence FROM laps_passwords n
  WHERE n.host_id IN (SELECT value FROM json_each(:hosts)) AND n.conflict = 0 AND n.fingerprint <> :fingerprint AND (n.account IS NULL OR :account IS NULL OR n.account = :account COLLATE NOCASE)
    AND CASE WHEN n.updated_at IS NOT NULL THEN n.updated_at > :dueAt ELSE n.imported_at > :dueAt AND n.expires_at > :expiresAt END
  ORDER BY coalesce(n.updated_at, n.imported_at), n.laps_password_id LIMIT 1`;

/** A LAPS password stays with the name it came in under, also when hosts are joined. */
interface Open { readonly lapsPasswordId: number; readonly fingerprint: Uint8Array; readonly account: string | null; readonly expiresAt: string | null; readonly dueAt: string }

/** @param hostIds Of hosts a run brought LAPS passwords for; 0 is none. @returns Yields between transactions. Rows: laps_rotations, an audit line for each transaction that confirmed something. */
export function* confirmLapsByEvidence(desk: Pick<Desk, 'db' | 'clock' | 'operator'>, hostIds: Iterable<number>): Generator<void> {
  const { db } = desk;
  if (prepared(db, "SELECT 1 FROM laps_rotations WHERE state IN ('due', 'asked') LIMIT 1").get() === undefined) return;
  const hosts = [...new Set(hostIds)].filter((hostId) => hostId !== 0);
  const open = prepared<[string], Open>(db,
    `SELECT p.laps_password_id AS lapsPasswordId, p.fingerprint, p.account, p.expires_at AS expiresAt, r.due_at AS dueAt
       FROM laps_passwords p JOIN laps_rotations r ON r.laps_password_id = p.laps_password_id WHERE p.host_id IN (SELECT value FROM json_each(?)) AND r.state <> 'confirmed'`);
  const newer = prepared<unknown[], { evidence: number }>(db, NEWER_LAPS_PASSWORD);
  const confirm = prepared(db, "UPDATE laps_rotations SET state = 'confirmed', confirmed_at = ?, confirmed_by = ?, confirmed_how = 'evidence', evidence_laps_password_id = ? WHERE laps_password_id = ?");
  yield* inSlices(db, hosts.length, (from, to) => {
    const at = nowOf(desk);
    let confirmed = 0;
    for (const hostId of hosts.slice(from, to)) {
      const together = JSON.stringify(listTogether(db, hostId));
      for (const { lapsPasswordId, ...facts } of open.all(together)) {
        const found = newer.get({ hosts: together, ...facts });
        if (found !== undefined) confirmed += confirm.run(at, desk.operator.name, found.evidence, lapsPasswordId).changes;
      }
    }
    if (confirmed > 0) appendAudit(db, { at, operator: desk.operator.name, act: 'rotations.confirm', details: { how: 'evidence', lapsPasswords: confirmed } });
  });
}

const UNCONFIRMED = "state = CASE WHEN asked_at IS NULL THEN 'due' ELSE 'asked' END, confirmed_at = NULL, confirmed_by = NULL, confirmed_how = NULL, evidence_laps_password_id = NULL";

/** A confirmation is taken back when the password that proved it goes (an import that was a mistake). Call it inside a transaction. */
export function withdrawLapsEvidence(db: Database, lapsPasswordId: number): void {
  prepared(db, `UPDATE laps_rotations SET ${UNCONFIRMED} WHERE evidence_laps_password_id = ?`).run(lapsPasswordId);
}

/** Two hosts that were joined are two again: what a LAPS password of the one proved about one of the other it proves no longer. That it was confirmed is kept, for reports of an instant before. Call it inside a transaction. */
export function withdrawLapsEvidenceOfAnother(db: Database, hostIds: readonly number[], at: string): void {
  const rows = prepared<[string], { id: number; host: number; evidenceHost: number }>(db,
    `SELECT r.laps_password_id AS id, p.host_id AS host, e.host_id AS evidenceHost FROM laps_passwords p JOIN laps_rotations r ON r.laps_password_id = p.laps_password_id
       JOIN laps_passwords e ON e.laps_password_id = r.evidence_laps_password_id WHERE p.host_id IN (SELECT value FROM json_each(?)) AND r.confirmed_how = 'evidence'`,
  ).all(JSON.stringify(hostIds.flatMap((hostId) => listTogether(db, hostId))));
  for (const { id } of rows.filter(({ host, evidenceHost }) => standsFor(db, host) !== standsFor(db, evidenceHost))) {
    keepLapsConfirmation(db, id, at);
    prepared(db, `UPDATE laps_rotations SET ${UNCONFIRMED} WHERE laps_password_id = ?`).run(id);
  }
}
