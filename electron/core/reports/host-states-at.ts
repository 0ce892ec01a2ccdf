// In which state every host was at an instant that is past: what has not changed since is read as it stands, the others are told again from their events.
import type { ReadableDatabase } from '../../store/database.ts';
import type { BlockedReason, ClosedAs, HostState } from '../codes.ts';
import { toEvent, type EventRow } from '../hosts/told-events.ts';
import { KEY_IMPORTED_AT } from '../keys/key-sources.ts';
import { transition, type HostEvent, type Standing } from '../remediation/transitions.ts';

/** Sites and systems are as known now: which source said what when is not kept. */
export interface HostAt extends Standing { readonly hostId: number; readonly site: string | null; readonly operatingSystem: string | null }

type Row = readonly [hostId: number, site: string | null, operatingSystem: string | null, state: HostState, blockedReason: BlockedReason | null, closedAs: ClosedAs | null, hasChanged: number];

/** Key records of one host, or of none, by an instant. `instants`: when they came, each once, in order. */
export interface KeysAt { records: number; readonly instants: string[] }

/** @returns What had come by then: by host, and under null without one. In the order of the table: in that of their hosts a large store is deciphered page by page for each of them. */
export function readKeysAt(db: ReadableDatabase, at: string): Map<number | null, KeysAt> {
  const cameAt = new Map(db.prepare<[], [file: number, at: string]>(`SELECT import_file_id, ${KEY_IMPORTED_AT} FROM import_files k`).raw().all());
  const keys = new Map<number | null, KeysAt>();
  for (const [hostId, file, records] of db.prepare<[], [number | null, number, number]>('SELECT host_id, import_file_id, count(*) FROM key_records NOT INDEXED GROUP BY 1, 2').raw().all()) {
    const importedAt = cameAt.get(file);
    if (importedAt === undefined || importedAt > at) continue;
    const before = keys.get(hostId);
    if (before === undefined) keys.set(hostId, { records, instants: [importedAt] });
    else {
      before.records += records;
      if (!before.instants.includes(importedAt)) before.instants.push(importedAt);
    }
  }
  for (const { instants } of keys.values()) if (instants.length > 1) instants.sort();
  return keys;
}

/**
 * @param at Instant, ISO-8601 UTC.
 * @returns Every host that was there, by number.
 */
export function hostStatesAt(db: ReadableDatabase, at: string, keys: ReadonlyMap<number | null, KeysAt> = readKeysAt(db, at)): HostAt[] {
  const rows = db.prepare<[{ at: string }], Row>('SELECT host_id, site, operating_system, state, blocked_reason, closed_as, state_at > @at FROM hosts NOT INDEXED WHERE created_at <= @at').raw().all({ at });
  const changedSince = rows.filter((row) => row[6] === 1);
  const told = changedSince.length === 0 ? null : tellAgain(db, at, changedSince, keys);
  return rows.map(([hostId, site, operatingSystem, state, blockedReason, closedAs]): HostAt => {
    const then = told?.get(hostId)?.standing;
    return then === undefined ? { hostId, site, operatingSystem, state, blockedReason, closedAs } : { hostId, site, operatingSystem, state: then.state, blockedReason: then.blockedReason, closedAs: then.closedAs };
  });
}

/**
 * In the order in which they were written, which takes a third of the time that the order of their instants takes: a large fleet has half a million, and the store is enciphered page by page.
 * What people said in words is not needed here.
 */
const EVENTS = `SELECT e.host_id, e.at, e.kind, e.blocked_reason, e.closed_as, CASE WHEN a.attempt_id IS NOT NULL THEN coalesce(e.detail, a.outcome) END, a.proof, CASE WHEN e.detail IS NULL THEN a.blocked_reason ELSE e.blocked_reason END
  FROM host_events e NOT INDEXED LEFT JOIN attempts a INDEXED BY attempts_by_id ON e.kind = 'attempt' AND a.attempt_id = e.subject WHERE e.at <= ? ORDER BY e.host_event_id`;
type Event = readonly [hostId: number, at: string, kind: EventRow['kind'], blockedReason: BlockedReason | null, closedAs: ClosedAs | null, outcome: EventRow['outcome'], proof: EventRow['proof'], attemptReason: BlockedReason | null];

/** How far one host is told: where it stands after what happened by `at`, and how many of the instants at which keys came have passed. */
interface Course { standing: Standing; at: string; keysPassed: number; readonly keys: readonly string[] }

/** Each event is told as it is read: half a million kept would take as long again. */
function tellAgain(db: ReadableDatabase, at: string, hosts: readonly Row[], keys: ReadonlyMap<number | null, KeysAt>): ReadonlyMap<number, Course> {
  const begin = (hostId: number): Course => ({ standing: { state: 'known', blockedReason: null, closedAs: null }, at: '', keysPassed: 0, keys: keys.get(hostId)?.instants ?? [] });
  const events = db.prepare<[string], Event>(EVENTS).raw();
  const courses = new Map(hosts.map(([hostId]): [number, Course] => [hostId, begin(hostId)]));
  const late = new Map<number, Event[]>();
  for (const event of events.iterate(at)) {
    const course = courses.get(event[0]);
    if (course === undefined) continue;
    if (event[1] < course.at) late.set(event[0], []);
    else happen(course, event);
  }
  // Written later than it happened is rare: a stick comes back after the next one.
  if (late.size > 0) for (const event of events.iterate(at)) late.get(event[0])?.push(event);
  for (const [hostId, ofHost] of late) {
    const course = begin(hostId);
    for (const event of ofHost.sort(([, one], [, other]) => (one < other ? -1 : one > other ? 1 : 0))) happen(course, event);
    courses.set(hostId, course);
  }
  for (const course of courses.values()) findKeys(course, null);
  return courses;
}

function happen(course: Course, [hostId, at, kind, blockedReason, closedAs, outcome, proof, attemptReason]: Event): void {
  findKeys(course, at);
  course.at = at;
  const event = toEvent({ host_id: hostId, at, kind, blocked_reason: blockedReason, closed_as: closedAs, detail: null, outcome, proof, attempt_reason: attemptReason }, course.keysPassed > 0);
  if (event !== null) step(course, event);
}

/** Each instant at which keys of the host came is an event of its own, before what happened in the same millisecond. */
function findKeys(course: Course, until: string | null): void {
  for (let when = course.keys[course.keysPassed]; when !== undefined && (until === null || when <= until); when = course.keys[course.keysPassed]) {
    course.keysPassed += 1;
    step(course, { kind: 'key-found' });
  }
}

function step(course: Course, event: HostEvent): void {
  const result = transition(course.standing, event);
  if (result.status === 'ok') course.standing = result.standing;
}
