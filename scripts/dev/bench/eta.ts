// The estimate of the end: on 500 constructed incidents it was not fixed on, against a straight line through the last day, and on the courses of July 2024.
//
//   npm run bench -- eta        reports on seeds 501 to 1,000
//   npm run bench -- eta fix    prints the factors from seeds 1 to 500
import { estimateEta, modelHours, STAGES, type EtaHour, type EtaInput, type EtaInterval, type EtaSite } from '../../../electron/core/eta/eta.ts';
import { BLOCKED_REASONS, type BlockedReason } from '../../../electron/core/codes.ts';
import { simulateIncident, type SimulatedIncident } from '../simulate/incident.ts';
import { REAL_COURSES, type RealCourse } from '../simulate/real-courses.ts';

const SHARES = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98] as const;
const HOUR_MS = 3_600_000;
/** A Monday at midnight UTC. */
const MONDAY_MS = Date.parse('2024-07-15T00:00:00Z');

/** What a desk would know at that hour, and the truth. */
/** `freeLeft`: until the last of the hosts that were down and not blocked is back or turns out blocked, all sites and by site; null where there is none. */
interface Look { readonly seed: number; readonly share: number; readonly input: EtaInput; readonly hoursLeft: number; readonly straight: number; readonly freeLeft: number | null; readonly siteLeft: readonly (number | null)[] }

export async function run([word]: readonly string[]): Promise<void> {
  if (word === 'fix') return fix();
  if (word === 'tune') return report(1, 500);
  report(501, 1000);
  for (const course of REAL_COURSES) replay(course);
  return Promise.resolve();
}

function* looks(from: number, to: number): Generator<Look> {
  for (let seed = from; seed <= to; seed += 1) yield* looksAt(simulateIncident(seed));
}

/** @returns A look at every share of hosts that are back, of all that are ever down: of those reported by then it is more. */
function* looksAt(incident: SimulatedIncident): Generator<Look> {
  const sites = Array.from({ length: incident.sites }, () => ({ hours: new Map<number, { down: number; done: number; blocked: number; unblocked: number; people: Set<number> }>(), free: 0, blocked: new Map<BlockedReason, number>() }));
  const freeNow = Array.from({ length: incident.sites }, () => new Set<number>());
  /** Of each host, when it was visited: back, or blocked. */
  const visits = new Map<number, number[]>();
  for (const { hour, kind, host } of incident.events) if (kind === 'done' || kind === 'blocked') visits.set(host, [...(visits.get(host) ?? []), hour]);
  const beganMs = MONDAY_MS + (incident.beganOnDay * 24 + incident.beganAtHour) * HOUR_MS;
  const doneAt: number[] = [];
  let next = 0;
  for (const { hour, kind, site: number, reason, technician, host } of incident.events) {
    const site = sites[number];
    if (site === undefined) continue;
    const start = Math.floor(hour);
    const seen = site.hours.get(start) ?? { down: 0, done: 0, blocked: 0, unblocked: 0, people: new Set<number>() };
    site.hours.set(start, seen);
    seen[kind] += 1;
    if (technician !== null) seen.people.add(technician);
    const code = BLOCKED_REASONS.find((one) => one === reason) ?? 'hardware';
    if (kind === 'blocked') site.blocked.set(code, (site.blocked.get(code) ?? 0) + 1);
    if (kind === 'unblocked') site.blocked.set(code, (site.blocked.get(code) ?? 0) - 1);
    if (kind === 'down' || kind === 'unblocked') freeNow[number]?.add(host);
    else freeNow[number]?.delete(host);
    site.free += kind === 'down' || kind === 'unblocked' ? 1 : -1;
    if (kind !== 'done') continue;
    doneAt.push(hour);
    const share = SHARES[next];
    if (share === undefined || doneAt.length < incident.hosts * share) continue;
    next += 1;
    if (incident.endHour - hour < 1) continue;
    const lastDay = doneAt.filter((at) => at > hour - 24).length / Math.min(24, Math.max(1, hour));
    const open = sites.reduce((sum, one) => sum + one.free + [...one.blocked.values()].reduce((total, count) => total + count, 0), 0);
    const siteLeft = freeNow.map((hosts) => (hosts.size === 0 ? null : [...hosts].reduce((last, one) => Math.max(last, visits.get(one)?.find((at) => at > hour) ?? 0), 0) - hour));
    const left = siteLeft.filter((hours) => hours !== null);
    yield {
      seed: incident.seed, share, hoursLeft: incident.endHour - hour, straight: open / lastDay, siteLeft, freeLeft: left.length === 0 ? null : Math.max(...left),
      input: { nowMs: beganMs + hour * HOUR_MS, offsetMinutes: 0, sites: sites.map((one, index): EtaSite => ({
        site: `S${String(index)}`, free: one.free, blocked: Object.fromEntries(one.blocked),
        hours: [...one.hours].sort(([a], [b]) => a - b).map(([at, { people, ...counts }]): EtaHour => ({ ...counts, startMs: beganMs + at * HOUR_MS, people: people.size })),
      })) },
    };
  }
}

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place % 1);
};

function fix(): void {
  const [all, free, bySite] = [STAGES, STAGES, STAGES].map((stages) => stages.map((): number[] => []));
  for (const { input, hoursLeft, freeLeft, siteLeft } of looks(1, 500)) {
    const model = modelHours(input);
    if (model === null) continue;
    all?.[model.stage]?.push(hoursLeft / model.hours);
    if (freeLeft !== null && model.free !== null) free?.[model.stage]?.push(freeLeft / model.free);
    siteLeft.forEach((hours, site) => { const said = model.bySite[site]; if (hours !== null && said !== null && said !== undefined) bySite?.[model.stage]?.push(hours / said); });
  }
  for (const ratios of [all, free, bySite]) if (ratios !== undefined) print(`[${ratios.map((stage) => `[${[0.1, 0.5, 0.9].map((share) => Number(quantile(stage, share).toFixed(2))).join(', ')}]`).join(', ')}]  // looks: ${ratios.map((stage) => String(stage.length)).join(' ')}`);
}

function report(from: number, to: number): void {
  const started = performance.now();
  const rows = [...looks(from, to)].map((look) => ({ ...look, eta: estimateEta(look.input, false) }));
  print(`incidents ${String(from)} to ${String(to)}, ${String(rows.length)} looks, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  print('done   looks  silent  holds   width/left  error  straight line   share of it');
  for (const share of [...SHARES, null]) {
    const at = rows.filter((row) => share === null || row.share === share);
    const said = at.flatMap(({ eta, input, hoursLeft, straight }) => (eta.status === 'estimated' ? [{ straight: Math.abs(straight - hoursLeft), hoursLeft, error: Math.abs((eta.likelyMs - input.nowMs) / HOUR_MS - hoursLeft), width: (eta.latestMs - eta.earliestMs) / HOUR_MS, holds: input.nowMs + hoursLeft * HOUR_MS >= eta.earliestMs && input.nowMs + hoursLeft * HOUR_MS <= eta.latestMs }] : []));
    const error = quantile(said.map((one) => one.error), 0.5);
    const straight = quantile(said.map((one) => one.straight), 0.5);
    print(`${(share === null ? 'all' : `${String(share * 100)} %`).padEnd(6)} ${String(at.length).padStart(5)} ${String(at.length - said.length).padStart(6)} ${((said.filter(({ holds }) => holds).length / said.length) * 100).toFixed(1).padStart(6)} % ${quantile(said.map(({ width, hoursLeft }) => width / hoursLeft), 0.5).toFixed(2).padStart(9)} ${error.toFixed(1).padStart(8)} h ${straight.toFixed(1).padStart(8)} h ${((error / straight) * 100).toFixed(0).padStart(10)} %`);
  }
  reportFree(rows);
}

/** How the intervals for all but the blocked hosts hold, of all sites together and of each. */
function reportFree(rows: readonly (Look & { readonly eta: ReturnType<typeof estimateEta> })[]): void {
  print('all but the blocked hosts: done   looks   holds   width/left   error/left | by site: looks   holds   width/left   error/left');
  for (const share of [...SHARES, null]) {
    const said = rows.flatMap((row) => ((row.eta.status === 'estimated' || row.eta.status === 'blocked') && (share === null || row.share === share) ? [{ ...row, eta: row.eta }] : []));
    const judged = (of: (row: (typeof said)[number]) => readonly { readonly interval: EtaInterval; readonly left: number }[]): string => {
      const all = said.flatMap((row) => of(row).map(({ interval, left }) => {
        const [from, likely, to] = [interval.earliestMs, interval.likelyMs, interval.latestMs].map((ms) => (ms - row.input.nowMs) / HOUR_MS) as [number, number, number]; // three in, three out
        return { holds: left >= from && left <= to, width: (to - from) / left, error: Math.abs(likely - left) / left };
      }));
      return `${String(all.length).padStart(6)} ${((all.filter(({ holds }) => holds).length / all.length) * 100).toFixed(1).padStart(6)} % ${quantile(all.map(({ width }) => width), 0.5).toFixed(2).padStart(9)} ${quantile(all.map(({ error }) => error), 0.5).toFixed(2).padStart(9)}`;
    };
    print(`${(share === null ? 'all' : `${String(share * 100)} %`).padEnd(6)} ${judged(({ eta, freeLeft }) => (eta.free === null || freeLeft === null || freeLeft <= 0 ? [] : [{ interval: eta.free, left: freeLeft }]))} | ${judged(({ eta, siteLeft }) => eta.freeBySite.flatMap((interval) => { const left = siteLeft[Number(interval.site?.slice(1))]; return left === undefined || left === null || left <= 0 ? [] : [{ interval, left }]; }))}`);
  }
}

/** Between two figures the work is spread over the daytime of the days between, three quarters of it, and the night. */
function replay({ name, hosts, known, people }: RealCourse): void {
  const beganMs = Date.parse('2024-07-19T05:00:00Z');
  const end = known.at(-1)?.[0] ?? 0;
  const weight = (hour: number): number => { const ofDay = (5 + hour) % 24; return ofDay >= 7 && ofDay < 19 ? 3 : 1; };
  const backAt = Array.from({ length: end }, () => 0);
  for (const [index, [to, back]] of known.entries()) {
    const [since, before] = known[index - 1] ?? [0, 0];
    const hours = Array.from({ length: to - since }, (_, place) => since + place);
    const all = hours.reduce((sum, hour) => sum + weight(hour), 0);
    for (const hour of hours) backAt[hour] = ((back - before) * weight(hour)) / all;
  }
  const from = known.length > 2 ? (known.at(-2)?.[0] ?? 0) : 0;
  for (const share of SHARES) {
    let done = 0;
    const hour = backAt.findIndex((count) => (done += count) >= hosts * share) + 1;
    if (hour < from && share < 0.7) continue;
    const hours = backAt.slice(0, hour).map((count, place): EtaHour => ({ startMs: beganMs + place * HOUR_MS, down: place === 0 ? hosts : 0, done: count, blocked: 0, unblocked: 0, people }));
    const nowMs = beganMs + hour * HOUR_MS;
    const eta = estimateEta({ nowMs, offsetMinutes: 0, sites: [{ site: null, hours, free: hosts - done, blocked: {} }] }, false);
    const lastDay = backAt.slice(Math.max(0, hour - 24), hour).reduce((sum, count) => sum + count, 0) / Math.min(24, hour);
    const said = eta.status === 'estimated' ? `${[eta.earliestMs, eta.likelyMs, eta.latestMs].map((ms) => ((ms - nowMs) / HOUR_MS).toFixed(0)).join(' / ')} h ${end - hour >= (eta.earliestMs - nowMs) / HOUR_MS && end - hour <= (eta.latestMs - nowMs) / HOUR_MS ? 'holds' : 'misses'}` : eta.status;
    print(`${name.padEnd(40)} ${String(share * 100).padStart(3)} % at hour ${String(hour).padStart(3)}, truth ${String(end - hour).padStart(4)} h, estimate ${said}, straight line ${((hosts - done) / lastDay).toFixed(0)} h`);
  }
}

const print = (line: string): void => { process.stdout.write(`${line}\n`); };
