import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { afterAll, describe, expect, test } from 'vitest';
import type { FileReport } from '../../electron/core/keys/import-report.ts';
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
  return { desk, reports: new Map(done.files.map((report) => [report.path.slice(path.length + 1), report])) };
}

const keyFile = (n: number): string => `BitLocker Drive Encryption recovery key\r\n\r\nIdentifier:\r\n\r\n\t${idText(n)}\r\n\r\nRecovery Key:\r\n\r\n\t${passwordText(n)}\r\n`;

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
      { name: 'inner.zip', bytes: constructZip([{ name: 'x.csv', bytes: good }]) }, { name: 'photo.png', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]) }, { name: '__MACOSX/._a.csv', bytes: 'x' }, { name: 'empty/', bytes: '' },
      { name: 'z.csv', bytes: csv([{ host: 'PC-2', id: 2, password: 2 }]) },
    ]), 'zip'));
    expect([...reports].map(([name, { imported, error }]) => [name, imported, error?.facts['why'] ?? null])).toEqual([
      ['a.csv', 1, null], ['locked.csv', 0, 'member-encrypted'], ['odd.csv', 0, 'member-method'], ['../../out.csv', 0, 'member-name'], ['inner.zip', 0, 'member-archive'], ['photo.png', 0, 'picture'], ['z.csv', 1, null],
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

describe('a workbook', () => {
  const rows = [['Hostname', 'KeyID', 'RecoveryKey', 'Created'], ['PC-1', idText(1), passwordText(1), new Date('2024-07-19T04:09:00Z')], [null], ['PC "2" & Söhne', idText(2), '4,78E+47', null], ['PC-3', idText(3), passwordText(3), null]] as const;

  test('comes in with rows numbered as a person counts them, dates as dates, and Excel\'s own damage named', async () => {
    const { desk, reports } = await takeIn(save(constructWorkbook({ Keys: rows, Empty: [] }), 'xlsx'));
    expect(reports.get('')).toMatchObject({ kind: 'xlsx', imported: 2, rejectedCount: 1, error: null });
    expect(reports.get('')?.rejected[0]?.row).toBe(4);
    expect(keptKeys(desk).map(({ id, hostname, row }) => [id, hostname, row])).toEqual([[idText(1), 'PC-1', 2], [idText(3), 'PC-3', 5]]);
    expect(desk.db.prepare('SELECT created_at FROM key_records ORDER BY source_row').pluck().get()).toBe('2024-07-19T04:09:00Z');
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
  const path = save(constructZip(Array.from({ length: 400 }, (_, n) => ({ name: `${n}.txt`, bytes: keyFile(n) }))), 'zip');
  const desk = openTestDesk();
  const stop = new AbortController();
  const reports: FileReport[] = [];
  for await (const event of importKeys(desk, [path], { files: importFiles, signal: stop.signal })) {
    if (event.kind === 'file' && event.report.imported === 1) stop.abort();
    if (event.kind === 'done') reports.push(...event.files);
  }
  expect(reports.length).toBeGreaterThan(0);
  expect(reports.length).toBeLessThan(400);
  expect(keptKeys(desk).length).toBe(reports.reduce((sum, { imported }) => sum + imported, 0));
});
