import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asOperator, bluelift, newDesk } from '../support/command-line.ts';
import { constructedKeyProtectorId, constructedPassword } from '../support/constructed-passwords.ts';

it('says on the command line what is covered, hands rejected rows back, and undoes the import', async () => {
  const { folder, first } = await newDesk();
  const csv = join(folder, 'keys.csv');
  writeFileSync(csv, ['Hostname,KeyID,RecoveryKey', `HAS-KEY,${constructedKeyProtectorId(1)},${constructedPassword(1)}`, 'HAS-NONE,,System.Object[]', ''].join('\r\n'));
  const names = join(folder, 'down.txt');
  writeFileSync(names, 'HAS-NONE\r\nHAS-NONE-2\r\nHAS-NONE-3\r\n');
  const imported = await bluelift(['import', csv, names, ...first, '--json']);
  const importId = String(imported.json()['importId']);

  const gaps = join(folder, 'gaps.csv');
  const coverage = await bluelift(['coverage', '--newer-than-days', '30', '--out', gaps, ...first, '--json']);
  expect(coverage.json()).toMatchObject({ withKey: 1, withoutKey: expect.any(Number), age: { days: 30, undated: 1 }, keyRecordsWithoutHost: 0 });
  expect(readFileSync(gaps, 'utf8')).toMatch(/^\ufeff"missing","host".*\r\n(?:.*\r\n)*"key","HAS-NONE","Reported"/);

  const back = join(folder, 'back.csv');
  expect(await bluelift(['import', 'rejections', importId, '--out', back, ...first])).toMatchObject({ code: 0 });
  expect(readFileSync(back, 'utf8').split('\r\n')[1]).toMatch(/keys\.csv","3","several keys lost by the exporter/);
  expect(readFileSync(back, 'utf8')).not.toContain('System.Object[]",');

  const overseer = asOperator(folder, 'reader', 'constructed passphrase');
  await bluelift(['operator', 'add', 'reader', '--role', 'helpdesk', '--new-passphrase-file', join(folder, 'reader.passphrase'), ...first]);
  expect(await bluelift(['import', 'undo', importId, ...overseer])).toMatchObject({ code: 6 });
  const undone = await bluelift(['import', 'undo', importId, ...first, '--json']);
  expect(undone.json()).toMatchObject({ keyRecordsRemoved: 1, stayed: [] });
  expect((await bluelift(['coverage', ...first, '--json'])).json()).toMatchObject({ hosts: 0, keyRecords: 0 });
  expect(await bluelift(['import', 'undo', 'x', ...first])).toMatchObject({ code: 2 });
}, 180_000); // every command is a process of its own

it('reconciles lists on the command line: what one has and the other lacks, and a file of it', async () => {
  const { folder, first } = await newDesk();
  const console_ = join(folder, 'console.txt');
  writeFileSync(console_, 'PC-1\r\nPC-2\r\n');
  const managed = join(folder, 'managed.csv');
  writeFileSync(managed, 'Device ID,Device name,Serial number,Last check-in\r\nx1,pc-2.corp.example,S2,2024-07-18T10:00:00Z\r\nx2,PC-3,S3,2024-07-18T10:00:00Z\r\n');
  const out = join(folder, 'differences.csv');
  const result = await bluelift(['reconcile', console_, managed, '--out', out, ...first, '--json']);
  expect(result).toMatchObject({ code: 0 });
  expect(result.json()).toMatchObject({ lists: [{ name: 'console.txt', lacks: { count: 1, rows: [{ hostname: 'PC-3', state: 'known' }] } }, { name: 'managed.csv', lacks: { count: 1, rows: [{ hostname: 'PC-1' }] } }], withoutKey: { count: 2 } });
  expect(readFileSync(out, 'utf8')).toContain('"in another list, not in managed.csv","PC-1","Reported"');
}, 180_000); // every command is a process of its own

it('takes in a table nobody knows by what its columns are said to be, and knows its header the next time', async () => {
  const { folder, first } = await newDesk();
  const table = (from: number): string => ['Kasten;Zettel;Nummer', ...[0, 1, 2].map((n) => `PC-${from + n};${constructedPassword(from + n)};${constructedKeyProtectorId(from + n)}`), ''].join('\r\n');
  const one = join(folder, 'one.csv'), two = join(folder, 'two.csv');
  writeFileSync(one, table(1));
  writeFileSync(two, table(11));
  const looked = await bluelift(['import', 'preview', one, ...first, '--json']);
  expect(looked.json()).toMatchObject({ tables: [{ name: 'one.csv', table: { standing: 'unknown', header: ['Kasten', 'Zettel', 'Nummer'], columns: [{ proposed: 'hostname' }, { proposed: 'recoveryPassword', recoveryPasswords: 3 }, { proposed: 'keyProtectorId' }] } }] });
  expect(looked.out).not.toContain(constructedPassword(1).slice(0, 13));

  expect(await bluelift(['import', one, '--map', 'Kasten=hostname,Etage=site', ...first])).toMatchObject({ code: 2 });
  expect(await bluelift(['import', one, '--map', 'Kasten=colour', ...first])).toMatchObject({ code: 2 });
  const mapped = await bluelift(['import', one, '--map', 'kasten=hostname,2=recoveryPassword,Nummer=keyProtectorId', ...first, '--json']);
  expect(mapped.json()).toMatchObject({ files: [{ imported: 3, rejected: [], notes: ['columns-mapped'] }] });
  expect((await bluelift(['import', two, ...first, '--json'])).json()).toMatchObject({ files: [{ imported: 3, notes: ['columns-mapped'] }] });
  expect((await bluelift(['find', 'PC-12', ...first, '--json'])).json()).toMatchObject({ keyRecords: [{ hostname: 'PC-12' }] });
}, 180_000); // every command is a process of its own

it('takes in LAPS passwords of a table nobody knows, by what its columns are said to be', async () => {
  const { folder, first } = await newDesk();
  const path = join(folder, 'locals.csv');
  writeFileSync(path, ['Kasten;Konto;Zettel;Stand;Ende', ...[1, 2].map((n) => `PC-${n};locadm;Tr0ub4dor&${n};2024-07-0${n}T08:00:00Z;2030-01-01T00:00:00Z`), 'PC-3;locadm;;;', ''].join('\r\n'));
  const looked = await bluelift(['import', 'preview', path, ...first, '--json']);
  expect(looked.out).not.toContain('Tr0ub4dor');
  const mapped = await bluelift(['import', path, '--map', 'Kasten=hostname,Konto=lapsAccount,Zettel=lapsPassword,Stand=lapsUpdatedAt,Ende=lapsExpiresAt', ...first, '--json']);
  expect(mapped.json()).toMatchObject({ files: [{ kind: 'laps-csv', laps: { imported: 2, unchanged: 0, conflicts: 0 }, rejected: [], notes: ['columns-mapped'], error: null }] });
  expect(mapped.out + mapped.err).not.toContain('Tr0ub4dor');
  // The header is known from now on, and the same passwords are no second ones.
  expect((await bluelift(['import', path, ...first, '--json'])).json()).toMatchObject({ files: [{ laps: { imported: 0, unchanged: 2, conflicts: 0 }, notes: ['columns-mapped'] }] });
  const disclosed = await bluelift(['disclose', '--laps', 'PC-2', '--reason', 'mass-incident', ...first, '--json']);
  expect([disclosed.code, disclosed.out, disclosed.err]).toEqual([0, expect.stringContaining('Tr0ub4dor&2'), expect.anything()]);
  expect((await bluelift(['import', path, '--map', 'Konto=lapsAccount,Zettel=lapsPassword', ...first])).code).toBe(2);
}, 180_000); // every command is a process of its own

it('says what is wrong with a directory before anybody types a password for it', async () => {
  const { first } = await newDesk();
  const failure = async (...words: string[]): Promise<unknown> => { const run = await bluelift(['import', 'directory', '--bind', 'reader', ...words, ...first, '--json']); return [run.code, run.json()['error']]; };
  expect(await failure('--url', 'https://dc-1')).toMatchObject([2, { code: 'invalid-input', facts: { fields: ['--url: invalid_format'] } }]);
  expect(await failure('--url', 'ldaps://dc-1', '--pin', 'abc')).toMatchObject([2, { code: 'invalid-input', facts: { fields: ['--pin: invalid_format'] } }]);
  expect(await failure('--url', 'ldaps://dc-1', '--host', '12345')).toMatchObject([2, { code: 'invalid-input', facts: { fields: ['--host: invalid_format'] } }]);
  expect(await failure('--url', 'ldaps://127.0.0.1:1')).toMatchObject([12, { code: 'source-unreachable' }]);
}, 180_000);

it('asks on the command line whether an inventory is a list of the affected, and takes the answer at once or afterwards', async () => {
  const { folder, first } = await newDesk();
  const incident = join(folder, 'incident.csv');
  writeFileSync(incident, ['sys_id,name,serial_number,os', `${'a'.repeat(32)},SN-1,S1X,Windows 11`, `${'b'.repeat(32)},SN-2,S2X,Windows 11`, ''].join('\r\n'));
  expect((await bluelift(['import', incident, ...first])).out).toContain('  2 hosts are on this list, and it sets nobody down. If these are the hosts that are down: import down 1\n');
  expect((await bluelift(['import', 'down', '1', ...first])).out).toContain('2 of 2 hosts set down');
  expect((await bluelift(['import', 'inventory', '1', '--file', 'incident.csv', ...first, '--json'])).json()).toMatchObject({ importId: 1, lists: [{ said: 'inventory', hosts: 2, changed: 2 }] });
  expect((await bluelift(['import', incident, '--down', ...first, '--json'])).json()).toMatchObject({ importId: 2, lists: [{ said: 'down', hosts: 2, changed: 2 }] });
  const inventory = join(folder, 'all of them.csv');
  writeFileSync(inventory, ['sys_id,name,serial_number,os', `${'c'.repeat(32)},SN-3,S3X,Windows 11`, ''].join('\r\n'));
  expect((await bluelift(['import', incident, inventory, ...first])).out).toContain('import down 3 --file "all of them.csv"\n');
  expect((await bluelift(['import', 'down', '3', ...first, '--json'])).json()).toMatchObject({ error: { code: 'invalid-input', facts: { fields: ['--file'], known: ['incident.csv', 'all of them.csv'] } } });
}, 180_000); // every command is a process of its own
