// Somebody comes to the counter and something is scanned or said: whose host is it? One that is exactly that is taken in; otherwise a person chooses.
import { AppError } from '../app-error.ts';
import type { Desk } from '../desk.ts';
import { findHostsByFact } from '../hosts/host-facts-search.ts';
import { parseHostname } from '../hosts/hostname.ts';
import { plainOf } from '../hosts/spelling.ts';
import { lookUp, type FoundHost } from '../keys/look-up.ts';
import { parseLookUpQuery } from '../keys/look-up-query.ts';
import { recordMissedLookUp } from '../keys/missed-look-up.ts';
import { readHostRows } from '../hosts/host-list.ts';
import { takeIn, type WalkIn } from './walk-ins.ts';

export type Arrival =
  | { readonly status: 'in'; readonly walkIn: WalkIn; readonly again: boolean; readonly before: number }
  /** To be chosen from; `guessed`: nothing is exactly that, these come nearest. */
  | { readonly status: 'several'; readonly hosts: FoundHost[]; readonly guessed: boolean }
  | { readonly status: 'none' };

const CHOICES = 9;
/** Serial numbers of some makers are twelve digits and more, which a look-up takes for a piece of a recovery password. Known ones are not. */
const LONG_SERIAL = /^\d{12,17}$/;

/**
 * @param said    Asset tag, serial number, host name, old name, user or key ID; untrusted, at most 200 characters.
 * @param chosen  A host a person chose, or `unknown`: taken in without one.
 * @returns AppError `invalid-input` when a recovery password was scanned, `not-found`. Rows: walk_ins when somebody was taken in; audit for a look-up in vain.
 */
export function arrive(desk: Desk, said: string, chosen?: number | 'unknown'): Arrival {
  const { idDigits, run, hostname } = parseLookUpQuery(said);
  const serial = LONG_SERIAL.test(said.trim()) ? findHostsByFact(desk.db, said.trim(), CHOICES).filter(({ fact, text }) => fact !== 'user' && text === said.trim()) : [];
  if (serial.length > 0) return ofSerial(desk, said.trim(), serial.map(({ hostId }) => hostId), chosen);
  if (idDigits === null && run === null && hostname === null) throw new AppError('invalid-input', { fields: ['text'] }); // a recovery password, or nothing: neither is kept
  if (chosen === 'unknown') return { status: 'in', ...takeIn(desk, said, null) };
  if (chosen !== undefined) return { status: 'in', ...takeIn(desk, said, chosen) };
  const { hosts, guessed } = findHosts(desk, said);
  const exact = guessed ? [] : hosts.filter((host) => isExactly(host, said));
  const [only] = exact;
  if (only !== undefined && exact.length === 1) return { status: 'in', ...takeIn(desk, said, only.hostId) };
  if (hosts.length > 0) return { status: 'several', hosts, guessed };
  recordMissedLookUp(desk, said);
  return { status: 'none' };
}

function ofSerial(desk: Desk, said: string, hostIds: readonly number[], chosen: number | 'unknown' | undefined): Arrival {
  const [only] = hostIds;
  const hostId = typeof chosen === 'number' ? chosen : hostIds.length === 1 ? only : undefined;
  if (hostId !== undefined) return { status: 'in', ...takeIn(desk, said, hostId) };
  return { status: 'several', hosts: readHostRows(desk.db, hostIds).map((row) => ({ ...row, foundBy: { fact: 'serial-number', text: said } })), guessed: false };
}

function findHosts(desk: Desk, query: string): { hosts: FoundHost[]; guessed: boolean } {
  const found = lookUp(desk.db, { query, limit: CHOICES, nearest: true });
  if (found.hosts.length > 0) return found;
  const ofKeys = [...new Set(found.keyRecords.flatMap(({ hostId }) => hostId ?? []))].slice(0, CHOICES);
  return { hosts: readHostRows(desk.db, ofKeys).map((row) => ({ ...row, foundBy: null })), guessed: found.guessed };
}

/** What is on a label is whole or it is not, whatever separates it; a user has several hosts and a key ID is only read out, so both are chosen. */
function isExactly({ hostname, foundBy }: FoundHost, said: string): boolean {
  if (foundBy !== null) return foundBy.fact !== 'user' && plainOf(foundBy.text) === plainOf(said);
  const parsed = parseHostname(said);
  return plainOf(parsed.status === 'ok' ? parsed.hostname : said) === plainOf(hostname);
}
