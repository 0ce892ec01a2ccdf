// What a report may say: figures of one instant, each from rows that were there then. What the store does not know is not in here.
import type { ReadableDatabase } from '../../store/database.ts';
import { formatHead } from '../audit/audit.ts';
import { BLOCKED_REASONS, DOWN_STATES, HOST_STATES, type BlockedReason, type DisclosureWay, type HostState, type MachineKind } from '../codes.ts';
import { wayAt } from '../disclosure/read-out.ts';
import { readSteps } from '../hosts/steps-between.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { hostStatesAt, type HostAt } from './host-states-at.ts';
import type { ReportScope } from './report-scope.ts';

export interface Group { readonly hosts: number; /** Said to be down at some time. */ readonly affected: number; readonly down: number; readonly repaired: number; readonly verified: number; readonly closed: number }
/** `askedAt`: when its replacement was last asked for, of the instant; null: it was not. `laps`: of a LAPS password, which has no ID. */
export interface OpenRotation { readonly keyProtectorId: string | null; readonly hostname: string | null; readonly dueSince: string; readonly way: DisclosureWay; readonly askedAt: string | null; readonly laps: boolean }
export interface DisclosureRow { readonly at: string; readonly operator: string; readonly way: DisclosureWay; readonly reason: string; readonly ticket: string | null; readonly keyProtectorId: string | null; readonly hostname: string | null; readonly mediaId: string | null; readonly keyRecords: number; readonly laps: boolean }
export interface MediumOut { readonly mediaId: string; readonly state: string; readonly holder: string | null; readonly builtAt: string; readonly keyRecords: number }
export interface OpenCallRow { readonly openedAt: string; readonly operator: string; readonly hostname: string | null; readonly caller: string | null; readonly shown: boolean }

/** `hosts`: those that are gone, and those nobody calls down any more. */
export interface UndoneSince { readonly imports: number; readonly hosts: number; readonly keyRecords: number }
export const NOTHING_UNDONE: UndoneSince = { imports: 0, hosts: 0, keyRecords: 0 };

export interface ReportFacts {
  readonly asOf: string;
  /** Names of what the report is of; both null: the whole desk. */
  readonly scope: { readonly incident: string | null; readonly wave: string | null };
  readonly auditHead: string; readonly deskId: string; readonly demo: boolean;
  readonly all: Group; readonly kinds: Readonly<Record<MachineKind, Group>>; readonly sites: readonly { readonly site: string | null; readonly group: Group }[];
  readonly states: readonly { readonly state: HostState; readonly count: number }[]; readonly blocked: readonly { readonly reason: BlockedReason; readonly count: number }[];
  readonly firstReportedAt: string | null; readonly lastVerifiedAt: string | null;
  readonly downWithoutKey: number; readonly keyRecords: number;
  readonly attempts: { readonly total: number; readonly repaired: number; readonly technicians: number };
  readonly repairedLastHour: number; readonly verifiedLastHour: number;
  readonly disclosures: readonly DisclosureRow[]; /** `due`: all that are not confirmed; `asked`: those of them whose replacement was asked for; null in a report from before that was told apart. */
  readonly rotations: { readonly due: number; readonly asked: number | null; readonly confirmed: number; readonly open: readonly OpenRotation[] };
  readonly mediaOut: readonly MediumOut[]; readonly media: number; readonly openCalls: readonly OpenCallRow[];
  /** Since the hand-over of the same scope before this one, or the last twelve hours. One made within the hour is this one, in another format or language. */
  readonly since: string; /** What imports brought in that ran before this instant and were undone after it: it was counted then, and is not counted here. */
  readonly undoneSince: UndoneSince;
  readonly changesSince: readonly { readonly act: string; readonly count: number }[];
}

/** What takes long has a line of the trail for its beginning and one for its end; it is one act. */
const BEGUN = "(act = 'media.build-started' OR (act IN ('imports.run', 'imports.undo') AND json_extract(details, '$.step') = 'started'))";
const HOUR_MS = 3_600_000;
const SHIFT_MS = 12 * HOUR_MS;

/**
 * @param scope What it is of; acts since the last hand-over are the whole desk's. @param asOf Instant, ISO-8601 UTC, not later than now. Later rows change nothing of the answer, but: lists name sites and systems anew, what an import that was
 *             undone brought in is gone (`undoneSince` says so), and hosts that were joined are told as one. What a report said stays (kept-facts.ts).
 */
export function readReportFacts(db: ReadableDatabase, asOf: string, scope: ReportScope | null = null): ReportFacts {
  const isOwn = (hostId: number | null): boolean => scope === null || scope.hasHost(hostId);
  const hosts = hostStatesAt(db, asOf).filter(({ hostId }) => isOwn(hostId));
  const one = <T>(sql: string, ...values: readonly (string | number)[]): T | undefined => db.prepare<(string | number)[], T>(sql).get(...values);
  const hourAgo = before(asOf, HOUR_MS);
  const head = one<{ entry_number: number; hash: Buffer }>('SELECT entry_number, hash FROM audit_entries WHERE at <= ? ORDER BY entry_number DESC LIMIT 1', asOf);
  const desk = one<{ desk_id: string; demo: number }>('SELECT desk_id, demo FROM desk');
  const since = lastHandOver(db, asOf, hourAgo, scope) ?? before(asOf, SHIFT_MS);
  const keysOf = new Map(db.prepare<[string], { id: number | null; n: number }>('SELECT host_id AS id, count(*) AS n FROM key_records WHERE imported_at <= ? GROUP BY host_id').all(asOf).map(({ id, n }) => [id, n]));
  const passed = readSteps(db, hourAgo, asOf).filter(({ hostId }) => isOwn(hostId));
  return {
    asOf, scope: { incident: scope?.incident ?? null, wave: scope?.wave ?? null }, auditHead: head === undefined ? formatHead(0, Buffer.alloc(32)) : formatHead(head.entry_number, head.hash), deskId: desk?.desk_id ?? '', demo: desk?.demo === 1,
    ...countHosts(hosts),
    firstReportedAt: firstEvent(db, "kind = 'reported' AND at <= ? ORDER BY at", asOf, isOwn), lastVerifiedAt: firstEvent(db, "kind = 'verified' AND at <= ? ORDER BY at DESC", asOf, isOwn),
    downWithoutKey: hosts.filter((host) => DOWN_STATES.includes(host.state) && !keysOf.has(host.hostId)).length, keyRecords: [...keysOf].reduce((sum, [hostId, n]) => (scope === null || isOwn(hostId) ? sum + n : sum), 0),
    attempts: readAttempts(db, asOf, isOwn), repairedLastHour: passed.filter(({ repaired }) => repaired).length, verifiedLastHour: passed.filter(({ verified }) => verified).length,
    disclosures: readDisclosures(db, asOf, scope), rotations: readRotations(db, asOf, isOwn), ...readMedia(db, asOf, scope), openCalls: readOpenCalls(db, asOf, isOwn), since, undoneSince: readUndoneSince(db, asOf),
    changesSince: db.prepare<[string, string], { act: string; count: number }>(`SELECT act, count(*) AS count FROM audit_entries WHERE at > ? AND at <= ? AND act NOT LIKE 'vault.%' AND act NOT LIKE 'reports.%' AND NOT ${BEGUN} GROUP BY act ORDER BY count(*) DESC, act`).all(since, asOf),
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

function readAttempts(db: ReadableDatabase, asOf: string, isOwn: IsOwn): ReportFacts['attempts'] {
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
function countHosts(hosts: readonly HostAt[]): Pick<ReportFacts, 'all' | 'kinds' | 'sites' | 'states' | 'blocked'> {
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

function readDisclosures(db: ReadableDatabase, asOf: string, scope: ReportScope | null): DisclosureRow[] {
  return db.prepare<[{ asOf: string }], Omit<DisclosureRow, 'keyProtectorId' | 'laps'> & { id: string | null; hostId: number | null; laps: number }>(
    `SELECT h.host_id AS hostId, d.at, d.operator, ${wayAt('@asOf')} AS way, d.reason, d.ticket, hex(k.key_protector_id) AS id, h.hostname, d.media_id AS mediaId, d.laps_password_id IS NOT NULL AS laps,
            CASE WHEN d.media_id IS NULL THEN 1 ELSE (SELECT count(*) FROM media_members m WHERE m.media_id = d.media_id) END AS keyRecords
       FROM disclosures d LEFT JOIN key_records k USING (key_record_id) LEFT JOIN laps_passwords p ON p.laps_password_id = d.laps_password_id LEFT JOIN hosts h ON h.host_id = coalesce(k.host_id, p.host_id) WHERE d.at <= @asOf ORDER BY d.disclosure_id`,
  ).all({ asOf }).filter(({ hostId, mediaId }) => scope === null || (mediaId === null ? scope.hasHost(hostId) : scope.hasMedium(mediaId))).map(({ id, hostId: _hostId, laps, ...row }) => ({ ...row, keyProtectorId: formatKeyProtectorId(id ?? ''), laps: laps === 1 }));
}

/** Confirmed by then, and not made due again by then. */
const confirmedAt = (id: 'key_record_id' | 'laps_password_id'): string =>
  `((r.confirmed_at IS NOT NULL AND r.confirmed_at <= @asOf) OR EXISTS (SELECT 1 FROM ended_confirmations c WHERE c.${id} = r.${id} AND c.confirmed_at <= @asOf AND c.due_again_at > @asOf))`;

/** When it was last asked for by then, not made due again by then; NULL: it was not. */
const askedAt = (id: 'key_record_id' | 'laps_password_id'): string =>
  `coalesce(CASE WHEN r.asked_at <= @asOf THEN r.asked_at END, (SELECT max(a.asked_at) FROM ended_askings a WHERE a.${id} = r.${id} AND a.asked_at <= @asOf AND a.ended_at > @asOf))`;

/** Every key that was disclosed by then; asked and confirmed only when that was by then, too. */
function readRotations(db: ReadableDatabase, asOf: string, isOwn: IsOwn): ReportFacts['rotations'] {
  const rows = db.prepare<[{ asOf: string }], { id: string | null; hostId: number | null; hostname: string | null; dueSince: string; way: DisclosureWay; confirmed: number; askedAt: string | null; laps: number }>(
    `SELECT hex(k.key_protector_id) AS id, h.host_id AS hostId, h.hostname, max(g.at) AS dueSince, g.way, ${confirmedAt('key_record_id')} AS confirmed, ${askedAt('key_record_id')} AS askedAt, 0 AS laps
       FROM (SELECT d.key_record_id, d.at, ${wayAt('@asOf')} AS way FROM disclosures d WHERE d.key_record_id IS NOT NULL AND d.at <= @asOf
             UNION ALL SELECT m.key_record_id, d.at, d.way FROM disclosures d JOIN media_members m ON m.media_id = d.media_id WHERE d.at <= @asOf) g
       JOIN key_records k ON k.key_record_id = g.key_record_id LEFT JOIN hosts h ON h.host_id = k.host_id LEFT JOIN rotations r ON r.key_record_id = g.key_record_id
      GROUP BY g.key_record_id
     UNION ALL
     SELECT NULL, h.host_id, h.hostname, max(d.at), ${wayAt('@asOf')}, ${confirmedAt('laps_password_id')}, ${askedAt('laps_password_id')}, 1
       FROM disclosures d JOIN laps_passwords p ON p.laps_password_id = d.laps_password_id JOIN hosts h ON h.host_id = p.host_id LEFT JOIN laps_rotations r ON r.laps_password_id = d.laps_password_id
      WHERE d.at <= @asOf GROUP BY d.laps_password_id ORDER BY dueSince, h.hostname, id`,
  ).all({ asOf }).filter(({ hostId }) => isOwn(hostId));
  const open = rows.filter(({ confirmed }) => confirmed === 0).map(({ id, hostname, dueSince, way, askedAt, laps }): OpenRotation => ({ keyProtectorId: formatKeyProtectorId(id ?? ''), hostname, dueSince, way, askedAt, laps: laps === 1 }));
  return { due: open.length, asked: open.filter(({ askedAt }) => askedAt !== null).length, confirmed: rows.length - open.length, open };
}

/** The state of a medium at an instant is its last act by then. */
function readMedia(db: ReadableDatabase, asOf: string, scope: ReportScope | null): Pick<ReportFacts, 'media' | 'mediaOut'> {
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
