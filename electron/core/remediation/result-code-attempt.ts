// A result code on record as an attempt, and how it and the record of the same boot find each other.
import { createHash } from 'node:crypto';
import type { Database, ReadableDatabase } from '../../store/database.ts';
import type { AttemptOutcome, AttemptProof, BlockedReason, HostState } from '../codes.ts';
import { prepared } from '../keys/prepared.ts';
import type { AttemptRecord } from '../media/attempt-record.ts';

const KIND = 'bluelift-result-code 1';

/** What stands in place of the record: the code is all there is. */
export const formatCodeRecord = (mediaId: string, code: string): string => `${KIND}\r\nmediaId=${mediaId}\r\ncode=${code}\r\n`;

/**
 * The same code of the same medium is the same attempt.
 *
 * @param hostId Of a code that carries the outcome alone (an ID of `none`): all hosts of a round show the same one, so it is one attempt for each host. Null: the code says whose it is.
 */
export const attemptIdOfCode = (mediaId: string, code: string, hostId: number | null): string =>
  createHash('sha256').update(`result-code ${mediaId} ${code}${hostId === null ? '' : ` ${hostId}`}`, 'latin1').digest('hex').slice(0, 32);

export interface AttemptOfCode {
  readonly attemptId: string; readonly proof: AttemptProof; readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null; readonly hostname: string | null; readonly hostState: HostState | null;
}

/**
 * Finds what the desk has of a code: the code itself, or a record that lists it among the codes of its boot.
 *
 * @param code Canonical.
 * @param hostId Of a code that carries the outcome alone: the host it is said of. Null: the code says whose it is.
 * @returns The newest; a record that is only a claim does not keep the code out. Null when there is none.
 */
export function findAttemptOfCode(db: ReadableDatabase, mediaId: string, code: string, hostId: number | null): AttemptOfCode | null {
  return prepared<[string, number | null, string, string], AttemptOfCode>(
    db,
    `SELECT a.attempt_id AS attemptId, a.proof, a.outcome, a.blocked_reason AS blockedReason, h.hostname, h.state AS hostState FROM attempts a LEFT JOIN hosts h USING (host_id)
      WHERE a.media_id = ? AND a.host_id IS coalesce(?, a.host_id) AND (a.record = ? OR (a.proof <> 'claim' AND a.record LIKE ?)) ORDER BY a.rowid DESC LIMIT 1`,
  ).get(mediaId, hostId, formatCodeRecord(mediaId, code), `%\r\nresultCodes=%${code}%\r\n%`) ?? null;
}

/**
 * Takes back what codes of the same boot said, when its record has come. Call it in the transaction of the record.
 *
 * @param proof Of the record: a claim takes nothing back, an unsigned one no signed code.
 * @param hostId Whose record it is; null: nobody can say. A code that carries the outcome alone is taken back from that host only.
 * @returns How many codes the record stands for. Rows: attempts, host_events.
 */
export function dropCodesOf(db: Database, record: AttemptRecord, proof: AttemptProof, hostId: number | null): number {
  if (proof === 'claim') return 0;
  const { mediaId } = record;
  let dropped = 0;
  for (const code of record.resultCodes) {
    const rows = prepared<[string, string, string, number | null], { attempt_id: string; proof: AttemptProof }>(db, 'SELECT attempt_id, proof FROM attempts WHERE media_id = ? AND record = ? AND (attempt_id = ? OR host_id = ?)')
      .all(mediaId, formatCodeRecord(mediaId, code), attemptIdOfCode(mediaId, code, null), hostId);
    for (const { attempt_id: attemptId, proof: itsProof } of rows) {
      if (itsProof === 'signed' && proof !== 'signed') continue;
      prepared(db, "DELETE FROM host_events WHERE kind = 'attempt' AND subject = ?").run(attemptId);
      prepared(db, 'DELETE FROM attempts WHERE attempt_id = ?').run(attemptId);
      dropped += 1;
    }
  }
  return dropped;
}
