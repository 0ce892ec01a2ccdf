// The course of the incident for the estimate of its end: counts by hour and site from the kept projection (migration 0018).
import type { ReadableDatabase } from '../../store/database.ts';
import type { BlockedReason, HostState } from '../codes.ts';
import type { EtaHour, EtaSite } from '../eta/eta.ts';
import { prepared } from '../keys/prepared.ts';
import { hourNumber, hourText } from './course.ts';

const HOUR_MS = 3_600_000;
/** Sites with hosts of their own in the estimate; the smaller ones stand together. */
const MOST_SITES = 40;
const PEOPLE_HOURS = 48;

interface Group { free: number; readonly blocked: Partial<Record<BlockedReason, number>>; readonly hours: Map<string, Counts> }
type Counts = { down: number; done: number; blocked: number; unblocked: number; people: number };

/** @param nowMs Milliseconds since 1970 UTC: people are told of the two days before. @returns Sites with what happened there hour by hour and what is open now, in no order. Hours move along with a host whose site is corrected. */
export function readCourseBySite(db: ReadableDatabase, nowMs: number): EtaSite[] {
  const open = prepared<[], { site: string; state: HostState; reason: BlockedReason | ''; n: number }>(db, OPEN).all();
  const sizes = new Map<string, number>();
  for (const { site, n } of open) sizes.set(site, (sizes.get(site) ?? 0) + n);
  for (const { site } of prepared<[], { site: string }>(db, 'SELECT DISTINCT site FROM course_hours').all()) sizes.set(site, sizes.get(site) ?? 0);
  const large = new Set([...sizes].toSorted(([, one], [, other]) => other - one).slice(0, MOST_SITES).map(([site]) => site));
  const groups = new Map<string, Group>();
  const groupOf = (site: string): Group => {
    const name = large.has(site) ? site : '';
    const group = groups.get(name) ?? { free: 0, blocked: {}, hours: new Map<string, Counts>() };
    groups.set(name, group);
    return group;
  };
  const hourOf = (site: string, hour: string): Counts => {
    const { hours } = groupOf(site);
    const counts = hours.get(hour) ?? { down: 0, done: 0, blocked: 0, unblocked: 0, people: 0 };
    hours.set(hour, counts);
    return counts;
  };
  for (const { site, state, reason, n } of open) {
    const group = groupOf(site);
    if (state === 'blocked' && reason !== '') group.blocked[reason] = (group.blocked[reason] ?? 0) + n;
    else group.free += n;
  }
  for (const { site, hour, down, done, blocked, unblocked } of prepared<[], Omit<Counts, 'people'> & { site: string; hour: string }>(db, HOURS).iterate()) {
    const counts = hourOf(site, hour);
    counts.down += down;
    counts.done += done;
    counts.blocked += blocked;
    counts.unblocked += unblocked;
  }
  for (const { site, hour, people } of prepared<[string], { site: string; hour: string; people: number }>(db, PEOPLE).iterate(hourText(Math.floor(nowMs / HOUR_MS) - PEOPLE_HOURS))) if (sizes.has(site)) hourOf(site, hour).people += people;
  return [...groups].map(([site, { free, blocked, hours }]): EtaSite => ({
    site: site === '' ? null : site, free, blocked,
    hours: [...hours].sort(([one], [other]) => (one < other ? -1 : 1)).map(([hour, counts]): EtaHour => ({ ...counts, startMs: hourNumber(hour) * HOUR_MS })),
  }));
}

const OPEN = "SELECT site, state, reason, sum(hosts) AS n FROM host_counts WHERE hosts <> 0 AND state IN ('reported', 'ready', 'in-progress', 'blocked') GROUP BY site, state, reason";
const HOURS = `SELECT site, hour, sum(down) AS down, sum(done) AS done, sum(blocked) AS blocked, sum(unblocked) AS unblocked FROM course_hours
  GROUP BY site, hour HAVING sum(down) <> 0 OR sum(done) <> 0 OR sum(blocked) <> 0 OR sum(unblocked) <> 0`;
const PEOPLE = "SELECT site, hour, count(*) AS people FROM work_hours WHERE hour >= ? AND acts > 0 AND who <> '' GROUP BY hour, site";
