// What a report may say: figures of one instant, each from rows that were there then. What the store does not know is not in here.
import type { ReadableDatabase } from '../../store/database.ts';
import { formatHead } from '../audit/audit.ts';
import { BLOCKED_REASONS, DOWN_STATES, HOST_STATES, type BlockedReason, type HostState, type MachineKind } from '../codes.ts';
import { readSteps } from '../hosts/steps-between.ts';
import { hostStatesAt, readKeysAt, type HostAt } from './host-states-at.ts';
import type { ReportLists } from './report-lists.ts';
import type { ReportScope } from './report-scope.ts';
import { countRotations, type RotationSums } from './rotations-at.ts';

export interface Group { readonly hosts: number; /** Said to be down at some time. */ readonly affected: number; readonly down: number; readonly repaired: number; readonly verified: number; readonly closed: number }
export interface MediumOut { readonly mediaId: string; readonly state: string; readonly holder: string | null; readonly builtAt: string; readonly keyRecords: number }
export interface OpenCallRow { readonly openedAt: string; readonly operator: string; readonly hostname: string | null; readonly caller: string | null; readonly shown: boolean }

/** `hosts`: those that are gone, and those nobody calls down any more. */
export interface UndoneSince { readonly imports: number; readonly hosts: number; readonly keyRecords: number }
export const NOTHING_UNDONE: UndoneSince = { imports: 0, hosts: 0, keyRecords: 0 };

/** The instant a report is of, and what it stands on. */
export interface ReportStamp {
  readonly asOf: string;
  /** Names of what the report is of; both null: the whole desk. */
  readonly scope: { readonly incident: string | null; readonly wave: string | null };
  readonly auditHead: string; readonly deskId: string; readonly demo: boolean;
  /** What imports brought in that ran before this instant and were undone after it: it was counted then, and is not counted here. */
  readonly undoneSince: UndoneSince;
}

/** The figures of an instant, which are the same in every kind of report of it that has figures. */
export interface ReportFigures extends ReportStamp {
  readonly all: Group; readonly kinds: Readonly<Record<MachineKind, Group>>; readonly sites: readonly { readonly site: string | null; readonly group: Group }[];
  readonly states: readonly { readonly state: HostState; readonly count: number }[]; readonly blocked: readonly { readonly reason: BlockedReason; readonly count: number }[];
  readonly firstReportedAt: string | null; readonly lastVerifiedAt: string | null;
  readonly downWithoutKey: number; readonly keyRecords: number;
  readonly attempts: { readonly total: number; readonly repaired: number; readonly technicians: number };
  readonly repairedLastHour: number; readonly verifiedLastHour: number;
  /** Acts: a whole medium is one. */
  readonly disclosed: number; /** `asked`: null in a report from before that was told apart. */
  readonly rotations: Omit<RotationSums, 'asked'> & { readonly asked: number | null };
  readonly mediaOut: readonly MediumOut[]; readonly media: number; readonly openCalls: readonly OpenCallRow[];
  /** Since the hand-over of the same scope before this one, or the last twelve hours. One made within the hour is this one, in another format or language. */
  readonly since: string;
  readonly changesSince: readonly { readonly act: string; readonly count: number }[];
}
export type ReportFacts = ReportFigures & ReportLists;

/** What takes long has a line of the trail for its beginning and one for its end; it is one act. */
const BEGUN = "(act = 'media.build-started' OR (act IN ('imports.run', 'imports.undo') AND json_extract(details, '$.step') = 'started'))";
const HOUR_MS = 3_600_000;
const SHIFT_MS = 12 * HOUR_MS;

/**
 * @param scope What it is of; acts since the last hand-over are the whole desk's. @param asOf Instant, ISO-8601 UTC, not later than now. Later rows change nothing of the answer, but: lists name sites and systems anew, what an import that was
 *             undone brought in is gone (`undoneSince` says so), and hosts that were joined are told as one. What a report said stays (kept-facts.ts).
 */
export function readReportFigures(db: ReadableDatabase, asOf: string, scope: ReportScope | null = null): ReportFigures {
  const isOwn = (hostId: number | null): boolean => scope === null || scope.hasHost(hostId);
  const keysOf = readKeysAt(db, asOf);
  const hosts = hostStatesAt(db, asOf, keysOf).filter(({ hostId }) => isOwn(hostId));
  const hourAgo = before(asOf, HOUR_MS);
  const since = lastHandOver(db, asOf, hourAgo, scope) ?? before(asOf, SHIFT_MS);
  const passed = readSteps(db, hourAgo, asOf).filter(({ hostId }) => isOwn(hostId));
  return {
    ...readReportStamp(db, asOf, scope),
    ...countHosts(hosts),
    firstReportedAt: firstEvent(db, "kind = 'reported' AND at <= ? ORDER BY at", asOf, isOwn), lastVerifiedAt: firstEvent(db, "kind = 'verified' AND at <= ? ORDER BY at DESC", asOf, isOwn),
    downWithoutKey: hosts.filter((host) => DOWN_STATES.includes(host.state) && !keysOf.has(host.hostId)).length, keyRecords: [...keysOf].reduce((sum, [hostId, { records }]) => (isOwn(hostId) ? sum + records : sum), 0),
    attempts: readAttempts(db, asOf, isOwn), repairedLastHour: passed.filter(({ repaired }) => repaired).length, verifiedLastHour: passed.filter(({ verified }) => verified).length,
    disclosed: countDisclosures(db, asOf, scope), rotations: countRotations(db, asOf, scope), ...readMedia(db, asOf, scope), openCalls: readOpenCalls(db, asOf, isOwn), since,
    changesSince: db.prepare<[string, string], { act: string; count: number }>(`SELECT act, count(*) AS count FROM audit_entries WHERE at > ? AND at <= ? AND act NOT LIKE 'vault.%' AND act NOT LIKE 'reports.%' AND NOT ${BEGUN} GROUP BY act ORDER BY count(*) DESC, act`).all(since, asOf),
  };
}

/** The same parameters; of every kind of report, also one that only lists. */
export function readReportStamp(db: ReadableDatabase, asOf: string, scope: ReportScope | null = null): ReportStamp {
  const head = db.prepare<[string], { entry_number: number; hash: Buffer }>('SELECT entry_number, hash FROM audit_entries WHERE at <= ? ORDER BY entry_number DESC LIMIT 1').get(asOf);
  const desk = db.prepare<[], { desk_id: string; demo: number }>('SELECT desk_id, demo FROM desk').get();
  return {
    asOf, scope: { incident: scope?.incident ?? null, wave: scope?.wave ?? null }, auditHead: head === undefined ? formatHead(0, Buffer.alloc(32)) : formatHead(head.entry_number, head.hash),
    deskId: desk?.desk_id ?? '', demo: desk?.demo === 1, undoneSince: readUndoneSince(db, asOf),
  };
}

/** Of the same incident and wave, or of the whole desk: who took over one wave has heard nothing of the others. */
function lastHandOver(db: ReadableDatabase, asOf: string, until: string, scope: ReportScope | null): string | null {
  return db.prepare<[{ asOf: string; until: string; incident: string; wave: string }], { at: string | null }>(
    `SELECT max(subject) AS at FROM audit_entries WHERE act = 'reports.make' AND json_extract(details, '$.kind') = 'handover' AND subject <= @until AND at <= @asOf
        AND coalesce(json_extract(details, '$.incident'), '') = @incident COLLATE NOCASE AND coalesce(json_extract(details, '$.wave'), '') = @wave COLLATE NOCASE`,
  ).get({ asOf, until, incident: scope?.incident ?? '', wave: scope?.wave ?? '' })?.at ?? null;
}

function readUndoneSince(db: ReadableDatabase, asOf: string): UndoneSince {
  return db.prepare<[{ asOf: string }], UndoneSince>(
    `SELECT count(DISTINCT i.import_id) AS imports, coalesce(sum(json_extract(a.details, '$.hostsRemoved') + json_extract(a.details, '$.hostsPutBack')), 0) AS hosts, coalesce(sum(json_extract(a.details, '$.keyRecordsRemoved')), 0) AS keyRecords
       FROM imports i JOIN audit_entries a ON a.act = 'imports.undo' AND a.subject = CAST(i.import_id AS TEXT) AND json_extract(a.details, '$.step') IN ('finished', 'cancelled') WHERE i.started_at <= @asOf AND a.at > @asOf`,
  ).get({ asOf }) ?? NOTHING_UNDONE;
}

type IsOwn = (hostId: number | null) => boolean;

function firstEvent(db: ReadableDatabase, where: string, asOf: string, isOwn: IsOwn): string | null {
  for (const { hostId, at } of db.prepare<[string], { hostId: number; at: string }>(`SELECT host_id AS hostId, at FROM host_events INDEXED BY host_events_by_at WHERE ${where}`).iterate(asOf)) if (isOwn(hostId)) return at;
  return null;
}

function readAttempts(db: ReadableDatabase, asOf: string, isOwn: IsOwn): ReportFigures['attempts'] {
  const technicians = new Set<string>();
  let [total, repaired] = [0, 0];
  const rows = db.prepare<[string], { hostId: number | null; repaired: number; technician: string | null; n: number }>(
    `SELECT a.host_id AS hostId, a.outcome = 'repaired' AND a.proof <> 'claim' AS repaired, s.technician, count(*) AS n FROM attempts a INDEXED BY attempts_by_import LEFT JOIN media_slots s ON s.media_id = a.media_id AND s.slot = a.slot WHERE a.imported_at <= ? GROUP BY 1, 2, 3`);
  for (const row of rows.iterate(asOf)) {
    if (!isOwn(row.hostId)) continue;
    total += row.n;
    if (row.repaired === 1) repaired += row.n;
    if (row.technician !== null) technicians.add(row.technician);
  }
  return { total, repaired, technicians: technicians.size };
}

const before = (instant: string, ms: number): string => new Date(Date.parse(instant) - ms).toISOString();

/** @returns What a host counts as, by its operating system; the kept counts (migration 0018) tell it the same way. */
export function kindOf(host: Pick<HostAt, 'operatingSystem'>): MachineKind {
  return host.operatingSystem === null || host.operatingSystem === '' ? 'unknown' : /server/i.test(host.operatingSystem) ? 'server' : 'client';
}

type Counts = { -readonly [K in keyof Group]: Group[K] };
const nothing = (): Counts => ({ hosts: 0, affected: 0, down: 0, repaired: 0, verified: 0, closed: 0 });

function addTo(group: Counts, { state, closedAs }: HostAt): void {
  group.hosts += 1;
  if (state !== 'known' && closedAs !== 'not-affected' && closedAs !== 'duplicate') group.affected += 1;
  if (DOWN_STATES.includes(state)) group.down += 1;
  else if (state === 'repaired' || state === 'verified' || state === 'closed') group[state] += 1;
}

/** One pass: a fleet has thousands of sites. */
function countHosts(hosts: readonly HostAt[]): Pick<ReportFigures, 'all' | 'kinds' | 'sites' | 'states' | 'blocked'> {
  const all = nothing();
  const kinds: Record<MachineKind, Counts> = { server: nothing(), client: nothing(), unknown: nothing() };
  const sites = new Map<string | null, Counts>();
  const states = new Map<HostState, number>();
  const reasons = new Map<BlockedReason, number>();
  for (const host of hosts) {
    const site = sites.get(host.site) ?? nothing();
    sites.set(host.site, site);
    for (const group of [all, kinds[kindOf(host)], site]) addTo(group, host);
    states.set(host.state, (states.get(host.state) ?? 0) + 1);
    if (host.blockedReason !== null) reasons.set(host.blockedReason, (reasons.get(host.blockedReason) ?? 0) + 1);
  }
  return {
    all, kinds, sites: [...sites].map(([site, group]) => ({ site, group })).sort((one, other) => (one.site === null ? 1 : other.site === null ? -1 : one.site.localeCompare(other.site, 'en'))),
    states: HOST_STATES.map((state) => ({ state, count: states.get(state) ?? 0 })), blocked: BLOCKED_REASONS.map((reason) => ({ reason, count: reasons.get(reason) ?? 0 })).filter((group) => group.count > 0),
  };
}

/** Acts, each once: a whole medium is one. */
function countDisclosures(db: ReadableDatabase, asOf: string, scope: ReportScope | null): number {
  return db.prepare<[string], { hostId: number | null; mediaId: string | null; n: number }>(
    `SELECT coalesce(k.host_id, p.host_id) AS hostId, d.media_id AS mediaId, count(*) AS n FROM disclosures d LEFT JOIN key_records k USING (key_record_id) LEFT JOIN laps_passwords p ON p.laps_password_id = d.laps_password_id WHERE d.at <= ? GROUP BY 1, 2`,
  ).all(asOf).reduce((sum, { hostId, mediaId, n }) => (scope === null || (mediaId === null ? scope.hasHost(hostId) : scope.hasMedium(mediaId)) ? sum + n : sum), 0);
}

/** The state of a medium at an instant is its last act by then. */
function readMedia(db: ReadableDatabase, asOf: string, scope: ReportScope | null): Pick<ReportFigures, 'media' | 'mediaOut'> {
  const media = db.prepare<[{ asOf: string }], MediumOut & { act: string | null; staysOut: number }>(
    `SELECT m.media_id AS mediaId, m.built_at AS builtAt, m.key_records AS keyRecords, 'built' AS state, NULL AS holder,
            m.without_passcode = 1 AND EXISTS (SELECT 1 FROM media_disks d WHERE d.media_id = m.media_id) AS staysOut,
            (SELECT act FROM audit_entries a WHERE a.subject = m.media_id AND a.act IN ('media.issue', 'media.return', 'media.wipe', 'media.lose', 'media.build-failed') AND a.at <= @asOf ORDER BY a.entry_number DESC LIMIT 1) AS act,
            (SELECT json_extract(details, '$.holder') FROM audit_entries a WHERE a.subject = m.media_id AND a.act = 'media.issue' AND a.at <= @asOf ORDER BY a.entry_number DESC LIMIT 1) AS holder
       FROM media m WHERE m.built_at <= @asOf ORDER BY m.media_id`).all({ asOf }).filter(({ mediaId }) => scope === null || scope.hasMedium(mediaId));
  // A stick that needs no passcode and may be half written is out until somebody has wiped it, also when its build failed (media-register.ts).
  const out = media.filter(({ act, staysOut }) => act === null || act === 'media.issue' || (act === 'media.build-failed' && staysOut === 1)).map(({ act, staysOut: _staysOut, ...medium }): MediumOut => ({ ...medium, state: act === 'media.issue' ? 'issued' : 'built' }));
  return { media: media.length, mediaOut: out };
}

function readOpenCalls(db: ReadableDatabase, asOf: string, isOwn: IsOwn): OpenCallRow[] {
  return db.prepare<[{ asOf: string }], Omit<OpenCallRow, 'shown'> & { shown: number; hostId: number | null }>(
    `SELECT c.host_id AS hostId, c.opened_at AS openedAt, c.operator, h.hostname, c.caller, coalesce(d.at <= @asOf, 0) AS shown
       FROM calls c LEFT JOIN hosts h ON h.host_id = c.host_id LEFT JOIN disclosures d ON d.disclosure_id = c.disclosure_id
      WHERE c.opened_at <= @asOf AND (c.closed_at IS NULL OR c.closed_at > @asOf) ORDER BY c.opened_at, c.call_id`).all({ asOf }).filter(({ hostId }) => isOwn(hostId)).map(({ shown, hostId: _hostId, ...call }) => ({ ...call, shown: shown === 1 }));
}
