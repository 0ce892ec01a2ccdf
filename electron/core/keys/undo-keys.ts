// The key records of an import that is undone.
import type { Database } from '../../store/database.ts';
import type { StayedBecause } from '../codes.ts';
import { openWithdrawEvidence } from '../rotation/evidence.ts';
import { formatKeyProtectorId } from './import-report.ts';
import { inSlices } from './slices.ts';
import type { Undo } from './undo-import.ts';

interface Row {
  key_record_id: number; key_protector_id: Buffer | null; host_id: number | null; hostname: string | null; conflict: number; file_name: string; source_row: number;
  disclosed: number; on_medium: number;
}

/** @returns Yields between transactions of about 15 ms; the pages of what went stay until `dropEmptyPages`. */
export function* undoKeys(undo: Undo): Generator<void> {
  const { db, importId, removed } = undo;
  const last = db.prepare<[], { n: number | null }>('SELECT max(key_record_id) AS n FROM key_records').get()?.n ?? 0;
  const find = db.prepare<unknown[], Row>(
    `SELECT k.key_record_id, k.key_protector_id, k.host_id, h.hostname, k.conflict, f.name AS file_name, k.source_row,
            EXISTS (SELECT 1 FROM disclosures d WHERE d.key_record_id = k.key_record_id) AS disclosed,
            EXISTS (SELECT 1 FROM media_members m WHERE m.key_record_id = k.key_record_id) AS on_medium
       FROM key_records k JOIN import_files f ON f.import_file_id = k.import_file_id LEFT JOIN hosts h ON h.host_id = k.host_id
      WHERE k.key_record_id > :from AND k.key_record_id <= :to AND f.import_id = :importId ORDER BY k.key_record_id`,
  );
  const notedSource = db.prepare<unknown[], Source>(
    `SELECT s.import_file_id, s.source_row FROM key_record_sources s JOIN import_files f USING (import_file_id) JOIN imports i USING (import_id)
      WHERE s.key_record_id = :record AND i.import_id <> :importId AND i.undone_at IS NULL LIMIT 1`,
  );
  const heirOf = openHeirs(undo);
  const moveSource = db.prepare('UPDATE key_records SET import_file_id = ?, source_row = ? WHERE key_record_id = ?');
  const dropSource = db.prepare('DELETE FROM key_record_sources WHERE key_record_id = ? AND import_file_id = ? AND source_row = ?');
  const dropSources = db.prepare('DELETE FROM key_record_sources WHERE key_record_id = ?');
  const drop = db.prepare('DELETE FROM key_records WHERE key_record_id = ?');
  const rivals = db.prepare<[Buffer], { id: number }>('SELECT key_record_id AS id FROM key_records WHERE conflict = 1 AND key_protector_id = ? ORDER BY key_record_id');
  const settle = db.prepare('UPDATE key_records SET conflict = 0 WHERE key_record_id = ?');
  const forget = db.prepare('DELETE FROM key_ids WHERE key_protector_id = ? AND key_record_id = ?');
  const point = db.prepare('UPDATE key_ids SET key_record_id = ? WHERE key_protector_id = ? AND key_record_id = ?');
  const withdrawEvidence = openWithdrawEvidence(db);

  function remove(row: Row): void {
    dropSources.run(row.key_record_id);
    withdrawEvidence(row.key_record_id);
    if (drop.run(row.key_record_id).changes !== 1) throw new Error(`key record ${row.key_record_id} was not there`);
    removed.keyRecords += 1;
    if (row.host_id !== null) undo.lostKey.add(row.host_id);
    const id = row.key_protector_id;
    if (id === null) return;
    const left = row.conflict === 1 ? rivals.all(id) : [];
    const [first] = left;
    if (first === undefined) forget.run(id, row.key_record_id);
    else {
      point.run(first.id, id, row.key_record_id);
      if (left.length === 1) {
        settle.run(first.id);
        undo.conflictsSettled += 1;
      }
    }
  }

  function judge(row: Row): void {
    const other = notedSource.get({ record: row.key_record_id, importId }) ?? heirOf(row.file_name, row.source_row);
    const because: StayedBecause | null = row.disclosed === 1 ? 'disclosed' : row.on_medium === 1 ? 'on-medium' : other === undefined ? null : 'other-source';
    if (because === null) return remove(row);
    if (other !== undefined) {
      dropSource.run(row.key_record_id, other.import_file_id, other.source_row);
      moveSource.run(other.import_file_id, other.source_row, row.key_record_id);
    }
    undo.stay('keys', { keyProtectorId: formatKeyProtectorId(row.key_protector_id?.toString('hex').toUpperCase() ?? null), hostname: row.hostname, because });
  }

  yield* inSlices(db, last, (from, to) => find.all({ from, to, importId }).forEach(judge));
  yield* dropOwnSources(undo);
}

interface Source { readonly import_file_id: number; readonly source_row: number }

/** The next import's file of the same name that found its rows unchanged: the same file brought again is not noted as a source (stored-keys.ts). Asked for once for each name: of 100,000 files all may have one. */
function openHeirs({ db, importId }: Undo): (name: string, sourceRow: number) => Source | undefined {
  const find = db.prepare<unknown[], { id: number }>(
    `SELECT f.import_file_id AS id FROM import_files f JOIN imports i USING (import_id)
      WHERE f.name = ? AND f.import_id <> ? AND i.undone_at IS NULL AND f.unchanged > 0 ORDER BY f.import_file_id LIMIT 1`,
  );
  const known = new Map<string, number | null>();
  return (name, sourceRow) => {
    let heir = known.get(name);
    if (heir === undefined) known.set(name, heir = find.get(name, importId)?.id ?? null);
    return heir === null ? undefined : { import_file_id: heir, source_row: sourceRow };
  };
}

/** This import as a further source of records that others brought. A note stands under the first file of a name: it passes on to the next import of a file of that name. */
function* dropOwnSources(undo: Undo): Generator<void> {
  const { db, importId } = undo;
  const last = db.prepare<[], { n: number | null }>('SELECT max(key_record_id) AS n FROM key_record_sources').get()?.n ?? 0;
  const find = db.prepare<[number, number, number], Source & { key_record_id: number; name: string }>(
    'SELECT s.key_record_id, s.import_file_id, s.source_row, f.name FROM key_record_sources s JOIN import_files f USING (import_file_id) WHERE s.key_record_id > ? AND s.key_record_id <= ? AND f.import_id = ?',
  );
  const pass = db.prepare('INSERT OR IGNORE INTO key_record_sources (key_record_id, import_file_id, source_row) VALUES (?, ?, ?)');
  const drop = db.prepare('DELETE FROM key_record_sources WHERE key_record_id = ? AND import_file_id = ? AND source_row = ?');
  const heirOf = openHeirs(undo);
  yield* inSlices(db, last, (from, to) => {
    for (const { key_record_id: record, import_file_id: file, source_row: row, name } of find.all(from, to, importId)) {
      const heir = heirOf(name, row);
      if (heir !== undefined) pass.run(record, heir.import_file_id, row);
      drop.run(record, file, row);
    }
  });
}

/**
 * Drops the pages no record is on any more, and the data keys no page is under: what an undo that was broken off has left, too.
 * A page stays as long as a record is on it: single passwords can not be taken out without key 2.
 *
 * @returns Yields between transactions. Rows: sealed_pages, data_keys.
 */
export function* dropEmptyPages({ db, removed }: Undo): Generator<void> {
  const pages = db.prepare<[], { id: number }>('SELECT page_id AS id FROM sealed_pages').all(); // before their records are looked through: what comes in meanwhile is on pages of its own
  const used = new Set<number>();
  for (const [table, id] of [['key_records', 'key_record_id'], ['laps_passwords', 'laps_password_id']] as const) {
    const last = db.prepare<[], { n: number | null }>(`SELECT max(${id}) AS n FROM ${table}`).get()?.n ?? 0;
    const pagesOf = db.prepare<[number, number], { page_id: number }>(`SELECT DISTINCT page_id FROM ${table} WHERE ${id} > ? AND ${id} <= ?`);
    yield* inSlices(db, last, (from, to) => { for (const { page_id } of pagesOf.all(from, to)) used.add(page_id); });
  }
  const empty = pages.flatMap(({ id }) => (used.has(id) ? [] : [id]));
  const drop = db.prepare('DELETE FROM sealed_pages WHERE page_id = ?');
  yield* withoutForeignKeys(db, inSlices(db, empty.length, (from, to) => { for (const page of empty.slice(from, to)) removed.pages += drop.run(page).changes; }));
  if (empty.length > 0) yield* inSlices(db, 1, () => { db.prepare('DELETE FROM data_keys WHERE data_key_id NOT IN (SELECT data_key_id FROM sealed_pages)').run(); });
}

/** For rows that are known to be referred to by none: for each that goes, SQLite would look through all LAPS passwords once more. */
function* withoutForeignKeys(db: Database, steps: Generator<void>): Generator<void> {
  for (;;) {
    db.pragma('foreign_keys = OFF'); // between transactions only, and never while others have their turn
    try {
      if (steps.next().done === true) return;
    } finally {
      db.pragma('foreign_keys = ON');
    }
    yield;
  }
}
