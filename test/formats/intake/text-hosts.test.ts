// Whose a recovery password is, in texts of which nothing is known: by what stands above it or beside it, and nobody's where that can not be told.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHostShaped } from '../../../electron/formats/intake/text-hosts.ts';
import { essence, hostnames, idOf, keysOf, passwordOf, read } from './support.ts';

interface Key { readonly host: string; readonly n: number }
const keys = fc.uniqueArray(fc.record({ host: fc.tuple(fc.constantFrom('PC-', 'DESKTOP-A', 'NB-KÖLN-', 'LT', 'BE-'), fc.integer({ min: 1000, max: 99_999 })).map(([prefix, number]) => `${prefix}${number}`.replace('Ö', 'O')), n: fc.nat(1_000_000) }), { minLength: 1, maxLength: 6, selector: ({ host }) => host });
const owners = async (text: string): Promise<unknown> => essence(await read(text)).map(([, id, password, host]) => [id, password, host]);
const expected = (all: readonly Key[]): unknown => all.map(({ host, n }) => [idOf(n), passwordOf(n), host]);

const SHAPES: readonly (readonly [string, (all: readonly Key[]) => string])[] = [
  ['a dump of SQL Server', (all) => all.map(({ host, n }, row) => `INSERT [dbo].[Keys] ([Id], [Name], [RecoveryKeyId], [RecoveryKey]) VALUES (${row}, N'${host}', N'${idOf(n).toLowerCase()}', N'${passwordOf(n)}')\nGO\n`).join('')],
  ['a dump of MySQL, all rows in one line', (all) => `INSERT INTO \`bitlocker\` VALUES ${all.map(({ host, n }, row) => `(${row},'${host}','{${idOf(n)}}','${passwordOf(n)}')`).join(',')};\n`],
  ['a dump with the host last', (all) => `INSERT INTO k VALUES ${all.map(({ host, n }) => `('${idOf(n)}','${passwordOf(n)}','${host}')`).join(', ')};\n`],
  ['a YAML list', (all) => `---\nhosts:\n${all.map(({ host, n }) => `  - name: ${host}\n    os: Windows 11\n    bitlocker:\n      id: "${idOf(n)}"\n      recovery_password: "${passwordOf(n)}"\n`).join('')}`],
  ['a YAML map', (all) => `all:\n  hosts:\n${all.map(({ host, n }) => `    ${host.toLowerCase()}.corp.example:\n      bitlocker_key_id: ${idOf(n)}\n      bitlocker_recovery_key: ${passwordOf(n)}\n`).join('')}`],
  ['a log', (all) => all.map(({ host, n }, row) => `2024-07-19 08:11:${10 + row},123 INFO exporter: host=${host} keyid={${idOf(n)}} key=${passwordOf(n)}\n`).join('')],
  ['headings', (all) => all.map(({ host, n }) => `==== ${host} ====\n\n  ID: {${idOf(n)}}\n  Password:\n    ${passwordOf(n)}\n\n`).join('')],
  ['a console', (all) => all.map(({ host, n }) => `C:\\>hostname\n${host}\n\nC:\\>manage-bde -protectors -get c:\n    Numerical Password:\n      ID: {${idOf(n)}}\n      Password:\n        ${passwordOf(n)}\n\n`).join('')],
  ['remote PowerShell', (all) => all.map(({ host, n }) => `[${host}]: PS C:\\> manage-bde -protectors -get c:\n      ID: {${idOf(n)}}\n        ${passwordOf(n)}\n`).join('')],
  ['Microsoft’s script', (all) => all.map(({ host, n }) => `Accessing object: CN=${host},OU=Clients,DC=corp,DC=example\nname: 2012-10-10T10:00:00-08:00{${idOf(n)}}\nmsFVE-RecoveryGuid: {${idOf(n)}}\nmsFVE-RecoveryPassword: ${passwordOf(n)}\n\n`).join('')],
  ['labels without colons', (all) => all.map(({ host, n }) => `Host ${host}\nID ${idOf(n)}\nPW ${passwordOf(n)}\n\n`).join('')],
  ['XML, an element a line', (all) => `<computers>\n${all.map(({ host, n }) => ` <computer>\n  <name>${host}</name>\n  <id>${idOf(n)}</id>\n  <key>${passwordOf(n)}</key>\n </computer>\n`).join('')}</computers>\n`],
  ['TOML', (all) => all.map(({ host, n }) => `[hosts."${host}"]\nkey_id = "${idOf(n)}"\nrecovery = "${passwordOf(n)}"\n\n`).join('')],
  ['variables of a script', (all) => all.map(({ host, n }, index) => `HOST_${index}=${host}\nKEYID_${index}=${idOf(n)}\nKEY_${index}=${passwordOf(n)}\n`).join('')],
  ['cells of a table pasted one below the other', (all) => `Computer\nKey ID\nRecovery Key\n${all.map(({ host, n }) => `${host}\n${idOf(n)}\n${passwordOf(n)}\n`).join('')}`],
];

describe.each(SHAPES)('%s', (_name, write) => {
  test('gives each key to the host it stands with', async () => {
    await fc.assert(fc.asyncProperty(keys, async (all) => {
      fc.pre(new Set(all.map(({ n }) => n)).size === all.length);
      expect(await owners(write(all))).toEqual(expected(all));
    }), { numRuns: 60 });
  });
});

test('in any mixture of them no key is given to another’s host', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...SHAPES.map(([, write]) => write)), fc.nat(1_000_000)), { minLength: 1, maxLength: 6 }), async (parts) => {
    fc.pre(new Set(parts.map(([, n]) => n)).size === parts.length);
    const all = parts.map(([, n], index): Key => ({ host: `PC-${1000 + index}`, n }));
    const result = essence(await read(all.map((key, index) => parts[index]?.[0]([key]) ?? '').join('\nand then\n\n')));
    for (const [, , password, host] of result) expect([null, all.find(({ n }) => passwordOf(n) === password)?.host]).toContain(host);
    expect(result).toHaveLength(all.length);
  }), { numRuns: 100 });
});

test('a number before a name is the list’s', async () => {
  expect(keysOf(await read([1, 2].map((n) => `${n}) KIEL-0${n}\n   Key-ID: ${idOf(n)}\n   Key: ${passwordOf(n)}\n`).join('\n'))).map(({ host }) => host?.hostname)).toEqual(['KIEL-01', 'KIEL-02']);
});

test('a list of hosts above keys says of none whose it is', async () => {
  expect(await owners(`Affected:\nPC-1001\nPC-1002\nPC-1003\n\nKeys:\n${passwordOf(1)}\n${passwordOf(2)}\n`)).toEqual([[null, passwordOf(1), null], [null, passwordOf(2), null]]);
});

test('names below their keys are not taken for headings of the next', async () => {
  expect(await owners(`${passwordOf(1)}\nPC-1001\n\n${passwordOf(2)}\nPC-1002\n`)).toEqual([[null, passwordOf(1), null], [null, passwordOf(2), null]]);
});

test('two names beside a key, a serial number, a user or a ticket are nobody', async () => {
  for (const line of ['PC-1001 PC-1002', 'Serial: SN123456', 'user: CORP\\jdoe22', 'CORP\\jane', 'INC0012345', 'Jul-19-2024', 'XTS-AES-256', 'KB5034441', 'System.Collections.Generic.List2', 'jane22']) {
    expect([line, await owners(`${line} ${passwordOf(3)}\n`)]).toEqual([line, [[null, passwordOf(3), null]]]);
  }
});

test('hosts are told from what only looks like one', () => {
  for (const name of ['PC-0012', 'DESKTOP-A1B2C3', 'pc1.corp.example', 'CORP\\LT00123', 'LT00123$', 'BE-0042', 'server-01', 'KIOSK-3A']) expect([name, isHostShaped(name)]).toEqual([name, true]);
  for (const name of ['TPM2', 'SHA256', 'Windows-11', 'INC0012345', '9BEE-4F1C', 'ABC7C7A1-9BEE', '3CA7495E', 'recovery-key-2', 'UTF-8', 'jdoe22', 'Key-1', 'Get-ADObject']) expect([name, isHostShaped(name)]).toEqual([name, false]);
});

test('where a transcript was written is not whose keys are in it, and a second volume C: is another host’s', async () => {
  const volume = (n: number): string => `Volume C: [OS]\nAll Key Protectors\n\n    Numerical Password:\n      ID: {${idOf(n)}}\n      Password:\n        ${passwordOf(n)}\n\n`;
  expect(await owners(`Windows PowerShell transcript start\nUsername: CORP\\admin01\nMachine: ADMIN-PC01 (Microsoft Windows NT 10.0.22631.0)\n\n${volume(1)}${volume(2)}`)).toEqual([[idOf(1), passwordOf(1), null], [idOf(2), passwordOf(2), null]]);
  expect(await owners(`Computer: PC-1001\n${volume(1)}${volume(2)}Computer: PC-1003\n${volume(3)}`)).toEqual([[idOf(1), passwordOf(1), 'PC-1001'], [idOf(2), passwordOf(2), null], [idOf(3), passwordOf(3), 'PC-1003']]);
});

describe('a text without any key', () => {
  test.each([
    ['a mail', 'Hi,\n\nthese are down:\n- PC-1001\n- PC-1002\n• nb-1003\n\nThanks\nJane\n'], ['YAML', 'affected:\n  - PC-1001\n  - PC-1002\n  - nb-1003\nreported_by: jane\n'],
  ])('that lists hosts below each other gives them: %s', async (_name, text) => {
    const result = await read(text);
    expect(hostnames(result)).toEqual(['PC-1001', 'PC-1002', 'NB-1003']);
    expect(result.notes).toEqual([]);
  });

  test('that names one alone, or any beside a key, lists none', async () => {
    expect((await read('Hi,\nplease look at\nPC-1001\nThanks\n')).rows).toEqual([]);
    expect(hostnames(await read(`down:\nPC-1001\nPC-1002\n\nkey ${passwordOf(1)}\n`))).toEqual([]);
  });
});

test.each([
  ['PsExec', (host: string) => `\\\\${host}:`], ['PsExec of one host', (host: string) => `Connecting to ${host}...\r\r\rStarting PSEXESVC service on ${host}...\r\r\rStarting manage-bde on ${host}...\r\r\r`], ['Ansible', (host: string) => `${host.toLowerCase()} | CHANGED | rc=0 >>`],
])('%s names the host before what manage-bde answered there', async (_tool, head) => {
  const facts = [11, 12].map((seed) => ({ host: `ENPC-${seed}`, id: idOf(seed), password: passwordOf(seed) }));
  const text = facts.map(({ host, id, password }) => `${head(host)}\r\nBitLocker Drive Encryption: Configuration Tool version 10.0.22621\r\n\r\nVolume C: [Windows]\r\nAll Key Protectors\r\n\r\n    TPM:\r\n      ID: {${idOf(99)}}\r\n\r\n    Numerical Password:\r\n      ID: {${id}}\r\n      Password:\r\n        ${password}\r\n\r\n`).join('');
  expect(keysOf(await read(text)).map(({ keyProtectorId, host, drive }) => [keyProtectorId, host?.hostname, drive])).toEqual(facts.map(({ id, host }) => [id, host, 'C:']));
});

test.each(['计算机名称', '電腦名稱', '컴퓨터 이름', 'Nazwa komputera', 'Nome do computador', 'Computernaam', 'Nombre de equipo', 'Název počítače', 'Datornamn', 'Computernavn', 'Bilgisayar adı', 'Tietokoneen nimi', 'Számítógépnév', 'Nume computer', 'Ім’я комп’ютера', 'Име на компютър', 'Názov počítača', 'Ime računalnika', 'Kompiuterio vardas', 'Datora nosaukums', 'Arvuti nimi', 'Datamaskinnavn', 'שם מחשב', 'اسم الكمبيوتر'])('a computer’s name is known by its label: %s', async (label) => {
  expect(essence(await read(`${label}: KIOSK\r\n\r\n    ID: {${idOf(5)}}\r\n    X:\r\n        ${passwordOf(5)}\r\n`))).toEqual([[5, idOf(5), passwordOf(5), 'KIOSK']]);
});
