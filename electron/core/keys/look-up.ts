// Finds key records and hosts while a person types: exact, then by the start, then by a part; latest imported first. Shows no recovery password.
import type { ReadableDatabase } from '../../store/database.ts';
import type { HostFact } from '../codes.ts';
import { findHostsByFact, findHostsByPartOfUser, someHostBeginsWith, type FoundByFact } from '../hosts/host-facts-search.ts';
import { standsFor } from '../hosts/joined.ts';
import { spellingsOf } from '../hosts/spelling.ts';
import { readHostRows, type HostRow } from '../hosts/host-list.ts';
import { findClaimedKeys } from './claimed-keys.ts';
import { countHostsByPart, findHostsByPart, findHostsByStart, SHORTEST_PART } from './host-search.ts';
import { readKeyCandidates, type KeyCandidate } from './key-list.ts';
import { findListedKeys, type ListedKey } from './listed-keys.ts';
import { idRange, matchInId, parseLookUpQuery } from './look-up-query.ts';
import { nearestByFact, nearestHosts, nearestKeyRecords } from './nearest.ts';
import { prepared, readTogether } from './prepared.ts';

/** `foundBy`: what else than its name found it. */
export interface FoundHost extends HostRow { readonly foundBy: { readonly fact: HostFact; readonly text: string } | null }

export interface LookUpAnswer {
  /** First those whose ID begins with what was typed, then those of the hosts below, in the order of these. */
  readonly keyRecords: KeyCandidate[];
  readonly hosts: FoundHost[];
  /** Keys with such an ID that exist elsewhere; their recovery passwords are not at this desk. */
  readonly listedKeys: ListedKey[];
  /** Nothing is exactly what was typed: these come nearest. */
  readonly guessed: boolean;
  /** At most 1,000 each; `more`: there are at least that many. */
  readonly keyRecordCount: number; readonly hostCount: number; readonly more: boolean;
}

/** Nothing is counted beyond this. */
const COUNT_LIMIT = 1000;

/**
 * @param query Untrusted, see `parseLookUpQuery`. A recovery password finds nothing and goes nowhere.
 * @param limit Of key records and of hosts.
 * @param nearest With nothing exact, looks for names spelt otherwise, for parts of user names and for what comes nearest: 10 ms among 1,000,000 key records, so only when somebody waits for it.
 * @returns Empty lists when nothing fits. Never throws for what is in the query.
 */
export function lookUp(db: ReadableDatabase, asked: { readonly query: string; readonly limit: number; readonly nearest?: boolean }): LookUpAnswer {
  return readTogether(db, () => answer(db, asked));
}

function answer(db: ReadableDatabase, { query, limit, nearest = false }: Parameters<typeof lookUp>[1]): LookUpAnswer {
  const { idDigits, run, hostname } = parseLookUpQuery(query);
  const byId = idDigits === null ? NOTHING_FOUND : findByIdStart(db, idDigits, limit);
  const withId = readWithId(db, byId, idDigits);
  // Eight digits that begin a key's ID are read from a screen: nobody means a part of a name, and hardly ever does a name or a fact of a host begin with them.
  const isKey = withId.length > 0 && (idDigits?.length ?? 0) >= DIGITS_SHOWN;
  const name = isKey && hostname !== null && !someHostBeginsWith(db, hostname, query) ? null : hostname;
  const byName = name === null ? NOTHING_FOUND : findByName(db, name, limit, !isKey);
  // The beginning of an ID that is there is not looked for as a label spelt otherwise as well, unless it was said with something between.
  const isSpelt = !isKey && byName.ids.length === 0 && (withId.length === 0 || idDigits !== query.trim().toUpperCase());
  const facts = name === null ? [] : findFacts(db, query, limit, !isSpelt ? 'as-typed' : nearest && withId.length === 0 ? 'parts-too' : 'spelt');
  const listedKeys = idDigits === null ? [] : findListedKeys(db, idDigits);
  const near = nearest && hostname !== null && withId.length + byName.ids.length + facts.length + listedKeys.length === 0 ? nearestHosts(db, hostname, limit) : [];
  const spelt = near.filter(({ cost }) => cost === 0).map(({ id }) => id);
  const found = spelt.length === 0 ? byName : { ids: spelt, count: spelt.length };
  const ofListed = listedKeys.flatMap(({ hostId, keyProtectorId }): FoundByFact[] => (hostId === null ? [] : [{ hostId, fact: 'listed-key', text: keyProtectorId }]));
  // A name that was joined into another finds that one.
  const joined: FoundByFact[] = found.ids.flatMap((id) => oldNameOf(db, id) ?? []);
  const exactIds = [...new Set([...found.ids.map((id) => standsFor(db, id)), ...[...facts, ...ofListed].map(({ hostId }) => hostId)])].slice(0, limit);
  if (nearest && withId.length + exactIds.length + listedKeys.length === 0) return guess(db, hostname === null ? '' : query, run, near.map(({ id }) => id), limit);
  const hosts = withFacts(readHostRows(db, exactIds, hostname ?? ''), [...joined, ...facts, ...ofListed], new Set(found.ids));
  // Other keys of a host that was found by a key which is only listed are not what the screen there asks for.
  const onlyListed = new Set(ofListed.map(({ hostId }) => hostId).filter((id) => !found.ids.includes(id) && !facts.some(({ hostId }) => hostId === id)));
  const ofHosts = recordsOfHosts(db, exactIds.filter((id) => !onlyListed.has(id)), limit - withId.length, new Set(withId.map(({ keyRecordId }) => keyRecordId)));

  const idMatch = idDigits === null ? null : matchInId(idDigits);
  const hostMatches = new Map(hosts.map((host) => [host.hostId, host.match]));
  const mark = (key: KeyCandidate, match: [number, number] | null): KeyCandidate => ({ ...key, match, hostMatch: key.hostId === null ? null : (hostMatches.get(key.hostId) ?? null) });
  const keysOfHosts = readKeyCandidates(db, ofHosts);
  const ofOthers = keysOfHosts.filter(({ hostId }) => hostId === null || !exactIds.includes(hostId)).length;
  const keyRecordCount = ofOthers + (byId.count <= byId.ids.length ? withId.length : byId.count) + hosts.reduce((sum, host) => sum + (onlyListed.has(host.hostId) ? 0 : host.keyRecords), 0);
  return {
    keyRecords: [...withId.map((key) => mark(key, idMatch)), ...keysOfHosts.map((key) => mark(key, null))],
    hosts, listedKeys, guessed: false, keyRecordCount: Math.min(COUNT_LIMIT, keyRecordCount), hostCount: Math.min(COUNT_LIMIT, Math.max(found.count, exactIds.length)),
    more: keyRecordCount > COUNT_LIMIT || found.count > COUNT_LIMIT,
  };
}

/** Nothing exact: what was mis-heard, mis-read or mistyped. A guess counts only what it shows. `said` is empty where it can be no fact of a host. */
function guess(db: ReadableDatabase, said: string, run: string | null, nearHosts: readonly number[], limit: number): LookUpAnswer {
  const few = Math.min(limit, GUESSES);
  const byName = nearHosts.slice(0, few);
  const facts = nearestByFact(db, said, few);
  const hostIds = [...new Set([...byName, ...facts.map(({ hostId }) => hostId)])].slice(0, few);
  const byId = run === null ? [] : nearestKeyRecords(db, run, few);
  const ofHosts = recordsOfHosts(db, hostIds, few - byId.length, new Set(byId));
  const keyRecords = readKeyCandidates(db, [...byId, ...ofHosts]).map((key): KeyCandidate => ({ ...key, match: null, hostMatch: null }));
  const hosts = withFacts(readHostRows(db, hostIds), facts, new Set(byName));
  return { keyRecords, hosts, listedKeys: [], guessed: keyRecords.length + hosts.length > 0, keyRecordCount: keyRecords.length, hostCount: hosts.length, more: false };
}

/** Of a key ID, on the blue screen and in what people pass on. */
export const DIGITS_SHOWN = 8;

/** As many as a person compares. */
const GUESSES = 12;

/** @param how `spelt`: with nothing else found, whatever separates its characters; `parts-too`: and parts of users' names. */
function findFacts(db: ReadableDatabase, query: string, limit: number, how: 'as-typed' | 'spelt' | 'parts-too'): FoundByFact[] {
  const beginning = findHostsByFact(db, query, limit);
  if (beginning.length > 0 || how === 'as-typed') return beginning;
  const spelt = spellingsOf(query).flatMap((spelling) => findHostsByFact(db, spelling, limit)).slice(0, limit);
  return spelt.length === 0 && how === 'parts-too' ? findHostsByPartOfUser(db, query, limit) : spelt;
}

function withFacts(rows: readonly HostRow[], facts: readonly FoundByFact[], byName: ReadonlySet<number>): FoundHost[] {
  const first = new Map([...facts].reverse().map(({ hostId, fact, text }) => [hostId, { fact, text }]));
  return rows.map((row) => ({ ...row, foundBy: byName.has(row.hostId) ? null : (first.get(row.hostId) ?? null) }));
}

function oldNameOf(db: ReadableDatabase, hostId: number): FoundByFact | null {
  const stands = standsFor(db, hostId);
  if (stands === hostId) return null;
  const text = prepared<[number], { hostname: string }>(db, 'SELECT hostname FROM hosts WHERE host_id = ?').get(hostId)?.hostname ?? '';
  return { hostId: stands, fact: 'old-name', text };
}

interface Found { readonly ids: readonly number[]; readonly count: number }
const NOTHING_FOUND: Found = { ids: [], count: 0 };

function findByIdStart(db: ReadableDatabase, idDigits: string, limit: number): Found {
  const [low, high] = idRange(idDigits);
  const first = prepared<[Buffer, Buffer, number], { id: number }>(db, IDS_IN_RANGE).all(low, high, COUNT_LIMIT + 1).map(({ id }) => id);
  const conflicts = prepared<[Buffer, Buffer, number], { id: number }>(db, IDS_IN_CONFLICT).all(low, high, COUNT_LIMIT).map(({ id }) => id);
  const ids = [...new Set([...(first.length <= COUNT_LIMIT ? first : newestInRange(db, idDigits, limit)), ...conflicts])].sort((a, b) => b - a);
  return { ids: ids.slice(0, limit), count: Math.max(first.length, ids.length) };
}

/** Of more than are counted. One digit is a sixteenth of everything: going back from the newest record meets enough of them at once. */
function newestInRange(db: ReadableDatabase, idDigits: string, limit: number): number[] {
  const sql = idDigits.length === 1 ? NEWEST_RECORDS : NEWEST_IN_RANGE;
  return prepared<[Buffer, Buffer, number], { id: number }>(db, sql).all(...idRange(idDigits), limit).map(({ id }) => id);
}

/** An entry of key_ids counts only when the record it names has this ID (see the table). */
function readWithId(db: ReadableDatabase, { ids }: Found, idDigits: string | null): KeyCandidate[] {
  return idDigits === null ? [] : readKeyCandidates(db, ids).filter(({ keyProtectorId }) => keyProtectorId?.replaceAll('-', '').startsWith(idDigits) === true);
}

export const IDS_IN_RANGE = 'SELECT key_record_id AS id FROM key_ids WHERE key_protector_id BETWEEN ? AND ? LIMIT ?';
export const NEWEST_IN_RANGE = 'SELECT key_record_id AS id FROM key_ids WHERE key_protector_id BETWEEN ? AND ? ORDER BY key_record_id DESC LIMIT ?';
export const IDS_IN_CONFLICT = 'SELECT key_record_id AS id FROM key_records WHERE conflict = 1 AND key_protector_id BETWEEN ? AND ? ORDER BY key_protector_id LIMIT ?';
export const NEWEST_RECORDS = 'SELECT key_record_id AS id FROM key_records WHERE +key_protector_id BETWEEN ? AND ? ORDER BY key_record_id DESC LIMIT ?';

function findByName(db: ReadableDatabase, name: string, limit: number, partsToo: boolean): Found {
  const exact = prepared<[string], { id: number }>(db, HOST_BY_NAME).get(name)?.id;
  const starting = prepared<[string, string, number], { id: number }>(db, HOSTS_BY_START).all(name, `${name}\u{10ffff}`, COUNT_LIMIT + 1).map(({ id }) => id);
  const hasParts = partsToo && Array.from(name).length >= SHORTEST_PART;
  // Few are sorted here; of many, the trigram index gives the newest without reading the others.
  const byStart = starting.length <= COUNT_LIMIT || !hasParts ? starting.sort((a, b) => b - a).slice(0, limit) : findHostsByStart(db, name, limit);
  const mostParts = limit + byStart.length;
  const byPart = hasParts && byStart.length < limit ? findHostsByPart(db, name, mostParts) : null;
  const ids = [...new Set([...(exact === undefined ? [] : [exact]), ...byStart, ...(byPart ?? [])])].slice(0, limit);
  if (!hasParts) return { ids, count: Math.max(ids.length, starting.length) };
  const allParts = byPart !== null && byPart.length < mostParts; // then they are counted: most look-ups search the index once
  return { ids, count: Math.max(ids.length, allParts ? byPart.length : countHostsByPart(db, name, COUNT_LIMIT + 1)) };
}

export const HOST_BY_NAME = 'SELECT host_id AS id FROM hosts WHERE hostname = ?';
export const HOSTS_BY_START = 'SELECT host_id AS id FROM hosts WHERE hostname >= ? AND hostname < ? ORDER BY hostname LIMIT ?';

function recordsOfHosts(db: ReadableDatabase, hostIds: readonly number[], limit: number, except: ReadonlySet<number>): number[] {
  const ids: number[] = [];
  for (const hostId of hostIds) {
    if (ids.length >= limit) break;
    const own = prepared<[number, number], { id: number }>(db, RECORDS_OF_HOST).all(hostId, limit).map(({ id }) => id);
    for (const id of [...own, ...findClaimedKeys(db, hostId)]) if (!except.has(id) && !ids.includes(id)) ids.push(id);
  }
  return ids.slice(0, Math.max(0, limit));
}

export const RECORDS_OF_HOST = 'SELECT key_record_id AS id FROM key_records WHERE host_id = ? ORDER BY created_at DESC, key_record_id DESC LIMIT ?';
