// Reads and writes where a host stands. Rows: hosts (the standing, for lists), host_events (what happened).
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import type { BlockedReason, ClosedAs, HostState } from '../codes.ts';
import type { HappenedAttempt, KnownAttempt } from './attempt-order.ts';
import { ENDED_AT, MOST_ASTRAY } from './host-clock.ts';
import type { Standing } from './transitions.ts';
import { prepared } from '../keys/prepared.ts';

export interface StandingHost extends Standing { readonly hostId: number; readonly hostname: string; readonly hasKey: boolean }

/** One line of host_events. `subject` is a file name, a medium ID or an attempt ID; never a secret. `detail` of an attempt: its outcome for this host, where that is not the record's. */
export interface WrittenHostEvent {
  readonly hostId: number; readonly at: string;
  readonly kind: 'reported' | 'attempt' | 'blocked' | 'unblocked' | 'verified' | 'closed' | 'reopened';
  readonly operator?: string; readonly blockedReason?: BlockedReason | null; readonly closedAs?: ClosedAs | null; readonly subject?: string | null; readonly detail?: string | null;
}

interface Row { host_id: number; hostname: string; state: HostState; blocked_reason: BlockedReason | null; closed_as: ClosedAs | null; has_key: number }

/** @returns AppError `not-found` when there is no such host. */
export function getStanding(db: ReadableDatabase, hostId: number): StandingHost {
  const row = prepared<[number], Row>(
    db,
    'SELECT host_id, hostname, state, blocked_reason, closed_as, EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id) AS has_key FROM hosts h WHERE host_id = ?',
  ).get(hostId);
  if (row === undefined) throw new AppError('not-found', { hostId });
  return { hostId: row.host_id, hostname: row.hostname, state: row.state, blockedReason: row.blocked_reason, closedAs: row.closed_as, hasKey: row.has_key === 1 };
}

/** Call it in the transaction of the event. One row of hosts. */
export function writeStanding(db: Database, hostId: number, standing: Standing, at: string): void {
  const { changes } = prepared(db, 'UPDATE hosts SET state = ?, blocked_reason = ?, closed_as = ?, state_at = ? WHERE host_id = ?')
    .run(standing.state, standing.blockedReason, standing.closedAs, at, hostId);
  if (changes !== 1) throw new AppError('internal', { hostId, changes });
}

/** One row of host_events. */
export function writeHostEvent(db: Database, event: WrittenHostEvent): void {
  prepared(db, 'INSERT INTO host_events (host_id, at, kind, operator, blocked_reason, closed_as, subject, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(event.hostId, event.at, event.kind, event.operator ?? null, event.blockedReason ?? null, event.closedAs ?? null, event.subject ?? null, event.detail ?? null);
}

/** @returns Instant by a host's own clock, however wrong its time zone: what happened until then was certainly before a person last said that the host is down again. Null: nobody said so. */
export const findCertainlyBefore = (db: ReadableDatabase, hostId: number): string | null =>
  prepared<[number], { at: string | null }>(db, `SELECT strftime('%Y-%m-%dT%H:%M:%fZ', max(at), '-${MOST_ASTRAY}') AS at FROM host_events WHERE host_id = ? AND kind = 'reopened'`).get(hostId)?.at ?? null;

/** @returns Attempts of a host, any order, each with whether a person decided about the host after it became known, or certainly said after it that the host is down again. */
export function listKnownAttempts(db: ReadableDatabase, hostId: number): KnownAttempt[] {
  const certainlyBefore = findCertainlyBefore(db, hostId);
  const rows = prepared<[number, number], HappenedAttempt & { weighed: number }>(
    db,
    `SELECT a.attempt_id AS attemptId, ${ENDED_AT} AS happenedAt, coalesce(e.detail, a.outcome) AS outcome, CASE WHEN e.detail IS NULL THEN a.blocked_reason ELSE e.blocked_reason END AS blockedReason, a.proof,
            e.host_event_id < coalesce((SELECT max(host_event_id) FROM host_events WHERE host_id = ? AND kind IN ('blocked', 'unblocked', 'verified', 'closed', 'reopened')), 0) AS weighed
       FROM host_events e JOIN attempts a ON a.attempt_id = e.subject LEFT JOIN media m ON m.media_id = a.media_id WHERE e.host_id = ? AND e.kind = 'attempt'`,
  ).all(hostId, hostId);
  return rows.map(({ weighed, ...attempt }) => ({ ...attempt, isWeighed: weighed === 1 || (certainlyBefore !== null && attempt.happenedAt <= certainlyBefore) }));
}
