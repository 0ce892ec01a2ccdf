// What the list of hosts is narrowed down to and sorted by, as it stands in the address.
import type { Input } from '../../../electron/api/contract.ts';
import { BLOCKED_REASONS, HOST_STATES, type BlockedReason, type HostState } from '../../../electron/core/codes.ts';
import { listAt, type Place } from '../../place.ts';

export const SORTS = ['hostname', 'state', 'stateAt'] as const;
export type Sort = (typeof SORTS)[number];

/** What the list can be narrowed down to by names: none chosen means any. */
export const PLACES = ['waves', 'technicians', 'tags', 'sites'] as const;
const PARAMETER = { sites: 'site', waves: 'wave', tags: 'tag', technicians: 'technician' } as const;

export interface HostFilter {
  readonly query: string; readonly sites: readonly string[]; readonly waves: readonly string[]; readonly tags: readonly string[]; readonly technicians: readonly string[];
  readonly states: readonly HostState[]; readonly blockedReasons: readonly BlockedReason[]; readonly sort: Sort; readonly descending: boolean;
}

export function filterAt(place: Place): HostFilter {
  const sort = SORTS.find((name) => name === place.at['sort']) ?? 'stateAt';
  return {
    query: place.at['q'] ?? '', states: listAt(place.at['state'], HOST_STATES), blockedReasons: listAt(place.at['reason'], BLOCKED_REASONS), sort,
    sites: namesAt(place.at[PARAMETER.sites]), waves: namesAt(place.at[PARAMETER.waves]), tags: namesAt(place.at[PARAMETER.tags]), technicians: namesAt(place.at[PARAMETER.technicians]),
    descending: place.at['order'] === undefined ? sort === 'stateAt' : place.at['order'] === 'down',
  };
}

/** The parameters of the address for a filter; what is as at the start is left out. */
export function filterParameters(filter: HostFilter): Readonly<Record<string, string | null>> {
  return {
    q: filter.query, state: filter.states.join(','), reason: filter.blockedReasons.join(','), site: namesText(filter.sites), wave: namesText(filter.waves), tag: namesText(filter.tags), technician: namesText(filter.technicians), sort: filter.sort === 'stateAt' ? null : filter.sort,
    order: filter.descending === (filter.sort === 'stateAt') ? null : filter.descending ? 'down' : 'up',
  };
}

/** The list as the desk is asked for it; `at` is the first row wanted. */
export function askFor(filter: HostFilter, at: number, limit: number): Input<'hosts.list'> {
  return { ...narrowedTo(filter), sort: filter.sort, descending: filter.descending, offset: at, limit };
}

/** What decides which hosts are meant, however they are sorted. */
export function narrowedTo({ query, states, blockedReasons, sites, waves, tags, technicians }: HostFilter): Input<'hosts.facets'> {
  return { query, states: [...states], blockedReasons: [...blockedReasons], sites: [...sites], waves: [...waves], tags: [...tags], technicians: [...technicians] };
}

/** The next sorting when the head of a column is pressed: the same column turns round, another begins at its natural end. */
export function sortBy(filter: HostFilter, sort: Sort): HostFilter {
  return filter.sort === sort ? { ...filter, descending: !filter.descending } : { ...filter, sort, descending: sort === 'stateAt' };
}

export function toggle<T>(all: readonly T[], value: T): readonly T[] {
  return all.includes(value) ? all.filter((other) => other !== value) : [...all, value];
}

/** Names may hold commas: in the address a comma inside a name has a backslash before it, and so has a backslash. */
const namesText = (names: readonly string[]): string => names.map((name) => name.replaceAll(/[\\,]/g, '\\$&')).join(',');

/** Untrusted. */
function namesAt(text: string | undefined): string[] {
  const names = [''];
  for (const [part = ''] of (text ?? '').matchAll(/\\[\\,]|[^]/gu)) {
    if (part === ',') names.push('');
    else names.push(`${names.pop() ?? ''}${part.length === 2 && part.startsWith('\\') ? part.slice(1) : part}`);
  }
  return [...new Set(names.map((name) => name.trim()))].filter((name) => name !== '').slice(0, 200);
}
