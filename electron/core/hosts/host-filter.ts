// What narrows the list of hosts down, as conditions for SQLite. Lists, bulk acts and files use the same, so that they mean the same hosts.
import type { ReadableDatabase } from '../../store/database.ts';
import type { BlockedReason, HostState } from '../codes.ts';
import { normaliseCase } from './hostname.ts';

export interface HostFilter {
  /** Part of a host name from three characters on; with one or two, its beginning. */
  readonly query: string;
  /** Empty: every state. */
  readonly states: readonly HostState[];
  /** Empty: any. Otherwise blocked hosts with one of these reasons only. */
  readonly blockedReasons: readonly BlockedReason[];
  /** Empty or left out: any. Names as stored for sites, in any case for waves and tags; of several, one has to fit. */
  readonly sites?: readonly string[] | undefined; readonly waves?: readonly string[] | undefined; readonly tags?: readonly string[] | undefined;
  /** Empty or left out: any. Otherwise these hosts only, picked one by one. */
  readonly hostIds?: readonly number[] | undefined;
  /** Whom hosts are assigned to; any case. */
  readonly technicians?: readonly string[] | undefined;
}

/** A condition with the values for its question marks, in order. */
export interface Condition { readonly sql: string; readonly values: readonly (string | number)[] }

/** What was typed, in the store's case. */
export const typedIn = ({ query }: Pick<HostFilter, 'query'>): string => normaliseCase(query.trim());

/** @returns The conditions other than state and reason, on the table `hosts`. */
export function placeConditions(filter: HostFilter): Condition[] {
  const typed = typedIn(filter);
  const { sites = [], waves = [], tags = [], technicians = [], hostIds = [] } = filter;
  return [
    ...(typed === '' ? [] : [hostnameCondition(typed)]),
    ...(hostIds.length === 0 ? [] : [{ sql: 'host_id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(hostIds)] }]),
    ...amongHosts('SELECT host_id FROM hosts WHERE site IN', sites),
    ...amongHosts('SELECT m.host_id FROM wave_members m JOIN waves w ON w.wave_id = m.wave_id WHERE w.name COLLATE NOCASE IN', waves),
    ...amongHosts('SELECT host_id FROM host_tags WHERE tag IN', tags),
    ...amongHosts('SELECT host_id FROM host_assignments WHERE technician IN', technicians),
  ];
}

/** @returns All conditions of a filter. */
export const allConditions = (filter: HostFilter): Condition[] => [...placeConditions(filter), ...isOneOf('state', filter.states), ...isOneOf('blocked_reason', filter.blockedReasons)];

export const where = (conditions: readonly Condition[]): string => (conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`);
export const valuesOf = (conditions: readonly Condition[]): (string | number)[] => conditions.flatMap(({ values }) => values);

/** @returns Every host a filter finds, by ID. */
export function listFilteredIds(db: ReadableDatabase, filter: HostFilter): number[] {
  const conditions = allConditions(filter);
  return db.prepare<(string | number)[], { host_id: number }>(`SELECT host_id FROM hosts ${where(conditions)} ORDER BY host_id`).all(...valuesOf(conditions)).map(({ host_id }) => host_id);
}

/** @returns A filter on one line, for the audit trail. */
export const filterText = (filter: HostFilter): string => Object.entries(filter).flatMap(([name, value]) => { const text = typeof value === 'string' ? value : (value as readonly (string | number)[] | undefined)?.join(',') ?? ''; return text === '' ? [] : [`${name}=${text}`]; }).join(' ') || 'all';

/** Names are stored in one case. A pass over the covering index takes 10 ms for 100,000 hosts, found many or few; the trigram index took 120 ms to count a name all have. */
function hostnameCondition(typed: string): Condition {
  const letters = Array.from(typed);
  return letters.length >= 3 ? { sql: 'instr(hostname, ?) > 0', values: [typed] } : { sql: 'substr(hostname, 1, ?) = ?', values: [letters.length, typed] };
}

const isOneOf = (column: string, values: readonly string[]): Condition[] => (values.length === 0 ? [] : [{ sql: `${column} IN (${values.map(() => '?').join(', ')})`, values }]);
/** The row ID is in every index: the pass over the covering one stays a pass over it alone. */
const amongHosts = (select: string, values: readonly string[]): Condition[] => (values.length === 0 ? [] : [{ sql: `host_id IN (${select} (${values.map(() => '?').join(', ')}))`, values }]);
