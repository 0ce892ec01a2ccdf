// What the hours so far say: how fast each site works when it works, the rhythm of day and night, and how long blocked hosts stay blocked.
import type { BlockedReason } from '../codes.ts';
import { PRIOR } from './parameters.ts';
import type { EtaInput, EtaSite } from './eta.ts';

export interface ObservedSite {
  readonly site: string | null; readonly free: number; readonly blocked: Readonly<Partial<Record<BlockedReason, number>>>;
  /** Visits an hour in an hour of full work (rhythm 1), and the people who made them; both above 0. */
  readonly perHour: number; readonly people: number;
  /** No host here came back or turned out blocked within a day: it has no pace of its own, and `perHour` is what is usual. */
  readonly isIdle: boolean;
}
export interface Observed {
  readonly nowMs: number; readonly affected: number; readonly done: number; readonly open: number;
  /** Hours since the first host was reported, and since the last came back. */
  readonly hoursSeen: number; readonly lastDoneHoursAgo: number;
  readonly sites: readonly ObservedSite[];
  /** Work in each of the 24 hours of the UTC day, 1 in an hour of full work. */
  readonly rhythm: readonly number[];
  /** Of visits, those that end in a blocked host; and of blocked hosts those that an hour frees. */
  readonly blockedShare: number; readonly unblockedPerHour: number;
  /** Hosts that are blocked now, and how often one came free so far. */
  readonly blocked: number; readonly unblocked: number;
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const hourOf = (startMs: number): number => Math.floor(startMs / HOUR_MS);

/** @returns Every rate above 0, whatever was seen: where nothing was, what is usual. */
export function observe({ nowMs, offsetMinutes, sites }: EtaInput): Observed {
  const now = nowMs / HOUR_MS;
  const past = sites.map((site) => ({ ...site, hours: site.hours.filter(({ startMs }) => startMs <= nowMs) }));
  const all = past.flatMap(({ hours }) => hours);
  const sum = (of: 'down' | 'done' | 'blocked' | 'unblocked'): number => all.reduce((total, hour) => total + hour[of], 0);
  const open = past.reduce((total, { free, blocked }) => total + free + countBlocked(blocked), 0);
  const done = sum('done');
  const first = Math.min(now, ...all.filter(({ down }) => down > 0).map(({ startMs }) => hourOf(startMs)));
  const lastDone = Math.max(first, ...all.filter((hour) => hour.done > 0).map(({ startMs }) => hourOf(startMs) + 1));
  const counted = past.map((site) => capacityHours(site, now));
  const rhythm = readRhythm(counted.flat(), offsetMinutes);
  const rates = past.map((site, index) => readRate(counted[index] ?? [], rhythm, now, site));
  const pooled = rates.reduce((total, { visits }) => total + visits, 0) / Math.max(1e-9, rates.reduce((total, { fullHours, people }) => total + fullHours * people, 0));
  const perPerson = pooled > 0 ? pooled : PRIOR.visitsPerPersonHour;
  return {
    nowMs, affected: done + open, done, open, hoursSeen: now - first, lastDoneHoursAgo: now - lastDone, rhythm,
    sites: past.map(({ site, free, blocked }, index) => {
      const { visits, fullHours, people } = rates[index] ?? { visits: 0, fullHours: 0, people: 1 };
      const isIdle = (past[index]?.hours ?? []).every((hour) => now - hourOf(hour.startMs) > DAY_HOURS || hour.done + hour.blocked === 0);
      return { site, free, blocked, people, isIdle, perHour: (visits + PRIOR.rateHours * perPerson * people) / (fullHours + PRIOR.rateHours) };
    }),
    blockedShare: (sum('blocked') + PRIOR.blockedShare * PRIOR.visits) / (sum('blocked') + done + PRIOR.visits),
    unblockedPerHour: readUnblocking(past, now), unblocked: sum('unblocked'), blocked: past.reduce((total, { blocked }) => total + countBlocked(blocked), 0),
  };
}

const countBlocked = (blocked: EtaSite['blocked']): number => Object.values(blocked).reduce((total, count) => total + count, 0);

interface CapacityHour { readonly hour: number; readonly visits: number; readonly people: number }

/** Every hour since the first in which hosts were waiting: an hour without anything to do says nothing about how fast the crew is. */
function capacityHours({ hours, free }: EtaSite, now: number): CapacityHour[] {
  const at = new Map(hours.map((hour) => [hourOf(hour.startMs), hour]));
  const first = Math.min(...at.keys());
  const counted: CapacityHour[] = [];
  let waiting = free;
  for (let hour = Math.floor(now); hour >= first; hour -= 1) {
    const seen = at.get(hour);
    const visits = (seen?.done ?? 0) + (seen?.blocked ?? 0);
    const before = waiting + visits - (seen?.down ?? 0) - (seen?.unblocked ?? 0);
    if (waiting > Math.max(1, visits * 0.25)) counted.push({ hour, visits, people: seen?.people ?? 0 });
    waiting = before;
  }
  return counted;
}

/** @param hours Of all sites. What is usual by day and night, corrected by what was seen at each hour of the day. */
function readRhythm(hours: readonly CapacityHour[], offsetMinutes: number): number[] {
  const usual = Array.from({ length: DAY_HOURS }, (_, hour) => PRIOR.day[Math.floor((((hour * 60 + offsetMinutes) / 60) % DAY_HOURS) + DAY_HOURS) % DAY_HOURS] ?? 1);
  const visits = usual.map(() => 0);
  const seenAt = usual.map(() => 0);
  for (const { hour, visits: count } of hours) {
    const place = hour % DAY_HOURS;
    visits[place] = (visits[place] ?? 0) + count;
    seenAt[place] = (seenAt[place] ?? 0) + 1;
  }
  // An hour of full work is one as good as the better hours of those seen.
  const expected = usual.reduce((total, share, place) => total + share * (seenAt[place] ?? 0), 0);
  const scale = visits.reduce((total, count) => total + count, 0) / Math.max(1e-9, expected);
  if (scale <= 0) return usual;
  const sites = Math.max(1, hours.length / Math.max(1, new Set(hours.map(({ hour }) => hour)).size));
  return usual.map((share, place) => Math.max(0.01, (share * PRIOR.rhythmDays * sites + (visits[place] ?? 0) / scale) / (PRIOR.rhythmDays * sites + (seenAt[place] ?? 0))));
}

/** Recent hours count more: crews grow, and get smaller again. */
function readRate(hours: readonly CapacityHour[], rhythm: readonly number[], now: number, site: EtaSite): { readonly visits: number; readonly fullHours: number; readonly people: number } {
  let visits = 0;
  let fullHours = 0;
  for (const { hour, visits: count } of hours) {
    const weight = 0.5 ** ((now - hour) / PRIOR.rateHalfLifeHours);
    visits += weight * count;
    fullHours += weight * (rhythm[hour % DAY_HOURS] ?? 1);
  }
  const crews = site.hours.filter(({ people, startMs }) => people > 0 && now - hourOf(startMs) <= PRIOR.peopleHours).map(({ people }) => people).sort((one, other) => one - other);
  return { visits, fullHours, people: crews[Math.floor(crews.length * 0.75)] ?? 1 };
}

/** Unblocked, divided by the hours hosts have been blocked altogether. A host whose blocking was not seen counts from the site's first hour on. */
function readUnblocking(sites: readonly EtaSite[], now: number): number {
  let freed = 0;
  let blockedHours = 0;
  for (const { hours, blocked } of sites) {
    const unblocked = hours.reduce((total, hour) => total + hour.unblocked, 0);
    const stillBlocked = countBlocked(blocked);
    const seen = hours.reduce((total, hour) => total + hour.blocked, 0) - unblocked;
    freed += unblocked;
    // A host blocked at a and freed at b was blocked for b - a: sums of the instants are enough.
    blockedHours += seen * now + hours.reduce((total, hour) => total + (hour.unblocked - hour.blocked) * (hourOf(hour.startMs) + 0.5), 0);
    blockedHours += Math.max(0, stillBlocked - seen) * (now - Math.min(now, ...hours.map(({ startMs }) => hourOf(startMs))));
  }
  return (freed + PRIOR.unblockedWeight) / (Math.max(0, blockedHours) + PRIOR.unblockedWeight * PRIOR.unblockedMeanHours);
}
