import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { latestVersion, migrate } from '../../electron/store/migrations.ts';

describe('migrations', () => {
  it('keeps the imports of a desk from before imports could be undone', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 1);
    db.prepare("INSERT INTO imports (operator, started_at, finished_at) VALUES ('first', '2024-07-20T12:00:00.000Z', NULL)").run();
    migrate(db, 1);
    expect(db.pragma('user_version', { simple: true })).toBe(latestVersion);
    expect(db.prepare('SELECT operator, started_at, finished_at, undone_at, undone_by FROM imports').all())
      .toEqual([{ operator: 'first', started_at: '2024-07-20T12:00:00.000Z', finished_at: null, undone_at: null, undone_by: null }]);
  });

  it('keeps the key records of a desk from before keys could be tested, and finds them by their host', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 2);
    db.exec(`INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'first', '2024-07-20T12:00:00.000Z');
      INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'keys.csv', 'keys.csv', 'keys-csv');
      INSERT INTO hosts (host_id, hostname, created_at, state_at) VALUES (1, 'A', '2024-07-20T12:00:00.000Z', '2024-07-20T12:00:00.000Z');
      INSERT INTO data_keys VALUES (1, x'00'); INSERT INTO sealed_pages VALUES (1, 1, zeroblob(16), x'00');
      INSERT INTO key_records (host_id, imported_at, import_file_id, source_row, page_id, place, fingerprint) VALUES (1, '2024-07-20T12:00:00.000Z', 1, 2, 1, 0, zeroblob(16));`);
    migrate(db, 2);
    expect(db.prepare('SELECT host_id, source_row, tested_at, entra_device_id FROM key_records INDEXED BY key_records_by_host WHERE host_id = 1').all()).toEqual([{ host_id: 1, source_row: 2, tested_at: null, entra_device_id: null }]);
    expect(db.prepare('SELECT count(*) AS n FROM host_listings').get()).toEqual({ n: 0 });
  });
});
