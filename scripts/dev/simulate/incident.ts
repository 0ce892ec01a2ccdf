// A constructed incident from a seed: hosts that go down, crews that work in shifts, routes of different length, and a long tail of blocked hosts.
// It knows nothing of how the desk estimates, and must not: an estimate is measured against it.
import { chanceOf, type Chance } from './chance.ts';
import { makeCrew, type Technician } from './crew.ts';

export type SimulatedKind = 'down' | 'blocked' | 'unblocked' | 'done';
/** `hour`: hours since the incident began, with fractions. */
export interface SimulatedEvent { readonly hour: number; readonly kind: SimulatedKind; readonly host: number; readonly site: number; readonly reason: string | null; readonly technician: number | null }
export interface SimulatedIncident {
  readonly seed: number;
  /** Local hour of the day at which it began, 0 to 23, and the day of the week, Monday 0. */
  readonly beganAtHour: number; readonly beganOnDay: number;
  readonly hosts: number; readonly sites: number;
  /** In order of time. */
  readonly events: readonly SimulatedEvent[];
  /** When the last host came back, hours since the beginning. */
  readonly endHour: number;
}

/** Minutes a visit takes by its route: figures of the field are 3 to 5 with a scanner or a stick, 10 to 20 read out, 20 for a server by hand. */
const ROUTES = [{ median: 5, sigma: 0.5 }, { median: 12, sigma: 0.6 }, { median: 22, sigma: 0.5 }] as const;
/** How long a host stays blocked, hours until half are free again, and how unequal that is. */
const REASONS = [
  { reason: 'no-key', median: 14, sigma: 1.2 }, { reason: 'no-disk-seen', median: 20, sigma: 0.8 }, { reason: 'not-reachable', median: 30, sigma: 1.1 },
  { reason: 'hardware', median: 60, sigma: 0.8 }, { reason: 'owner-away', median: 72, sigma: 1.0 },
] as const;
const LIMIT_HOURS = 24 * 90;

interface Site { readonly crew: readonly Technician[]; readonly routes: readonly number[]; readonly queue: Visit[]; next: number }
interface Visit { readonly host: number; readonly fromHour: number }

/** @returns The whole course until its last host is back; the same seed gives the same. */
export function simulateIncident(seed: number): SimulatedIncident {
  const chance = chanceOf(seed);
  const hosts = Math.round(chance.logBetween(150, 8_000));
  const siteCount = 1 + Math.floor(chance.between(0, 1) ** 2 * 10);
  const beganAtHour = Math.floor(chance.between(0, 24));
  const beganOnDay = Math.floor(chance.between(0, 7));
  const habits = {
    blockedShare: chance.logBetween(0.02, 0.2), againShare: chance.between(0.02, 0.25), patience: chance.logNormal(1, 0.35), lateShare: chance.between(0, 0.08), lateHours: chance.between(12, 96),
    reimageAfter: chance.logBetween(72, 480), weights: REASONS.map(() => chance.exponential(1)), shares: ROUTES.map(() => chance.exponential(1)),
  };
  const sizes = Array.from({ length: siteCount }, () => chance.logNormal(1, 0.9));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const effort = chance.logBetween(10, 90); // hosts a technician is faced with
  const local = (hour: number): { readonly hourOfDay: number; readonly day: number } => ({ hourOfDay: (beganAtHour + hour) % 24, day: (beganOnDay + Math.floor((beganAtHour + hour) / 24)) % 7 });
  const plan = { nightShare: chance.isTrue(0.3) ? 0 : chance.between(0.1, 0.7), nights: Math.round(chance.between(1, 6)), weekendShare: chance.between(0, 0.8), allHandsDays: Math.round(chance.between(1, 5)), laterShare: chance.between(0.25, 0.9) };
  const sites: Site[] = sizes.map((size) => ({
    crew: makeCrew(chance, Math.max(1, Math.round((hosts * size) / all / chance.logNormal(effort, 0.4))), plan),
    routes: ROUTES.map((_, index) => (habits.shares[index] ?? 1) * chance.logNormal(1, 0.5)), queue: [], next: 0,
  }));

  const events: SimulatedEvent[] = [];
  for (let host = 0; host < hosts; host += 1) {
    const site = pick(chance, sizes);
    const at = chance.isTrue(habits.lateShare) ? chance.exponential(habits.lateHours) : chance.exponential(1.5);
    events.push({ hour: at, kind: 'down', host, site, reason: null, technician: null });
    sites[site]?.queue.push({ host, fromHour: at });
  }
  let endHour = 0;
  sites.forEach((site, number) => {
    endHour = Math.max(endHour, work(chance, site, number, habits, local, events));
  });
  events.sort((one, other) => one.hour - other.hour);
  return { seed, beganAtHour, beganOnDay, hosts, sites: siteCount, events, endHour };
}

interface Habits { readonly blockedShare: number; readonly againShare: number; readonly patience: number; /** Hours blocked after which a host is set up anew, the median. */ readonly reimageAfter: number; readonly weights: readonly number[] }

/** Works off one site, minute after minute of every technician. @returns When its last host was back. */
function work(chance: Chance, { crew, routes, queue }: Site, site: number, habits: Habits, local: (hour: number) => { readonly hourOfDay: number; readonly day: number }, events: SimulatedEvent[]): number {
  const waiting = new Heap();
  for (const visit of queue) waiting.push(visit);
  const seen = new Set<number>();
  const freeAt = crew.map(() => 0);
  let last = 0;
  for (let hour = 0; waiting.size > 0 && hour < LIMIT_HOURS; hour += 1) {
    const { hourOfDay, day } = local(hour);
    const onShift = crew.map((technician, index) => ({ technician, index })).filter(({ technician }) => technician.worksAt(hour, hourOfDay, day));
    if (onShift.length === 0) continue;
    for (const { technician, index } of onShift) {
      let at = Math.max(freeAt[index] ?? 0, hour);
      while (at < hour + 1) {
        const visit = waiting.popBefore(at);
        if (visit === undefined) break;
        const route = ROUTES[pick(chance, routes)] ?? ROUTES[0];
        // What is left at the end is further apart: ladders, locked offices, other buildings.
        const walk = chance.exponential(2 + 10 / Math.sqrt(1 + waiting.size / 5));
        at += (chance.logNormal(route.median, route.sigma) * technician.slowness + walk) / 60;
        const kind = REASONS[pick(chance, habits.weights)] ?? REASONS[0];
        if (chance.isTrue(seen.has(visit.host) ? habits.againShare : habits.blockedShare)) {
          seen.add(visit.host);
          const until = at + Math.min(chance.logNormal(kind.median * habits.patience, kind.sigma), chance.logNormal(habits.reimageAfter, 0.3));
          events.push({ hour: at, kind: 'blocked', host: visit.host, site, reason: kind.reason, technician: index }, { hour: until, kind: 'unblocked', host: visit.host, site, reason: kind.reason, technician: null });
          waiting.push({ host: visit.host, fromHour: until });
        } else {
          events.push({ hour: at, kind: 'done', host: visit.host, site, reason: null, technician: index });
          last = Math.max(last, at);
        }
      }
      freeAt[index] = at;
    }
  }
  // Given up: whatever is still out is retired on the last day.
  for (let visit = waiting.popBefore(Infinity); visit !== undefined; visit = waiting.popBefore(Infinity)) {
    events.push({ hour: Math.max(LIMIT_HOURS, visit.fromHour), kind: 'done', host: visit.host, site, reason: null, technician: null });
    last = Math.max(last, LIMIT_HOURS, visit.fromHour);
  }
  return last;
}

function pick(chance: Chance, weights: readonly number[]): number {
  let rest = chance.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => (rest -= weight) < 0);
  return found === -1 ? weights.length - 1 : found;
}

/** The visits that wait, the one that can be made first on top. */
class Heap {
  readonly #items: Visit[] = [];
  get size(): number { return this.#items.length; }
  push(visit: Visit): void {
    const items = this.#items;
    let place = items.push(visit) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || parent.fromHour <= visit.fromHour) break;
      items[place] = parent;
      place = above;
    }
    items[place] = visit;
  }
  popBefore(hour: number): Visit | undefined {
    const items = this.#items;
    const first = items[0];
    if (first === undefined || first.fromHour > hour) return undefined;
    const moved = items.pop();
    if (moved === undefined || items.length === 0) return first;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = items[left + 1];
      const smaller = right !== undefined && right.fromHour < (items[left]?.fromHour ?? Infinity) ? left + 1 : left;
      const child = items[smaller];
      if (child === undefined || child.fromHour >= moved.fromHour) break;
      items[place] = child;
      place = smaller;
    }
    items[place] = moved;
    return first;
  }
}
