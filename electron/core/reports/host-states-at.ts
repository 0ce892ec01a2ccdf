// In which state every host was at an instant that is past: what has not changed since is read as it stands, the others are told again from their events.
import type { ReadableDatabase } from '../../store/database.ts';
import type { BlockedReason, ClosedAs, HostState } from '../codes.ts';
import { toEvent, type EventRow } from '../hosts/told-events.ts';
import { transition, type HostEvent, type Standing } from '../remediation/transitions.ts';

/** Sites and systems are as known now: which source said what when is not kept. */
export interface HostAt extends Standing { readonly hostId: number; readonly site: string | null; readonly operatingSystem: string | null }

type Row = readonly [hostId: number, site: string | null, operatingSystem: string | null, state: HostState, blockedReason: BlockedReason | null, closedAs: ClosedAs | null, hasChanged: number];

/**
 * @param at Instant, ISO-8601 UTC.
 * @returns Every host that was there, by number.
 */
export function hostStatesAt(db: ReadableDatabase, at: string): HostAt[] {
  const rows = db.prepare<[{ at: string }], Row>('SELECT host_id, site, operating_system, state, blocked_reason, closed_as, state_at > @at FROM hosts NOT INDEXED WHERE created_at <= @at').raw().all({ at });
  const changedSince = rows.filter((row) => row[6] === 1);
  const told = changedSince.length === 0 ? null : tellAgain(db, at, changedSince);
  return rows.map(([hostId, site, operatingSystem, state, blockedReason, closedAs]): HostAt => {
    const then = told?.get(hostId);
    return then === undefined ? { hostId, site, operatingSystem, state, blockedReason, closedAs } : { hostId, site, operatingSystem, state: then.state, blockedReason: then.blockedReason, closedAs: then.closedAs };
  });
}

/**
 * In the order in which they were written, which takes a third of the time that the order of their instants takes: a large fleet has half a million, and the store is enciphered page by page.
 * What people said in words is not needed here.
 */
const EVENTS = `SELECT e.host_id, e.at, e.kind, e.blocked_reason, e.closed_as, CASE WHEN a.attempt_id IS NOT NULL THEN coalesce(e.detail, a.outcome) END, a.proof, CASE WHEN e.detail IS NULL THEN a.blocked_reason ELSE e.blocked_reason END
  FROM host_events e NOT INDEXED LEFT JOIN attempts a INDEXED BY attempts_by_id ON e.kind = 'attempt' AND a.attempt_id = e.subject WHERE e.at <= ? ORDER BY e.host_event_id`;
const KEYS = 'SELECT host_id, imported_at FROM key_records NOT INDEXED WHERE host_id IS NOT NULL AND imported_at <= ? ORDER BY key_record_id';
type Event = readonly [hostId: number, at: string, kind: EventRow['kind'], blockedReason: BlockedReason | null, closedAs: ClosedAs | null, outcome: EventRow['outcome'], proof: EventRow['proof'], attemptReason: BlockedReason | null];

/** What happened to one host up to the instant: its events, and when keys of it came. */
interface Story { readonly events: Event[]; readonly keys: string[] }

function tellAgain(db: ReadableDatabase, at: string, hosts: readonly Row[]): Map<number, Standing> {
  const stories = new Map(hosts.map(([hostId]): [number, Story] => [hostId, { events: [], keys: [] }]));
  for (const event of db.prepare<[string], Event>(EVENTS).raw().iterate(at)) stories.get(event[0])?.events.push(event);
  for (const [hostId, importedAt] of db.prepare<[string], [number, string]>(KEYS).raw().iterate(at)) stories.get(hostId)?.keys.push(importedAt);
  const standing = new Map<number, Standing>();
  for (const [hostId, story] of stories) standing.set(hostId, tellHost(story));
  return standing;
}

/** Each instant at which keys of the host came is an event of its own, before what happened in the same millisecond. */
function tellHost({ events, keys }: Story): Standing {
  // Written later than it happened is rare: a stick comes back after the next one.
  if (!isInOrder(events, atOf)) events.sort((one, other) => compare(one[1], other[1]));
  if (!isInOrder(keys, same)) keys.sort(compare);
  let standing: Standing = { state: 'known', blockedReason: null, closedAs: null };
  const step = (event: HostEvent): void => {
    const result = transition(standing, event);
    if (result.status === 'ok') standing = result.standing;
  };
  let next = 0;
  const findKeys = (until: string | null): void => {
    for (let when = keys[next]; when !== undefined && (until === null || when <= until); when = keys[next]) {
      next += 1;
      if (when !== keys[next]) step({ kind: 'key-found' });
    }
  };
  for (const [hostId, at, kind, blockedReason, closedAs, outcome, proof, attemptReason] of events) {
    findKeys(at);
    const event = toEvent({ host_id: hostId, at, kind, blocked_reason: blockedReason, closed_as: closedAs, detail: null, outcome, proof, attempt_reason: attemptReason }, next > 0);
    if (event !== null) step(event);
  }
  findKeys(null);
  return standing;
}

const atOf = (event: Event): string => event[1];
const same = (instant: string): string => instant;
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function isInOrder<T>(items: readonly T[], of: (item: T) => string): boolean {
  let before = '';
  for (const item of items) {
    const at = of(item);
    if (at < before) return false;
    before = at;
  }
  return true;
}
