// The keys that an undone import had named without their recovery passwords. What another list says of them stays; so does a key record's device, as every fact added to a record of others.
import type { Undo } from './undo-import.ts';

const STEP = 2000;

/** @returns Yields between transactions. Rows: listed_keys. */
export function* undoListedKeys({ db, importId, removed }: Undo): Generator<void> {
  const drop = db.prepare(`DELETE FROM listed_keys WHERE (key_protector_id, import_file_id) IN (
    SELECT key_protector_id, import_file_id FROM listed_keys WHERE import_file_id IN (SELECT import_file_id FROM import_files WHERE import_id = ?) LIMIT ${STEP})`);
  for (let gone = STEP; gone === STEP;) {
    gone = drop.run(importId).changes;
    removed.listedKeys += gone;
    yield;
  }
}
