import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';
import { afterAll, describe, expect, test } from 'vitest';
import { listFileReports, type FileReport } from '../../electron/core/keys/import-report.ts';
import { importKeys } from '../../electron/core/keys/import-keys.ts';
import { membersOf } from '../../electron/desk/containers.ts';
import { importFiles } from '../../electron/desk/import-files.ts';
import { collect, csv, idText, keptKeys, passwordText } from '../core/keys/import-desk.ts';
import { openTestDesk } from '../core/remediation/test-desk.ts';
import { constructWorkbook, constructZip, type ConstructedMember } from '../support/construct-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'bluelift-containers-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function save(bytes: Uint8Array, extension: string): string {
  files += 1;
  const path = join(folder, `${files}.${extension}`);
  writeFileSync(path, bytes);
  return path;
}

/** @returns Reports by the name within the container; '' is the container itself. */
async function takeIn(path: string, desk = openTestDesk()): Promise<{ readonly desk: ReturnType<typeof openTestDesk>; readonly reports: Map<string, FileReport> }> {
  const events = await collect(importKeys(desk, [path], { files: importFiles, signal: new AbortController().signal }));
  const done = events.at(-1);
  if (done?.kind !== 'done') throw new Error('not done');
  return { desk, reports: new Map(listFileReports(desk.db, done.importId, { onlyRemarkable: false, offset: 0, limit: 1000 }).map((report) => [report.path.slice(path.length + 1), report])) };
}

const keyFile = (n: number): string => `BitLocker Drive Encryption recovery key\r\n\r\nIdentifier:\r\n\r\n\t${idText(n)}\r\n\r\nRecovery Key:\r\n\r\n\t${passwordText(n)}\r\n`;

describe('what gzip packed', () => {
  const keys = Array.from({ length: 5000 }, (_, n) => ({ host: `PC-${n}`, id: n, password: n }));

  test.each([
    ['a table', () => Buffer.from(csv(keys.slice(0, 3)))], ['Windows text in UTF-16', () => Buffer.from(`\ufeff${keyFile(1)}`, 'utf16le')],
    ['a workbook', () => constructWorkbook({ Keys: [['Computer', 'Key ID', 'Recovery Key'], ['PC-1', idText(1), passwordText(1)]] })],
  ])('is read as the file it was: %s', async (_what, bytes) => {
    const plain = await takeIn(save(bytes(), 'bin'));
    for (const packed of [gzipSync(bytes()), constructZip([{ name: 'in.gz', bytes: gzipSync(bytes()) }])]) {
      const { desk, reports } = await takeIn(save(packed, 'gz'));
      expect(keptKeys(desk).map(({ source: _source, ...key }) => key)).toEqual(keptKeys(plain.desk).map(({ source: _source, ...key }) => key));
      expect([...reports.values()].map(({ kind, imported, error }) => ({ kind, imported, error }))).toEqual([...plain.reports.values()].map(({ kind, imported, error }) => ({ kind, imported, error })));
    }
  });

  test('in several streams one after the other is one file', async () => {
    const text = csv(keys.slice(0, 4));
    const { desk } = await takeIn(save(Buffer.concat([gzipSync(text.slice(0, 100)), gzipSync(text.slice(100))]), 'gz'));
    expect(keptKeys(desk)).toHaveLength(4);
  });

  test('cut off anywhere is said to be, and what can be unpacked comes in', async () => {
    const whole = gzipSync(csv(keys));
    for (const part of [0.2, 0.5, 0.98]) {
      const { desk, reports } = await takeIn(save(whole.subarray(0, Math.floor(whole.length * part)), 'gz'));
      expect(reports.get('')?.error).toMatchObject({ code: 'file-unreadable', facts: { why: 'cut-off' } });
      expect(keptKeys(desk).length).toBeGreaterThan(keys.length * part * 0.7);
    }
  });

  test('damaged, made to fill a disk, or a tape archive is named as that', async () => {
    const damaged = gzipSync(csv(keys));
    damaged.fill(0xff, 50_000, 50_040);
    expect((await takeIn(save(damaged, 'gz'))).reports.get('')?.error).toMatchObject({ code: 'file-unreadable', facts: { why: 'archive-damaged' } });
    expect((await takeIn(save(gzipSync(Buffer.alloc(80 * 1024 * 1024, '\n')), 'gz'))).reports.get('')?.error).toMatchObject({ code: 'file-not-recognised', facts: { why: 'member-bomb' } });
    const tar = Buffer.alloc(2048);
    tar.write('keys.csv', 0);
    tar.write('ustar', 257);
    expect((await takeIn(save(gzipSync(tar), 'tgz'))).reports.get('')?.error).toMatchObject({ code: 'file-not-recognised', facts: { why: 'member-archive' } });
  });
});

describe('a zip archive', () => {
  test('of hundreds of text files is one import, each file reported by its name in the archive', async () => {
    const members = Array.from({ length: 300 }, (_, n) => ({ name: `Schlüssel/BitLocker ${n}.txt`, bytes: `\ufeff${keyFile(n)}` }));
    const { desk, reports } = await takeIn(save(constructZip(members), 'zip'));
    expect([...reports.keys()]).toEqual(members.map(({ name }) => name));
    expect([...reports.values()].every(({ imported, rejectedCount, error }) => imported === 1 && rejectedCount === 0 && error === null)).toBe(true);
    expect(keptKeys(desk).map(({ id }) => id).toSorted()).toEqual(members.map((_, n) => idText(n)).toSorted());
    expect(desk.db.prepare('SELECT count(*) FROM imports').pluck().get()).toBe(1);
  });

  test('has what can not be read named file by file, and everything else comes in', async () => {
    const good = csv([{ host: 'PC-1', id: 1, password: 1 }]);
    const { reports } = await takeIn(save(constructZip([
      { name: 'a.csv', bytes: good }, { name: 'locked.csv', bytes: good, encrypted: true }, { name: 'odd.csv', bytes: good, method: 12 }, { name: '../../out.csv', bytes: good },
      { name: 'inner.zip', bytes: constructZip([{ name: 'x.csv', bytes: csv([{ host: 'PC-3', id: 3, password: 3 }]) }, { name: 'deeper.zip', bytes: constructZip([{ name: 'y.csv', bytes: good }]) }]) }, { name: 'photo.png', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]) }, { name: '__MACOSX/._a.csv', bytes: 'x' }, { name: 'empty/', bytes: '' },
      { name: 'z.csv', bytes: csv([{ host: 'PC-2', id: 2, password: 2 }]) },
    ]), 'zip'));
    expect([...reports].map(([name, { imported, error }]) => [name, imported, error?.facts['why'] ?? null])).toEqual([
      ['a.csv', 1, null], ['locked.csv', 0, 'member-encrypted'], ['odd.csv', 0, 'member-method'], ['../../out.csv', 0, 'member-name'], ['inner.zip/x.csv', 1, null], ['inner.zip/deeper.zip', 0, 'member-archive'], ['photo.png', 0, 'picture'], ['z.csv', 1, null],
    ]);
  });

  test('that unpacks to more than any hand-over, or says so falsely, is left alone or broken off, by name', async () => {
    const { reports } = await takeIn(save(constructZip([
      { name: 'bomb.csv', bytes: Buffer.alloc(80 * 1024 * 1024) }, { name: 'liar.csv', bytes: csv([{ host: 'PC-1', id: 1, password: 1 }]).padEnd(2_000_000, '\n'), saysSizeBytes: 100 }, { name: 'good.csv', bytes: csv([{ host: 'PC-2', id: 2, password: 2 }]) },
    ]), 'zip'));
    expect(reports.get('bomb.csv')?.error).toMatchObject({ code: 'file-not-recognised', facts: { why: 'member-bomb' } });
    expect(reports.get('liar.csv')?.error).toMatchObject({ code: 'file-unreadable', facts: { why: 'archive-damaged' } });
    expect(reports.get('good.csv')).toMatchObject({ imported: 1, error: null });
  });

  test('with nothing in it, or cut off, is named as that', async () => {
    const whole = constructZip([{ name: 'a.csv', bytes: csv([{ host: 'PC-1', id: 1, password: 1 }]) }]);
    expect((await takeIn(save(constructZip([]), 'zip'))).reports.get('')?.error).toMatchObject({ code: 'file-not-recognised', facts: { why: 'archive-empty' } });
    expect((await takeIn(save(whole.subarray(0, whole.length - 30), 'zip'))).reports.get('')?.error).toMatchObject({ code: 'file-not-recognised', facts: { why: 'archive-damaged' } });
  });

  test('gives what was put in, whatever the names and sizes', async () => {
    await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[A-Za-zäß0-9 _.-]{1,20}$/), bytes: fc.uint8Array({ maxLength: 3000 }), method: fc.constantFrom(0, 8) }), { selector: ({ name }) => name, maxLength: 6 }), async (members) => {
      const given = members.filter(({ bytes, name }) => !(bytes[0] === 0x50 && bytes[1] === 0x4b) && !/^(?:\.\.?|\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name));
      const bytes = constructZip(given);
      const read: ConstructedMember[] = [];
      for await (const member of membersOf('zip', { path: 'x.zip', bytes, readAll: () => Promise.resolve(bytes) })) {
        if ('error' in member) continue;
        const pieces: Uint8Array[] = [];
        for await (const piece of member.chunks()) pieces.push(piece);
        read.push({ name: member.path.slice('x.zip/'.length), bytes: new Uint8Array(Buffer.concat(pieces)) });
      }
      expect(read).toEqual(given.map(({ name, bytes: content }) => ({ name, bytes: content })));
    }), { numRuns: 60 });
  });

  test('damaged anywhere never throws', async () => {
    const book = constructWorkbook({ Keys: [['Hostname', 'KeyID', 'RecoveryKey'], ['PC-1', idText(1), passwordText(1)]] });
    const sound = constructZip([{ name: 'a.csv', bytes: csv([{ host: 'PC-1', id: 1, password: 1 }]) }, { name: 'b.xlsx', bytes: book, method: 0 }]);
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), fc.option(fc.nat(sound.length), { nil: sound.length }), async (changes, length) => {
      const bytes = Buffer.from(sound);
      for (const [at, value] of changes) bytes[at] = value;
      const cut = bytes.subarray(0, length);
      for await (const member of membersOf('zip', { path: 'x.zip', bytes: cut, readAll: () => Promise.resolve(cut) })) {
        if ('error' in member) expect(['file-not-recognised', 'file-unreadable']).toContain(member.error.code);
        else try { for await (const _ of member.chunks()); } catch (error) { expect(error).toMatchObject({ code: 'file-unreadable' }); }
      }
    }), { numRuns: 300 });
  });
});

test('a document of Word comes in as it reads: paragraphs in pieces, tables as tables, deleted text left out', async () => {
  const paragraph = (...runs: readonly string[]): string => `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>${runs.map((run) => `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${run}</w:t></w:r>`).join('')}</w:p>`;
  const table = `<w:tbl><w:tblPr><w:tblW w:w="0"/></w:tblPr>${[['Computer', 'Key ID', 'Recovery key'], ['PC-2', idText(2), passwordText(2)], ['PC-3', idText(3), passwordText(3)]].map((cells) => `<w:tr w:rsidR="00A1"><w:trPr/>${cells.map((cell) => `<w:tc><w:tcPr><w:tcW w:w="1"/></w:tcPr>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;
  const gone = `<w:p><w:del w:id="1"><w:r><w:delText>${passwordText(9)}</w:delText></w:r></w:del></w:p>`;
  const body = `${paragraph('Rechner: PC-1')}${paragraph('Bezeichner: ', idText(1).slice(0, 11), idText(1).slice(11))}${paragraph('Schlüssel: ', passwordText(1).slice(0, 20), passwordText(1).slice(20))}${gone}${table}`;
  const xml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}<w:sectPr/></w:body></w:document>`;
  const parts = { '[Content_Types].xml': '<Types/>', '_rels/.rels': '<Relationships/>', 'word/document.xml': xml };
  const { desk, reports } = await takeIn(save(constructZip(Object.entries(parts).map(([name, text]) => ({ name, bytes: Buffer.from(text) }))), 'docx'));
  expect([...reports.values()]).toMatchObject([{ imported: 3, rejectedCount: 0, error: null }]);
  expect(keptKeys(desk).map(({ id, hostname, password }) => [id, hostname, password]).toSorted()).toEqual([1, 2, 3].map((n) => [idText(n), `PC-${n}`, passwordText(n)]).toSorted());
});

describe('a workbook', () => {
  const rows = [['Hostname', 'KeyID', 'RecoveryKey', 'Created'], ['PC-1', idText(1), passwordText(1), new Date('2024-07-19T04:09:00Z')], [null], ['PC "2" & Söhne', idText(2), '4,78E+47', null], ['PC-3', idText(3), passwordText(3), null]] as const;

  test('comes in with rows numbered as a person counts them, dates as dates, and Excel\'s own damage named', async () => {
    const { desk, reports } = await takeIn(save(constructWorkbook({ Keys: rows, Empty: [] }), 'xlsx'));
    expect(reports.get('')).toMatchObject({ kind: 'xlsx', imported: 2, rejectedCount: 1, error: null });
    expect(reports.get('')?.rejected[0]?.row).toBe(4);
    expect(keptKeys(desk).map(({ id, hostname, row }) => [id, hostname, row])).toEqual([[idText(1), 'PC-1', 2], [idText(3), 'PC-3', 5]]);
    expect(desk.db.prepare('SELECT created_at FROM key_records ORDER BY source_row').pluck().get()).toBe('2024-07-19T04:09:00Z');
  });

  test('keeps every key with the host whose cell is merged over them, and one key merged beside several hosts with none', async () => {
    const sheet = [
      ['BitLocker keys, site Kiel', null, null, null], ['Computer', 'Volume', 'BitLocker', null], [null, null, 'Key ID', 'Recovery key'],
      ['PC-1', 'C:', idText(1), passwordText(1)], [null, 'D:', idText(2), passwordText(2)], [null, 'E:', idText(3), passwordText(3)], [null, null, null, null],
      ['PC-2', 'C:', idText(4), passwordText(4)], [null, 'C:', idText(5), passwordText(5)],
      ['PC-3', 'C:', idText(6), passwordText(6)], ['PC-4', 'C:', null, null],
    ];
    const { desk, reports } = await takeIn(save(constructWorkbook({ Keys: sheet }, ['A1:D1', 'A2:A3', 'B2:B3', 'C2:D2', 'A4:A7', 'C10:C11', 'D10:D11']), 'xlsx'));
    // PC-2's second row is not merged: an empty cell says of no host.
    expect(new Map(keptKeys(desk).map(({ id, hostname }) => [id, hostname]))).toEqual(new Map([[idText(1), 'PC-1'], [idText(2), 'PC-1'], [idText(3), 'PC-1'], [idText(4), 'PC-2'], [idText(5), null], [idText(6), 'PC-3']]));
    expect(reports.get('')?.rejected.map(({ row, reason }) => [row, reason])).toEqual([[11, 'recovery-password-missing']]);
  });

  test('of several sheets has each reported by its name', async () => {
    const { reports } = await takeIn(save(constructWorkbook({ Kiel: [['Hostname', 'KeyID', 'RecoveryKey'], ['PC-1', idText(1), passwordText(1)]], 'Köln & Bonn': [['Computername'], ['PC-2'], ['PC-3']] }), 'xlsx'));
    expect([...reports].map(([name, { imported }]) => [name, imported])).toEqual([['Kiel', 1], ['Köln & Bonn', 2]]);
  });

  test('reads cell by cell as a kept library reads it', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.array(fc.stringMatching(/^[A-Za-z0-9äß<>&"' ,;-]{0,12}$/), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }), async (table) => {
      const cells = table.map((row) => row.map((value) => (value.trim() === '' ? 'x' : value.trim())));
      const bytes = constructWorkbook({ One: cells });
      const library = (await readSheet(bytes)).map((row) => row.map(String));
      const pieces: Uint8Array[] = [];
      for await (const member of membersOf('zip', { path: 'x.xlsx', bytes, readAll: () => Promise.resolve(bytes) })) if (!('error' in member)) for await (const piece of member.chunks()) pieces.push(piece);
      const here = Buffer.concat(pieces).toString('utf8').trimEnd().split('\n').map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, value = '']) => value.replaceAll('""', '"')));
      expect(here).toEqual(library);
    }), { numRuns: 40 });
  });
});

describe('a database', () => {
  function database(fill: (db: Database.Database) => void): Uint8Array {
    const db = new Database(':memory:');
    fill(db);
    return db.serialize();
  }

  test('comes in table by table', async () => {
    const { desk, reports } = await takeIn(save(database((db) => {
      db.exec('CREATE TABLE keys (host TEXT, key_id TEXT, recovery_password TEXT); CREATE TABLE computers (computername TEXT)');
      for (let n = 0; n < 1200; n += 1) db.prepare('INSERT INTO keys VALUES (?, ?, ?)').run(`PC-${n}`, idText(n), passwordText(n));
      db.prepare('INSERT INTO computers VALUES (?)').run('PC-9999');
    }), 'db'));
    expect([...reports].map(([name, { kind, imported }]) => [name, kind, imported])).toEqual([['keys', 'sqlite', 1200], ['computers', 'sqlite', 1]]);
    expect(keptKeys(desk)).toHaveLength(1200);
  });

  /** All of its rows stand in its log. */
  const databaseInUse = (): { readonly path: string; readonly db: Database.Database } => {
    const path = save(Buffer.alloc(0), 'sqlite');
    const db = new Database(path);
    db.pragma('journal_mode = wal');
    db.pragma('wal_autocheckpoint = 0');
    db.exec('CREATE TABLE keys (computer TEXT, id TEXT, recovery_key TEXT)');
    for (let n = 0; n < 50; n++) db.prepare('INSERT INTO keys VALUES (?, ?, ?)').run(`PC-${n}`, idText(n), passwordText(n));
    return { path, db };
  };

  test('keeps keys with the host they name by a number, directly or by way of their volume, and with none where that leads to two or to a person', async () => {
    const { desk } = await takeIn(save(database((db) => {
      db.exec(`CREATE TABLE hosts (id INTEGER PRIMARY KEY, name TEXT, serial TEXT); CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, displayname TEXT);
        CREATE TABLE bitlocker_keys (id INTEGER PRIMARY KEY, host_id INTEGER, key_id TEXT, recovery_password TEXT);
        CREATE TABLE escrow (id INTEGER PRIMARY KEY, user_id INTEGER, key_id TEXT, recovery_password TEXT);
        CREATE TABLE RecoveryAndHardwareCore_Machines (Id INTEGER PRIMARY KEY, Name TEXT); CREATE TABLE RecoveryAndHardwareCore_Volumes (Id INTEGER PRIMARY KEY, VolumeGuid TEXT);
        CREATE TABLE RecoveryAndHardwareCore_Machines_Volumes (MachineId INTEGER, VolumeId INTEGER); CREATE TABLE RecoveryAndHardwareCore_Keys (Id INTEGER PRIMARY KEY, VolumeId INTEGER, RecoveryKeyId TEXT, RecoveryKey TEXT, LastUpdateTime TEXT)`);
      db.exec("INSERT INTO hosts VALUES (7, 'PC-7', 'S7'), (1, 'PC-1', 'S1'); INSERT INTO users VALUES (1, 'JDOE-01', 'Jane Doe'); INSERT INTO RecoveryAndHardwareCore_Machines VALUES (10, 'PC-10'), (11, 'PC-11'); INSERT INTO RecoveryAndHardwareCore_Volumes VALUES (20, 'x'), (21, 'y'); INSERT INTO RecoveryAndHardwareCore_Machines_Volumes VALUES (10, 20), (10, 21), (11, 21)");
      const add = (table: string, ...values: readonly (number | string | null)[]): void => void db.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join()})`).run(...values);
      add('bitlocker_keys', 1, 7, idText(1), passwordText(1));
      add('bitlocker_keys', 7, 1, idText(2), passwordText(2));
      add('bitlocker_keys', 8, 99, idText(3), passwordText(3));
      add('escrow', 1, 1, idText(4), passwordText(4));
      add('RecoveryAndHardwareCore_Keys', 1, 20, idText(5), passwordText(5), '2024-05-06 10:11:12.000');
      add('RecoveryAndHardwareCore_Keys', 2, 21, idText(6), passwordText(6), '2024-05-06 10:11:12.000');
    }), 'db'));
    expect(new Map(keptKeys(desk).map(({ id, hostname }) => [id, hostname]))).toEqual(new Map([[idText(1), 'PC-7'], [idText(2), 'PC-1'], [idText(3), null], [idText(4), null], [idText(5), 'PC-10'], [idText(6), null]]));
  });

  test('in use gives the rows that stand in its log only', async () => {
    const { path, db } = databaseInUse();
    const { reports } = await takeIn(path);
    expect(reports.get('')).toMatchObject({ kind: 'sqlite', imported: 50, rejectedCount: 0, error: null });
    db.close();
  });

  test('zipped while in use, with its log, gives the rows that stand in the log only; log and shared memory are no files of their own', async () => {
    const { path, db } = databaseInUse();
    const member = (name: string, suffix = ''): { name: string; bytes: Buffer } => ({ name: `inventory/${name}${suffix}`, bytes: readFileSync(`${path}${suffix}`) });
    // The order of a folder: the log stands behind its database.
    const members = [member('assets.db'), member('assets.db', '-shm'), member('assets.db', '-wal')];
    db.close();
    const { reports } = await takeIn(save(constructZip(members), 'zip'));
    expect([...reports].map(([name, { kind, imported, rejectedCount, error }]) => [name, kind, imported, rejectedCount, error])).toEqual([['inventory/assets.db', 'sqlite', 50, 0, null]]);
    const without = await takeIn(save(constructZip(members.slice(0, 1)), 'zip'));
    expect([...without.reports.values()]).toMatchObject([{ imported: 0, error: { code: 'file-not-recognised' } }]);
    const alone = await takeIn(save(constructZip([{ name: 'other.txt-wal', bytes: Buffer.from('PC-1\nPC-2\n') }]), 'zip'));
    expect([...alone.reports.values()]).toMatchObject([{ imported: 2 }]); // only a name like one
  });

  test('that a broken tool left empty says so, and what to do', async () => {
    const { reports } = await takeIn(save(database((db) => db.exec('CREATE TABLE bitlocker_keys (domain TEXT, computer_name TEXT, recovery_password TEXT)')), 'sqlite'));
    expect(reports.get('')).toMatchObject({ kind: 'sqlite', notes: ['exporter-failed'], imported: 0 });
  });

  test('runs nothing it brings with it, and damage is named', async () => {
    const bytes = database((db) => {
      db.exec("CREATE TABLE keys (host TEXT, key_id TEXT, recovery_password TEXT); CREATE VIEW v AS SELECT load_extension('x'); CREATE TABLE odd (a TEXT, b TEXT GENERATED ALWAYS AS (a || a) VIRTUAL)");
      db.prepare('INSERT INTO keys VALUES (?, ?, ?)').run('PC-1', idText(1), passwordText(1));
    });
    expect((await takeIn(save(bytes, 'db'))).reports.get('')).toMatchObject({ imported: 1, error: null });
    const damaged = Uint8Array.from(bytes).fill(0xff, 100, 4096);
    expect((await takeIn(save(damaged, 'db'))).reports.get('')?.error).toMatchObject({ code: 'file-not-recognised', facts: { why: 'database-damaged' } });
  });
});

test('a cancelled import of an archive keeps what was read and ends the thread', async () => {
  const many = 9000; // more than are stored together
  const path = save(constructZip(Array.from({ length: many }, (_, n) => ({ name: `${n}.txt`, bytes: keyFile(n) }))), 'zip');
  const desk = openTestDesk();
  const stop = new AbortController();
  let fileCount = 0;
  for await (const event of importKeys(desk, [path], { files: importFiles, signal: stop.signal })) {
    if (event.kind === 'file' && event.report.imported === 1) stop.abort();
    if (event.kind === 'done') ({ fileCount } = event); // its list names only what is remarkable, where there are many
  }
  expect(fileCount).toBeGreaterThan(0);
  const entered = desk.db.prepare<[], { files: number; imported: number }>('SELECT count(*) AS files, sum(imported) AS imported FROM import_files').get();
  expect(entered?.files).toBe(fileCount);
  expect(fileCount).toBeLessThan(many);
  expect(keptKeys(desk).length).toBe(entered?.imported);
});
