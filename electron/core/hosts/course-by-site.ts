// The course of the incident for the estimate of its end: counts by hour and site, told from the events once and kept up with what is new.
import type { ReadableDatabase } from '../../store/database.ts';
import type { AttemptOutcome, BlockedReason, HostState } from '../codes.ts';
import type { EtaHour, EtaSite } from '../eta/eta.ts';
import { prepared } from '../keys/prepared.ts';
import { nextTurn } from '../keys/slices.ts';

const HOUR_MS = 3_600_000;
/** About 10 ms of work. */
const EVENTS_AT_ONCE = 4000;
/** Sites with hosts of their own in the estimate; the smaller ones stand together. */
const MOST_SITES = 40;

/** Where the course of one host stands: not yet down, waiting, blocked, back. */
type Place = 'up' | 'free' | 'blocked' | 'back';
type Counts = { down: number; done: number; blocked: number; unblocked: number; readonly people: Set<string> };
interface Kept { lastEventId: number; undone: number; readonly places: Map<number, Place>; readonly sites: Map<string | null, Map<number, Counts>> }

const kept = new WeakMap<ReadableDatabase, Kept>();

interface EventRow { id: number; hostId: number; at: string; kind: string; outcome: AttemptOutcome | null; claim: number; who: string | null; site: string | null }

/** Claims are nobody's word; what an attempt says counts in the hour in which its record came back. */
const EVENTS = `SELECT e.host_event_id AS id, e.host_id AS hostId, e.at, e.kind, a.outcome, coalesce(a.proof = 'claim', 0) AS claim, coalesce(s.technician, e.operator) AS who, h.site
  FROM host_events e JOIN hosts h ON h.host_id = e.host_id LEFT JOIN attempts a ON e.kind = 'attempt' AND a.attempt_id = e.subject LEFT JOIN media_slots s ON s.media_id = a.media_id AND s.slot = a.slot
  WHERE e.host_event_id > ? ORDER BY e.host_event_id LIMIT ?`;

/**
 * @returns Sites with what happened there hour by hour and what is open now; the first call reads all events (500,000: some seconds in turns of 10 ms), later ones what is new.
 *          A site changed later moves no hour that was counted.
 */
export async function readCourseBySite(db: ReadableDatabase): Promise<EtaSite[]> {
  const undone = prepared<[], { n: number }>(db, 'SELECT count(*) AS n FROM imports WHERE undone_at IS NOT NULL').get()?.n ?? 0;
  let state = kept.get(db);
  if (state === undefined || state.undone !== undone) kept.set(db, (state = { lastEventId: 0, undone, places: new Map(), sites: new Map() }));
  for (;;) {
    const rows = prepared<[number, number], EventRow>(db, EVENTS).all(state.lastEventId, EVENTS_AT_ONCE);
    for (const row of rows) if (row.id > state.lastEventId) { // another caller may have been here in the meantime
      count(state, row);
      state.lastEventId = row.id;
    }
    if (rows.length < EVENTS_AT_ONCE) break;
    await nextTurn();
  }
  return gather(state, db);
}

function count(state: Kept, { hostId, at, kind, outcome, claim, who, site }: EventRow): void {
  if (claim === 1) return;
  const before = state.places.get(hostId) ?? 'up';
  const after = placeAfter(before, kind, outcome);
  if (after === before) return;
  const hours = state.sites.get(site) ?? new Map<number, Counts>();
  state.sites.set(site, hours);
  const hour = Math.floor(Date.parse(at) / HOUR_MS);
  const counts = hours.get(hour) ?? { down: 0, done: 0, blocked: 0, unblocked: 0, people: new Set<string>() };
  hours.set(hour, counts);
  if (before === 'up' || before === 'back') counts.down += 1;
  if (before === 'blocked') counts.unblocked += 1;
  if (after === 'blocked') counts.blocked += 1;
  if (after === 'back') counts.done += 1;
  if (who !== null && kind !== 'reported') counts.people.add(who);
  state.places.set(hostId, after);
}

function placeAfter(before: Place, kind: string, outcome: AttemptOutcome | null): Place {
  switch (kind) {
    case 'reported': return before === 'up' ? 'free' : before;
    case 'reopened': return 'free';
    case 'attempt': return outcome === 'repaired' ? 'back' : outcome === 'blocked' ? 'blocked' : before;
    case 'blocked': return 'blocked';
    case 'unblocked': return before === 'blocked' ? 'free' : before;
    default: return before === 'up' ? 'up' : 'back'; // verified, closed
  }
}

function gather(state: Kept, db: ReadableDatabase): EtaSite[] {
  const open = new Map<string | null, { free: number; blocked: Partial<Record<BlockedReason, number>> }>();
  const sizes = new Map<string | null, number>();
  for (const { site, state: hostState, reason, n } of prepared<[], { site: string | null; state: HostState; reason: BlockedReason | null; n: number }>(db, OPEN).iterate()) {
    const found = open.get(site) ?? { free: 0, blocked: {} };
    open.set(site, found);
    if (hostState === 'blocked') found.blocked[reason ?? 'repair-failed'] = (found.blocked[reason ?? 'repair-failed'] ?? 0) + n;
    else found.free += n;
    sizes.set(site, (sizes.get(site) ?? 0) + n);
  }
  const names = [...new Set([...open.keys(), ...state.sites.keys()])];
  const large = new Set(names.toSorted((one, other) => (sizes.get(other) ?? 0) - (sizes.get(one) ?? 0)).slice(0, MOST_SITES));
  const groups = new Map<string | null, (string | null)[]>();
  for (const name of names) groups.set(large.has(name) ? name : null, [...(groups.get(large.has(name) ? name : null) ?? []), name]);
  return [...groups].map(([site, members]): EtaSite => {
    const hours = new Map<number, Counts>();
    for (const member of members) for (const [hour, counts] of state.sites.get(member) ?? []) hours.set(hour, add(hours.get(hour), counts));
    const blocked: Partial<Record<BlockedReason, number>> = {};
    let free = 0;
    for (const member of members) {
      free += open.get(member)?.free ?? 0;
      for (const [reason, n] of Object.entries(open.get(member)?.blocked ?? {}) as [BlockedReason, number][]) blocked[reason] = (blocked[reason] ?? 0) + n; // keys of the Record above
    }
    return { site, free, blocked, hours: [...hours].sort(([one], [other]) => one - other).map(([hour, { people, ...counts }]): EtaHour => ({ ...counts, startMs: hour * HOUR_MS, people: people.size })) };
  });
}

const OPEN = "SELECT site, state, blocked_reason AS reason, count(*) AS n FROM hosts WHERE state IN ('reported', 'ready', 'in-progress', 'blocked') GROUP BY site, state, blocked_reason";

const add = (one: Counts | undefined, other: Counts): Counts => (one === undefined ? other : {
  down: one.down + other.down, done: one.done + other.done, blocked: one.blocked + other.blocked, unblocked: one.unblocked + other.unblocked, people: new Set([...one.people, ...other.people]),
});
