import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyFacts, options } from './hand-overs/hand-over.ts';
import { hostLists } from './hand-overs/host-lists.ts';
import { keyTables } from './hand-overs/key-tables.ts';
import { essence, hostnames, idOf, keysOf, passwordOf, read, rejections } from './support.ts';

const lines = (...all: readonly string[]): string => [...all, ''].join('\r\n');

describe('several tables in one file', () => {
  test('are read each by its own header, with titles and blank lines between them', async () => {
    const result = await read(lines('Keys', 'Hostname,KeyID,RecoveryKey', `WS-1,${idOf(1)},${passwordOf(1)}`, `WS-2,${idOf(2)},${passwordOf(2)}`, '', 'Hosts', 'ComputerName,OperatingSystem,LastLogonDate', 'WS-3,Windows 11,2024-07-18T00:00:00Z', 'WS-4,Windows 11,2024-07-18T00:00:00Z'));
    expect([essence(result), hostnames(result), rejections(result), result.rowsRead]).toEqual([[[3, idOf(1), passwordOf(1), 'WS-1'], [4, idOf(2), passwordOf(2), 'WS-2']], ['WS-3', 'WS-4'], [], 4]);
  });

  test('laid end to end by two exporters lose no key of the second', async () => {
    const result = await read(lines('Hostname,KeyID,RecoveryKey,Directory', `WS-1,${idOf(1)},${passwordOf(1)},ActiveDirectory`, 'Name,Date,PasswordID,RecoveryPassword', `WS-2,2024-01-01 00:00:00,${idOf(2)},${passwordOf(2)}`));
    expect([essence(result), keysOf(result)[1]?.createdAt, rejections(result)]).toEqual([[[2, idOf(1), passwordOf(1), 'WS-1'], [4, idOf(2), passwordOf(2), 'WS-2']], '2024-01-01T00:00:00Z', []]);
  });

  test('say of hosts in an inventory that they are of one, whatever stands above it', async () => {
    const result = await read(lines('Hostname,KeyID,RecoveryKey,Directory', `WS-1,${idOf(1)},${passwordOf(1)},Entra`, 'DistinguishedName,DNSHostName,Name,SamAccountName', '"CN=WS-2,DC=corp,DC=example",ws-2.corp.example,WS-2,WS-2$'));
    expect(result.rows[1]).toMatchObject({ kind: 'host', listKind: 'computers-csv', host: { hostname: 'WS-2' } });
  });

  test('are not seen where a host is named like a heading', async () => {
    expect(hostnames(await read(lines('Name,Operating System,Location', 'SERVER,Windows,Kiel', 'LAPTOP,Windows,Kiel', 'HOST,Windows,OFFICE')))).toEqual(['SERVER', 'LAPTOP', 'HOST']);
  });

  test('give the hosts and keys of each, whichever two they are', async () => {
    const headed = [...keyTables.filter(({ name }) => /^A1|^A2 AD, name|^A4 MBAM/.test(name)), ...hostLists.filter(({ name }) => /^B[2-9] (?!Falcon, device)/.test(name))];
    expect(headed.length).toBeGreaterThan(12);
    await fc.assert(fc.asyncProperty(fc.constantFrom(...headed), fc.constantFrom(...headed), keyFacts, keyFacts, options, fc.boolean(), async (first, second, some, others, chosen, isApart) => {
      const plain = { ...chosen, typeLine: false };
      const [one, other] = [first.make(some, plain), second.make(others, plain)];
      const [header] = one.text.split(/\r?\n/);
      fc.pre(header !== other.text.split(/\r?\n/)[0]);
      const result = await read(`${one.text}${isApart ? chosen.newline : ''}${other.text}`);
      expect(keysOf(result).map(({ recoveryPassword }) => recoveryPassword)).toEqual([...one.keys, ...other.keys].map(({ recoveryPassword }) => recoveryPassword));
      expect(hostnames(result)).toEqual([...one.hosts, ...other.hosts].map(({ hostname }) => hostname));
    }), { numRuns: 60 });
  });
});
