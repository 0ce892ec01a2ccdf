// A result code on record as an attempt, and how it and the record of the same boot find each other.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import type { AttemptOutcome, AttemptProof, BlockedReason, HostState } from '../codes.ts';
import { prepared } from '../keys/prepared.ts';
import type { AttemptRecord } from '../media/attempt-record.ts';

const KIND = 'bluelift-result-code 1';

/** What stands in place of the record: the code is all there is. */
export const formatCodeRecord = (mediaId: string, code: string): string => `${KIND}\r\nmediaId=${mediaId}\r\ncode=${code}\r\n`;

export const isCodeRecord = (record: string): boolean => record.startsWith(`${KIND}\r\n`);

export interface AttemptOfCode {
  readonly attemptId: string; readonly proof: AttemptProof; readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null; readonly hostname: string | null; readonly hostState: HostState | null;
}

/**
 * Finds what the desk has of a code: the code itself, or a record that lists it among the codes of its boot.
 *
 * @param code Canonical.
 * @returns The newest; a record that is only a claim does not keep the code out. Null when there is none.
 */
export function findAttemptOfCode(db: ReadableDatabase, mediaId: string, code: string): AttemptOfCode | null {
  return prepared<[string, string, string], AttemptOfCode>(
    db,
    `SELECT a.attempt_id AS attemptId, a.proof, a.outcome, a.blocked_reason AS blockedReason, h.hostname, h.state AS hostState FROM attempts a LEFT JOIN hosts h USING (host_id)
      WHERE a.media_id = ? AND (a.record = ? OR (a.proof <> 'claim' AND a.record LIKE ?)) ORDER BY a.rowid DESC LIMIT 1`,
  ).get(mediaId, formatCodeRecord(mediaId, code), `%\r\nresultCodes=%${code}%\r\n%`) ?? null;
}

/**
 * Takes back what codes of the same boot said, when its record has come. Call it in the transaction of the record.
 *
 * @param proof Of the record: a claim takes nothing back, an unsigned one no signed code.
 * @returns How many codes the record stands for. Rows: attempts, host_events.
 */
export function dropCodesOf(db: Database, record: AttemptRecord, proof: AttemptProof): number {
  if (proof === 'claim') return 0;
  let dropped = 0;
  for (const code of record.resultCodes) {
    const row = prepared<[string, string], { attempt_id: string; proof: AttemptProof }>(db, 'SELECT attempt_id, proof FROM attempts WHERE media_id = ? AND record = ?').get(record.mediaId, formatCodeRecord(record.mediaId, code));
    if (row === undefined || (row.proof === 'signed' && proof !== 'signed')) continue;
    prepared(db, "DELETE FROM host_events WHERE kind = 'attempt' AND subject = ?").run(row.attempt_id);
    prepared(db, 'DELETE FROM attempts WHERE attempt_id = ?').run(row.attempt_id);
    dropped += 1;
  }
  return dropped;
}
