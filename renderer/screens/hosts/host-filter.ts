// What the list of hosts is narrowed down to and sorted by, as it stands in the address.
import type { Input } from '../../../electron/api/contract.ts';
import { BLOCKED_REASONS, HOST_STATES, type BlockedReason, type HostState } from '../../../electron/core/codes.ts';
import { listAt, type Place } from '../../place.ts';

export const SORTS = ['hostname', 'state', 'stateAt'] as const;
export type Sort = (typeof SORTS)[number];

export interface HostFilter { readonly query: string; readonly states: readonly HostState[]; readonly blockedReasons: readonly BlockedReason[]; readonly sort: Sort; readonly descending: boolean }

export function filterAt(place: Place): HostFilter {
  const sort = SORTS.find((name) => name === place.at['sort']) ?? 'stateAt';
  return {
    query: place.at['q'] ?? '', states: listAt(place.at['state'], HOST_STATES), blockedReasons: listAt(place.at['reason'], BLOCKED_REASONS), sort,
    descending: place.at['order'] === undefined ? sort === 'stateAt' : place.at['order'] === 'down',
  };
}

/** The parameters of the address for a filter; what is as at the start is left out. */
export function filterParameters(filter: HostFilter): Readonly<Record<string, string | null>> {
  return {
    q: filter.query, state: filter.states.join(','), reason: filter.blockedReasons.join(','), sort: filter.sort === 'stateAt' ? null : filter.sort,
    order: filter.descending === (filter.sort === 'stateAt') ? null : filter.descending ? 'down' : 'up',
  };
}

/** The filter as the desk is asked; `at` is the first row wanted. */
export function askFor(filter: HostFilter, at: number, limit: number): Input<'hosts.list'> {
  return { query: filter.query, states: [...filter.states], blockedReasons: [...filter.blockedReasons], sort: filter.sort, descending: filter.descending, offset: at, limit };
}

/** The next sorting when the head of a column is pressed: the same column turns round, another begins at its natural end. */
export function sortBy(filter: HostFilter, sort: Sort): HostFilter {
  return filter.sort === sort ? { ...filter, descending: !filter.descending } : { ...filter, sort, descending: sort === 'stateAt' };
}

export function toggle<T>(all: readonly T[], value: T): readonly T[] {
  return all.includes(value) ? all.filter((other) => other !== value) : [...all, value];
}
