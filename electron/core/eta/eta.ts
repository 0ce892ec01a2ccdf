// When will the last host be back: an interval from what was seen, never a date made up. Pure: counts by hour in, hours out.
import type { BlockedReason, EtaTooEarly } from '../codes.ts';
import { runModel } from './model.ts';
import { FACTORS, TOO_EARLY } from './parameters.ts';
import { observe, type Observed } from './observe.ts';

/** What one hour saw at one site. Hours in which nothing happened may be left out. */
export interface EtaHour {
  /** Beginning, milliseconds since 1970 UTC, a whole hour. */
  readonly startMs: number;
  /** Hosts that were reported down, that came back or were closed, that were blocked and that were unblocked; a host that was down and came back the same hour is in both. */
  readonly down: number; readonly done: number; readonly blocked: number; readonly unblocked: number;
  /** Different technicians whose attempts or acts came in. */
  readonly people: number;
}
export interface EtaSite {
  readonly site: string | null;
  /** Oldest first. */
  readonly hours: readonly EtaHour[];
  /** Down and not blocked, now. */
  readonly free: number;
  /** Blocked now, by reason; reasons without a host may be left out. */
  readonly blocked: Readonly<Partial<Record<BlockedReason, number>>>;
}
export interface EtaInput {
  readonly nowMs: number;
  /** Local time of the crews less UTC, for days and nights. */
  readonly offsetMinutes: number;
  readonly sites: readonly EtaSite[];
}

/** What would bring the end closer, in hours of the likely end. */
export type EtaMover =
  | { readonly kind: 'people'; readonly site: string | null; readonly people: number; readonly hoursSooner: number }
  | { readonly kind: 'unblock'; readonly reason: BlockedReason; readonly hosts: number; readonly hoursSooner: number }
  | { readonly kind: 'nights'; readonly hoursSooner: number };

export type Eta =
  | { readonly status: 'done' }
  | { readonly status: 'too-early'; readonly reason: EtaTooEarly }
  | {
    readonly status: 'estimated';
    /** Instants, milliseconds since 1970 UTC. Of a hundred such intervals about eighty hold the truth. */
    readonly earliestMs: number; readonly likelyMs: number; readonly latestMs: number;
    /** What decides the end: the work that is left, or hosts that are blocked. */
    readonly decidedBy: 'work' | 'blocked';
    /** Hosts an hour, as seen in hours in which people worked, all sites; and how long a blocked host stays blocked, hours until half are free. */
    readonly perHour: number; readonly blockedHalfHours: number;
    /** The most first; none that brings less than an hour. */
    readonly movers: readonly EtaMover[];
  };

const HOUR_MS = 3_600_000;
const MOVED_SITES = 4;
const MOVED_PEOPLE = 2;
const MOVERS = 4;

/**
 * Estimates when the last host will be back.
 *
 * @param input  What was seen up to now, trusted. Hours later than now are left out.
 * @param withMovers  False spares the runs of the model that say what would bring the end closer.
 * @returns `done` when nothing is open, `too-early` when the counts carry no estimate, else the interval. Never throws.
 * @source  The width is not assumed: it is how far off the model was in constructed incidents at the same stage (parameters.ts).
 */
export function estimateEta(input: EtaInput, withMovers = true): Eta {
  const seen = observe(input);
  if (seen.open === 0) return { status: 'done' };
  const early = whyTooEarly(seen);
  if (early !== null) return { status: 'too-early', reason: early };
  const model = runModel(seen);
  const [low, middle, high] = FACTORS[stageOf(seen)] ?? [0.5, 1, 2];
  const at = (factor: number): number => input.nowMs + model.hours * factor * HOUR_MS;
  return {
    status: 'estimated', earliestMs: at(low), likelyMs: at(middle), latestMs: at(high), decidedBy: model.decidedBy,
    perHour: seen.sites.reduce((sum, { perHour }) => sum + perHour, 0), blockedHalfHours: Math.LN2 / seen.unblockedPerHour,
    movers: withMovers ? listMovers(seen, model.hours, middle) : [],
  };
}

/** The raw model, before the factors: for fixing them. @returns Hours from now, or null where the estimate is silent. */
export function modelHours(input: EtaInput): { readonly hours: number; readonly stage: number } | null {
  const seen = observe(input);
  if (seen.open === 0 || whyTooEarly(seen) !== null) return null;
  return { hours: runModel(seen).hours, stage: stageOf(seen) };
}

function whyTooEarly({ affected, done, hoursSeen, lastDoneHoursAgo }: Observed): EtaTooEarly | null {
  if (hoursSeen < TOO_EARLY.hours) return 'few-hours';
  if (done < TOO_EARLY.done || done < affected * TOO_EARLY.share) return 'few-done';
  return lastDoneHoursAgo > TOO_EARLY.standstillHours ? 'standstill' : null;
}

/** Upper ends of the stages, by the share that is done. */
export const STAGES = [0.3, 0.5, 0.7, 0.85, 0.925, 0.97, 1] as const;
const stageOf = ({ done, affected }: Observed): number => STAGES.findIndex((end) => done / affected <= end);

function listMovers(seen: Observed, hours: number, factor: number): EtaMover[] {
  const sooner = (changed: Observed): number => (hours - runModel(changed).hours) * factor;
  const withSite = (site: string | null, people: number): Observed => ({ ...seen, sites: seen.sites.map((one) => (one.site === site ? { ...one, perHour: one.perHour * ((one.people + people) / one.people) } : one)) });
  const busy = seen.sites.filter(({ free }) => free > 0).toSorted((one, other) => other.free / other.perHour - one.free / one.perHour).slice(0, MOVED_SITES);
  const reasons = new Map<BlockedReason, number>();
  for (const { blocked } of seen.sites) for (const [reason, count] of Object.entries(blocked) as [BlockedReason, number][]) if (count > 0) reasons.set(reason, (reasons.get(reason) ?? 0) + count); // keys of a Record of reasons
  const without = (reason: BlockedReason): Observed => ({ ...seen, sites: seen.sites.map((one) => ({ ...one, free: one.free + (one.blocked[reason] ?? 0), blocked: { ...one.blocked, [reason]: 0 } })) });
  const movers: EtaMover[] = [
    ...busy.map(({ site }): EtaMover => ({ kind: 'people', site, people: MOVED_PEOPLE, hoursSooner: sooner(withSite(site, MOVED_PEOPLE)) })),
    ...[...reasons].map(([reason, hosts]): EtaMover => ({ kind: 'unblock', reason, hosts, hoursSooner: sooner(without(reason)) })),
    { kind: 'nights', hoursSooner: sooner({ ...seen, rhythm: seen.rhythm.map((share) => Math.max(share, 1)) }) },
  ];
  return movers.filter(({ hoursSooner }) => hoursSooner >= 1).toSorted((one, other) => other.hoursSooner - one.hoursSooner).slice(0, MOVERS);
}
