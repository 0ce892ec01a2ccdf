// What happened to hosts, as it is told again: their events in order, and the keys that came between them.
import type { ReadableDatabase } from '../../store/database.ts';
import type { AttemptOutcome, AttemptProof, BlockedReason, ClosedAs } from '../codes.ts';
import { KEY_IMPORTED_AT } from '../keys/key-sources.ts';
import type { HostEvent } from '../remediation/transitions.ts';

/** Up to an instant, in order. */
export const EVENTS_UNTIL = `SELECT e.host_id, e.at, e.kind, e.blocked_reason, e.closed_as, e.detail, CASE WHEN a.attempt_id IS NOT NULL THEN coalesce(e.detail, a.outcome) END AS outcome, a.proof,
  CASE WHEN e.detail IS NULL THEN a.blocked_reason ELSE e.blocked_reason END AS attempt_reason
  FROM host_events e LEFT JOIN attempts a ON e.kind = 'attempt' AND a.attempt_id = e.subject WHERE e.at <= ? ORDER BY e.at, e.host_event_id`;

/** An event with what its attempt came to. */
export interface EventRow { host_id: number; at: string; kind: 'reported' | 'attempt' | 'blocked' | 'unblocked' | 'verified' | 'closed' | 'reopened'; blocked_reason: BlockedReason | null; closed_as: ClosedAs | null; detail: string | null; outcome: AttemptOutcome | null; proof: AttemptProof | null; attempt_reason: BlockedReason | null }

/** @returns What a row tells; null for an attempt whose record is gone. */
export function toEvent(row: EventRow, hasKey: boolean): HostEvent | null {
  switch (row.kind) {
    case 'reported': case 'unblocked': case 'reopened': return { kind: row.kind, hasKey };
    case 'blocked': return { kind: 'blocked', reason: row.blocked_reason ?? 'repair-failed' };
    case 'verified': return { kind: 'verified', evidence: row.detail ?? '-' };
    case 'closed': return { kind: 'closed', as: row.closed_as ?? 'retired', note: row.detail ?? '-' };
    case 'attempt': return row.outcome === null || row.proof === null ? null : { kind: 'attempt', outcome: row.outcome, blockedReason: row.attempt_reason, proof: row.proof };
  }
}

/** The keys of one host, as they came: a key that came between two events is an event of its own, and so is every further one. */
export interface KeysComing {
  /** @returns The instants since the last time it was asked, up to this one. */
  until(at: string): Generator<string>;
  /** Whether one has come by then. */
  any(): boolean;
}

/** @returns The keys of a host, to be asked for as its events go by. */
export function keysComing(db: ReadableDatabase): (hostId: number) => KeysComing {
  const find = db.prepare<[number], { at: string }>(`SELECT DISTINCT ${KEY_IMPORTED_AT} AS at FROM key_records k WHERE host_id = ? ORDER BY 1`);
  return (hostId) => {
    const instants = find.all(hostId).map(({ at }) => at);
    let next = 0;
    return {
      * until(at) { for (let when = instants[next]; when !== undefined && when <= at; when = instants[next]) { next += 1; yield when; } },
      any: () => next > 0,
    };
  };
}
