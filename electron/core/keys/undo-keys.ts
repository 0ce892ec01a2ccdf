// The key records of an import that is undone.
import type { StayedBecause } from '../codes.ts';
import { openWithdrawEvidence } from '../rotation/evidence.ts';
import { formatKeyProtectorId } from './import-report.ts';
import { inSlices } from './slices.ts';
import type { Undo } from './undo-import.ts';

interface Row {
  key_record_id: number; key_protector_id: Buffer | null; host_id: number | null; hostname: string | null; page_id: number; conflict: number; import_file_id: number; source_row: number;
  disclosed: number; on_medium: number;
}

/** @returns Yields between transactions of about 15 ms. */
export function* undoKeys(undo: Undo): Generator<void> {
  const { db, importId, removed } = undo;
  const OWN_FILES = '(SELECT import_file_id FROM import_files WHERE import_id = :importId)';
  const last = db.prepare<[], { n: number | null }>('SELECT max(key_record_id) AS n FROM key_records').get()?.n ?? 0;
  const find = db.prepare<unknown[], Row>(
    `SELECT k.key_record_id, k.key_protector_id, k.host_id, h.hostname, k.page_id, k.conflict, k.import_file_id, k.source_row,
            EXISTS (SELECT 1 FROM disclosures d WHERE d.key_record_id = k.key_record_id) AS disclosed,
            EXISTS (SELECT 1 FROM media_members m WHERE m.key_record_id = k.key_record_id) AS on_medium
       FROM key_records k LEFT JOIN hosts h ON h.host_id = k.host_id
      WHERE k.key_record_id > :from AND k.key_record_id <= :to AND k.import_file_id IN ${OWN_FILES}`,
  );
  // A further source: noted for the record, or (the same file brought again is not noted, see stored-keys.ts) a file of the same name that found it unchanged.
  const otherSource = db.prepare<unknown[], { import_file_id: number; source_row: number }>(
    `SELECT s.import_file_id, s.source_row FROM key_record_sources s JOIN import_files f USING (import_file_id) JOIN imports i USING (import_id)
      WHERE s.key_record_id = :record AND i.import_id <> :importId AND i.undone_at IS NULL
     UNION ALL
     SELECT f.import_file_id, :row FROM import_files own JOIN import_files f ON f.name = own.name JOIN imports i ON i.import_id = f.import_id
      WHERE own.import_file_id = :file AND f.import_id <> :importId AND i.undone_at IS NULL AND f.unchanged > 0 LIMIT 1`,
  );
  const moveSource = db.prepare('UPDATE key_records SET import_file_id = ?, source_row = ? WHERE key_record_id = ?');
  const dropSource = db.prepare('DELETE FROM key_record_sources WHERE key_record_id = ? AND import_file_id = ? AND source_row = ?');
  const dropSources = db.prepare('DELETE FROM key_record_sources WHERE key_record_id = ?');
  const drop = db.prepare('DELETE FROM key_records WHERE key_record_id = ?');
  const rivals = db.prepare<[Buffer], { id: number }>('SELECT key_record_id AS id FROM key_records WHERE conflict = 1 AND key_protector_id = ? ORDER BY key_record_id');
  const settle = db.prepare('UPDATE key_records SET conflict = 0 WHERE key_record_id = ?');
  const forget = db.prepare('DELETE FROM key_ids WHERE key_protector_id = ? AND key_record_id = ?');
  const point = db.prepare('UPDATE key_ids SET key_record_id = ? WHERE key_protector_id = ? AND key_record_id = ?');
  const withdrawEvidence = openWithdrawEvidence(db);
  const pages = new Set<number>();

  function remove(row: Row): void {
    dropSources.run(row.key_record_id);
    withdrawEvidence(row.key_record_id);
    if (drop.run(row.key_record_id).changes !== 1) throw new Error(`key record ${row.key_record_id} was not there`);
    removed.keyRecords += 1;
    pages.add(row.page_id);
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
    const other = otherSource.get({ record: row.key_record_id, importId, row: row.source_row, file: row.import_file_id });
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
  yield* dropEmptyPages(undo, [...pages]);
}

/** This import as a further source of records that others brought. A note stands under the first file of a name: it passes on to the next import of a file of that name. */
function* dropOwnSources({ db, importId }: Undo): Generator<void> {
  const files = db.prepare<[number], { id: number; name: string }>('SELECT import_file_id AS id, name FROM import_files WHERE import_id = ?').all(importId);
  const heir = db.prepare<unknown[], { id: number }>(
    `SELECT f.import_file_id AS id FROM import_files f JOIN imports i USING (import_id)
      WHERE f.name = ? AND f.import_id <> ? AND i.undone_at IS NULL AND f.unchanged > 0 ORDER BY f.import_file_id LIMIT 1`,
  );
  const pass = db.prepare('UPDATE OR IGNORE key_record_sources SET import_file_id = :heir WHERE import_file_id = :file AND key_record_id > :from AND key_record_id <= :to');
  const drop = db.prepare('DELETE FROM key_record_sources WHERE import_file_id = :file AND key_record_id > :from AND key_record_id <= :to');
  const last = db.prepare<[], { n: number | null }>('SELECT max(key_record_id) AS n FROM key_record_sources').get()?.n ?? 0;
  if (files.length === 0) return;
  const owners = files.map(({ id, name }) => ({ file: id, heir: heir.get(name, importId)?.id ?? null }));
  yield* inSlices(db, last, (from, to) => {
    for (const owner of owners) {
      if (owner.heir !== null) pass.run({ heir: owner.heir, file: owner.file, from, to });
      drop.run({ file: owner.file, from, to });
    }
  });
}

/** A page stays as long as a record is on it: single passwords can not be taken out without key 2. */
function* dropEmptyPages({ db, removed }: Undo, pages: readonly number[]): Generator<void> {
  if (pages.length === 0) return;
  const used = new Set<number>();
  const candidates = new Set(pages);
  const last = db.prepare<[], { n: number | null }>('SELECT max(key_record_id) AS n FROM key_records').get()?.n ?? 0;
  const pagesOf = db.prepare<[number, number], { page_id: number }>('SELECT DISTINCT page_id FROM key_records WHERE key_record_id > ? AND key_record_id <= ?');
  yield* inSlices(db, last, (from, to) => {
    for (const { page_id } of pagesOf.all(from, to)) if (candidates.has(page_id)) used.add(page_id);
  });
  const drop = db.prepare<[number], { data_key_id: number }>('DELETE FROM sealed_pages WHERE page_id = ? RETURNING data_key_id');
  const empty = pages.filter((page) => !used.has(page));
  const dataKeys = new Set<number>();
  yield* inSlices(db, empty.length, (from, to) => {
    for (const page of empty.slice(from, to)) {
      const gone = drop.get(page);
      if (gone === undefined) continue;
      removed.pages += 1;
      dataKeys.add(gone.data_key_id);
    }
  });
  const left = new Set(db.prepare<[], { id: number }>('SELECT DISTINCT data_key_id AS id FROM sealed_pages').all().map(({ id }) => id));
  const dropKey = db.prepare('DELETE FROM data_keys WHERE data_key_id = ?');
  yield* inSlices(db, 1, () => { for (const id of dataKeys) if (!left.has(id)) dropKey.run(id); });
}
