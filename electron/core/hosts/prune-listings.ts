// Keeps what lists of hosts said within bounds: the newest lists whole, and of older ones just enough to know that a host was ever listed.
import type { Database } from '../../store/database.ts';
import { inSlices } from '../keys/slices.ts';

/** As many lists as can be chosen on the screen, and as many lines as a fleet of 100,000 has in twenty. */
const LISTING_BOUNDS = { lists: 100, rows: 2_000_000 } as const;
/** Two lists are held against each other, however long they are. */
const LEAST_LISTS = 2;

/** Lists with lines, newest first, one look-up each. */
const LISTS = `WITH RECURSIVE list (id) AS (
    SELECT max(import_file_id) FROM host_listings
    UNION ALL SELECT (SELECT max(import_file_id) FROM host_listings WHERE import_file_id < list.id) FROM list WHERE list.id IS NOT NULL)
  SELECT list.id, f.imported + f.unchanged AS rows, f.listings_pruned_at IS NOT NULL AS pruned FROM list JOIN import_files f ON f.import_file_id = list.id ORDER BY list.id DESC`;

/** @returns Yields between transactions. Rows: host_listings, import_files. A pruned list is offered no more (reconcile.ts). */
export function* pruneListings(db: Database, at: string, bounds: { readonly lists: number; readonly rows: number } = LISTING_BOUNDS): Generator<void> {
  const all = db.prepare<[], { id: number; rows: number; pruned: number }>(LISTS).all();
  let rows = 0;
  const tooMany = all.filter(({ pruned }) => pruned === 0).filter((list, place) => {
    rows += list.rows;
    return place >= LEAST_LISTS && (place >= bounds.lists || rows > bounds.rows);
  });
  if (tooMany.length === 0) return;
  const last = db.prepare<[], { n: number | null }>('SELECT max(host_id) AS n FROM host_listings').get()?.n ?? 0;
  const mark = db.prepare('UPDATE import_files SET listings_pruned_at = ? WHERE import_file_id = ?');
  // The newest line of a host stays, whichever list it is of: whoever was never listed was found in the field.
  const drop = db.prepare(
    `DELETE FROM host_listings AS l WHERE import_file_id = ? AND host_id > ? AND host_id <= ? AND EXISTS (SELECT 1 FROM host_listings newer WHERE newer.host_id = l.host_id AND newer.import_file_id > l.import_file_id)`,
  );
  for (const { id } of tooMany) mark.run(at, id); // first: a list that is cut short is never offered
  // What was left of lists pruned before may have been said again since.
  for (const { id } of [...tooMany, ...all.filter(({ pruned }) => pruned === 1)]) {
    yield* inSlices(db, last, (from, to) => { drop.run(id, from, to); });
  }
}
