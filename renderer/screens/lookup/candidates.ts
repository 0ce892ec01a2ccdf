// What a lookup found as one list to move through. Nothing is ever chosen but by a key or a click.
import type { Output } from '../../../electron/api/contract.ts';

export type Found = Output<'keys.lookUp'>;
export type KeyCandidate = Found['keyRecords'][number];
export type HostCandidate = Found['hosts'][number];
export type Choice = { readonly kind: 'key'; readonly id: number } | { readonly kind: 'host'; readonly id: number };

type Counted = Pick<Found, 'guessed'> & Readonly<Record<'keyRecords' | 'hosts' | 'listedKeys', readonly unknown[]>>;

/** @returns Whether nothing at all was found, near or exact. */
export const isEmpty = ({ keyRecords, hosts, listedKeys }: Omit<Counted, 'guessed'>): boolean => keyRecords.length + hosts.length + listedKeys.length === 0;

/** @param saidAs How many open calls have what was typed for a ticket or a caller. @returns Whether nothing was found that is exactly that: what is near is no find. */
export const isInVain = (found: Counted, saidAs: number): boolean => saidAs === 0 && (found.guessed || isEmpty(found));

/** Everything that was found, in the order in which it stands on the screen. */
export function choicesOf(found: Pick<Found, 'keyRecords' | 'hosts'>): readonly Choice[] {
  return [
    ...found.keyRecords.map((record): Choice => ({ kind: 'key', id: record.keyRecordId })),
    ...found.hosts.map((host): Choice => ({ kind: 'host', id: host.hostId })),
  ];
}

/**
 * The choice after an arrow key.
 *
 * @param step 1 for down, -1 for up. With nothing chosen, down chooses the first and up the last; at the ends it stays.
 */
export function moveChoice<T>(all: readonly T[], chosen: T | null, same: (one: T, other: T) => boolean, step: 1 | -1): T | null {
  if (all.length === 0) return null;
  const at = chosen === null ? -1 : all.findIndex((choice) => same(choice, chosen));
  if (at < 0) return (step === 1 ? all[0] : all.at(-1)) ?? null;
  return all[Math.min(all.length - 1, Math.max(0, at + step))] ?? null;
}

export const sameChoice = (one: Choice, other: Choice): boolean => one.kind === other.kind && one.id === other.id;

/** How many of the first eight characters of a key ID have been typed, or null when the text is no beginning of one. */
export function typedOfKeyId(query: string): number | null {
  const plain = query.replace(/^\{/, '');
  return /^[0-9a-f]{1,8}$/i.test(plain) ? plain.length : null;
}

/** Whether a name that was found begins with what was typed, or only contains it. */
export function allBegin(hosts: readonly HostCandidate[]): boolean {
  return hosts.every((host) => host.match === null || host.match[0] === 0);
}
