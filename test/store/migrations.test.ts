import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { KEY_IMPORTED_AT } from '../../electron/core/keys/key-sources.ts';
import { latestVersion, migrate } from '../../electron/store/migrations.ts';
import { COUNT_NEW_HOSTS } from '../../electron/store/migrations/0033-hosts-counted-together.ts';

/** The migration that brings manual media. */
const MANUAL = 38;
const TIMED_BY_IMPORT = 39;
const OF_AN_IMPORT = 40;
/** The migration that brings the modes of the agent. */
const MODES = 19;
/** The one that makes a computer's place in a directory an ID. */
const DIRECTORY_NAMES = 24;

describe('migrations', () => {
  it('assign the hosts of a desk from before to nobody', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 26);
    db.exec("INSERT INTO hosts (host_id, hostname, created_at, state_at) VALUES (1, 'A', 'a', 'a')");
    migrate(db, 26, 27);
    expect([db.prepare('SELECT hostname FROM hosts').all(), db.prepare('SELECT * FROM host_assignments').all()]).toEqual([[{ hostname: 'A' }], []]);
  });

  it('keep what went from one joined host to the other', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 28);
    db.exec(`INSERT INTO hosts (host_id, hostname, created_at, state_at) VALUES (1, 'A', 'a', 'a'), (2, 'B', 'a', 'a');
      INSERT INTO host_decisions (decision_id, kind, host_id, other_host_id, at, operator, reason) VALUES (1, 'joined', 1, 2, 'b', 'c', 'd'); INSERT INTO host_decision_moves VALUES (1, 'tag', 'ward')`);
    migrate(db, 28, 29);
    db.exec("INSERT INTO host_decision_moves VALUES (1, 'technician', 'Karla')");
    expect(db.prepare('SELECT thing, what FROM host_decision_moves').all()).toEqual([{ thing: 'tag', what: 'ward' }, { thing: 'technician', what: 'Karla' }]);
  });

  it('take nothing for read out that a desk from before showed', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 27);
    db.pragma('foreign_keys = OFF'); // the key record is of no matter here
    db.exec("INSERT INTO disclosures (at, operator, way, reason, key_record_id) VALUES ('a', 'b', 'shown', 'other', 1)");
    migrate(db, 27, 28);
    expect(db.prepare('SELECT way, spoken_at FROM disclosures').all()).toEqual([{ way: 'shown', spoken_at: null }]);
  });

  it('keep what a report of the whole desk said', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 22);
    db.exec("INSERT INTO report_facts VALUES ('2024-07-19T08:00:00.000Z', x'00')");
    migrate(db, 22, 23);
    expect(db.prepare('SELECT * FROM report_facts').all()).toEqual([{ as_of: '2024-07-19T08:00:00.000Z', scope: '', facts: Buffer.of(0) }]);
  });

  it('keep what reports said before their lists were kept apart', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 36);
    db.exec("INSERT INTO report_facts VALUES ('2024-07-19T08:00:00.000Z', '', x'00')");
    migrate(db, 36, 37);
    expect([db.prepare('SELECT * FROM report_facts').all(), db.prepare('SELECT * FROM report_lists').all()]).toEqual([[{ as_of: '2024-07-19T08:00:00.000Z', scope: '', facts: Buffer.of(0) }], []]);
  });

  it('let a desk from before purge only with two operators, and find nothing purged', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 21);
    db.exec('UPDATE policies SET hide_after_s = 77');
    migrate(db, 21, 22);
    expect([db.prepare('SELECT hide_after_s, four_eyes_purge FROM policies').all(), db.prepare('SELECT * FROM purges').all()]).toEqual([[{ hide_after_s: 77, four_eyes_purge: 1 }], []]);
  });

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

  it('give a desk with hosts a queue at the counter, in which a number and a host are there once', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 15);
    db.exec("INSERT INTO hosts (host_id, hostname, created_at, state_at) VALUES (1, 'A', '2024-07-20T12:00:00.000Z', '2024-07-20T12:00:00.000Z')");
    migrate(db, 15);
    const come = db.prepare("INSERT INTO walk_ins (number, arrived_at, taken_in_by, said, host_id) VALUES (?, 'a', 'b', 'A', ?)");
    come.run(1, 1);
    expect(() => come.run(1, null)).toThrow(/UNIQUE/);
    expect(() => come.run(2, 1)).toThrow(/UNIQUE/);
    db.exec("UPDATE walk_ins SET ended_at = 'z', ended_by = 'b', outcome = 'done'");
    come.run(1, 1);
    db.pragma('foreign_keys = ON');
    db.exec('DELETE FROM hosts');
    expect(db.prepare('SELECT number, said, host_id FROM walk_ins ORDER BY walk_in_id').all()).toEqual([{ number: 1, said: 'A', host_id: null }, { number: 1, said: 'A', host_id: null }]);
  });

  it('keep every disclosure, its call and its indices when the table learns of LAPS passwords', () => {
    const db = new Sqlite(':memory:');
    db.pragma('foreign_keys = ON');
    migrate(db, 0, 16);
    db.exec(`INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'first', 'a'); INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'k', 'k', 'keys-csv');
      INSERT INTO data_keys VALUES (1, x'00'); INSERT INTO sealed_pages VALUES (1, 1, zeroblob(16), x'00');
      INSERT INTO key_records (key_record_id, imported_at, import_file_id, source_row, page_id, place, fingerprint) VALUES (1, 'a', 1, 2, 1, 0, zeroblob(16));
      INSERT INTO media (media_id, state, built_at, built_by, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records) VALUES ('M-0001', 'issued', 'a', 'b', 'all', 'en', 'r', 1, 'x64', 'p', 'm', 'i', 1, 1, 1);
      INSERT INTO disclosures (disclosure_id, at, operator, way, reason, ticket, key_record_id) VALUES (7, 'a', 'b', 'shown', 'other', 'INC', 1); INSERT INTO disclosures (disclosure_id, at, operator, way, reason, media_id) VALUES (9, 'a', 'b', 'medium', 'other', 'M-0001');
      INSERT INTO calls (call_id, opened_at, operator, changed_at, disclosure_id) VALUES (1, 'a', 'b', 'a', 7);`);
    migrate(db, 16);
    expect(db.prepare('SELECT disclosure_id AS id, ticket, key_record_id AS record, media_id AS medium, laps_password_id AS laps FROM disclosures ORDER BY 1').all()).toEqual([{ id: 7, ticket: 'INC', record: 1, medium: null, laps: null }, { id: 9, ticket: null, record: null, medium: 'M-0001', laps: null }]);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(() => db.exec('DELETE FROM disclosures WHERE disclosure_id = 7')).toThrow(/FOREIGN KEY/); // its call still refers to it
    expect(() => db.exec("INSERT INTO disclosures (at, operator, way, reason) VALUES ('a', 'b', 'shown', 'other')")).toThrow(/CHECK/);
    expect(JSON.stringify(db.prepare('EXPLAIN QUERY PLAN SELECT at FROM disclosures WHERE key_record_id = 1').all())).toContain('disclosures_by_record');
    expect(db.prepare('SELECT laps_imported FROM import_files').all()).toEqual([{ laps_imported: 0 }]);
  });

  it('keep every attempt in the order it was taken in, and let one say that the safe-boot flag was set', () => {
    const db = new Sqlite(':memory:');
    db.pragma('foreign_keys = ON');
    migrate(db, 0, MODES - 1);
    db.exec("INSERT INTO media (media_id, state, built_at, built_by, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records) VALUES ('M-0001', 'issued', 'a', 'b', 'all', 'en', 'r', 1, 'x64', 'p', 'm', 'i', 1, 1, 1); INSERT INTO hosts (host_id, hostname, created_at, state, state_at) VALUES (7, 'KI-SURG-0417', 'a', 'repaired', 'a')");
    const put = "INSERT INTO attempts (attempt_id, media_id, slot, host_id, outcome, blocked_reason, proof, started_at, finished_at, imported_at, imported_by, computer_name, removed, record, recipe_id, recipe_version) VALUES";
    db.exec(`${put} ('z', 'M-0001', 1, 7, 'blocked', 'no-key', 'signed', 's', 'f', 'i', 'b', 'n', 0, 'the record', 'r', 1), ('a', NULL, NULL, NULL, 'repaired', NULL, 'claim', NULL, NULL, 'i', 'b', NULL, 1, 'another', NULL, NULL)`);
    const before = db.prepare('SELECT * FROM attempts ORDER BY rowid').all();
    migrate(db, MODES - 1);
    expect(db.prepare('SELECT * FROM attempts ORDER BY rowid').all()).toEqual(before);
    db.exec(`${put} ('b', 'M-0001', NULL, 7, 'safe-boot-set', NULL, 'unsigned', NULL, NULL, 'i', 'b', NULL, 0, '', 'r', 1)`);
    expect(() => db.exec(`${put} ('c', NULL, NULL, NULL, 'perfect', NULL, 'claim', NULL, NULL, 'i', 'b', NULL, 0, '', NULL, NULL)`)).toThrow('CHECK');
    expect(() => db.exec(`${put} ('d', NULL, NULL, 99, 'repaired', NULL, 'claim', NULL, NULL, 'i', 'b', NULL, 0, '', NULL, NULL)`)).toThrow('FOREIGN KEY');
    db.exec("INSERT INTO host_events (host_id, at, kind, operator, subject) VALUES (7, '2024-07-20T12:00:00.000Z', 'attempt', 'b', 'b')"); // counted by a trigger that asks attempts
    expect(db.prepare('SELECT who, acts FROM work_hours').all()).toEqual([{ who: 'b', acts: 1 }]);
    expect(db.prepare('SELECT media_id, mode FROM media').all()).toEqual([{ media_id: 'M-0001', mode: 'repair' }]);
    expect(db.prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'attempts' AND sql IS NOT NULL ORDER BY 1").all().map((row) => (row as { name: string }).name)).toEqual(['attempts_by_host', 'attempts_by_id', 'attempts_by_import', 'attempts_by_media', 'attempts_claims']);
  });

  it('give the hosts of a desk no route until somebody decides one, and know the closed list', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 19);
    db.exec("INSERT INTO hosts (host_id, hostname, created_at, state_at) VALUES (1, 'A', 'a', 'a')");
    migrate(db, 19);
    db.pragma('foreign_keys = ON');
    expect(db.prepare('SELECT count(*) AS n FROM host_routes').get()).toEqual({ n: 0 });
    db.exec("INSERT INTO host_routes VALUES (1, 'safe-boot', 'a', 'b')");
    expect(() => db.exec("UPDATE host_routes SET route = 'by air'")).toThrow(/CHECK/);
    db.exec('DELETE FROM hosts');
    expect(db.prepare('SELECT count(*) AS n FROM host_routes').get()).toEqual({ n: 0 });
  });

  it('keep media that were built before their disks were noted, with a passcode each', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 20);
    db.exec("INSERT INTO media (media_id, state, built_at, built_by, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records) VALUES ('M-0001', 'issued', 'a', 'b', 'all', 'en', 'r', 1, 'x64', 'p', 'm', 'i', 1, 1, 1)");
    migrate(db, 20);
    expect(db.prepare('SELECT media_id AS id, renewal_of AS of, without_passcode AS bare FROM media').all()).toEqual([{ id: 'M-0001', of: null, bare: 0 }]);
    db.exec("INSERT INTO media_disks VALUES ('M-0001', 'n', 's', 1, '0+1'); INSERT INTO media_orders (order_id, ordered_at, ordered_by, why) VALUES ('o', 'a', 'lead', 'w')");
    expect(() => db.exec("UPDATE media_orders SET media_id = 'M-0001', withdrawn_at = 'b'")).toThrow(/CHECK/);
    expect(JSON.stringify(db.prepare("EXPLAIN QUERY PLAN SELECT media_id FROM media_disks WHERE serial = 's' AND size_bytes = 1").all())).toContain('media_disks_by_serial');
  });

  it('keep the IDs of hosts, and take a computer’s place in a directory as one', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, DIRECTORY_NAMES - 1);
    db.exec(`INSERT INTO hosts (host_id, hostname, created_at, state_at) VALUES (1, 'A', 'a', 'a');
      INSERT INTO host_ids VALUES ('serial-number', '5CG1234', 1, NULL, 2, NULL, 7), ('dns-name', 'a.corp.example', 1, NULL, 3, NULL, 3);`);
    migrate(db, DIRECTORY_NAMES - 1);
    db.exec("INSERT INTO host_ids VALUES ('directory-name', 'a.corp.example', 1, NULL, 4, NULL, 4)");
    expect(db.prepare('SELECT kind, value, first_row, last_row FROM host_ids INDEXED BY host_ids_by_host WHERE host_id = 1 ORDER BY kind').all()).toEqual([
      { kind: 'directory-name', value: 'a.corp.example', first_row: 4, last_row: 4 }, { kind: 'dns-name', value: 'a.corp.example', first_row: 3, last_row: 3 }, { kind: 'serial-number', value: '5CG1234', first_row: 2, last_row: 7 },
    ]);
  });

  it('keep the hosts of a desk from before directories described them', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 24);
    db.exec("INSERT INTO hosts (host_id, hostname, created_at, state_at, site) VALUES (1, 'A', 'a', 'a', 'Kiel')");
    migrate(db, 24);
    expect(db.prepare('SELECT hostname, site, description FROM hosts').all()).toEqual([{ hostname: 'A', site: 'Kiel', description: null }]);
  });

  it('keep the imports of a desk, none of which listed keys without their passwords', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 29);
    db.exec("INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'a', 'b'); INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'p', 'n', 'graph-json'); INSERT INTO hosts (host_id, hostname, created_at, state_at) VALUES (1, 'A', 'a', 'a')");
    migrate(db, 29);
    db.pragma('foreign_keys = ON');
    expect(db.prepare('SELECT listed FROM import_files').get()).toEqual({ listed: 0 });
    db.exec("INSERT INTO listed_keys VALUES (zeroblob(16), 1, 1, 1, NULL, NULL)");
    expect(() => db.exec("INSERT INTO listed_keys VALUES (zeroblob(15), 1, 2, NULL, NULL, NULL)")).toThrow(/CHECK/);
    db.exec('DELETE FROM hosts');
    expect(db.prepare('SELECT host_id FROM listed_keys').get()).toEqual({ host_id: null });
  });

  it('tell of lists from before whether they said that hosts are down: by their kind, or by what came of them', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 31);
    db.exec(`INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'a', 'a');
      INSERT INTO hosts (host_id, hostname, created_at, state_at) VALUES (1, 'A', 'a', 'a'), (2, 'B', 'a', 'a');
      INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'n', 'n', 'host-names'), (2, 1, 'c', 'c', 'computers-csv'), (3, 1, 'x', 'x.xlsx', 'xlsx');
      INSERT INTO host_listings (import_file_id, host_id) VALUES (1, 1), (2, 1), (3, 1), (3, 2);
      INSERT INTO host_events (host_id, at, kind, subject) VALUES (2, 'a', 'reported', 'x.xlsx')`);
    migrate(db, 31);
    expect(db.prepare('SELECT import_file_id AS file, host_id AS host, says_down AS down FROM host_listings ORDER BY 1, 2').all()).toEqual([{ file: 1, host: 1, down: 1 }, { file: 2, host: 1, down: 0 }, { file: 3, host: 1, down: 0 }, { file: 3, host: 2, down: 1 }]);
    expect(db.prepare('SELECT DISTINCT list_said, list_said_at, list_said_by FROM import_files').all()).toEqual([{ list_said: null, list_said_at: null, list_said_by: null }]);
    expect(() => db.exec("UPDATE import_files SET list_said = 'perhaps'")).toThrow(/CHECK/);
  });

  it('keep the rotations of a desk as they stand; a confirmation that ends is kept from then on', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 30);
    db.pragma('foreign_keys = OFF');
    db.exec("INSERT INTO rotations (key_record_id, state, risk, due_at, confirmed_at, confirmed_by, confirmed_how) VALUES (1, 'confirmed', 1, 'a', 'b', 'lead', 'evidence')");
    migrate(db, 30);
    expect(db.prepare('SELECT state, confirmed_at AS at FROM rotations').all()).toEqual([{ state: 'confirmed', at: 'b' }]);
    db.exec("INSERT INTO ended_confirmations (key_record_id, confirmed_at, due_again_at) VALUES (1, 'b', 'c')");
    expect(() => db.exec("INSERT INTO ended_confirmations (key_record_id, laps_password_id, confirmed_at, due_again_at) VALUES (1, 1, 'b', 'c')")).toThrow(/CHECK/);
    for (const [column, index] of [['key_record_id', 'by_key'], ['laps_password_id', 'by_laps'], ['evidence_key_record_id', 'by_evidence'], ['evidence_laps_password_id', 'by_laps_evidence']] as const)
      expect(JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN SELECT 1 FROM ended_confirmations WHERE ${column} = 1`).all())).toContain(`ended_confirmations_${index}`);
  });

  it('keep when a rotation was asked for before it was made due or asked for again, and know nothing of what was overwritten before', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 33);
    db.pragma('foreign_keys = OFF'); // the keys are of no matter here
    db.exec(`INSERT INTO rotations (key_record_id, state, risk, due_at, asked_at) VALUES (1, 'asked', 1, 'a', 'b'), (2, 'due', 1, 'a', NULL);
      INSERT INTO laps_rotations (laps_password_id, state, risk, due_at, asked_at) VALUES (1, 'asked', 1, 'a', 'b')`);
    migrate(db, 33);
    db.exec(`UPDATE rotations SET state = 'asked', asked_at = 'c'; UPDATE rotations SET state = 'due', asked_at = NULL, due_at = 'd' WHERE key_record_id = 2;
      UPDATE laps_rotations SET state = 'due', asked_at = NULL, due_at = 'c'`);
    expect(db.prepare('SELECT key_record_id AS keyRecord, laps_password_id AS laps, asked_at AS asked, ended_at AS ended FROM ended_askings').all()).toEqual([
      { keyRecord: 1, laps: null, asked: 'b', ended: 'c' }, { keyRecord: 2, laps: null, asked: 'c', ended: 'd' }, { keyRecord: null, laps: 1, asked: 'b', ended: 'c' }]);
    for (const [column, index] of [['key_record_id', 'by_key'], ['laps_password_id', 'by_laps']] as const) expect(JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN SELECT 1 FROM ended_askings WHERE ${column} = 1`).all())).toContain(`ended_askings_${index}`);
  });

  it('keep the media of a desk, which say nothing of their loaders yet', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 25);
    db.exec("INSERT INTO media (media_id, state, built_at, built_by, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records) VALUES ('M-0001', 'issued', 'a', 'b', 'all', 'en', 'r', 1, 'x64', 'p', 'm', 'i', 1, 1, 1)");
    migrate(db, 25);
    db.pragma('foreign_keys = ON');
    expect(db.prepare('SELECT count(*) AS n FROM media_loaders').get()).toEqual({ n: 0 });
    db.exec("INSERT INTO media_loaders VALUES ('M-0001', 1, 'windows-uefi-ca-2023', '9.0'), ('M-0001', 2, '', NULL)");
    expect(() => db.exec("INSERT INTO media_loaders VALUES ('M-0002', 1, '', NULL)")).toThrow(/FOREIGN KEY/);
    expect(() => db.exec("INSERT INTO media_loaders VALUES ('M-0001', 3, '', NULL)")).toThrow(/CHECK/);
  });

  it('count the hosts of a desk as they stand; from then on an import counts its own, and whoever makes one by hand is counted for', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 32);
    db.exec(`INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'a', 'b'); INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'p', 'n', 'host-names');
      INSERT INTO hosts (host_id, hostname, created_at, state, state_at, import_file_id, site) VALUES (1, 'A', 'a', 'reported', '2024-07-20T12:00:00.000Z', 1, 'Kiel')`);
    migrate(db, 32);
    const counts = () => db.prepare('SELECT site, state, hosts FROM host_counts ORDER BY 1, 2').raw().all();
    expect(counts()).toEqual([['Kiel', 'reported', 1]]);
    db.exec("INSERT INTO hosts (host_id, hostname, created_at, state, state_at) VALUES (2, 'B', 'a', 'reported', '2024-07-20T12:00:00.000Z')");
    expect(counts()).toEqual([['', 'reported', 1], ['Kiel', 'reported', 1]]);
    db.exec("INSERT INTO hosts (host_id, hostname, created_at, state, state_at, import_file_id, site) VALUES (3, 'C', 'a', 'reported', '2024-07-20T13:00:00.000Z', 1, 'Kiel'), (4, 'D', 'a', 'known', '2024-07-20T13:00:00.000Z', 1, 'Kiel')");
    expect(counts()).toEqual([['', 'reported', 1], ['Kiel', 'reported', 1]]);
    for (const sql of COUNT_NEW_HOSTS) {
      expect(JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all({ first: 3 }))).toContain('USING INTEGER PRIMARY KEY (rowid>?)');
      db.prepare(sql).run({ first: 3 });
    }
    expect(counts()).toEqual([['', 'reported', 1], ['Kiel', 'known', 1], ['Kiel', 'reported', 2]]);
    expect(db.prepare('SELECT host_id FROM hosts_open ORDER BY 1').raw().all()).toEqual([[1], [2], [3]]);
    expect(db.prepare('SELECT hour, site, down FROM course_hours ORDER BY 1, 2').raw().all()).toEqual([['2024-07-20T12', '', 1], ['2024-07-20T12', 'Kiel', 1], ['2024-07-20T13', 'Kiel', 1]]);
  });

  it('keep the attempts of a desk, and let reports count them by host and by what they came to without their records', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 34);
    db.exec("INSERT INTO attempts (attempt_id, outcome, blocked_reason, proof, imported_at, imported_by, removed, record) VALUES ('a', 'blocked', 'no-key', 'signed', 'i', 'b', 0, 'the record')");
    const before = db.prepare('SELECT * FROM attempts').all();
    migrate(db, 34);
    expect(db.prepare('SELECT * FROM attempts').all()).toEqual(before);
    const plan = (sql: string): string => JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    expect(plan("SELECT host_id, outcome, proof, media_id, slot FROM attempts INDEXED BY attempts_by_import WHERE imported_at <= 'i'")).toContain('COVERING INDEX attempts_by_import');
    expect(plan("SELECT outcome, proof, blocked_reason FROM attempts INDEXED BY attempts_by_id WHERE attempt_id = 'a'")).toContain('COVERING INDEX attempts_by_id');
  });

  it('keep the sealed pages of a desk, and let an undo list them and their data keys without reading them', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 35);
    db.exec("INSERT INTO data_keys VALUES (1, x'01'); INSERT INTO sealed_pages VALUES (7, 1, zeroblob(16), x'02')");
    migrate(db, 35);
    expect(db.prepare('SELECT page_id, data_key_id FROM sealed_pages').raw().all()).toEqual([[7, 1]]);
    const plan = (sql: string): string => JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    expect(plan('SELECT page_id AS id FROM sealed_pages')).toContain('COVERING INDEX sealed_pages_by_data_key');
    expect(plan('DELETE FROM data_keys WHERE data_key_id NOT IN (SELECT data_key_id FROM sealed_pages)')).toContain('INDEX sealed_pages_by_data_key');
  });

  it('keep every key record of a desk; when it came in is from then on said by its import', () => {
    const db = new Sqlite(':memory:');
    db.pragma('foreign_keys = ON');
    migrate(db, 0, TIMED_BY_IMPORT - 1);
    db.exec(`INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'first', '2024-07-20T12:00:00.000Z'), (2, 'first', '2024-07-21T12:00:00.000Z');
      INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'a', 'a', 'keys-csv'), (2, 2, 'b', 'b', 'keys-csv');
      INSERT INTO hosts (host_id, hostname, created_at, state_at) VALUES (1, 'A', '2024-07-20T12:00:00.000Z', '2024-07-20T12:00:00.000Z');
      INSERT INTO data_keys VALUES (1, x'00'); INSERT INTO sealed_pages VALUES (1, 1, zeroblob(16), x'00');
      INSERT INTO key_records (key_protector_id, host_id, volume_id, drive, created_at, imported_at, import_file_id, source_row, page_id, place, fingerprint, conflict, tested_at, entra_device_id) VALUES
        (zeroblob(16), 1, 'v', 'C:', '2024-01-01', '2024-07-20T12:00:07.000Z', 1, 2, 1, 0, zeroblob(16), 1, 't', 'e'), (NULL, 1, NULL, NULL, NULL, '2024-07-21T12:00:09.000Z', 2, 3, 1, 1, zeroblob(16), 0, NULL, NULL);
      INSERT INTO key_record_sources VALUES (1, 2, 9)`);
    const rows = () => db.prepare('SELECT key_record_id, key_protector_id, host_id, volume_id, drive, created_at, import_file_id, source_row, page_id, place, fingerprint, conflict, tested_at, entra_device_id FROM key_records ORDER BY 1').all();
    const indices = () => db.prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'key_records' ORDER BY 1").all();
    const before = [rows(), indices()];
    migrate(db, TIMED_BY_IMPORT - 1);
    expect([rows(), indices()]).toEqual(before);
    expect(db.prepare(`SELECT ${KEY_IMPORTED_AT} AS at FROM key_records k ORDER BY key_record_id`).raw().all()).toEqual([['2024-07-20T12:00:00.000Z'], ['2024-07-21T12:00:00.000Z']]);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(() => db.exec('UPDATE key_records SET host_id = 3')).toThrow('FOREIGN KEY');
  });

  it('leave it to imports that a key record has its file and its page, and look through no records for one that goes', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, OF_AN_IMPORT - 1);
    db.exec(`INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'first', 'x'); INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'a', 'a', 'keys-csv');
      INSERT INTO data_keys VALUES (1, x'00'); INSERT INTO sealed_pages VALUES (1, 1, zeroblob(16), x'00');
      INSERT INTO key_records (key_protector_id, import_file_id, source_row, page_id, place, fingerprint) VALUES (zeroblob(16), 1, 2, 1, 0, zeroblob(16))`);
    const rows = () => db.prepare('SELECT * FROM key_records').all();
    const others = () => db.prepare("SELECT type, name, sql FROM sqlite_master WHERE name <> 'key_records' ORDER BY 1, 2").all();
    const before = [rows(), others()];
    migrate(db, OF_AN_IMPORT - 1, OF_AN_IMPORT);
    expect([rows(), others()]).toEqual(before);
    expect(db.pragma('foreign_key_list(key_records)')).toEqual([expect.objectContaining({ table: 'hosts', from: 'host_id' })]);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(() => db.exec("UPDATE sqlite_master SET sql = sql WHERE name = 'key_records'")).toThrow(); // nobody may write there again
    expect(() => db.exec('UPDATE key_records SET place = 256')).toThrow('CHECK');
  });

  it('keep what every medium is for, and let one be for the manual steps alone', () => {
    const db = new Sqlite(':memory:');
    db.pragma('foreign_keys = ON');
    migrate(db, 0, MANUAL - 1);
    const put = (mediaId: string, mode: string): void => { db.prepare("INSERT INTO media (media_id, mode, state, built_at, built_by, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records) VALUES (?, ?, 'issued', 'a', 'b', 'all', 'en', 'r', 1, 'x64', 'p', 'm', 'i', 1, 1, 1)").run(mediaId, mode); };
    put('M-0001', 'safe-boot');
    put('M-0002', 'repair');
    db.exec("INSERT INTO media_disks (media_id, name, serial, size_bytes, seal_at) VALUES ('M-0001', 'n', 's', 1, '')");
    expect(() => put('M-0003', 'manual')).toThrow('CHECK');
    const before = db.prepare('SELECT * FROM media ORDER BY media_id').all();
    migrate(db, MANUAL - 1);
    expect(db.prepare('SELECT * FROM media ORDER BY media_id').all()).toEqual(before);
    put('M-0003', 'manual');
    expect(() => put('M-0004', 'perfect')).toThrow('CHECK');
    expect(() => db.exec("DELETE FROM media WHERE media_id = 'M-0001'")).toThrow('FOREIGN KEY');
  });
});
