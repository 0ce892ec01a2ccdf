// What a supervisor decides about hosts that sources mix up: two are one, two stay two, contradicting IDs are one machine's. Each is audited and can be taken back.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { BlockedReason, ClosedAs, HostDecision, HostState } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { getStanding, listKnownAttempts, writeHostEvent, writeStanding, type StandingHost } from '../remediation/host-standing.ts';
import { standingAfterAttempt } from '../remediation/attempt-order.ts';
import { confirmLapsByEvidence, withdrawLapsEvidenceOfAnother } from '../laps/laps-evidence.ts';
import { confirmByEvidence, withdrawEvidenceOfAnother } from '../rotation/evidence.ts';
import { isSameStanding, transition, type HostEvent, type Standing } from '../remediation/transitions.ts';
import { countIds } from './host-questions.ts';
import { giveBack, moveOver } from './host-moves.ts';

export interface DecidedHosts {
  readonly decisionId: number; readonly kind: HostDecision; readonly hostId: number; readonly hostname: string; readonly otherHostname: string | null;
  readonly at: string; readonly operator: string; readonly reason: string; readonly undoneAt: string | null; readonly undoneBy: string | null;
}

interface Row { decision_id: number; kind: HostDecision; host_id: number; other_host_id: number | null; at: string; undone_at: string | null; state: HostState | null; blocked_reason: BlockedReason | null; closed_as: ClosedAs | null; other_state: HostState | null; other_blocked_reason: BlockedReason | null; other_closed_as: ClosedAs | null }

/**
 * Joins two hosts: keys, attempts, lists, IDs, tags, wave, technician and route of the other go to the one that is kept; the other is closed as a duplicate, and whatever comes in under its name is the kept one's.
 *
 * @param reason In the operator's words, without a recovery password.
 * @returns The decision. AppError `not-found`, `invalid-input` (one host twice), `not-in-this-state` (one of them was joined before, or the kept one is closed).
 *          The kept host stands where both together stand: said to be down if one of them was, blocked if somebody blocked one, after every attempt of both.
 *          A key or a LAPS password of the one may prove that one of the other was rotated.
 *          Rows: hosts, host_events, host_decisions, host_decision_moves, rotations, laps_rotations and what moves; one audit line, and one of what was confirmed. So for the others below, without the moves.
 */
export function joinHosts(desk: Desk, { hostId, otherHostId, reason }: { readonly hostId: number; readonly otherHostId: number; readonly reason: string }): number {
  return decide(desk, reason, (db, at) => {
    const kept = getStanding(db, hostId);
    const other = getStanding(db, otherHostId);
    if (hostId === otherHostId) throw new AppError('invalid-input', { fields: [kept.hostname] });
    for (const host of [kept, other]) refuseJoined(db, host, 'hosts.join');
    if (kept.state === 'closed') throw new AppError('not-in-this-state', { hostname: kept.hostname, state: kept.state, act: 'hosts.join' });
    const decisionId = insert(db, { kind: 'joined', hostId, otherHostId, at, operator: desk.operator.name, reason }, kept, other);
    const known = listKnownAttempts(db, otherHostId);
    moveOver(db, decisionId, otherHostId, hostId);
    db.prepare('UPDATE host_decisions SET values_seen = ? WHERE decision_id = ?').run(countIds(db, hostId), decisionId);
    const standing = together(db, kept, other, known);
    if (!isSameStanding(kept, standing)) writeStanding(db, hostId, standing, at);
    writeStanding(db, otherHostId, { state: 'closed', blockedReason: null, closedAs: 'duplicate' }, at);
    writeHostEvent(db, { hostId: otherHostId, at, kind: 'closed', operator: desk.operator.name, closedAs: 'duplicate', subject: kept.hostname, detail: reason });
    db.prepare('UPDATE hosts SET joined_into = ? WHERE host_id = ?').run(hostId, otherHostId);
    // A host that was renamed has its newer key, or LAPS password, under the other name.
    for (const confirm of [confirmByEvidence, confirmLapsByEvidence]) for (const _ of confirm(desk, [hostId]));
    return { decisionId, act: 'hosts.join', subject: kept.hostname, details: { decisionId, other: other.hostname, state: standing.state } };
  });
}

/** Two hosts stay two, whatever IDs they share. */
export function keepApart(desk: Desk, { hostId, otherHostId, reason }: { readonly hostId: number; readonly otherHostId: number; readonly reason: string }): number {
  return decide(desk, reason, (db, at) => {
    const [one, other] = [hostId, otherHostId].toSorted((a, b) => a - b).map((id) => getStanding(db, id)) as [StandingHost, StandingHost]; // two in, two out
    if (hostId === otherHostId) throw new AppError('invalid-input', { fields: [one.hostname] });
    const decisionId = insert(db, { kind: 'apart', hostId: one.hostId, otherHostId: other.hostId, at, operator: desk.operator.name, reason });
    return { decisionId, act: 'hosts.keepApart', subject: one.hostname, details: { decisionId, other: other.hostname } };
  });
}

/** The IDs of a host differ, and it is one machine all the same: installed anew, repaired. The question comes back with the next ID. */
export function takeAsOne(desk: Desk, { hostId, reason }: { readonly hostId: number; readonly reason: string }): number {
  return decide(desk, reason, (db, at) => {
    const host = getStanding(db, hostId);
    const decisionId = insert(db, { kind: 'one-host', hostId, otherHostId: null, at, operator: desk.operator.name, reason });
    db.prepare('UPDATE host_decisions SET values_seen = ? WHERE decision_id = ?').run(countIds(db, hostId), decisionId);
    return { decisionId, act: 'hosts.takeAsOne', subject: host.hostname, details: { decisionId } };
  });
}

/**
 * Takes a decision back. After a join both hosts are there again with what was theirs; what came in meanwhile under either name stays with the kept one.
 *
 * @returns AppError `not-found`, `not-in-this-state` when it was taken back before, or the kept host was joined into a third meanwhile.
 */
export function undoDecision(desk: Desk, { decisionId, reason }: { readonly decisionId: number; readonly reason: string }): number {
  return decide(desk, reason, (db, at) => {
    const row = db.prepare<[number], Row>('SELECT * FROM host_decisions WHERE decision_id = ?').get(decisionId);
    if (row === undefined) throw new AppError('not-found', { decisionId });
    const kept = getStanding(db, row.host_id);
    if (row.undone_at !== null) throw new AppError('not-in-this-state', { hostname: kept.hostname, state: kept.state, act: 'hosts.undoDecision' });
    const other = row.other_host_id === null ? null : getStanding(db, row.other_host_id);
    if (row.kind === 'joined' && other !== null) {
      refuseJoined(db, kept, 'hosts.undoDecision');
      part(desk, row, kept, other, { at, reason });
    }
    db.prepare('UPDATE host_decisions SET undone_at = ?, undone_by = ? WHERE decision_id = ?').run(at, desk.operator.name, decisionId);
    return { decisionId, act: 'hosts.undoDecision', subject: kept.hostname, details: { decisionId, kind: row.kind, ...(other === null ? {} : { other: other.hostname }) } };
  });
}

/** @returns Newest first, those taken back too. */
export function listDecisions(db: ReadableDatabase, { offset, limit }: { readonly offset: number; readonly limit: number }): { total: number; rows: DecidedHosts[] } {
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM host_decisions').get()?.n ?? 0;
  const rows = db.prepare<[number, number], DecidedHosts>(
    `SELECT d.decision_id AS decisionId, d.kind, d.host_id AS hostId, h.hostname, o.hostname AS otherHostname, d.at, d.operator, d.reason, d.undone_at AS undoneAt, d.undone_by AS undoneBy
       FROM host_decisions d JOIN hosts h ON h.host_id = d.host_id LEFT JOIN hosts o ON o.host_id = d.other_host_id ORDER BY d.decision_id DESC LIMIT ? OFFSET ?`,
  ).all(limit, offset);
  return { total, rows };
}

interface Decided { readonly decisionId: number; readonly act: string; readonly subject: string; readonly details: Record<string, string | number> }

function decide(desk: Desk, reason: string, act: (db: Database, at: string) => Decided): number {
  const decisionId = desk.db.transaction(() => {
    const at = nowOf(desk);
    const done = act(desk.db, at);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: done.act, subject: done.subject, details: { ...done.details, reason } });
    return done.decisionId;
  }).immediate();
  desk.changed('hosts', 'keys', 'disclosures', 'attempts', 'audit');
  return decisionId;
}

function refuseJoined(db: Database, { hostId, hostname, state }: StandingHost, act: string): void {
  if (db.prepare('SELECT 1 FROM hosts WHERE host_id = ? AND joined_into IS NOT NULL').get(hostId) !== undefined) throw new AppError('not-in-this-state', { hostname, state, act });
}

function insert(db: Database, { kind, hostId, otherHostId, at, operator, reason }: { kind: HostDecision; hostId: number; otherHostId: number | null; at: string; operator: string; reason: string }, kept?: Standing, other?: Standing): number {
  return Number(db.prepare(
    `INSERT INTO host_decisions (kind, host_id, other_host_id, at, operator, reason, state, blocked_reason, closed_as, other_state, other_blocked_reason, other_closed_as) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(kind, hostId, otherHostId, at, operator, reason, kept?.state ?? null, kept?.blockedReason ?? null, kept?.closedAs ?? null, other?.state ?? null, other?.blockedReason ?? null, other?.closedAs ?? null).lastInsertRowid);
}

/** Where two hosts stand that are one. */
function together(db: Database, kept: StandingHost, other: StandingHost, known: ReturnType<typeof listKnownAttempts>): Standing {
  const hasKey = getStanding(db, kept.hostId).hasKey;
  let standing: Standing = kept;
  const happen = (event: HostEvent): void => {
    const moved = transition(standing, event);
    if (moved.status === 'ok') standing = moved.standing;
  };
  // Verified and closed are a person's word about the other name; what it says of this one is for a person, too.
  if (other.state === 'verified' || other.state === 'closed') return hasKey && kept.state === 'reported' ? { state: 'ready', blockedReason: null, closedAs: null } : kept;
  if (other.state !== 'known') happen({ kind: 'reported', hasKey });
  if (hasKey) happen({ kind: 'key-found' });
  // Together in one host, what was known before its last decision is weighed in that.
  const all = listKnownAttempts(db, kept.hostId);
  const seen = all.filter(({ attemptId }) => !known.some((moved) => moved.attemptId === attemptId));
  for (const attempt of all.filter((one) => !seen.includes(one) && !one.isWeighed).toSorted((a, b) => (a.happenedAt < b.happenedAt ? -1 : 1))) {
    standing = standingAfterAttempt(standing, seen, attempt);
    seen.push(attempt);
  }
  const isLast = kept.state === 'known' || kept.state === 'reported' || kept.state === 'ready' || stateAt(db, other.hostId) > stateAt(db, kept.hostId);
  if (other.state === 'blocked' && other.blockedReason !== null && isLast && !(other.blockedReason === 'no-key' && hasKey)) happen({ kind: 'blocked', reason: other.blockedReason });
  return standing;
}

function part(desk: Desk, row: Row, kept: StandingHost, other: StandingHost, { at, reason }: { readonly at: string; readonly reason: string }): void {
  const { db } = desk;
  giveBack(db, row.decision_id, kept.hostId, other.hostId);
  withdrawEvidenceOfAnother(db, kept.hostId, other.hostId, at);
  db.prepare('UPDATE hosts SET joined_into = NULL WHERE host_id = ?').run(other.hostId);
  withdrawLapsEvidenceOfAnother(db, [kept.hostId, other.hostId], at);
  if (other.state === 'closed' && other.closedAs === 'duplicate' && row.other_state !== null) {
    writeStanding(db, other.hostId, withKey(db, other.hostId, { state: row.other_state, blockedReason: row.other_blocked_reason, closedAs: row.other_closed_as }), at);
    writeHostEvent(db, { hostId: other.hostId, at, kind: 'reopened', operator: desk.operator.name, subject: kept.hostname, detail: reason });
  }
  const before: Standing = stateAt(db, kept.hostId) <= row.at && row.state !== null ? { state: row.state, blockedReason: row.blocked_reason, closedAs: row.closed_as } : kept;
  const standing = withKey(db, kept.hostId, before);
  if (!isSameStanding(kept, standing)) writeStanding(db, kept.hostId, standing, at);
}

const stateAt = (db: Database, hostId: number): string => db.prepare<[number], { at: string }>('SELECT state_at AS at FROM hosts WHERE host_id = ?').get(hostId)?.at ?? '';

/** Ready means that there is a key. */
function withKey(db: Database, hostId: number, standing: Standing): Standing {
  const { hasKey } = getStanding(db, hostId);
  if (standing.state === 'ready' && !hasKey) return { state: 'reported', blockedReason: null, closedAs: null };
  return standing.state === 'reported' && hasKey ? { state: 'ready', blockedReason: null, closedAs: null } : standing;
}
