// An import writes the file, the pages and the records of its keys, in that order; nobody else writes records of keys. SQLite looked the file and the page up for each of a million records
// all the same, a fifth of what a record took, and through all records for a file or a page that went. That every record still has both is tested (import-model.test.ts).
import type { Database } from '../connections.ts';

/** @source https://sqlite.org/lang_altertable.html: constraints may be taken out of the text of a table, which leaves its rows as they are. */
export function recordsOfAnImport(db: Database): void {
  db.unsafeMode(true); // or SQLite refuses to have its own table written
  try {
    db.pragma('writable_schema = ON');
    const { changes } = db.prepare(`UPDATE sqlite_master SET sql = replace(replace(sql, ' REFERENCES import_files', ''), ' REFERENCES sealed_pages', '') WHERE type = 'table' AND name = 'key_records'`).run();
    db.pragma('writable_schema = RESET'); // off, and the tables are read anew
    if (changes !== 1) throw new Error('there is no table of key records');
  } finally {
    db.unsafeMode(false);
  }
}
