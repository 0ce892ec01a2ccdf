import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { latestVersion, migrate } from '../../electron/store/migrations.ts';

describe('migrations', () => {
  it('keep what a desk knew of its hosts as their first IDs, and find the keys of a device whether they have a host or not', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 10);
    db.exec(`INSERT INTO hosts (host_id, hostname, created_at, state_at, serial_number, entra_device_id, dns_name) VALUES (1, 'A', 'a', 'a', ' 5cg1 ', '5EF0A1C2-0000-4000-9000-000000000001', 'a.corp.example'), (2, 'B', 'a', 'a', 'x', NULL, NULL)`);
    migrate(db, 10);
    expect(db.prepare('SELECT kind, value, host_id AS host, first_file_id AS file FROM host_ids ORDER BY kind').all()).toEqual([
      { kind: 'dns-name', value: 'a.corp.example', host: 1, file: null }, { kind: 'entra-device-id', value: '5EF0A1C2-0000-4000-9000-000000000001', host: 1, file: null }, { kind: 'serial-number', value: '5CG1', host: 1, file: null },
    ]);
    expect(JSON.stringify(db.prepare("EXPLAIN QUERY PLAN SELECT * FROM key_records WHERE entra_device_id = 'x'").all())).toContain('key_records_of_device');
  });

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

  it('make the rotation of everything that was disclosed before due, with the risk it had', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 3);
    const record = "(host_id, imported_at, import_file_id, source_row, page_id, place, fingerprint) VALUES (NULL, '2024-07-20T12:00:00.000Z', 1, 2, 1, 0, zeroblob(16))";
    db.exec(`INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'first', '2024-07-20T12:00:00.000Z');
      INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'keys.csv', 'keys.csv', 'keys-csv');
      INSERT INTO data_keys VALUES (1, x'00'); INSERT INTO sealed_pages VALUES (1, 1, zeroblob(16), x'00');
      ${Array.from({ length: 4 }, () => `INSERT INTO key_records ${record};`).join('\n')}
      INSERT INTO media VALUES ('M-0001', 'issued', 'a', 'b', NULL, 'all', 'en', 'r', 1, 'x64', 'p', 'm', 'i', 1, 1, 1), ('M-0002', 'lost', 'a', 'b', NULL, 'all', 'en', 'r', 1, 'x64', 'p', 'm', 'i', 1, 1, 1);
      INSERT INTO media_members VALUES ('M-0001', 1), ('M-0001', 2), ('M-0002', 2);
      INSERT INTO disclosures (at, operator, way, reason, media_id) VALUES ('2024-07-20T12:00:00.000Z', 'b', 'medium', 'mass-incident', 'M-0001'), ('2024-07-20T13:00:00.000Z', 'b', 'medium', 'mass-incident', 'M-0002');
      INSERT INTO disclosures (at, operator, way, reason, key_record_id) VALUES ('2024-07-20T11:00:00.000Z', 'b', 'spoken', 'other', 3), ('2024-07-20T14:00:00.000Z', 'b', 'shown', 'other', 3);`);
    migrate(db, 3);
    expect(db.prepare('SELECT key_record_id AS record, state, risk, due_at FROM rotations ORDER BY key_record_id').all()).toEqual([
      { record: 1, state: 'due', risk: 0, due_at: '2024-07-20T12:00:00.000Z' }, { record: 2, state: 'due', risk: 4, due_at: '2024-07-20T13:00:00.000Z' }, { record: 3, state: 'due', risk: 2, due_at: '2024-07-20T14:00:00.000Z' },
    ]);
    expect(db.prepare('SELECT media_id, holder, state_at FROM media').all()).toEqual([{ media_id: 'M-0001', holder: null, state_at: 'a' }, { media_id: 'M-0002', holder: null, state_at: 'a' }]);
  });

  it('name the recipe of every attempt there is, and put every medium into the incident the desk was shipped for', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 6);
    db.exec("INSERT INTO media VALUES ('M-0001', 'issued', 'a', 'b', NULL, 'all', 'en', 'channel-file-291', 1, 'x64', 'p', 'm', 'i', 1, 1, 1, NULL, 'a')");
    const put = db.prepare("INSERT INTO attempts (attempt_id, outcome, proof, imported_at, imported_by, removed, record) VALUES (?, 'repaired', 'signed', 'a', 'b', 1, ?)");
    put.run('a', 'bluelift-attempt 1\r\nattemptId=a\r\nrecipeId=channel-file-291\r\nrecipeVersion=12\r\npayload=00\r\n');
    put.run('b', 'bluelift-attempt 1\nrecipeId=other\nrecipeVersion=3\n');
    put.run('c', 'not a record');
    migrate(db, 6);
    expect(db.prepare('SELECT attempt_id AS id, recipe_id AS recipe, recipe_version AS version FROM attempts ORDER BY 1').all()).toEqual([{ id: 'a', recipe: 'channel-file-291', version: 12 }, { id: 'b', recipe: 'other', version: 3 }, { id: 'c', recipe: null, version: null }]);
    expect(db.prepare('SELECT media_id, incident_id FROM media_incidents').all()).toEqual([{ media_id: 'M-0001', incident_id: 1 }]);
    expect(db.prepare('SELECT hide_after_s FROM policies').all()).toEqual([{ hide_after_s: 120 }]);
  });
});
