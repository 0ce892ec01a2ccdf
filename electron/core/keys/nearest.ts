// When nothing is exactly what was typed: what comes nearest by what people mis-hear, mis-read and mistype. Always called a guess, never chosen.
import type { ReadableDatabase } from '../../store/database.ts';
import { alikeIds, distanceToStart } from './alike.ts';
import { findHostsByPart } from './host-search.ts';
import { idRange } from './look-up-query.ts';
import { prepared } from './prepared.ts';

/** Fewer characters of an ID are near to everything. */
const SHORTEST_ID = 6;
/** Enough to be sure among millions; more characters only mean more mistakes to try. */
const LONGEST_ID = 12;
const SHORTEST_NAME = 5;
/** A piece of a name that more hosts have says nothing; their newest are looked at. */
const HOSTS_PER_PIECE = 2000;

/**
 * @param typed What was typed, as one run of digits and letters in upper case (`parseLookUpQuery`).
 * @returns Key record IDs, likeliest first, at most `limit`.
 */
export function nearestKeyRecords(db: ReadableDatabase, typed: string, limit: number): number[] {
  if (typed.length < SHORTEST_ID) return [];
  const find = prepared<[Buffer, Buffer, number], { id: number }>(db, 'SELECT key_record_id AS id FROM key_ids WHERE key_protector_id BETWEEN ? AND ? ORDER BY key_record_id DESC LIMIT ?');
  const found = new Set<number>();
  for (const digits of alikeIds(typed.slice(0, LONGEST_ID))) {
    const [low, high] = idRange(digits);
    for (const { id } of find.all(low, high, limit)) found.add(id);
    if (found.size >= limit) break;
  }
  return [...found].slice(0, limit);
}

/**
 * @param typed In the store's case.
 * @returns Host IDs, nearest first, of equally near ones the newest; at most `limit`. A name with a mistake still has one of its pieces whole: that finds it.
 */
export function nearestHosts(db: ReadableDatabase, typed: string, limit: number): number[] {
  const allowed = typed.length < SHORTEST_NAME ? 0 : typed.length < 8 ? 1 : 2;
  if (allowed === 0) return [];
  const candidates = new Set<number>();
  for (const piece of pieces(typed)) for (const id of findHostsByPart(db, piece, HOSTS_PER_PIECE)) candidates.add(id);
  const name = prepared<[number], { hostname: string }>(db, 'SELECT hostname FROM hosts WHERE host_id = ?');
  const near = [...candidates].flatMap((id) => {
    const cost = distanceToStart(typed, name.get(id)?.hostname ?? '', allowed);
    return cost === Infinity ? [] : [{ id, cost }];
  });
  return near.sort((one, other) => one.cost - other.cost || other.id - one.id).slice(0, limit).map(({ id }) => id);
}

/** Three characters at every second place: two mistakes spoil at most some of them. */
function pieces(typed: string): string[] {
  const length = typed.length >= 10 ? 4 : 3;
  const starts = Array.from({ length: Math.floor((typed.length - length) / 2) + 1 }, (_, index) => index * 2);
  return [...new Set([...starts, typed.length - length].map((start) => typed.slice(start, start + length)))];
}
