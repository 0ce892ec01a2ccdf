// Confirms rotations of LAPS passwords by evidence: a newer password of the same account of the host that came in since.
import type { Database } from '../../store/database.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { prepared } from '../keys/prepared.ts';
import { inSlices } from '../keys/slices.ts';

/**
 * The proof is a date of its own, as for recovery passwords (rotation/evidence.ts): one that was set after the last disclosure. Where the source keeps no time of update
 * (legacy LAPS), one that ends later than the disclosed one and came in after the disclosure: a LAPS password gets a new end only by being replaced.
 */
const NEWER_LAPS_PASSWORD = `SELECT n.laps_password_id AS evidence FROM laps_passwords n
  WHERE n.host_id = :hostId AND n.conflict = 0 AND n.fingerprint <> :fingerprint AND (n.account IS NULL OR :account IS NULL OR n.account = :account COLLATE NOCASE)
    AND CASE WHEN n.updated_at IS NOT NULL THEN n.updated_at > :dueAt ELSE n.imported_at > :dueAt AND n.expires_at > :expiresAt END
  ORDER BY coalesce(n.updated_at, n.imported_at), n.laps_password_id LIMIT 1`;

interface Open { readonly lapsPasswordId: number; readonly fingerprint: Uint8Array; readonly account: string | null; readonly expiresAt: string | null; readonly dueAt: string }

/** @param hostIds Of hosts a run brought LAPS passwords for; 0 is none. @returns Yields between transactions. Rows: laps_rotations, an audit line for each transaction that confirmed something. */
export function* confirmLapsByEvidence(desk: Pick<Desk, 'db' | 'clock' | 'operator'>, hostIds: Iterable<number>): Generator<void> {
  const { db } = desk;
  if (prepared(db, "SELECT 1 FROM laps_rotations WHERE state IN ('due', 'asked') LIMIT 1").get() === undefined) return;
  const hosts = [...new Set(hostIds)].filter((hostId) => hostId !== 0);
  const open = prepared<[number], Open>(db,
    `SELECT p.laps_password_id AS lapsPasswordId, p.fingerprint, p.account, p.expires_at AS expiresAt, r.due_at AS dueAt
       FROM laps_passwords p JOIN laps_rotations r ON r.laps_password_id = p.laps_password_id WHERE p.host_id = ? AND r.state <> 'confirmed'`);
  const newer = prepared<unknown[], { evidence: number }>(db, NEWER_LAPS_PASSWORD);
  const confirm = prepared(db, "UPDATE laps_rotations SET state = 'confirmed', confirmed_at = ?, confirmed_by = ?, confirmed_how = 'evidence', evidence_laps_password_id = ? WHERE laps_password_id = ?");
  yield* inSlices(db, hosts.length, (from, to) => {
    const at = nowOf(desk);
    let confirmed = 0;
    for (const hostId of hosts.slice(from, to)) {
      for (const { lapsPasswordId, ...facts } of open.all(hostId)) {
        const found = newer.get({ hostId, ...facts });
        if (found !== undefined) confirmed += confirm.run(at, desk.operator.name, found.evidence, lapsPasswordId).changes;
      }
    }
    if (confirmed > 0) appendAudit(db, { at, operator: desk.operator.name, act: 'rotations.confirm', details: { how: 'evidence', lapsPasswords: confirmed } });
  });
}

/** A confirmation is taken back when the password that proved it goes (an import that was a mistake). Call it inside a transaction. */
export function withdrawLapsEvidence(db: Database, lapsPasswordId: number): void {
  prepared(db, `UPDATE laps_rotations SET state = CASE WHEN asked_at IS NULL THEN 'due' ELSE 'asked' END, confirmed_at = NULL, confirmed_by = NULL, confirmed_how = NULL, evidence_laps_password_id = NULL
      WHERE evidence_laps_password_id = ?`).run(lapsPasswordId);
}
