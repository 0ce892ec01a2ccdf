// In which state every host was at an instant that is past: what has not changed since is read as it stands, the others are told again from their events.
import type { ReadableDatabase } from '../../store/database.ts';
import type { BlockedReason, ClosedAs, HostState } from '../codes.ts';
import { EVENTS_UNTIL, keysComing, toEvent, type EventRow, type KeysComing } from '../hosts/told-events.ts';
import { transition, type HostEvent, type Standing } from '../remediation/transitions.ts';

/** Sites and systems are as known now: which source said what when is not kept. */
export interface HostAt extends Standing {
  readonly hostId: number; readonly hostname: string; readonly site: string | null; readonly operatingSystem: string | null;
  /** When it came into this state. */
  readonly since: string;
}

interface Row { hostId: number; hostname: string; site: string | null; operatingSystem: string | null; state: HostState; blockedReason: BlockedReason | null; closedAs: ClosedAs | null; since: string; createdAt: string }
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
  const keysOf = keysComing(db);
  const standing = new Map<number, Standing & { readonly since: string }>();
  const keys = new Map<number, KeysComing>();
  for (const [hostId, { createdAt }] of wanted) {
    standing.set(hostId, { state: 'known', blockedReason: null, closedAs: null, since: createdAt });
    keys.set(hostId, keysOf(hostId));
  }
  const step = (hostId: number, when: string, event: HostEvent): void => {
    const from = standing.get(hostId);
    if (from === undefined) return;
    const result = transition(from, event);
    // What a person says again is said anew; an attempt or a source that changes nothing leaves the moment.
    const saidAnew = event.kind !== 'attempt' && event.kind !== 'reported' && event.kind !== 'key-found';
    if (result.status === 'ok' && (result.changed || saidAnew)) standing.set(hostId, { ...result.standing, since: when });
  };
  const findKeys = (hostId: number, before: string): void => {
    for (const keyAt of keys.get(hostId)?.until(before) ?? []) step(hostId, keyAt, { kind: 'key-found' });
  };
  const events = db.prepare<[string], EventRow>(EVENTS_UNTIL);
  for (const row of events.iterate(at)) {
    const coming = keys.get(row.host_id);
    if (coming === undefined) continue;
    findKeys(row.host_id, row.at);
    const event = toEvent(row, coming.any());
    if (event !== null) step(row.host_id, row.at, event);
  }
  for (const hostId of standing.keys()) findKeys(hostId, at);
  return standing;
}
