// Confirms rotations by evidence: a key record of the same volume with another ID, made after the last disclosure, that came in since.
import type { Database } from '../../store/database.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { inSlices } from '../keys/slices.ts';
import { prepared } from '../keys/prepared.ts';

/**
 * The proof is a date of its own: a record without one may be older than the disclosure and simply come in late. Volumes are told apart by volume ID, then by drive letter;
 * where no source names either, a newer record proves something only if the host had no other key before.
 */
const NEWER_RECORD = `SELECT n.key_record_id AS evidence FROM key_records n
  WHERE n.host_id = :hostId AND n.created_at > :dueAt AND n.conflict = 0 AND n.key_protector_id <> :id AND n.fingerprint <> :fingerprint
    AND CASE WHEN n.volume_id IS NOT NULL AND :volumeId IS NOT NULL THEN n.volume_id = :volumeId
             WHEN n.drive IS NOT NULL AND :drive IS NOT NULL THEN n.drive = :drive
             ELSE NOT EXISTS (SELECT 1 FROM key_records o WHERE o.host_id = :hostId AND o.key_protector_id IS NOT :id AND (o.created_at IS NULL OR o.created_at <= :dueAt)) END
  ORDER BY n.created_at, n.key_record_id LIMIT 1`;

interface OpenRotation { readonly keyRecordId: number; readonly id: Buffer; readonly fingerprint: Buffer; readonly volumeId: string | null; readonly drive: string | null; readonly dueAt: string }

/** @param hostIds Of hosts a run brought keys for; 0 is none. @returns Yields between transactions. Rows: rotations, an audit line for each transaction that confirmed something. */
export function* confirmByEvidence(desk: Pick<Desk, 'db' | 'clock' | 'operator'>, hostIds: Iterable<number>): Generator<void> {
  const { db } = desk;
  if (!hasOpenRotations(db)) return;
  const hosts = [...new Set(hostIds)].filter((hostId) => hostId !== 0);
  const open = prepared<[number], OpenRotation>(db, 
    `SELECT r.key_record_id AS keyRecordId, k.key_protector_id AS id, k.fingerprint, k.volume_id AS volumeId, k.drive, r.due_at AS dueAt
       FROM key_records k JOIN rotations r ON r.key_record_id = k.key_record_id WHERE k.host_id = ? AND r.state <> 'confirmed' AND k.key_protector_id IS NOT NULL`,
  );
  const newer = prepared<unknown[], { evidence: number }>(db, NEWER_RECORD);
  const confirm = prepared(db, "UPDATE rotations SET state = 'confirmed', confirmed_at = ?, confirmed_by = ?, confirmed_how = 'evidence', evidence_key_record_id = ? WHERE key_record_id = ?");
  yield;
  yield* inSlices(db, hosts.length, (from, to) => {
    const at = nowOf(desk);
    let confirmed = 0;
    for (const hostId of hosts.slice(from, to)) {
      for (const { keyRecordId, ...facts } of open.all(hostId)) {
        const found = newer.get({ hostId, ...facts });
        if (found !== undefined) confirmed += confirm.run(at, desk.operator.name, found.evidence, keyRecordId).changes;
      }
    }
    if (confirmed > 0) appendAudit(db, { at, operator: desk.operator.name, act: 'rotations.confirm', details: { how: 'evidence', keyRecords: confirmed } });
  });
}

const hasOpenRotations = (db: Database): boolean => prepared(db, "SELECT 1 FROM rotations WHERE state IN ('due', 'asked') LIMIT 1").get() !== undefined;

/** A confirmation is taken back when the record that proved it goes (an import that was a mistake). Call it inside a transaction. */
export function openWithdrawEvidence(db: Database): (keyRecordId: number) => void {
  const withdraw = prepared(db, 
    `UPDATE rotations SET state = CASE WHEN asked_at IS NULL THEN 'due' ELSE 'asked' END, confirmed_at = NULL, confirmed_by = NULL, confirmed_how = NULL, evidence_key_record_id = NULL
      WHERE evidence_key_record_id = ?`,
  );
  return (keyRecordId) => { withdraw.run(keyRecordId); };
}

const OF_ANOTHER_HOST = `confirmed_how = 'evidence' AND key_record_id IN (SELECT key_record_id FROM key_records WHERE host_id IN (:one, :other))
  AND (SELECT host_id FROM key_records e WHERE e.key_record_id = evidence_key_record_id) IS NOT (SELECT host_id FROM key_records k WHERE k.key_record_id = rotations.key_record_id)`;

/** Two hosts that were joined are two again: what a record of the one proved about a key of the other it proves no longer. That it was confirmed is kept, for reports of an instant before. Call it inside a transaction. */
export function withdrawEvidenceOfAnother(db: Database, one: number, other: number, at: string): void {
  db.prepare(`INSERT INTO ended_confirmations (key_record_id, confirmed_at, due_again_at, evidence_key_record_id) SELECT key_record_id, confirmed_at, :at, evidence_key_record_id FROM rotations WHERE ${OF_ANOTHER_HOST}`).run({ one, other, at });
  db.prepare(`UPDATE rotations SET state = CASE WHEN asked_at IS NULL THEN 'due' ELSE 'asked' END, confirmed_at = NULL, confirmed_by = NULL, confirmed_how = NULL, evidence_key_record_id = NULL WHERE ${OF_ANOTHER_HOST}`).run({ one, other });
}
