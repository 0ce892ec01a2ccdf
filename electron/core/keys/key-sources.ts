// Where a key record came from: a key that several sources name is kept once, with the file and row of each.
import type { ReadableDatabase } from '../../store/database.ts';
import { prepared } from './prepared.ts';

/** A row of a file that names the key. `kind`: what the file was taken for; `importedAt`: when its import began. */
export interface KeySourceRow { readonly source: string; readonly sourceRow: number; readonly kind: string; readonly importedAt: string }

/** SQL: when the import began that a key record came in with. Its alias is `k`. */
export const KEY_IMPORTED_AT = '(SELECT i.started_at FROM import_files f JOIN imports i ON i.import_id = f.import_id WHERE f.import_file_id = k.import_file_id)';

/** Two look-ups by primary key: no index of key_records is needed for it. */
const SOURCES_OF_RECORD = `
  SELECT f.name AS source, k.source_row AS sourceRow, f.kind, i.started_at AS importedAt, 0 AS rank, f.import_file_id AS file
    FROM key_records k JOIN import_files f ON f.import_file_id = k.import_file_id JOIN imports i ON i.import_id = f.import_id WHERE k.key_record_id = @record
  UNION ALL
  SELECT f.name, s.source_row, f.kind, i.started_at, 1, f.import_file_id
    FROM key_record_sources s JOIN import_files f ON f.import_file_id = s.import_file_id JOIN imports i ON i.import_id = f.import_id WHERE s.key_record_id = @record
  ORDER BY rank, file, sourceRow`;

/** @returns The source it came from first, then the others as they came. The same file brought again is no further source. */
export function listSourcesOf(db: ReadableDatabase, keyRecordId: number): KeySourceRow[] {
  return prepared<[{ record: number }], KeySourceRow & { rank: number; file: number }>(db, SOURCES_OF_RECORD).all({ record: keyRecordId })
    .map(({ source, sourceRow, kind, importedAt }) => ({ source, sourceRow, kind, importedAt }));
}
