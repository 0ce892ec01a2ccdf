// Which open calls are meant, by whoever calls again: the host that was chosen, or what was said instead of one, a ticket or a caller.
import type { Output } from '../../../electron/api/contract.ts';

export type Call = Output<'calls.list'>['rows'][number];

/** What every part of the lookup asks for, so that it is asked for once. */
export const OPEN_CALLS = { open: true, limit: 500 } as const;

/** Shorter pieces are in too many names. */
const SHORTEST_SAID = 3;

const plain = (text: string | null): string => (text ?? '').toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/** @returns Calls whose ticket or caller has this in it, whatever stands between its characters. */
export function callsSaidAs(calls: readonly Call[], query: string): readonly Call[] {
  const said = plain(query);
  return said.length < SHORTEST_SAID ? [] : calls.filter(({ ticket, caller }) => plain(ticket).includes(said) || plain(caller).includes(said));
}

/** @param before Milliseconds since 1970: calls begun later are the one in sight. @returns Calls about a host, or about a key record that is of none. */
export function callsAbout(calls: readonly Call[], about: { readonly hostId: number | null; readonly keyRecordId: number | null }, before: number): readonly Call[] {
  return calls.filter((call) => Date.parse(call.openedAt) < before && (about.hostId === null ? about.keyRecordId !== null && call.keyRecordId === about.keyRecordId : call.hostId === about.hostId));
}
