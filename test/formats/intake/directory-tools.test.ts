// What tools around a directory, and people with a spreadsheet, make of keys and hosts.
import { describe, expect, test } from 'vitest';
import { previewTable } from '../../../electron/formats/intake/preview.ts';
import { encode, essence, hostnames, idOf, passwordOf, read, rejections } from './support.ts';

const A = { id: idOf(711), password: passwordOf(711) };
const B = { id: idOf(712), password: passwordOf(712) };
const name = (id: string): string => `2024-03-05T08:15:30\\+01:00{${id}}`;

test('repadmin /showattr counts values below each object, which are no folded lines of LDIF', async () => {
  const shown = ({ id, password }: typeof A, host: string): string => [`DN: CN=${name(id)},CN=${host},OU=Clients,DC=corp,DC=example`, '    2> objectClass: top; msFVE-RecoveryInformation', `    1> cn: ${name(id).replace('\\', '')}`, `    1> msFVE-RecoveryPassword: ${password}`, ''].join('\r\n');
  const result = await read(`Repadmin: running command /showattr against full DC DC01.corp.example\r\n${shown(A, 'PC-0711')}${shown(B, 'PC-0712')}`);
  expect(essence(result).map(([, ...rest]) => rest)).toEqual([[A.id, A.password, 'PC-0711'], [B.id, B.password, 'PC-0712']]);
  expect(result.notes).toEqual([]);
});

test.each([
  ['German', 'Name\tTyp\tBeschreibung', ['PC-0711\tComputer\tEmpfang', 'Domänen-Admins\tSicherheitsgruppe - Global\t', 'muster1\tBenutzer\t', 'PC-0712\tComputer\t']],
  ['English', 'Name\tType\tDescription', ['PC-0711\tComputer\tDesk', 'Helpdesk-1\tSecurity Group - Global\t', 'muster1\tUser\t', 'PC-0712\tComputer\t']],
])('the console’s list of a container is one of computers, and its groups and people are no hosts: %s', async (_language, header, rows) => {
  const result = await read(encode([header, ...rows].join('\r\n'), 'latin-1'));
  expect(hostnames(result)).toEqual(['PC-0711', 'PC-0712']);
  expect(rejections(result)).toEqual([[3, 'other-object'], [4, 'other-object']]);
  expect(result.header.intakeKind).toBe('computers-csv');
});

describe('a table somebody made', () => {
  test('with IDs and passwords of a host below each other in a cell keeps them in step', async () => {
    expect(essence(await read(`"ComputerName","KeyIDs","RecoveryPasswords"\r\n"PC-0711","${A.id}\r\n${B.id}","${A.password}\r\n${B.password}"\r\n`)).map(([, ...rest]) => rest)).toEqual([[A.id, A.password, 'PC-0711'], [B.id, B.password, 'PC-0711']]);
  });

  test('with a group of the password in each of eight columns keeps the ID below "ID"', async () => {
    expect(essence(await read(`PC,ID,1,2,3,4,5,6,7,8\nPC-0711,${A.id},${A.password.split('-').map(Number).join(',')}\n`))).toEqual([[2, A.id, A.password, 'PC-0711']]);
  });

  test('with the dashes of a word processor, or an apostrophe before each text, keeps IDs and names', async () => {
    expect(essence(await read(`Computer,Key ID,Recovery Key\nPC-0711,${A.id.replaceAll('-', '\u2013')},${A.password.replaceAll('-', '\u2013')}\n'PC-0712,'${B.id},'${B.password}\n`))).toEqual([[2, A.id, A.password, 'PC-0711'], [3, B.id, B.password, 'PC-0712']]);
  });

  test('drawn with plus signs in its ruler has no row there', async () => {
    const result = await read(`| Host | Key ID | Recovery Key |\n|------+--------+--------------|\n| PC-0711 | ${A.id} | ${A.password} |\n`);
    expect([essence(result).map(([, id, , host]) => [id, host]), rejections(result)]).toEqual([[[A.id, 'PC-0711']], []]);
  });
});

test('Get-BitLockerVolume with its protectors lost sets nobody down', async () => {
  const result = await read('\r\nComputerName         : PC-0711\r\nMountPoint           : C:\r\nVolumeStatus         : FullyEncrypted\r\nKeyProtector         : {Tpm, RecoveryPassword}\r\n\r\n');
  expect([hostnames(result), result.header.intakeKind]).toEqual([['PC-0711'], 'inventory-csv']);
});

test('a device’s ID in JSON that was put into JSON once more is not the key’s', async () => {
  const text = JSON.stringify(JSON.stringify({ value: [A, B].map(({ id, password }, index) => ({ id: id.toLowerCase(), deviceId: idOf(800 + index).toLowerCase(), key: password })) }));
  expect(essence(await read(text)).map(([, id, password]) => [id, password])).toEqual([[A.id, A.password], [B.id, B.password]]);
});

test('an older key in the remarks beside a row’s own comes in, too, and takes no ID from it', async () => {
  const table = `Computer,Key ID,Recovery Key,Notes\nPC-0711,${A.id},${A.password},"before it was installed anew: ${B.password}"\nPC-0712,${B.id},${passwordOf(713)},"old: ${idOf(714)} ${passwordOf(714)}"\n`;
  expect(essence(await read(table))).toEqual([[2, A.id, A.password, 'PC-0711'], [2, null, B.password, 'PC-0711'], [3, B.id, passwordOf(713), 'PC-0712'], [3, idOf(714), passwordOf(714), 'PC-0712']]);
});

test.each([
  ['dsquery computer', 'computers-csv', '"CN=PC-0711,OU=Clients,DC=corp,DC=example"\r\n"CN=PC-0712,OU=Clients,DC=corp,DC=example"\r\n'],
  ['an update server’s computers', 'inventory-csv', '"FullDomainName","IPAddress","Make","Model","OSDescription","LastSyncTime","LastReportedStatusTime"\r\n"pc-0711.corp.example","10.0.0.10","LENOVO","20Y1","Windows 11","7/18/2024 6:11:12 AM","7/18/2024 6:12:00 AM"\r\n"pc-0712.corp.example","10.0.0.11","Dell Inc.","7420","Windows 10","7/17/2024 6:11:12 AM","7/17/2024 6:12:00 AM"\r\n'],
  ['a DHCP server’s leases', 'inventory-csv', '"IPAddress","ScopeId","ClientId","HostName","AddressState","LeaseExpiryTime"\r\n"10.0.0.10","10.0.0.0","00-15-5d-00-00-01","PC-0711.corp.example","Active","7/27/2024 6:11:12 AM"\r\n"10.0.0.11","10.0.0.0","00-15-5d-00-00-02","PC-0712.corp.example","Active","7/27/2024 6:11:12 AM"\r\n'],
])('lists hosts of which nobody said that they are down: %s', async (_what, kind, text) => {
  const result = await read(text);
  expect([result.header.intakeKind, hostnames(result)]).toEqual([kind, ['PC-0711', 'PC-0712']]);
});

describe('a table below headings in a language nobody knows', () => {
  test('with a group of each key in a column of its own is read by what its rows hold, with headings and without', async () => {
    const rows = [A, B].map(({ id, password }, n) => `KONE-${n + 1};${id};${password.replaceAll('-', ';')}`);
    const expected = [[A.id, A.password, 'KONE-1'], [B.id, B.password, 'KONE-2']];
    expect(essence(await read(['Kone;Tunniste;a;b;c;d;e;f;g;h', ...rows].join('\r\n'))).map(([, ...rest]) => rest)).toEqual(expected);
    expect(essence(await read(rows.join('\r\n'))).map(([, ...rest]) => rest)).toEqual(expected);
  });

  test('of hosts makes no hosts of its headings', async () => {
    expect(hostnames(await read('Gépnév;Sorozatszám;Telephely\r\nGEP-0001;S1;Győr\r\nGEP-0002;S2;Pécs\r\n'))).toEqual(['GEP-0001', 'GEP-0002']);
    expect(hostnames(await read('uranus, venus\r\nPC-1\r\nPC-2\r\n'))).toEqual(['URANUS', 'VENUS', 'PC-1', 'PC-2']);
  });

  test('has the GUID nearest before the password proposed for its ID, as it would be read', () => {
    const table = `Kone;Taltio;Tunniste;Palautusavain\r\n${[A, B].map(({ id, password }, n) => `KONE-${n + 1};${idOf(900 + n)};${id};${password}`).join('\r\n')}\r\n`;
    expect(previewTable(new TextEncoder().encode(table), true, [])?.columns.map(({ proposed }) => proposed)).toEqual(['hostname', null, 'keyProtectorId', 'recoveryPassword']);
  });
});
