import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import type { MembersRead } from '../../../electron/core/keys/read-runs.ts';
import { importKeys, type ImportEvent, type SourceFile } from '../../../electron/core/keys/import-keys.ts';
import { oneByOne } from '../../../electron/core/keys/gathered-files.ts';
import { openGathering, type ReadFile } from '../../../electron/core/keys/small-files.ts';
import { unpacked } from '../../../electron/formats/intake/alike-keys.ts';
import { readIntake, readWhole } from '../../../electron/formats/intake/intake.ts';
import { importFiles } from '../../../electron/desk/import-files.ts';
import { constructedKeyProtectorId, constructedPassword } from '../../support/constructed-passwords.ts';
import { constructZip, type ConstructedMember } from '../../support/construct-zip.ts';
import { openNewDesk } from '../../support/open-desk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestDesk } from '../remediation/test-desk.ts';
import { collect, idText, keptKeys, lend, memoryFile, passwordText } from './import-desk.ts';

type Content = { readonly way: 'windows' | 'manage-bde' | 'no-id' | 'csv' | 'hosts' | 'listed' | 'wrong' | 'wrong-of-nobody' | 'nothing' | 'empty'; readonly id: number; readonly password: number; readonly host: number };

/** Few IDs, passwords and hosts, so that files speak of the same. */
const content = fc.record({ way: fc.constantFrom('windows', 'manage-bde', 'no-id', 'csv', 'hosts', 'listed', 'wrong', 'wrong-of-nobody', 'nothing', 'empty'), id: fc.nat(9), password: fc.nat(4), host: fc.nat(5) }) satisfies fc.Arbitrary<Content>;

function textOf({ way, id, password, host }: Content): string {
  switch (way) {
    case 'windows': return `BitLocker recovery key\r\n\r\nIdentifier:\r\n\r\n\t${idText(id)}\r\n\r\nRecovery Key:\r\n\r\n\t${passwordText(password)}\r\n\r\nhttps://go.microsoft.com/fwlink/?LinkID=260589\r\n`;
    case 'manage-bde': return `Computer Name: PC-${host}\r\n\r\nVolume C: [OSDisk]\r\n\r\n    Numerical Password:\r\n      ID: {${idText(id)}}\r\n      Password:\r\n        ${passwordText(password)}\r\n`;
    case 'no-id': return `Computer Name: PC-${host}\r\n\r\n${passwordText(password)}\r\n`;
    case 'csv': return `Hostname,SerialNumber,KeyID,RecoveryKey\r\nPC-${host},SN-${host >> 1}-X,${idText(id)},${passwordText(password)}\r\nPC-${host},SN-${host >> 1}-X,${idText(id + 1)},${passwordText(password + 1)}\r\n`;
    case 'hosts': return `Hostname\r\nPC-${host}\r\nPC-${host + 1}\r\n`;
    case 'listed': return JSON.stringify({ value: [{ id: idText(id), createdDateTime: '2024-05-06T10:11:12Z', volumeType: '1', deviceId: idText(100 + host) }] });
    case 'wrong': return `Computer Name: PC-${host}\r\nID: {${idText(id)}}\r\n${passwordText(password).slice(0, 40)}\r\n`;
    case 'wrong-of-nobody': return `Identifier:\r\n\r\n\t${idText(id)}\r\n\r\nRecovery Key:\r\n\r\n\t${passwordText(password).slice(0, 40)}\r\n`;
    case 'nothing': return 'Ask the helpdesk for this one.\r\n';
    case 'empty': return '';
  }
}

const importTexts = async (desk: Desk, texts: readonly string[], isGathered: boolean): Promise<ImportEvent[]> => {
  const files = texts.map((text, n) => memoryFile(`/hand-over/${String(n).padStart(4, '0')}.txt`, text));
  const gather = isGathered ? { gather: (_: readonly string[], options: Parameters<typeof openGathering>[0]) => Promise.resolve(gathered(texts, options)) } : {};
  return collect(importKeys(desk, ['/hand-over'], { files: { list: () => Promise.resolve(files), ...gather }, signal: new AbortController().signal }));
};

/** As the thread of folders does it, without a disk. */
function gathered(texts: readonly string[], options: Parameters<typeof openGathering>[0]): ReturnType<typeof oneByOne> {
  const gathering = openGathering(options);
  const parts: Awaited<ReturnType<ReturnType<typeof oneByOne>['next']>>[] = [{ kind: 'listed', files: texts.length, first: ['/hand-over/0000.txt'] }];
  const take = (): void => { if (gathering.files > 0) parts.push({ kind: 'together', gathered: gathering.take() }); };
  for (const [n, text] of texts.entries()) {
    const read = gathering.read({ path: `/hand-over/${String(n).padStart(4, '0')}.txt`, sizeBytes: text.length }, Buffer.from(text));
    if ('parts' in read) {
      take();
      parts.push({ kind: 'ones', files: [read satisfies ReadFile] });
    } else if (!gathering.add(read)) {
      take();
      expect(gathering.add(read)).toBe(true);
    }
  }
  take();
  return { next: () => Promise.resolve(parts.shift() ?? { kind: 'over' }), close: () => undefined };
}

/** What an import brings, whatever numbers its rows got. Passwords are opened and compared by what is in them, never printed. */
function broughtIn(desk: Desk): Record<string, string> {
  const rows = (sql: string): string => JSON.stringify(desk.db.prepare(sql).all());
  return {
    files: rows('SELECT path, name, kind, rows, imported, unchanged, conflicts, rejected, listed, hosts, error_code, error_facts, error_row, notes FROM import_files ORDER BY import_file_id'),
    keys: JSON.stringify(keptKeys(desk).map((key) => JSON.stringify(key)).toSorted()),
    holders: rows('SELECT hex(i.key_protector_id) AS id, f.name, k.source_row FROM key_ids i JOIN key_records k USING (key_record_id) JOIN import_files f USING (import_file_id) ORDER BY 1'),
    sources: rows(`SELECT hex(k.key_protector_id) AS id, o.name AS of, k.source_row AS at, f.name, s.source_row FROM key_record_sources s JOIN key_records k USING (key_record_id) JOIN import_files o ON o.import_file_id = k.import_file_id JOIN import_files f ON f.import_file_id = s.import_file_id ORDER BY 1, 2, 3, 4, 5`),
    hosts: rows('SELECT h.hostname, h.state, h.serial_number, h.facts_said, f.name FROM hosts h JOIN import_files f USING (import_file_id) ORDER BY h.hostname'),
    ids: rows(`SELECT i.kind, iif(i.kind = 'key-protector-id', substr(i.value, 1, 36), i.value) AS value, h.hostname, a.name AS first, i.first_row, z.name AS last, i.last_row FROM host_ids i JOIN hosts h USING (host_id) JOIN import_files a ON a.import_file_id = i.first_file_id JOIN import_files z ON z.import_file_id = i.last_file_id ORDER BY 1, 2, 3, 4, 5, 6, 7`),
    listed: rows('SELECT hex(l.key_protector_id) AS id, f.name, l.source_row, h.hostname, l.entra_device_id FROM listed_keys l JOIN import_files f USING (import_file_id) LEFT JOIN hosts h ON h.host_id = l.host_id ORDER BY 1, 2, 3'),
    rejections: rows('SELECT f.name, r.row, r.reason, r.groups FROM import_rejections r JOIN import_files f USING (import_file_id) ORDER BY 1, 2, 3'),
  };
}

const nameOf = (n: number): string => `${String(n).padStart(4, '0')}.txt`;

function strangeMember(way: 'encrypted' | 'method' | 'archive' | 'bomb' | 'torn'): Omit<ConstructedMember, 'name'> {
  const text = textOf({ way: 'nothing', id: 0, password: 0, host: 0 });
  switch (way) {
    case 'encrypted': return { bytes: text, encrypted: true };
    case 'method': return { bytes: text, method: 9 };
    case 'archive': return { bytes: 'x.txt'.padEnd(257, '\0') + `ustar\0${text}` }; // a tape archive
    case 'bomb': return { bytes: text, saysSizeBytes: 0xf000_0000 };
    case 'torn': return { bytes: text, saysSizeBytes: text.length + 7 };
  }
}

describe('many small files', () => {
  it('bring the same together as one by one, whatever they have in common', async () => {
    await fc.assert(fc.asyncProperty(fc.array(content, { maxLength: 40 }), async (contents) => {
      const texts = contents.map(textOf);
      const [one, other] = [openTestDesk(), openTestDesk()];
      for (const time of ['first', 'second']) {
        const sums = [await importTexts(one, texts, true), await importTexts(other, texts, false)].map((events) => events.at(-1));
        expect(sums[0], time).toEqual(sums[1]);
        const [together, apart] = [broughtIn(one), broughtIn(other)];
        for (const table of Object.keys(apart)) expect(together[table] === apart[table], `${table}, ${time} time`).toBe(true); // not toEqual: a difference would print passwords
      }
    }), { numRuns: 25 });
  });

  it('bring the same out of an archive as out of a folder, with members that can not be read named where they lie', async () => {
    const odd = fc.constantFrom('encrypted', 'method', 'archive', 'bomb', 'torn') satisfies fc.Arbitrary<string>;
    await fc.assert(fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 40 }), fc.array(fc.tuple(fc.nat(40), odd), { maxLength: 4 }), async (contents, strange) => {
      const texts = contents.map(textOf);
      const folder = join(temporaryFolder(), 'hand-over');
      mkdirSync(folder);
      texts.forEach((text, n) => writeFileSync(join(folder, nameOf(n)), text));
      const members: ConstructedMember[] = texts.map((text, n) => ({ name: nameOf(n), bytes: text }));
      for (const [n, way] of strange) members.push({ name: `${nameOf(n).slice(0, 4)}-${members.length}-${way}.txt`, ...strangeMember(way) });
      members.sort((one, other) => (one.name < other.name ? -1 : 1));
      writeFileSync(`${folder}.zip`, constructZip(members));
      const [one, other] = [openTestDesk(), openTestDesk()];
      for (const time of ['first', 'second']) {
        await collect(importKeys(one, [`${folder}.zip`], { files: importFiles, signal: new AbortController().signal }));
        await collect(importKeys(other, [folder], { files: importFiles, signal: new AbortController().signal }));
        const found = one.db.prepare("SELECT name, json_extract(error_facts, '$.why') AS why, error_code AS code FROM import_files WHERE import_id = (SELECT max(import_id) FROM imports) ORDER BY import_file_id").all() as { name: string; why: string | null; code: string | null }[]; // columns as selected
        expect(found.map(({ name }) => name.slice('hand-over.zip/'.length)), time).toEqual(members.map(({ name }) => name));
        for (const { name, why, code } of found) if (/-/.test(name.slice(14))) expect([name.split('-').at(-1), code === 'file-unreadable' ? 'unreadable' : why]).toEqual([name.split('-').at(-1), { 'encrypted.txt': 'member-encrypted', 'method.txt': 'member-method', 'archive.txt': 'member-archive', 'bomb.txt': 'member-bomb', 'torn.txt': 'unreadable' }[name.split('-').at(-1) ?? '']]);
        one.db.exec("DELETE FROM import_files WHERE name LIKE '%-%-%.txt'"); // the rest is what the folder holds
        const [packed, loose] = [broughtIn(one), broughtIn(other)];
        const plain = (text: string | undefined): string => (text ?? '').replaceAll(`${folder}.zip/`, '').replaceAll(`${folder}/`, '').replaceAll('hand-over.zip/', '');
        for (const table of Object.keys(loose)) expect(plain(packed[table]) === plain(loose[table]), `${table}, ${time} time`).toBe(true);
      }
    }), { numRuns: Number(process.env['BLUELIFT_RUNS'] ?? 10) });
  }, 120_000);

  it('are read at once as they are read in pieces', async () => {
    const anyBytes = fc.oneof(content.map((one) => Buffer.from(textOf(one))), content.map((one) => Buffer.from(`\ufeff${textOf(one)}`, 'utf16le')), fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)));
    await fc.assert(fc.asyncProperty(anyBytes, async (bytes) => {
      const pieces = [];
      for await (const part of readIntake((async function* () { if (bytes.length > 0) yield bytes; })())) pieces.push(part.kind === 'header' ? part : { ...part, rows: unpacked(part.rows) });
      expect(JSON.stringify(readWhole(bytes)) === JSON.stringify(pieces)).toBe(true);
    }), { numRuns: 300 });
  });

  it('come in beside large ones and archives, each with a report of its own in the order of their names', async () => {
    const { desk } = await openNewDesk();
    const folder = join(temporaryFolder(), 'hand-over');
    mkdirSync(folder);
    const line = (n: number): string => `CONSTRUCTED-${n},${constructedKeyProtectorId(n)},${constructedPassword(n)}`;
    const name = (n: number): string => `${String(n).padStart(3, '0')}.csv`;
    for (let n = 0; n < 60; n += 1) {
      const rows = n === 20 ? Array.from({ length: 1500 }, (_, k) => line(1000 + k)) : n === 30 ? Array.from({ length: 150 }, (_, k) => line(3000 + k)) : n === 40 ? ['CONSTRUCTED-X,no ID,no key'] : n === 45 ? [] : [line(n)];
      writeFileSync(join(folder, name(n)), n === 45 ? '' : ['Hostname,KeyID,RecoveryKey', ...rows, ''].join('\r\n'));
    }
    const events = [];
    for await (const event of importKeys(desk, [folder], { files: importFiles, signal: new AbortController().signal })) if (event.kind === 'file') events.push(event.report);
    expect(events.map((report) => report.name)).toEqual(Array.from({ length: 60 }, (_, n) => name(n)));
    expect(events.map(({ imported }) => imported)).toEqual(Array.from({ length: 60 }, (_, n) => (n === 20 ? 1500 : n === 30 ? 150 : n === 40 || n === 45 ? 0 : 1)));
    expect(events[40]).toMatchObject({ rejectedCount: 1 });
    expect(events[45]?.error).toMatchObject({ code: 'file-not-recognised' });
    expect(desk.db.prepare('SELECT count(*) AS n FROM key_records').get()).toEqual({ n: 56 + 1500 + 150 });
  });

  it('are all either in or named with a reason, whatever became of them on the disk', async () => {
    const desk = openTestDesk();
    const folder = join(temporaryFolder(), 'hand-over');
    mkdirSync(join(folder, 'sub', 'deeper'), { recursive: true });
    const windows = (n: number): string => textOf({ way: 'windows', id: n, password: n, host: 0 });
    const names: readonly (string | Buffer)[] = ['plain.txt', 'two\nlines.txt', 'sub/x.txt', 'sub/deeper/y.txt', Buffer.concat([Buffer.from(`${folder}/latin-`), Buffer.from([0xe4, 0xff]), Buffer.from('.txt')])];
    names.forEach((name, n) => writeFileSync(typeof name === 'string' ? join(folder, name) : name, windows(n)));
    writeFileSync(join(folder, 'locked.txt'), windows(20));
    chmodSync(join(folder, 'locked.txt'), 0);
    symlinkSync(folder, join(folder, 'sub', 'loop'));
    symlinkSync(join(folder, 'nowhere.txt'), join(folder, 'dangling.txt'));
    symlinkSync(join(folder, 'plain.txt'), join(folder, 'same.txt'));
    const events = await collect(importKeys(desk, [folder], { files: importFiles, signal: new AbortController().signal }));
    const done = events.at(-1);
    if (done?.kind !== 'done') throw new Error('not done');
    const isRoot = process.getuid?.() === 0;
    expect(done.files.map(({ name, imported, unchanged, error }) => [name, imported + unchanged, error?.code ?? null])).toEqual([
      ['dangling.txt', 0, 'file-not-found'], ['latin-\ufffd\ufffd.txt', 1, null], ['locked.txt', isRoot ? 1 : 0, isRoot ? null : 'file-unreadable'], ['plain.txt', 1, null], ['same.txt', 1, null],
      ['y.txt', 1, null], ['x.txt', 1, null], ['two\nlines.txt', 1, null],
    ]);
    expect(done).toMatchObject({ fileCount: 8, remarkableCount: isRoot ? 1 : 2 });
  });

  it('of an archive are counted on from group to group while they come in', async () => {
    const desk = openTestDesk();
    async function* groups(fingerprintKey: Uint8Array): AsyncGenerator<MembersRead> {
      for (let n = 0; n < 3; n += 1) {
        const gathering = openGathering({ fingerprintKey });
        const read = gathering.read({ path: `/hand-over.zip/${n}.txt`, sizeBytes: 100 }, Buffer.from(textOf({ way: 'windows', id: n, password: n, host: 0 })));
        if ('parts' in read) throw new Error('to be stored by itself');
        gathering.add(read);
        yield { kind: 'together', gathered: gathering.take() };
      }
    }
    const archive: SourceFile = {
      ...memoryFile('/hand-over.zip', ''),
      async *runs({ fingerprintKey }) {
        yield { kind: 'members', members: { files: groups(fingerprintKey), close: () => undefined } };
        yield { kind: 'end', notes: [], lastRow: null, failed: null };
      },
    };
    const told: number[] = [];
    for await (const event of importKeys(desk, [archive.path], { files: lend(archive), signal: new AbortController().signal })) {
      if (event.kind === 'progress') told.push(event.imported);
      if (event.kind === 'file') await pause(300); // so that people are to be told before the next group
    }
    expect(told).toEqual(told.toSorted());
    expect(told).toEqual(expect.arrayContaining([1, 2]));
  });

  it('stop at once when cancelled, and what is in is said', async () => {
    const desk = openTestDesk();
    const folder = join(temporaryFolder(), 'hand-over');
    mkdirSync(folder);
    for (let n = 0; n < 3000; n += 1) writeFileSync(join(folder, `${n}.txt`), textOf({ way: 'windows', id: n, password: n, host: 0 }));
    const stop = new AbortController();
    let done: ImportEvent | undefined;
    for await (const event of importKeys(desk, [folder], { files: importFiles, signal: stop.signal })) {
      if (event.kind === 'file') stop.abort();
      done = event;
    }
    if (done?.kind !== 'done') throw new Error('not done');
    const kept = desk.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM key_records').get()?.n ?? 0;
    expect(done.cancelled).toBe(true);
    expect(done.kinds.reduce((sum, { imported }) => sum + imported, 0)).toBe(kept);
    expect(done.fileCount).toBe(kept);
    expect(kept).toBeGreaterThan(0);
  });
});
