// Parts of host names: which hosts have them, newest first. The trigram index is filled in the order of host_id, so how far it has come is one number.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { prepared } from './prepared.ts';
import { inSlices } from './slices.ts';

/** Shorter parts have no trigram. */
export const SHORTEST_PART = 3;

/** Hosts beyond the index: so many are looked through in a third of a millisecond. Filled more often, it falls into pieces that are written again when they are merged. */
export const FEW_BEYOND = 1024;

/** Takes hosts into the index that are not in it, unless they are few: those are found all the same. Call it in the transaction that made them. Rows: hosts_search. */
export function indexHostnames(db: Database, few = 0): void {
  const from = indexedTo(db);
  const last = prepared<[], { n: number | null }>(db, 'SELECT max(host_id) AS n FROM hosts').get()?.n ?? 0;
  if (last - from > few) prepared(db, 'INSERT INTO hosts_search (rowid, hostname) SELECT host_id, hostname FROM hosts WHERE host_id > ? ORDER BY host_id').run(from);
}

/** Takes all hosts into the index, and merges what an import left in many small pieces: a search then reads a few. Yields between transactions. */
export function* mergeHostSearch(db: Database): Generator<void> {
  const merge = prepared(db, `INSERT INTO hosts_search (hosts_search, rank) VALUES ('merge', ${MERGE_PAGES})`);
  const written = prepared<[], { n: number }>(db, 'SELECT total_changes() AS n');
  yield* inSlices(db, 1, () => { indexHostnames(db); });
  for (let changed = MERGE_PAGES; changed >= 2;) {
    yield* inSlices(db, 1, () => {
      const before = written.get()?.n ?? 0;
      merge.run();
      changed = (written.get()?.n ?? 0) - before;
    });
  }
}

/**
 * @param part In the store's case, three characters and more.
 * @returns Host IDs whose names hold it, newest first, at most `limit`.
 */
export function findHostsByPart(db: ReadableDatabase, part: string, limit: number): number[] {
  return search(db, quote(part), limit, 'instr(hostname, @part) > 0', part);
}

/** The same for names that begin with it. */
export function findHostsByStart(db: ReadableDatabase, part: string, limit: number): number[] {
  return search(db, `^ ${quote(part)}`, limit, 'substr(hostname, 1, length(@part)) = @part', part);
}

/** @returns How many hosts have it, at most `limit`. */
export function countHostsByPart(db: ReadableDatabase, part: string, limit: number): number {
  const tail = newest(db, 'instr(hostname, @part) > 0', part, limit).length;
  const indexed = prepared<[string, number], { n: number }>(db, 'SELECT count(*) AS n FROM (SELECT 1 FROM hosts_search WHERE hosts_search MATCH ? LIMIT ?)').get(quote(part), limit)?.n ?? 0;
  return Math.min(limit, tail + indexed);
}

function search(db: ReadableDatabase, match: string, limit: number, condition: string, part: string): number[] {
  const tail = newest(db, condition, part, limit);
  // By rowid, backwards: FTS5 needs no sort for that and stops at the limit, even when every name has the part.
  const indexed = prepared<[string, number], { rowid: number }>(db, 'SELECT rowid FROM hosts_search WHERE hosts_search MATCH ? ORDER BY rowid DESC LIMIT ?').all(match, limit - tail.length);
  return [...tail, ...indexed.map(({ rowid }) => rowid)];
}

/** Hosts made since the index was filled last: few, so they are looked through. */
function newest(db: ReadableDatabase, condition: string, part: string, limit: number): number[] {
  return prepared<[{ part: string; indexed: number; limit: number }], { host_id: number }>(db, `SELECT host_id FROM hosts WHERE host_id > @indexed AND ${condition} ORDER BY host_id DESC LIMIT @limit`)
    .all({ part, indexed: indexedTo(db), limit }).map(({ host_id }) => host_id);
}

const indexedTo = (db: ReadableDatabase): number => prepared<[], { n: number | null }>(db, 'SELECT max(id) AS n FROM hosts_search_docsize').get()?.n ?? 0;

/** A phrase: what stands between the quotation marks is text and never an operator of the query language. */
const quote = (part: string): string => `"${part.replaceAll('"', '""')}"`;

/** About 15 ms of work. */
const MERGE_PAGES = 64;
