// In which state every host was at an instant that is past: what has not changed since is read as it stands, the others are told again from their events.
import type { ReadableDatabase } from '../../store/database.ts';
import type { AttemptOutcome, AttemptProof, BlockedReason, ClosedAs, HostState } from '../codes.ts';
import { transition, type HostEvent, type Standing } from '../remediation/transitions.ts';

/** Sites and systems are as known now: which source said what when is not kept. */
export interface HostAt extends Standing {
  readonly hostId: number; readonly hostname: string; readonly site: string | null; readonly operatingSystem: string | null;
  /** When it came into this state. */
  readonly since: string;
}

interface Row { hostId: number; hostname: string; site: string | null; operatingSystem: string | null; state: HostState; blockedReason: BlockedReason | null; closedAs: ClosedAs | null; since: string; createdAt: string }
interface EventRow { host_id: number; at: string; kind: 'reported' | 'attempt' | 'blocked' | 'unblocked' | 'verified' | 'closed' | 'reopened'; blocked_reason: BlockedReason | null; closed_as: ClosedAs | null; detail: string | null; outcome: AttemptOutcome | null; proof: AttemptProof | null; attempt_reason: BlockedReason | null }

/**
 * @param at Instant, ISO-8601 UTC.
 * @returns Every host that was there, by name.
 */
export function hostStatesAt(db: ReadableDatabase, at: string): HostAt[] {
  const rows = db.prepare<[string], Row>(
    `SELECT host_id AS hostId, hostname, site, operating_system AS operatingSystem, state, blocked_reason AS blockedReason, closed_as AS closedAs, state_at AS since, created_at AS createdAt
       FROM hosts WHERE created_at <= ? ORDER BY hostname`).all(at);
  const changedSince = new Map(rows.filter(({ since }) => since > at).map((row) => [row.hostId, row]));
  if (changedSince.size === 0) return rows.map(toHostAt);
  const standing = replay(db, at, changedSince);
  return rows.map((row) => { const told = standing.get(row.hostId); return told === undefined ? toHostAt(row) : { ...toHostAt(row), ...told }; });
}

const toHostAt = ({ createdAt: _createdAt, ...host }: Row): HostAt => host;

function replay(db: ReadableDatabase, at: string, wanted: ReadonlyMap<number, Row>): Map<number, Standing & { readonly since: string }> {
  const firstKey = db.prepare<[number], { at: string | null }>('SELECT min(imported_at) AS at FROM key_records WHERE host_id = ?');
  const standing = new Map<number, Standing & { readonly since: string; readonly keyAt: string | null }>();
  for (const [hostId, { createdAt }] of wanted) {
    const keyAt = firstKey.get(hostId)?.at ?? null;
    standing.set(hostId, { state: 'known', blockedReason: null, closedAs: null, since: createdAt, keyAt });
  }
  const step = (hostId: number, when: string, event: HostEvent): void => {
    const from = standing.get(hostId);
    if (from === undefined) return;
    const result = transition(from, event);
    // What a person says again is said anew; an attempt or a source that changes nothing leaves the moment.
    const saidAnew = event.kind !== 'attempt' && event.kind !== 'reported' && event.kind !== 'key-found';
    if (result.status === 'ok' && (result.changed || saidAnew)) standing.set(hostId, { ...result.standing, since: when, keyAt: from.keyAt });
  };
  /** A key that came between two events is an event of its own. */
  const keyed = new Set<number>();
  const findKey = (hostId: number, before: string): void => {
    const keyAt = standing.get(hostId)?.keyAt ?? null;
    if (keyAt === null || keyAt > before || keyed.has(hostId)) return;
    keyed.add(hostId);
    step(hostId, keyAt, { kind: 'key-found' });
  };
  const events = db.prepare<[string], EventRow>(
    `SELECT e.host_id, e.at, e.kind, e.blocked_reason, e.closed_as, e.detail, a.outcome, a.proof, a.blocked_reason AS attempt_reason
       FROM host_events e LEFT JOIN attempts a ON e.kind = 'attempt' AND a.attempt_id = e.subject WHERE e.at <= ? ORDER BY e.at, e.host_event_id`);
  for (const row of events.iterate(at)) {
    const host = standing.get(row.host_id);
    if (host === undefined) continue;
    findKey(row.host_id, row.at);
    const event = toEvent(row, host.keyAt !== null && host.keyAt <= row.at);
    if (event !== null) step(row.host_id, row.at, event);
  }
  for (const hostId of standing.keys()) findKey(hostId, at);
  return new Map([...standing].map(([hostId, { keyAt: _keyAt, ...told }]) => [hostId, told]));
}

function toEvent(row: EventRow, hasKey: boolean): HostEvent | null {
  switch (row.kind) {
    case 'reported': case 'unblocked': case 'reopened': return { kind: row.kind, hasKey };
    case 'blocked': return { kind: 'blocked', reason: row.blocked_reason ?? 'repair-failed' };
    case 'verified': return { kind: 'verified', evidence: row.detail ?? '-' };
    case 'closed': return { kind: 'closed', as: row.closed_as ?? 'retired', note: row.detail ?? '-' };
    case 'attempt': return row.outcome === null || row.proof === null ? null : { kind: 'attempt', outcome: row.outcome, blockedReason: row.attempt_reason, proof: row.proof };
  }
}
