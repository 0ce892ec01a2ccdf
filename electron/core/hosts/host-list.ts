// The list of hosts: filtered, sorted, counted and cut into pages by SQLite. Nothing in it is secret.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { BLOCKED_REASONS, HOST_STATES, type BlockedReason, type ClosedAs, type HostState } from '../codes.ts';
import { prepared } from '../keys/prepared.ts';
import { allConditions, placeConditions, typedIn, valuesOf, where, type Condition, type HostFilter } from './host-filter.ts';

export interface HostRow {
  readonly hostId: number; readonly hostname: string;
  /** Where what was typed stands in the host name: [start, length]. */
  readonly match: [number, number] | null;
  readonly state: HostState; readonly blockedReason: BlockedReason | null; readonly closedAs: ClosedAs | null; readonly stateAt: string;
  readonly site: string | null; readonly organizationalUnit: string | null; readonly operatingSystem: string | null; readonly model: string | null;
  readonly keyRecords: number;
  /** A recovery password of this host was shown, spoken or put on a medium. */
  readonly disclosed: boolean;
  /** An attempt record about this host failed its check. */
  readonly flaggedClaim: boolean;
}

export interface HostListQuery extends HostFilter {
  readonly sort: 'hostname' | 'state' | 'stateAt'; readonly descending: boolean; readonly offset: number; readonly limit: number;
}

export interface HostList {
  readonly total: number; readonly rows: HostRow[];
  /** Of all hosts that `query` finds, whatever states and reasons are chosen; every state and reason is there. */
  readonly states: { state: HostState; count: number }[];
  readonly blockedReasons: { reason: BlockedReason; count: number }[];
}

interface Counted { state: HostState; blocked_reason: BlockedReason | null; n: number }
interface Row {
  host_id: number; hostname: string; state: HostState; blocked_reason: BlockedReason | null; closed_as: ClosedAs | null; state_at: string;
  site: string | null; organizational_unit: string | null; operating_system: string | null; model: string | null; key_records: number; disclosed: number; flagged_claim: number;
}

/** States are sorted in the order of the way, not of the alphabet. */
const STATE_RANK = `CASE state ${HOST_STATES.map((state, rank) => `WHEN '${state}' THEN ${rank}`).join(' ')} END`;

/** Measured with 100,000 hosts in scripts/dev/bench/hosts.ts. */
export function listHosts(db: ReadableDatabase, query: HostListQuery): HostList {
  const { states, blockedReasons, sort, descending, offset, limit } = query;
  const found = placeConditions(query);
  const counted = countByState(db, found);
  const isChosen = ({ state, blocked_reason }: Counted): boolean =>
    (states.length === 0 || states.includes(state)) && (blockedReasons.length === 0 || (blocked_reason !== null && blockedReasons.includes(blocked_reason)));
  const conditions = allConditions(query);
  const ids = db.prepare<(string | number)[], { host_id: number }>(
    `SELECT host_id FROM hosts ${found.length === 0 ? '' : 'INDEXED BY hosts_by_standing'} ${where(conditions)} ORDER BY ${orderBy(sort, descending)} LIMIT ? OFFSET ?`,
  ).all(...valuesOf(conditions), limit, offset).map(({ host_id }) => host_id);
  return {
    total: sum(counted.filter(isChosen)), rows: readHostRows(db, ids, typedIn(query)),
    states: HOST_STATES.map((state) => ({ state, count: sum(counted.filter((group) => group.state === state)) })),
    blockedReasons: BLOCKED_REASONS.map((reason) => ({ reason, count: sum(counted.filter((group) => group.blocked_reason === reason)) })),
  };
}

/** @returns AppError `not-found`. */
export function getHostRow(db: ReadableDatabase, hostId: number): HostRow {
  const [row] = readHostRows(db, [hostId]);
  if (row === undefined) throw new AppError('not-found', { hostId });
  return row;
}

/**
 * Reads hosts as the lists show them.
 *
 * @param hostIds At most some hundred; the answer keeps their order and leaves out those that are not there.
 * @param typed   What was searched, in the store's case (hostname.ts), to mark it in the names; empty: nothing is marked.
 */
export function readHostRows(db: ReadableDatabase, hostIds: readonly number[], typed = ''): HostRow[] {
  if (hostIds.length === 0) return [];
  const read = prepared<[number], Row>(
    db,
    `SELECT host_id, hostname, state, blocked_reason, closed_as, state_at, site, organizational_unit, operating_system, model,
            (SELECT count(*) FROM key_records k WHERE k.host_id = h.host_id) AS key_records,
            EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id AND (
              EXISTS (SELECT 1 FROM disclosures d WHERE d.key_record_id = k.key_record_id) OR EXISTS (SELECT 1 FROM media_members m WHERE m.key_record_id = k.key_record_id)))
              OR EXISTS (SELECT 1 FROM laps_passwords p JOIN disclosures d ON d.laps_password_id = p.laps_password_id WHERE p.host_id = h.host_id) AS disclosed,
            EXISTS (SELECT 1 FROM attempts a WHERE a.host_id = h.host_id AND a.proof = 'claim') AS flagged_claim
       FROM hosts h WHERE host_id = ?`,
  );
  return hostIds.flatMap((hostId) => {
    const row = read.get(hostId);
    return row === undefined ? [] : [toHostRow(row, typed)];
  });
}

/** @returns How many hosts stand where, of all or of those the conditions find. */
function countByState(db: ReadableDatabase, found: readonly Condition[] = []): Counted[] {
  return db.prepare<(string | number)[], Counted>(`SELECT state, blocked_reason, count(*) AS n FROM hosts INDEXED BY hosts_by_standing ${where(found)} GROUP BY state, blocked_reason`).all(...valuesOf(found));
}

const sum = (groups: readonly Counted[]): number => groups.reduce((total, { n }) => total + n, 0);

function orderBy(sort: HostListQuery['sort'], descending: boolean): string {
  const way = descending ? 'DESC' : 'ASC';
  switch (sort) {
    case 'hostname': return `hostname ${way}`;
    case 'stateAt': return `state_at ${way}, host_id ${way}`;
    case 'state': return `${STATE_RANK} ${way}, state_at ${way}, host_id ${way}`;
  }
}

function toHostRow(row: Row, typed: string): HostRow {
  const start = typed === '' ? -1 : row.hostname.indexOf(typed);
  return {
    hostId: row.host_id, hostname: row.hostname, match: start < 0 ? null : [start, typed.length], state: row.state, blockedReason: row.blocked_reason, closedAs: row.closed_as,
    stateAt: row.state_at, site: row.site, organizationalUnit: row.organizational_unit, operatingSystem: row.operating_system, model: row.model,
    keyRecords: row.key_records, disclosed: row.disclosed === 1, flaggedClaim: row.flagged_claim === 1,
  };
}
