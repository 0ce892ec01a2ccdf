// How hosts come back, from the projection that is kept with every event (migration 0018): what is left by hour, and how fast by site, wave and technician.
import type { ReadableDatabase } from '../../store/database.ts';
import { DOWN_STATES, type HostState, HOST_STATES, MACHINE_KINDS, type MachineKind } from '../codes.ts';
import { prepared } from '../keys/prepared.ts';
import { toInstant } from '../ports.ts';

/** Hosts that were said to be down at some time, and where they stand. */
export interface Stand { readonly affected: number; readonly down: number; readonly states: readonly { readonly state: HostState; readonly count: number }[] }
/** `perHour`: hosts that came back (repaired, verified without a repair, or closed), an hour of the last three and what has passed of this one. */
export interface Pace { readonly perHour: number }
export interface SiteStand extends Stand, Pace { readonly site: string | null; /** Hosts that came back within the last 24 hours. */ readonly backInDay: number; /** Whose work came in, in the same hours. */ readonly people: number }
export interface WaveStand extends Stand, Pace { /** Null: in no wave. */ readonly wave: string | null; readonly opened: boolean }
/** Repairs by records that came back, and hosts seen running by whoever said so. */
export interface TechnicianPace { readonly name: string; readonly repairedPerHour: number; readonly verifiedPerHour: number; readonly repaired: number; readonly verified: number }

export interface Course {
  readonly kinds: readonly (Stand & { readonly kind: MachineKind })[];
  /** Every hour since the first host was down, at most `LONGEST_HOURS`, oldest first: what was down and what of it was blocked at its end; the last is now. */
  readonly burnDown: readonly { readonly hour: string; readonly down: number; readonly blocked: number }[];
  /** The last 24 hours, oldest first, each with its beginning (UTC); hours without anything are there too. */
  readonly hours: readonly { readonly hour: string; readonly repaired: number; readonly verified: number }[];
  /** Most hosts still down first, at most `SITES`. */
  readonly sites: readonly SiteStand[]; readonly moreSites: number;
  /** In their order, hosts in no wave last. */
  readonly waves: readonly WaveStand[];
  /** Of the last 24 hours, the fastest first, at most `TECHNICIANS`. */
  readonly technicians: readonly TechnicianPace[]; readonly moreTechnicians: number;
  /** People whose work came in within the pace's hours, and hosts that came back an hour, all sites. */
  readonly people: number; readonly perHour: number;
  /** Hosts that came back within the last 24 hours, as in `hours`: what an end rests on when the pace is 0. */
  readonly backInDay: number;
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const PACE_HOURS = 3;
const LONGEST_HOURS = 24 * 60;
export const SITES = 12;
const TECHNICIANS = 12;

interface Counted { site: string; kind: MachineKind; wave: number; state: HostState; reason: string; n: number }
interface HourRow { hour: string; site: string; wave: number; down: number; done: number; blocked: number; unblocked: number; repaired: number; verified: number }

/** @param nowMs Now, milliseconds since 1970 UTC. A few thousand rows, whatever the number of hosts and events. */
export function readCourse(db: ReadableDatabase, nowMs: number): Course {
  const thisHour = Math.floor(nowMs / HOUR_MS);
  const paceFrom = hourText(thisHour - PACE_HOURS);
  const passed = PACE_HOURS + (nowMs / HOUR_MS - thisHour);
  const dayFrom = hourText(thisHour - DAY_HOURS + 1);
  const kinds = new Map<string, Standing>();
  const sites = new Map<string, Standing>();
  const waves = new Map<number, Standing>();
  for (const row of prepared<[], Counted>(db, 'SELECT site, kind, wave_id AS wave, state, reason, hosts AS n FROM host_counts WHERE hosts <> 0').iterate()) {
    for (const stand of [at(kinds, row.kind), at(sites, row.site), at(waves, row.wave)]) stand.add(row);
  }
  const doneAt = { sites: new Map<string, number>(), waves: new Map<number, number>() };
  const backInDay = new Map<string, number>();
  const recent = new Map<string, { repaired: number; verified: number }>();
  for (const { hour, site, wave, done, repaired, verified } of prepared<[string], HourRow>(db, 'SELECT hour, site, wave_id AS wave, done, repaired, verified FROM course_hours WHERE hour >= ?').iterate(dayFrom)) {
    const sum = recent.get(hour) ?? { repaired: 0, verified: 0 };
    recent.set(hour, { repaired: sum.repaired + repaired, verified: sum.verified + verified });
    backInDay.set(site, (backInDay.get(site) ?? 0) + done);
    if (hour < paceFrom) continue;
    doneAt.sites.set(site, (doneAt.sites.get(site) ?? 0) + done);
    doneAt.waves.set(wave, (doneAt.waves.get(wave) ?? 0) + done);
  }
  const { technicians, peopleOf, people } = readWork(db, dayFrom, paceFrom, passed);
  const paceOf = (done: number | undefined): number => Math.max(0, done ?? 0) / passed;
  const worst = [...sites].filter(([, { affected }]) => affected > 0).sort(([one, a], [other, b]) => b.down - a.down || b.affected - a.affected || (one === '' ? 1 : other === '' ? -1 : one.localeCompare(other, 'en')));
  const named = prepared<[], { wave: number; name: string; opened: number }>(db, 'SELECT wave_id AS wave, name, opened_at IS NOT NULL AS opened FROM waves ORDER BY incident_id, place').all();
  return {
    kinds: MACHINE_KINDS.flatMap((kind) => { const stand = kinds.get(kind); return stand === undefined || stand.affected === 0 ? [] : [{ kind, ...stand.read() }]; }),
    burnDown: readBurnDown(db, thisHour),
    hours: Array.from({ length: DAY_HOURS }, (_, index) => hourText(thisHour - DAY_HOURS + 1 + index)).map((hour) => ({ hour: instantOf(hour), repaired: recent.get(hour)?.repaired ?? 0, verified: recent.get(hour)?.verified ?? 0 })),
    sites: worst.slice(0, SITES).map(([site, stand]) => ({ site: site === '' ? null : site, ...stand.read(), perHour: paceOf(doneAt.sites.get(site)), backInDay: Math.max(0, backInDay.get(site) ?? 0), people: peopleOf.get(site)?.size ?? 0 })), moreSites: Math.max(0, worst.length - SITES),
    waves: named.length === 0 ? [] : [...named, { wave: 0, name: null, opened: 1 }].flatMap(({ wave, name, opened }) => { const stand = waves.get(wave); return stand === undefined || stand.affected === 0 ? [] : [{ wave: name, opened: opened === 1, ...stand.read(), perHour: paceOf(doneAt.waves.get(wave)) }]; }),
    technicians: technicians.slice(0, TECHNICIANS), moreTechnicians: Math.max(0, technicians.length - TECHNICIANS), people, backInDay: Math.max(0, [...backInDay.values()].reduce((sum, done) => sum + done, 0)), perHour: paceOf([...doneAt.sites.values()].reduce((sum, done) => sum + done, 0)),
  };
}

function readWork(db: ReadableDatabase, dayFrom: string, paceFrom: string, passed: number): { technicians: TechnicianPace[]; peopleOf: Map<string, Set<string>>; people: number } {
  const byName = new Map<string, { repaired: number; verified: number; repairedLately: number; verifiedLately: number }>();
  const peopleOf = new Map<string, Set<string>>();
  const lately = new Set<string>();
  for (const { hour, site, who, acts, repaired, verified } of prepared<[string], { hour: string; site: string; who: string; acts: number; repaired: number; verified: number }>(db, "SELECT hour, site, who, acts, repaired, verified FROM work_hours WHERE hour >= ? AND acts > 0 AND who <> ''").iterate(dayFrom)) {
    const sum = byName.get(who) ?? { repaired: 0, verified: 0, repairedLately: 0, verifiedLately: 0 };
    byName.set(who, sum);
    sum.repaired += repaired;
    sum.verified += verified;
    if (hour < paceFrom || acts === 0) continue;
    sum.repairedLately += repaired;
    sum.verifiedLately += verified;
    lately.add(who);
    const there = peopleOf.get(site) ?? new Set<string>();
    peopleOf.set(site, there.add(who));
  }
  const technicians = [...byName].filter(([, { repaired, verified }]) => repaired + verified > 0)
    .map(([name, { repaired, verified, repairedLately, verifiedLately }]): TechnicianPace => ({ name, repaired, verified, repairedPerHour: repairedLately / passed, verifiedPerHour: verifiedLately / passed }))
    .sort((one, other) => other.repairedPerHour + other.verifiedPerHour - one.repairedPerHour - one.verifiedPerHour || other.repaired + other.verified - one.repaired - one.verified || one.name.localeCompare(other.name, 'en'));
  return { technicians, peopleOf, people: lately.size };
}

/** Sums over the hours: each is what the hour before left, and what came and went. */
function readBurnDown(db: ReadableDatabase, thisHour: number): Course['burnDown'] {
  const rows = prepared<[], { hour: string; down: number; blocked: number }>(db, 'SELECT hour, sum(down - done) AS down, sum(blocked - unblocked) AS blocked FROM course_hours GROUP BY hour ORDER BY hour').all();
  const first = rows.find(({ down, blocked }) => down !== 0 || blocked !== 0)?.hour;
  if (first === undefined) return [];
  const changes = new Map(rows.map((row) => [row.hour, row]));
  const from = hourNumber(first);
  const told: { hour: string; down: number; blocked: number }[] = [];
  let [down, blocked] = [0, 0];
  for (let hour = from; hour <= Math.max(from, thisHour); hour += 1) {
    const change = changes.get(hourText(hour));
    down += change?.down ?? 0;
    blocked += change?.blocked ?? 0;
    if (hour > thisHour - LONGEST_HOURS) told.push({ hour: instantOf(hourText(hour)), down, blocked });
  }
  return told;
}

class Standing {
  readonly #counts = new Map<HostState, number>();
  affected = 0;
  down = 0;
  add({ state, reason, n }: Pick<Counted, 'state' | 'reason' | 'n'>): void {
    this.#counts.set(state, (this.#counts.get(state) ?? 0) + n);
    if (state !== 'known' && reason !== 'not-affected' && reason !== 'duplicate') this.affected += n;
    if (DOWN_STATES.includes(state)) this.down += n;
  }
  read(): Stand { return { affected: this.affected, down: this.down, states: HOST_STATES.map((state) => ({ state, count: this.#counts.get(state) ?? 0 })) }; }
}

function at<K>(stands: Map<K, Standing>, key: K): Standing {
  const stand = stands.get(key) ?? new Standing();
  stands.set(key, stand);
  return stand;
}

/** Hours are kept as the first 13 characters of an instant. */
export const hourText = (hour: number): string => toInstant(hour * HOUR_MS).slice(0, 13);
export const hourNumber = (hour: string): number => Date.parse(`${hour}:00:00Z`) / HOUR_MS;
const instantOf = (hour: string): string => `${hour}:00:00.000Z`;
