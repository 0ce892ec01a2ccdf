// When will the last host be back: an interval from what was seen, never a date made up. Pure: counts by hour in, hours out.
import type { BlockedReason, EtaTooEarly } from '../codes.ts';
import { freeOnly, runModel, type ModelRun } from './model.ts';
import { FACTORS, FREE_FACTORS, SITE_FACTORS, TOO_EARLY, UNTOLD } from './parameters.ts';
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

/** Instants, milliseconds since 1970 UTC. Of a hundred such intervals about eighty hold the truth. */
export interface EtaInterval { readonly earliestMs: number; readonly likelyMs: number; readonly latestMs: number }

/** What would bring the end closer, in hours of the likely end of everything, and of all but the blocked hosts. */
export type EtaMover = { readonly hoursSooner: number; readonly freeSooner: number } & (
  | { readonly kind: 'people'; readonly site: string | null; readonly people: number }
  | { readonly kind: 'unblock'; readonly reason: BlockedReason; readonly hosts: number }
  | { readonly kind: 'nights' });

/** What can be said whether or not the end of everything can. */
interface EtaOfWork {
  /** When the last of the hosts that are down and not blocked now is back, or turns out blocked; null: whatever is down is blocked. And by site, the most to do first, at most `SITES`. */
  readonly free: EtaInterval | null; readonly freeBySite: readonly (EtaInterval & { readonly site: string | null })[];
  /** Sites with such hosts at which nothing has come of any within a day: at this pace they have no end, and are not among the others. */
  readonly idleSites: readonly (string | null)[];
  /** Hosts an hour, as seen in hours in which people worked, all sites. */
  readonly perHour: number;
  /** What is open on the way to the end, or where that can not be told to that of all but the blocked hosts: at a share of the time until the earliest, the likely and the latest, from 0 to 1. Empty: there is neither. */
  readonly path: readonly { readonly share: number; readonly left: number }[];
  /** What moves the end of everything most, then what moves that of all but the blocked hosts; none that brings less than an hour to either. */
  readonly movers: readonly EtaMover[];
}

export type Eta =
  | { readonly status: 'done' }
  | { readonly status: 'too-early'; readonly reason: EtaTooEarly }
  /** So many hosts are blocked that no end of everything can be told. */
  | EtaOfWork & { readonly status: 'blocked'; readonly hosts: number }
  | EtaOfWork & EtaInterval & {
    readonly status: 'estimated';
    /** What decides the end: the work that is left, or hosts that are blocked. */
    readonly decidedBy: 'work' | 'blocked';
    /** How long a blocked host stays blocked, hours until half are free. */
    readonly blockedHalfHours: number;
  };

const HOUR_MS = 3_600_000;
const MOVED_SITES = 4;
const MOVED_PEOPLE = 2;
const MOVERS = 4;
const SITES = 40;

/**
 * Estimates when the last host will be back.
 *
 * @param input  What was seen up to now, trusted. Hours later than now are left out.
 * @param withMovers  False spares the runs of the model that say what would bring the end closer.
 * @returns `done` when nothing is open, `too-early` when the counts carry no estimate, `blocked` when they carry none of the blocked hosts, else the interval. Never throws.
 * @source  The width is not assumed: it is how far off the model was in constructed incidents at the same stage (parameters.ts).
 */
export function estimateEta(input: EtaInput, withMovers = true): Eta {
  const seen = observe(input);
  if (seen.open === 0) return { status: 'done' };
  const early = whyTooEarly(seen);
  if (early !== null) return { status: 'too-early', reason: early };
  const model = runModel(seen);
  const stage = stageOf(seen);
  const interval = (hours: number, factors: typeof FACTORS): EtaInterval => {
    const [earliestMs = 0, likelyMs = 0, latestMs = 0] = (factors[stage] ?? [0.5, 1, 2]).map((factor) => input.nowMs + hours * factor * HOUR_MS);
    return { earliestMs, likelyMs, latestMs };
  };
  const all = interval(model.hours, FACTORS);
  const free = freeOnly(seen);
  const freeRun = runFree(free);
  const freeHours = freeRun?.hours ?? null;
  const isUntold = seen.blocked > 0 && all.latestMs - input.nowMs > UNTOLD.hours * HOUR_MS && (freeRun === null || (model.decidedBy === 'blocked' && seen.unblocked < seen.blocked * UNTOLD.unblockedShare));
  const work: EtaOfWork = {
    free: freeHours === null ? null : interval(freeHours, FREE_FACTORS),
    idleSites: free.sites.filter((site) => site.free > 0 && site.isIdle).map(({ site }) => site),
    freeBySite: free.sites.filter((site) => site.free > 0 && !site.isIdle).toSorted((one, other) => other.free - one.free).slice(0, SITES).map((site) => ({ site: site.site, ...interval(runModel({ ...free, sites: [site] }).hours, SITE_FACTORS) })),
    perHour: seen.sites.reduce((sum, { perHour }) => sum + perHour, 0),
    path: !isUntold ? pathOf(model) : freeRun === null ? [] : pathOf(freeRun, (left) => left + seen.blocked + ((freeRun.left[0] ?? 0) - left) * seen.blockedShare),
    movers: withMovers ? listMovers(seen, { all: isUntold ? null : model.hours, free: freeHours }, { all: FACTORS[stage]?.[1] ?? 1, free: FREE_FACTORS[stage]?.[1] ?? 1 }) : [],
  };
  return isUntold ? { status: 'blocked', hosts: seen.blocked, ...work } : { status: 'estimated', ...all, decidedBy: model.decidedBy, blockedHalfHours: Math.LN2 / seen.unblockedPerHour, ...work };
}

/** @returns Null: there is none. */
const runFree = (free: Observed): ModelRun | null => (free.sites.some((site) => site.free > 0) ? runModel(free) : null);

/** The raw model, before the factors: for fixing them. @returns Hours from now, of everything, of all but the blocked hosts, and of those by site; or null where the estimate is silent. */
export function modelHours(input: EtaInput): { readonly hours: number; readonly stage: number; readonly free: number | null; readonly bySite: readonly (number | null)[] } | null {
  const seen = observe(input);
  if (seen.open === 0 || whyTooEarly(seen) !== null) return null;
  const free = freeOnly(seen);
  return { hours: runModel(seen).hours, stage: stageOf(seen), free: runFree(free)?.hours ?? null, bySite: free.sites.map((site) => runFree({ ...free, sites: [site] })?.hours ?? null) };
}

function whyTooEarly({ affected, done, hoursSeen, lastDoneHoursAgo }: Observed): EtaTooEarly | null {
  if (hoursSeen < TOO_EARLY.hours) return 'few-hours';
  if (done < TOO_EARLY.done || done < affected * TOO_EARLY.share) return 'few-done';
  return lastDoneHoursAgo > TOO_EARLY.standstillHours ? 'standstill' : null;
}

const PATH_POINTS = 48;

/** At most so many points, the first now and the last the end. @param open What is open when so much of the run is left. */
function pathOf({ hours, left }: ModelRun, open = (rest: number): number => rest): { share: number; left: number }[] {
  const points = Math.max(2, Math.min(PATH_POINTS, left.length));
  return Array.from({ length: points }, (_, index) => {
    const share = index / (points - 1);
    const at = share * hours;
    const before = left[Math.floor(at)] ?? 0;
    return { share, left: open(share === 1 ? 0 : before + ((left[Math.floor(at) + 1] ?? before) - before) * (at % 1)) };
  });
}

/** Upper ends of the stages, by the share that is done. */
export const STAGES = [0.3, 0.5, 0.7, 0.85, 0.925, 0.97, 1] as const;
const stageOf = ({ done, affected }: Observed): number => STAGES.findIndex((end) => done / affected <= end);

interface Both<T> { readonly all: T; readonly free: T }

function listMovers(seen: Observed, hours: Both<number | null>, factor: Both<number>): EtaMover[] {
  const sooner = (changed: Observed): Pick<EtaMover, 'hoursSooner' | 'freeSooner'> => {
    const freeHours = runFree(freeOnly(changed))?.hours ?? null;
    return { hoursSooner: hours.all === null ? 0 : (hours.all - runModel(changed).hours) * factor.all, freeSooner: hours.free === null || freeHours === null ? 0 : Math.max(0, hours.free - freeHours) * factor.free };
  };
  const withSite = (site: string | null, people: number): Observed => ({ ...seen, sites: seen.sites.map((one) => (one.site === site ? { ...one, perHour: one.perHour * ((one.people + people) / one.people) } : one)) });
  const busy = seen.sites.filter(({ free }) => free > 0).toSorted((one, other) => other.free / other.perHour - one.free / one.perHour).slice(0, MOVED_SITES);
  const reasons = new Map<BlockedReason, number>();
  for (const { blocked } of seen.sites) for (const [reason, count] of Object.entries(blocked) as [BlockedReason, number][]) if (count > 0) reasons.set(reason, (reasons.get(reason) ?? 0) + count); // keys of a Record of reasons
  const without = (reason: BlockedReason): Observed => ({ ...seen, sites: seen.sites.map((one) => ({ ...one, free: one.free + (one.blocked[reason] ?? 0), blocked: { ...one.blocked, [reason]: 0 } })) });
  const movers: EtaMover[] = [
    ...busy.map(({ site }): EtaMover => ({ kind: 'people', site, people: MOVED_PEOPLE, ...sooner(withSite(site, MOVED_PEOPLE)) })),
    ...[...reasons].map(([reason, hosts]): EtaMover => ({ kind: 'unblock', reason, hosts, ...sooner(without(reason)) })),
    { kind: 'nights', ...sooner({ ...seen, rhythm: seen.rhythm.map((share) => Math.max(share, 1)) }) },
  ];
  const most = ({ hoursSooner, freeSooner }: EtaMover): number => Math.max(hoursSooner, freeSooner);
  const all = movers.filter((mover) => most(mover) >= 1).toSorted((one, other) => other.hoursSooner - one.hoursSooner);
  const free = movers.filter(({ freeSooner }) => freeSooner >= 1).toSorted((one, other) => other.freeSooner - one.freeSooner);
  return [...new Set([...all.slice(0, MOVERS / 2), ...free.slice(0, MOVERS / 2), ...all])].slice(0, MOVERS);
}
