import { expect, test } from 'vitest';
import { AppError } from '../../../electron/core/app-error.ts';
import { verifyAudit, listAudit } from '../../../electron/core/audit/audit.ts';
import { HOST_STATES } from '../../../electron/core/codes.ts';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { getImport, listImports, listRejections } from '../../../electron/core/keys/import-report.ts';
import { findKeyRecords } from '../../../electron/core/keys/key-list.ts';
import { transition } from '../../../electron/core/remediation/transitions.ts';
import { addHost, openTestDesk } from '../remediation/test-desk.ts';
import { collect, csv, idText, importFiles, importText, keptKeys, lend, memoryFile, passwordText, storeContent } from './import-desk.ts';

test('takes keys in, sealed, with their hosts', async () => {
  const desk = openTestDesk();
  const report = await importText(desk, csv([{ host: 'CN=PC-1,OU=Ward,DC=corp,DC=example', id: 1, password: 10 }, { host: 'pc-2.corp.example', id: 2, password: 20 }]));
  expect(report).toMatchObject({ kind: 'crowdstrike-csv', rows: 2, imported: 2, unchanged: 0, conflicts: 0, rejectedCount: 0, hosts: 2, error: null });
  expect(keptKeys(desk)).toEqual([
    { id: idText(1), hostname: 'PC-1', password: passwordText(10), conflict: false, source: 'keys.csv', row: 2 },
    { id: idText(2), hostname: 'PC-2', password: passwordText(20), conflict: false, source: 'keys.csv', row: 3 },
  ]);
  expect(desk.db.prepare('SELECT hostname, domain, organizational_unit AS ou, state FROM hosts ORDER BY hostname').all()).toEqual([
    { hostname: 'PC-1', domain: 'corp.example', ou: 'Ward', state: 'known' }, { hostname: 'PC-2', domain: 'corp.example', ou: null, state: 'known' },
  ]);
});

test('the same file twice changes nothing', async () => {
  const desk = openTestDesk();
  const text = csv([{ host: 'PC-1', id: 1, password: 10 }, { host: 'PC-1', id: 1, password: 11 }, { host: 'PC-2', password: 12 }, { id: 3, password: 13 }, { host: 'PC-1', id: 1, password: 10 }]);
  await importText(desk, text);
  const before = storeContent(desk);
  desk.advance(60_000);
  expect(await importText(desk, text)).toMatchObject({ rows: 5, imported: 0, unchanged: 5, conflicts: 0 });
  expect(storeContent(desk)).toEqual(before);
});

test('a newer export brings what is new between what was there, every key with its own host, ID and recovery password', async () => {
  const desk = openTestDesk();
  const lines = Array.from({ length: 600 }, (_, n) => ({ host: `PC-${String(Math.floor(n / 3)).padStart(4, '0')}`, id: n, password: n }));
  await importText(desk, csv(lines.filter(({ id }) => id % 5 === 0)), 'monday.csv');
  expect(await importText(desk, csv(lines), 'tuesday.csv')).toMatchObject({ imported: 480, unchanged: 120 });
  expect(keptKeys(desk).map(({ id, hostname, password }) => [id, hostname, password]).sort()).toEqual(lines.map(({ host, id }) => [idText(id), host, passwordText(id)]).sort());
});

test('a key that another file has too gets a second source and stays one record', async () => {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }]), 'ad.csv');
  for (let time = 0; time < 2; time += 1) expect(await importText(desk, csv([{ host: 'PC-9', id: 9, password: 90 }, { host: 'PC-1', id: 1, password: 10 }]), 'entra.csv')).toMatchObject({ rows: 2, imported: time === 0 ? 1 : 0 });
  expect(keptKeys(desk)).toHaveLength(2);
  expect(desk.db.prepare('SELECT name, source_row FROM key_record_sources JOIN import_files USING (import_file_id)').all()).toEqual([{ name: 'entra.csv', source_row: 3 }]);
});

test('the same key protector ID with another recovery password is a conflict, kept, marked on both sides and never overwritten', async () => {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }]), 'ad.csv');
  expect(await importText(desk, csv([{ host: 'PC-1', id: 1, password: 11 }, { host: 'PC-1', id: 1, password: 12 }, { host: 'PC-1', id: 1, password: 11 }]), 'sheet.csv'))
    .toMatchObject({ rows: 3, imported: 0, unchanged: 1, conflicts: 2 });
  expect(keptKeys(desk).map(({ password, conflict, source }) => ({ password, conflict, source }))).toEqual([
    { password: passwordText(10), conflict: true, source: 'ad.csv' }, { password: passwordText(11), conflict: true, source: 'sheet.csv' }, { password: passwordText(12), conflict: true, source: 'sheet.csv' },
  ]);
  expect(findKeyRecords(desk.db, idText(1))).toHaveLength(3);
  const { conflicts } = getImport(desk.db, 2);
  expect(conflicts).toMatchObject([
    { keyProtectorId: idText(1), hostname: 'PC-1', keptSource: 'ad.csv', otherSource: 'sheet.csv', otherRow: 2 },
    { keyProtectorId: idText(1), hostname: 'PC-1', keptSource: 'ad.csv', otherSource: 'sheet.csv', otherRow: 3 },
  ]);
  expect(JSON.stringify(conflicts)).not.toMatch(/\d{6}-\d{6}/);
});

test('a key without an ID is one record for its host and password', async () => {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', password: 10 }, { host: 'PC-1', password: 10 }, { host: 'PC-2', password: 10 }, { password: 10 }, { password: 10 }]));
  expect(keptKeys(desk).map(({ hostname, row }) => [hostname, row])).toEqual([[null, 5], ['PC-1', 2], ['PC-2', 4]]);
});

test('a key that came without its ID gets it from a later source of the same host', async () => {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', password: 10 }]), 'report.csv');
  expect(await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }]), 'ad.csv')).toMatchObject({ imported: 0, unchanged: 1 });
  expect(keptKeys(desk)).toEqual([{ id: idText(1), hostname: 'PC-1', password: passwordText(10), conflict: false, source: 'report.csv', row: 2 }]);
  expect(findKeyRecords(desk.db, idText(1))).toEqual([1]);
  expect(await importText(desk, csv([{ host: 'PC-1', password: 10 }]), 'late.csv')).toMatchObject({ imported: 0, unchanged: 1 });
});

test('a key that came without its host gets it from a later source, and the host that waited for a key is ready', async () => {
  const desk = openTestDesk();
  await importText(desk, 'PC-1\r\nPC-2\r\nPC-3\r\n', 'down.txt');
  await importText(desk, csv([{ id: 1, password: 10 }]), 'ids.csv');
  expect(await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }]), 'ad.csv')).toMatchObject({ imported: 0, unchanged: 1 });
  expect(keptKeys(desk)[0]).toMatchObject({ hostname: 'PC-1', source: 'ids.csv' });
  expect(desk.db.prepare('SELECT hostname, state FROM hosts ORDER BY hostname').all()).toEqual([{ hostname: 'PC-1', state: 'ready' }, { hostname: 'PC-2', state: 'reported' }, { hostname: 'PC-3', state: 'reported' }]);
});

test('a key that names only the device of its host finds the host an inventory gave that device', async () => {
  const desk = openTestDesk();
  const device = '2ef04ef1-23b0-2e00-a90a-72bd2aeb8f1c';
  await importText(desk, `Device ID,Device name,Enrollment date,Last check-in,Microsoft Entra Device ID,OS version\r\n${idText(70)},PC-1,2024-01-01,2024-07-18,${device},10.0.22631\r\n`, 'DevicesWithInventory.csv');
  const json = JSON.stringify({ value: [{ id: idText(1), createdDateTime: '2024-01-02T03:04:05Z', volumeType: '1', deviceId: device, key: passwordText(10) }] });
  expect(await importText(desk, json, 'graph.json')).toMatchObject({ kind: 'graph-json', imported: 1 });
  expect(keptKeys(desk)).toMatchObject([{ id: idText(1), hostname: 'PC-1' }]);
});

test('hosts are filled where they were empty; of facts that contradict each other without a date the same ones stay in any order', async () => {
  const header = '"DistinguishedName","DNSHostName","Name","OperatingSystem"\r\n';
  const a = ['a.csv', `${header}"CN=PC-1,OU=A,DC=corp,DC=example","","PC-1","Windows 10"\r\n`] as const;
  const b = ['b.csv', `${header}"CN=PC-1,OU=B,DC=corp,DC=example","pc-1.corp.example","PC-1","Windows 11"\r\n`] as const;
  for (const order of [[a, b], [b, a]]) {
    const desk = openTestDesk();
    for (const [name, text] of order) await importText(desk, text, name);
    expect(desk.db.prepare('SELECT dns_name, organizational_unit AS ou, operating_system AS os FROM hosts').all()).toEqual([{ dns_name: 'pc-1.corp.example', ou: 'B', os: 'Windows 11' }]);
  }
});

test('a host list moves hosts as the table of states says, and a key wakes those that waited for one', async () => {
  const desk = openTestDesk();
  const standings = HOST_STATES.map((state) => ({ name: `PC-${state.toUpperCase()}`, state, blockedReason: state === 'blocked' ? ('no-key' as const) : null, closedAs: state === 'closed' ? ('retired' as const) : null }));
  for (const { name, state, blockedReason } of standings) addHost(desk, name, { state, ...(blockedReason === null ? {} : { blockedReason }) });
  const stateOf = (name: string): unknown => desk.db.prepare('SELECT state FROM hosts WHERE hostname = ?').pluck().get(name);
  await importText(desk, standings.map(({ name }) => name).join('\n'), 'down.txt');
  const reported = standings.map((standing) => transition(standing, { kind: 'reported', hasKey: false }));
  expect(standings.map(({ name }) => stateOf(name))).toEqual(reported.map((moved) => (moved.status === 'ok' ? moved.standing.state : 'refused')));
  await importText(desk, csv(standings.map(({ name }, n) => ({ host: name, id: n, password: n }))));
  const found = reported.map((moved) => (moved.status === 'ok' ? transition(moved.standing, { kind: 'key-found' }) : moved));
  expect(standings.map(({ name }) => stateOf(name))).toEqual(found.map((moved) => (moved.status === 'ok' ? moved.standing.state : 'refused')));
  expect(desk.db.prepare("SELECT hostname, subject, detail FROM host_events JOIN hosts USING (host_id) WHERE kind = 'reported'").all()).toEqual([{ hostname: 'PC-KNOWN', subject: 'down.txt', detail: '1' }]);
});

test('of a host list, new and newly reported hosts count as imported, the others as unchanged', async () => {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }]));
  expect(await importText(desk, 'PC-1\nPC-2\nPC-2\n10.0.0.1\n', 'down.txt')).toMatchObject({ kind: 'host-names', rows: 4, imported: 2, unchanged: 1, rejectedCount: 1, hosts: 1, rejected: [{ row: 4, reason: 'hostname-is-address' }] });
  expect(await importText(desk, 'PC-1\nPC-2\nPC-2\n', 'down.txt')).toMatchObject({ rows: 3, imported: 0, unchanged: 3 });
  expect(desk.db.prepare('SELECT hostname, state FROM hosts ORDER BY hostname').all()).toEqual([{ hostname: 'PC-1', state: 'ready' }, { hostname: 'PC-2', state: 'reported' }]);
});

test('every row that did not come in is kept with its reason, more of them than a report shows', async () => {
  const desk = openTestDesk();
  const wrong = (n: number): string => `"PC-${n}","${idText(n)}","${passwordText(n).replace(/^\d{6}/, '000001')}","Entra"`;
  const text = ['"Hostname","KeyID","RecoveryKey","Directory"', ...Array.from({ length: 1500 }, (_, n) => wrong(n)), `"PC-X","${idText(9)}","System.Object[]","ActiveDirectory"`].join('\r\n');
  const report = await importText(desk, text);
  expect(report).toMatchObject({ rows: 1501, imported: 0, rejectedCount: 1501 });
  expect(report.rejected).toHaveLength(1000);
  expect(report.rejected[0]).toEqual({ row: 2, reason: 'wrong-groups', groups: [1] });
  expect(listRejections(desk.db, 1, { offset: 1500, limit: 10 })).toEqual([{ row: 1502, reason: 'exporter-lost-list' }]);
  expect((await importText(desk, text, 'all.csv', { reportedRejections: Infinity })).rejected).toHaveLength(1501);
});

test('a file that fails does not stop the others, and its report names it', async () => {
  const desk = openTestDesk();
  const gone = new AppError('file-unreadable', { path: '/media/gone.csv', why: 'became-shorter' });
  const reports = await importFiles(desk, [
    memoryFile('/media/empty.csv', ''), memoryFile('/media/binary.csv', new Uint8Array(5000).map((_, i) => (i * 193) & 0xff)),
    memoryFile('/media/gone.csv', csv([{ host: 'PC-1', id: 1, password: 1 }, { host: 'PC-2', id: 2, password: 2 }]) + 'x'.repeat(10), gone), memoryFile('/media/good.csv', csv([{ host: 'PC-3', id: 3, password: 3 }])),
  ]);
  expect(reports.map(({ name, error }) => [name, error?.code ?? null, error?.facts['why'] ?? null])).toEqual([
    ['empty.csv', 'file-not-recognised', 'empty'], ['binary.csv', 'file-not-recognised', expect.any(String)], ['gone.csv', 'file-unreadable', 'became-shorter'], ['good.csv', null, null],
  ]);
  expect(reports[2]?.imported).toBe(2);
  expect(keptKeys(desk).map(({ id }) => id).sort()).toEqual([idText(1), idText(2), idText(3)].sort());
});

test('a path that leads nowhere is reported beside what came in', async () => {
  const desk = openTestDesk();
  const files = lend({ path: '/media/none.csv', error: new AppError('file-not-found', { path: '/media/none.csv' }) }, memoryFile('/media/good.csv', csv([{ host: 'PC-3', id: 3, password: 3 }])));
  const events = await collect(importKeys(desk, [], { files, signal: new AbortController().signal }));
  const done = events.at(-1);
  expect(done).toMatchObject({ kind: 'done', cancelled: false, files: [{ path: '/media/none.csv', error: { code: 'file-not-found', row: null } }, { imported: 1 }] });
});

test('cancelling stops the reading; what was read is in and counted', async () => {
  const desk = openTestDesk();
  const stop = new AbortController();
  const lines = Array.from({ length: 9000 }, (_, n) => ({ host: `PC-${n}`, id: n, password: n }));
  const [head = '', ...rows] = csv(lines).split(/(?<=\r\n)/);
  const file = memoryFile('/media/keys.csv', head, ...rows);
  let pieces = 0;
  const slow = { ...file, async *chunks() { for await (const piece of file.chunks()) { pieces += 1; if (pieces === 5000) stop.abort(); yield piece; } } };
  const events = await collect(importKeys(desk, [], { files: lend(slow, memoryFile('/media/next.csv', csv([{ id: 1, password: 1 }]))), signal: stop.signal }));
  const done = events.at(-1);
  const kept = keptKeys(desk).length;
  expect(pieces).toBeLessThan(9000);
  expect(kept).toBeGreaterThan(0);
  expect(done).toMatchObject({ kind: 'done', cancelled: true, files: [{ name: 'keys.csv', imported: kept, rows: kept }] });
  expect(listImports(desk.db, { offset: 0, limit: 10 })).toMatchObject([{ cancelled: true, imported: kept, finishedAt: expect.any(String) }]);
});

test('an import whose listener goes away is finished all the same', async () => {
  const desk = openTestDesk();
  for await (const event of importKeys(desk, [], { files: lend(memoryFile('/media/keys.csv', csv([{ host: 'PC-1', id: 1, password: 1 }]))), signal: new AbortController().signal })) if (event.kind === 'progress') break;
  expect(listImports(desk.db, { offset: 0, limit: 1 })[0]?.finishedAt).not.toBeNull();
  expect((await importText(desk, csv([{ host: 'PC-2', id: 2, password: 2 }]))).imported).toBe(1);
});

test('two imports at once wait for each other and lose nothing', async () => {
  const desk = openTestDesk();
  const [a, b] = await Promise.all([importText(desk, csv(Array.from({ length: 300 }, (_, n) => ({ host: `A-${n}`, id: n, password: n }))), 'a.csv', { runRows: 50 }), importText(desk, csv(Array.from({ length: 300 }, (_, n) => ({ host: `B-${n}`, id: n + 150, password: n + 150 }))), 'b.csv', { runRows: 50 })]);
  expect(a.imported + b.imported).toBe(450);
  expect(a.unchanged + b.unchanged).toBe(150);
  expect(new Set(keptKeys(desk).map(({ id, password }) => `${id} ${password}`)).size).toBe(450);
});

test('other work of the desk gets its turn while an import runs', async () => {
  const desk = openTestDesk();
  let turns = 0;
  let on = true;
  const watch = (): void => { turns += 1; if (on) setImmediate(watch); };
  setImmediate(watch);
  await importText(desk, csv(Array.from({ length: 20_000 }, (_, n) => ({ host: `PC-${n >> 2}`, id: n, password: n }))));
  on = false;
  expect(turns).toBeGreaterThan(10); // slices of 20 ms: a fast machine needs few of them
});

test('an import that was killed between two transactions leaves nothing that hides or invents a key', async () => {
  const desk = openTestDesk();
  const enter = desk.db.prepare('INSERT INTO key_ids (key_protector_id, key_record_id) VALUES (?, ?)');
  // As a run leaves them that was cut off after the IDs and before the records: entries of records 1 to 3 that never came.
  for (let n = 1; n <= 3; n += 1) enter.run(Buffer.from(idText(n).replaceAll('-', ''), 'hex'), n);
  expect(findKeyRecords(desk.db, idText(1))).toEqual([]);
  expect(await importText(desk, csv([{ host: 'PC-3', id: 3, password: 3 }, { host: 'PC-2', id: 2, password: 2 }, { host: 'PC-2', id: 2, password: 2 }, { host: 'PC-9', id: 9, password: 9 }]))).toMatchObject({ imported: 3, unchanged: 1, conflicts: 0 });
  for (const n of [2, 3, 9]) expect(findKeyRecords(desk.db, idText(n))).toHaveLength(1);
  expect(findKeyRecords(desk.db, idText(1))).toEqual([]);
  expect(await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]), 'late.csv')).toMatchObject({ imported: 1 });
  expect(findKeyRecords(desk.db, idText(1))).toHaveLength(1);
});

test('somebody who can not read recovery passwords can take them in', async () => {
  const desk = openTestDesk();
  const supervisor = { ...desk, keys: { ...desk.keys, key2Private: null } };
  expect(await importText(supervisor, csv([{ host: 'PC-1', id: 1, password: 10 }]))).toMatchObject({ imported: 1 });
  expect(() => keptKeys(supervisor)).toThrow(expect.objectContaining({ code: 'cannot-read-recovery-passwords' }));
  expect(keptKeys(desk)[0]?.password).toBe(passwordText(10));
});

test('the audit has an import\'s start and end with figures and without a secret', async () => {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }]));
  const { rows } = listAudit(desk.db, { offset: 0, limit: 10 });
  expect(rows.map(({ act, subject, details }) => [act, subject, JSON.parse(details ?? '{}')])).toEqual([
    ['imports.run', '1', { importId: 1, step: 'finished', rows: 1, imported: 1, unchanged: 0, conflicts: 0, rejected: 0, hosts: 1, laps: 0, failed: 0 }],
    ['imports.run', 'keys.csv', { importId: 1, step: 'started', files: 1 }],
  ]);
  expect(verifyAudit(desk.db).intact).toBe(true);
  for (const table of ['imports', 'import_files', 'import_rejections', 'audit_entries', 'hosts', 'host_events']) expect(JSON.stringify(desk.db.prepare(`SELECT * FROM ${table}`).all())).not.toContain(passwordText(10).slice(0, 13));
});

test('passwords of one import are in pages of 256 and come out of them as they went in', async () => {
  const desk = openTestDesk();
  await importText(desk, csv(Array.from({ length: 700 }, (_, n) => ({ host: `PC-${n % 90}`, id: n, password: n * 31 }))));
  expect(desk.db.prepare('SELECT count(*) AS n FROM sealed_pages').get()).toEqual({ n: 3 });
  expect(desk.db.prepare('SELECT count(*) AS n FROM data_keys').get()).toEqual({ n: 1 });
  expect(keptKeys(desk).every(({ id, password }) => id !== null && password === passwordText(Number(id.slice(-12)) * 31))).toBe(true);
});
