// How fast hosts come back, and where: hour by hour of the last day, and site by site as it stands.
import type { ReadableDatabase } from '../../store/database.ts';
import type { HostState } from '../codes.ts';
import { toInstant } from '../ports.ts';

export interface Course {
  /** The last 24 hours, oldest first, each with its beginning (UTC); hours without anything are there too. */
  readonly hours: readonly { readonly hour: string; readonly repaired: number; readonly verified: number }[];
  /** Most hosts still down first, at most `SITES`. */
  readonly sites: readonly { readonly site: string | null; readonly affected: number; readonly down: number; readonly repaired: number; readonly verified: number }[];
  readonly moreSites: number;
}

const HOURS = 24;
const HOUR_MS = 3_600_000;
export const SITES = 12;
const DOWN: readonly HostState[] = ['reported', 'ready', 'blocked', 'in-progress'];

/** @param nowMs Now, milliseconds since 1970 UTC. An attempt counts in the hour in which its record came back; a claim counts nowhere. */
export function readCourse(db: ReadableDatabase, nowMs: number): Course {
  const first = Math.floor(nowMs / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS;
  const counted = new Map(db.prepare<[string], { hour: string; repaired: number; verified: number }>(EVENTS_SINCE).all(toInstant(first)).map((row) => [row.hour, row]));
  const hours = Array.from({ length: HOURS }, (_, index) => {
    const hour = toInstant(first + index * HOUR_MS);
    const { repaired = 0, verified = 0 } = counted.get(hour.slice(0, 13)) ?? {};
    return { hour, repaired, verified };
  });
  const sites = new Map<string | null, Record<'affected' | 'down' | 'repaired' | 'verified', number>>();
  for (const { site, state, n } of db.prepare<[], { site: string | null; state: HostState; n: number }>("SELECT site, state, count(*) AS n FROM hosts WHERE state <> 'known' GROUP BY site, state").iterate()) {
    const group = sites.get(site) ?? { affected: 0, down: 0, repaired: 0, verified: 0 };
    group.affected += n;
    if (DOWN.includes(state)) group.down += n;
    if (state === 'repaired' || state === 'verified') group[state] += n;
    sites.set(site, group);
  }
  const sorted = [...sites].map(([site, group]) => ({ site, ...group })).sort((one, other) => other.down - one.down || other.affected - one.affected || (one.site ?? '\u{10ffff}').localeCompare(other.site ?? '\u{10ffff}', 'en'));
  return { hours, sites: sorted.slice(0, SITES), moreSites: Math.max(0, sorted.length - SITES) };
}

/** Along the index of the instants: the events of a day, not of the incident. */
export const EVENTS_SINCE = `SELECT substr(e.at, 1, 13) AS hour, sum(e.kind = 'verified') AS verified, sum(e.kind = 'attempt' AND coalesce(a.outcome = 'repaired' AND a.proof <> 'claim', 0)) AS repaired
  FROM host_events e INDEXED BY host_events_by_at LEFT JOIN attempts a ON e.kind = 'attempt' AND a.attempt_id = e.subject WHERE e.at >= ? AND e.kind IN ('verified', 'attempt') GROUP BY 1`;
