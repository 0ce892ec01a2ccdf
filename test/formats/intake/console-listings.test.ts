// Lists of hosts as people copy them out of a console, in place of an export.
import { describe, expect, test } from 'vitest';
import { encode, hostnames, read, rejections } from './support.ts';

const lines = (...all: readonly string[]): string => [...all, ''].join('\r\n');
const HOSTS = ['KIEL-PC-0001', 'RECEPTION', 'SRV01'];

/** Columns as wide as their widest cell, with a gap between. */
function columns(rows: readonly (readonly string[])[], indent = 0): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => ' '.repeat(indent) + row.map((cell, column) => cell.padEnd((widths[column] ?? 0) + 4)).join(''));
}

describe('a list of computers out of a console', () => {
  test.each([
    ['net group', lines('Group name     Domain Computers', 'Comment        All workstations and servers joined to the domain', '', 'Members', '', '-'.repeat(79), 'KIEL-PC-0001$            RECEPTION$               SRV01$                   ', 'The command completed successfully.')],
    ['net group in German', lines('Gruppenname     Domänencomputer', 'Kommentar       Alle Arbeitsstationen und Server der Domäne', '', 'Mitglieder', '', '-'.repeat(79), 'KIEL-PC-0001$            RECEPTION$', 'SRV01$', 'Der Befehl wurde erfolgreich ausgeführt.')],
    ['dsquery -attr', lines(...columns([['name', 'operatingsystem', 'lastlogontimestamp'], ...HOSTS.map((host) => [host, 'Windows 11 Enterprise', '133658370720000000'])], 2))],
    ['dsget computer', lines(...columns([['dn', 'samid', 'desc'], ...HOSTS.map((host) => [`CN=${host},OU=Kiel,DC=corp,DC=example`, `${host}$`, host === 'RECEPTION' ? '' : 'of building 7'])], 2), 'dsget succeeded')],
    ['Get-ADComputer, Format-Table', lines('', ...columns([['Name', 'OperatingSystem', 'LastLogonDate'], ['----', '---------------', '-------------'], ...HOSTS.map((host) => [host, 'Windows 11 Enterprise', '7/18/2024 8:01:12 AM'])]), '')],
    ['Get-ADComputer, Format-List', lines('', ...HOSTS.flatMap((host) => [`DistinguishedName : CN=${host},OU=Kiel,DC=corp,DC=example`, 'Enabled           : True', `Name              : ${host}`, 'ObjectClass       : computer', `SamAccountName    : ${host}$`, '']))],
  ])('sets nobody down: %s', async (_tool, text) => {
    for (const encoding of ['utf-8', 'utf-16le-bom', 'cp850'] as const) {
      const result = await read(encode(text, encoding));
      expect([result.header.intakeKind, hostnames(result), rejections(result)]).toEqual(['computers-csv', HOSTS, []]);
    }
  });

  test.each([
    ['Select-Object Name', lines('', 'Name        ', '----        ', ...HOSTS, '')],
    ['Select-Object Name, Format-List', lines('', ...HOSTS.flatMap((host) => [`Name : ${host}`, '']))],
    ['dsquery computer -o samid', lines(...HOSTS.map((host) => `"${host}$"`))],
    ['dsquery computer', lines(...HOSTS.map((host) => `"CN=${host},OU=Kiel,OU=Clients,DC=corp,DC=example"`))],
    ['net view', lines('Server Name            Remark', '', '-'.repeat(79), ...HOSTS.map((host) => `\\\\${host}`.padEnd(23)), 'The command completed successfully.')],
    ['wmic', lines(...columns([['Manufacturer', 'Model', 'Name'], ...HOSTS.map((host) => ['LENOVO', '20XW', host])]))],
  ])('names its hosts and nothing else: %s', async (_tool, text) => {
    const result = await read(text);
    expect([hostnames(result), rejections(result)]).toEqual([HOSTS, []]);
  });

  test('takes no name that Format-Table cut off at the width of the console', async () => {
    const result = await read(lines('', 'Name            DNSHostName             OperatingSystem', '----            -----------             ---------------', 'KIEL-PC-0001    kiel-pc-0001.corp.ex... Windows 10 E...', 'KIEL-RECEPTI... kiel-reception.corp...  Windows 11 E...', 'KIEL-RECEPTIO…  kiel-reception.corp.e…  Windows 11 Ent…', ''));
    expect([hostnames(result), rejections(result)]).toEqual([['KIEL-PC-0001'], [[5, 'hostname-letters-lost'], [6, 'hostname-letters-lost']]]);
    expect(result.rows.map((row) => (row.kind === 'host' ? row.host.ids : []))).toEqual([[], [], []]);
  });

  test('takes no Mac of Jamf or another list for a host', async () => {
    const jamf = lines('Computer Name,Jamf Pro Computer ID,Serial Number,Operating System Version,Model', 'mac-0012,12,C02XX1,14.5.0,MacBook Pro (14-inch)', 'mac-0013,13,C02XX2,14.5.0,');
    const inventory = lines('Computer Name,Serial Number,Model,FileVault Status,BitLocker Status', 'PC-1,S1,Latitude 7420,,On', 'mac-1,S2,MacBookAir10,On,', 'mac-2,S3,"Mac14,2",On,');
    expect([hostnames(await read(jamf)), rejections(await read(jamf))]).toEqual([[], [[2, 'other-platform'], [3, 'other-platform']]]);
    expect([hostnames(await read(inventory)), rejections(await read(inventory))]).toEqual([['PC-1'], [[3, 'other-platform'], [4, 'other-platform']]]);
  });
});
