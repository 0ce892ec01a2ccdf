// The LAPS passwords of an import that is undone: the same rules as for its key records.
import { inSlices } from '../keys/slices.ts';
import type { Undo } from '../keys/undo-import.ts';
import { withdrawLapsEvidence } from './laps-evidence.ts';

interface Row { readonly id: number; readonly hostname: string; readonly disclosed: number; readonly own: number }

/** @returns Yields between transactions. Rows: laps_passwords, laps_password_sources, laps_rotations. What was disclosed, or came from elsewhere too, stays. */
export function* undoLaps(undo: Undo): Generator<void> {
  const { db, importId, removed } = undo;
  const isOwn = (file: string): string => `EXISTS (SELECT 1 FROM import_files f WHERE f.import_file_id = ${file} AND f.import_id = :importId)`;
  const rows = db.prepare<unknown[], Row>(
    `SELECT p.laps_password_id AS id, h.hostname, EXISTS (SELECT 1 FROM disclosures d WHERE d.laps_password_id = p.laps_password_id) AS disclosed, ${isOwn('p.import_file_id')} AS own
       FROM laps_passwords p JOIN hosts h ON h.host_id = p.host_id
      WHERE EXISTS (SELECT 1 FROM laps_password_sources s WHERE s.laps_password_id = p.laps_password_id AND ${isOwn('s.import_file_id')})`,
  ).all({ importId });
  const dropSources = db.prepare(`DELETE FROM laps_password_sources WHERE laps_password_id = :id AND ${isOwn('laps_password_sources.import_file_id')}`);
  const other = db.prepare<[number], { file: number; row: number }>(
    `SELECT s.import_file_id AS file, s.source_row AS row FROM laps_password_sources s JOIN import_files f USING (import_file_id) JOIN imports i USING (import_id)
      WHERE s.laps_password_id = ? AND i.undone_at IS NULL ORDER BY s.import_file_id, s.source_row LIMIT 1`,
  );
  const moveSource = db.prepare('UPDATE laps_passwords SET import_file_id = ?, source_row = ? WHERE laps_password_id = ?');
  const drop = db.prepare('DELETE FROM laps_passwords WHERE laps_password_id = ?');
  const settle = db.prepare(`UPDATE laps_passwords AS p SET conflict = 0 WHERE conflict = 1 AND host_id = (SELECT host_id FROM laps_passwords WHERE laps_password_id = :id)
    AND (SELECT count(*) FROM laps_passwords o WHERE o.host_id = p.host_id AND o.conflict = 1 AND o.laps_password_id <> :id) <= 1`);
  yield* inSlices(db, rows.length, (from, to) => {
    for (const { id, hostname, disclosed, own } of rows.slice(from, to)) {
      if (own === 0) {
        dropSources.run({ id, importId });
        continue;
      }
      if (disclosed === 1) {
        undo.stay('keys', { keyProtectorId: null, hostname, because: 'disclosed' });
        continue;
      }
      dropSources.run({ id, importId });
      const source = other.get(id);
      if (source !== undefined) {
        moveSource.run(source.file, source.row, id);
        undo.stay('keys', { keyProtectorId: null, hostname, because: 'other-source' });
        continue;
      }
      withdrawLapsEvidence(db, id);
      settle.run({ id });
      if (drop.run(id).changes !== 1) throw new Error(`LAPS password ${id} was not there`);
      removed.lapsPasswords += 1;
    }
  });
}
