// When nothing is exactly what was typed: what comes nearest by what people mis-hear, mis-read and mistype. Always called a guess, never chosen.
import type { ReadableDatabase } from '../../store/database.ts';
import { findHostsByFact, someFactBeginsWith, type FoundByFact } from '../hosts/host-facts-search.ts';
import { plainOf } from '../hosts/spelling.ts';
import { alikeIds, alikeTexts, distanceToStart } from './alike.ts';
import { findHostsByPart } from './host-search.ts';
import { idRange } from './look-up-query.ts';
import { prepared } from './prepared.ts';

/** Fewer characters of an ID are near to everything. */
const SHORTEST_ID = 6;
/** Enough to be sure among millions; more characters only mean more mistakes to try. */
const LONGEST_ID = 12;
const SHORTEST_NAME = 5;
/** Of a serial number, an asset tag, a user. */
const SHORTEST_FACT = 5;
const LONGEST_FACT = 12;
/** Of some hundred labels that one may have been, hardly any begins as one that is there: what does not is not looked for. */
const HEADS = [4, 8];
/** Of more hosts with a piece of a name, the newest. */
const HOSTS_PER_PIECE = 2000;
/** Hosts whose names are compared, those first that share the most and the rarest pieces: 5 ms. */
const MOST_COMPARED = 500;
/** A name with one mistake that people make, or two neighbours swapped, has fewer variants. */
const MOST_VARIANTS = 80;

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
 * @returns Nearest first, of equally near ones the newest; at most `limit`. `cost` 0: it is that name, or a part of it, whatever stands between its characters.
 *          One mistake that people make is found among any number of hosts; of others, a piece that is still whole finds the name.
 */
export function nearestHosts(db: ReadableDatabase, typed: string, limit: number): { readonly id: number; readonly cost: number }[] {
  const plain = plainOf(typed);
  const allowed = plain.length < SHORTEST_NAME ? 0 : plain.length < 8 ? 1 : 2;
  if (allowed === 0) return [];
  /** How much a host's name has in common with what was typed, for all that is known before it is read. */
  const shared = new Map<number, number>();
  const share = (ids: readonly number[]): void => { for (const id of ids) shared.set(id, (shared.get(id) ?? 0) + 1 / ids.length); };
  for (const piece of new Set([...pieces(typed), ...pieces(plain)])) share(findHostsByPart(db, piece, HOSTS_PER_PIECE));
  const beginning = prepared<[string, string, number], { id: number }>(db, 'SELECT host_id AS id FROM hosts WHERE hostname >= ? AND hostname < ? ORDER BY hostname LIMIT ?');
  for (const variant of alikeTexts(typed).slice(0, MOST_VARIANTS)) share(beginning.all(variant, `${variant}\u{10ffff}`, limit).map(({ id }) => id));
  const candidates = [...shared].sort(([one, oneShares], [other, otherShares]) => otherShares - oneShares || other - one).slice(0, MOST_COMPARED);
  const name = prepared<[number], { hostname: string }>(db, 'SELECT hostname FROM hosts WHERE host_id = ?');
  const near = candidates.flatMap(([id]) => {
    const known = plainOf(name.get(id)?.hostname ?? '');
    const cost = known.includes(plain) ? 0 : distanceToStart(plain, known, allowed);
    return cost === Infinity ? [] : [{ id, cost }];
  });
  return near.sort((one, other) => one.cost - other.cost || other.id - one.id).slice(0, limit);
}

/**
 * @param typed As typed.
 * @returns Hosts whose serial number, asset tag or user begins with what it may have been taken for, likeliest first, at most `limit`.
 */
export function nearestByFact(db: ReadableDatabase, typed: string, limit: number): FoundByFact[] {
  const text = typed.trim();
  const found: FoundByFact[] = [];
  for (const said of new Set([text, plainOf(text)])) {
    if (said.length < SHORTEST_FACT) continue;
    for (const other of thatMayBe(db, alikeTexts(said.slice(0, LONGEST_FACT)))) {
      found.push(...findHostsByFact(db, other + said.slice(LONGEST_FACT), limit).filter(({ hostId }) => !found.some((one) => one.hostId === hostId)));
      if (found.length >= limit) return found.slice(0, limit);
    }
  }
  return found;
}

function thatMayBe(db: ReadableDatabase, labels: readonly string[]): readonly string[] {
  return HEADS.reduce((left, length) => {
    const known = new Map<string, boolean>();
    const isKnown = (head: string): boolean => {
      const answer = known.get(head) ?? someFactBeginsWith(db, head);
      known.set(head, answer);
      return answer;
    };
    return left.filter((label) => isKnown(label.slice(0, length)));
  }, labels);
}

/** Three characters at every second place: two mistakes spoil at most some of them. */
function pieces(typed: string): string[] {
  const length = typed.length >= 10 ? 4 : 3;
  const starts = Array.from({ length: Math.floor((typed.length - length) / 2) + 1 }, (_, index) => index * 2);
  return [...new Set([...starts, typed.length - length].map((start) => typed.slice(start, start + length)))];
}
