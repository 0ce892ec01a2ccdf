// The steps of every host's course, told from its events: for a desk whose events are older than the kept projection (store/migrations/0018).
import type { Database } from '../../store/database.ts';
import { DOWN_STATES, type HostState } from '../codes.ts';
import { EVENTS_UNTIL, keysComing, toEvent, type EventRow, type KeysComing } from './told-events.ts';
import { transition, type HostEvent, type Standing } from '../remediation/transitions.ts';

/** 1 where the step is one of that kind; a host that comes down blocked is `down` and `blocked`. `at` is an instant, ISO-8601 UTC. */
export interface CourseStep { readonly hostId: number; readonly number: number; readonly at: string; readonly down: number; readonly done: number; readonly blocked: number; readonly unblocked: number; readonly repaired: number; readonly verified: number }

const LAST = '9999';

interface Course { standing: Standing; number: number; keys?: KeysComing }

/**
 * @returns Host by host in no order, each host's steps in theirs. Where the events tell another end than the store (late records, joined hosts), one more step
 *          leads to where the host stands. 500,000 events: some seconds.
 */
export function* tellSteps(db: Database): Generator<CourseStep> {
  const hosts = db.prepare<[], { hostId: number; state: HostState; at: string }>('SELECT host_id AS hostId, state, state_at AS at FROM hosts').all();
  const courses = new Map(hosts.filter(({ state }) => state !== 'known').map(({ hostId }): [number, Course] => [hostId, { standing: { state: 'known', blockedReason: null, closedAs: null }, number: 0 }]));
  const keysOf = keysComing(db);
  function* happen(hostId: number, course: Course, at: string, event: HostEvent): Generator<CourseStep> {
    const moved = transition(course.standing, event);
    if (moved.status !== 'ok') return;
    const step = stepOf(course.standing.state, moved.standing.state);
    course.standing = moved.standing;
    if (step !== null) yield { hostId, number: (course.number += 1), at, ...step };
  }
  const wakes = function* (hostId: number, course: Course, before: string): Generator<CourseStep> {
    for (const keyAt of (course.keys ??= keysOf(hostId)).until(before)) yield* happen(hostId, course, keyAt, { kind: 'key-found' });
  };
  // All at once: rows of steps are written while this is read.
  for (const row of db.prepare<[string], EventRow>(EVENTS_UNTIL).all(LAST)) {
    const course = courses.get(row.host_id);
    const event = course === undefined ? null : toEvent(row, false); // ready or reported: both are down
    if (course === undefined || event === null) continue;
    yield* wakes(row.host_id, course, row.at);
    yield* happen(row.host_id, course, row.at, event);
  }
  for (const { hostId, state, at } of hosts) {
    const course = courses.get(hostId);
    if (course === undefined) continue;
    yield* wakes(hostId, course, LAST);
    const step = state === course.standing.state ? null : stepOf(course.standing.state, state);
    if (step !== null) yield { hostId, number: course.number + 1, at, ...step };
  }
}

/** @returns What a change of state is in the course; null when it is no step. The triggers of migration 0018 say the same. */
function stepOf(from: HostState, to: HostState): Omit<CourseStep, 'hostId' | 'number' | 'at'> | null {
  if (from === to) return null;
  const [was, is] = [DOWN_STATES.includes(from), DOWN_STATES.includes(to)];
  const step = { down: Number(is && !was), done: Number(was && !is), blocked: Number(to === 'blocked'), unblocked: Number(from === 'blocked'), repaired: Number(to === 'repaired'), verified: Number(to === 'verified') };
  return Object.values(step).some((one) => one === 1) ? step : null;
}
