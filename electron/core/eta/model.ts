// Runs the hours to come: each site works its hosts off at its rate and rhythm, some turn out blocked, and blocked ones come free the slower the longer they are blocked.
import { PRIOR } from './parameters.ts';
import type { Observed } from './observe.ts';

const HOUR_MS = 3_600_000;
const LIMIT_HOURS = 24 * 365;
/** Fewer hosts than this expected to be open: as likely as not, none is. */
const NONE_LEFT = Math.LN2;

export interface ModelRun { readonly hours: number; readonly decidedBy: 'work' | 'blocked'; /** Hosts open now and at the end of each hour to come. */ readonly left: readonly number[] }

/** @returns Hours from now until as likely as not no host is open, at most a year; whether work or blocked hosts decide it; and the course until then. */
export function runModel({ nowMs, sites, rhythm, blockedShare, unblockedPerHour, hoursSeen }: Observed): ModelRun {
  const open = sites.map(({ free, blocked, perHour }) => ({ free, blocked: Object.values(blocked).reduce((sum, count) => sum + count, 0), perHour }));
  const start = Math.floor(nowMs / HOUR_MS);
  let before = total(open);
  const left = [before];
  let workedOff: number | null = null;
  for (let hour = 0; hour < LIMIT_HOURS; hour += 1) {
    const share = rhythm[(start + hour) % 24] ?? 1;
    // What is still blocked after a long time is what is hard: the hazard falls with time.
    const freed = 1 - Math.exp(-unblockedPerHour * Math.max(PRIOR.leastSlowing, (Math.max(1, hoursSeen) / (Math.max(1, hoursSeen) + hour)) ** PRIOR.slowing));
    for (const site of open) {
      const visits = Math.min(site.free, site.perHour * share);
      const unblocked = site.blocked * freed;
      site.free += unblocked - visits;
      site.blocked += visits * blockedShare - unblocked;
    }
    const now = total(open);
    left.push(now);
    if (workedOff === null && open.every((site) => site.free < Math.max(1, site.perHour))) workedOff = hour + 1;
    if (now < NONE_LEFT) {
      const hours = hour + (before > now ? Math.min(1, (before - NONE_LEFT) / (before - now)) : 1);
      return { hours: Math.max(0.5, hours), decidedBy: workedOff !== null && workedOff < hours * 0.7 ? 'blocked' : 'work', left };
    }
    before = now;
  }
  return { hours: LIMIT_HOURS, decidedBy: 'blocked', left };
}

/** The same without blocked hosts: what is blocked, or turns out to be, is nobody's work any more. */
export const freeOnly = (seen: Observed): Observed => ({ ...seen, blockedShare: 0, sites: seen.sites.map((site) => ({ ...site, blocked: {} })) });

const total = (sites: readonly { readonly free: number; readonly blocked: number }[]): number => sites.reduce((sum, { free, blocked }) => sum + free + blocked, 0);
