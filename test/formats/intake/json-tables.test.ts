// JSON whose rows are lists below a list of headings, and answers that wrap their records deep.
import { describe, expect, test } from 'vitest';
import { essence, hostnames, idOf, passwordOf, read, rejections } from './support.ts';

const report = (rows: readonly unknown[]): string => JSON.stringify({ TotalRowCount: rows.length, Schema: ['DeviceId', 'DeviceName', 'OSDescription', 'UPN'].map((Column) => ({ Column, PropertyType: 'String' })), Values: rows, SessionId: '' });

describe('a table in JSON', () => {
  test('of Intune’s reports is its devices, at any size and cut into any pieces', async () => {
    const text = report([...Array.from({ length: 3000 }, (_, n) => [idOf(n), `PC-${n + 1000}`, 'Windows', 'anna [desk]@corp.example']), [idOf(9), 'Annas iPad', 'iOS', '']]);
    for (const pieceBytes of [700, 65_536]) {
      const result = await read(text, pieceBytes);
      expect([result.header.intakeKind, hostnames(result).length, result.rowsRead, rejections(result)]).toEqual(['intune-csv', 3000, 3001, [[3001, 'other-platform']]]);
    }
  });

  test.each([
    ['Log Analytics', { tables: [{ name: 'PrimaryResult', columns: [{ name: 'TimeGenerated', type: 'datetime' }, { name: 'Computer', type: 'string' }], rows: [['2024-07-19T04:00:00Z', 'PC-1.corp.example'], ['2024-07-19T04:00:00Z', 'PC-2']] }] }],
    ['Splunk', { fields: ['_time', 'ComputerName'], rows: [['2024-07-19T04:00:00Z', 'PC-1'], ['2024-07-19T04:00:00Z', 'PC-2']] }],
    ['pandas', { columns: ['hostname', 'serial'], index: [0, 1], data: [['PC-1', 7], ['PC-2', null]] }],
  ])('is read by its headings, which are no hosts: %s', async (_tool, answer) => {
    expect(hostnames(await read(JSON.stringify(answer)))).toEqual(['PC-1', 'PC-2']);
    expect(hostnames(await read(JSON.stringify(answer, null, 2)))).toEqual(['PC-1', 'PC-2']);
  });

  test('of keys gives each with its ID, and one that ends early says so', async () => {
    const text = JSON.stringify({ columns: [{ name: 'host' }, { name: 'key_id' }, { name: 'recovery_key' }], rows: [1, 2].map((n) => [`PC-${n}`, idOf(n), passwordOf(n)]) });
    expect(essence(await read(text))).toEqual([1, 2].map((n) => [n, idOf(n), passwordOf(n), `PC-${n}`]));
    const cut = await read(text.slice(0, -20));
    expect([essence(cut).length, rejections(cut)]).toEqual([1, [[2, 'entry-damaged']]]);
  });
});

test('the schema of hunting results names no host', async () => {
  expect(hostnames(await read(JSON.stringify({ schema: [{ name: 'DeviceName', type: 'String' }], results: [{ DeviceName: 'pc-1.corp.example', OSPlatform: 'Windows11' }] })))).toEqual(['PC-1']);
});

test('an answer of GraphQL is its assets, which nobody said are down', async () => {
  const items = [1, 2].map((n) => ({ key: `MTI${n}`, assetBasicInfo: { name: `PC-${n}`, type: 'Windows' }, assetCustom: { serialNumber: `S${n}` } }));
  const result = await read(JSON.stringify({ data: { site: { assetResources: { total: 2, items } } } }));
  expect([result.header.intakeKind, hostnames(result)]).toEqual(['inventory-json', ['PC-1', 'PC-2']]);
});

test('ServiceNow’s values are those people see, once each', async () => {
  const both = (text: string): object => ({ display_value: text, value: text });
  const result = await read(JSON.stringify({ result: [1, 2].map((n) => ({ name: both(`PC-${n}`), u_bitlocker_key_id: both(idOf(n)), u_bitlocker_recovery_key: both(passwordOf(n)), assigned_to: { display_value: 'Anna Muster', link: 'https://x.example/5', value: '5137153cc611227c000bbd1bd8cd2007' } })) }));
  expect(essence(result)).toEqual([1, 2].map((n) => [n, idOf(n), passwordOf(n), `PC-${n}`]));
});

test('text behind or between what is JSON keeps the keys in it', async () => {
  const one = (n: number): string => JSON.stringify({ id: idOf(n), key: passwordOf(n) });
  const result = await read(`${one(1)}\nPC-2 ${idOf(2)} ${passwordOf(2)}\n${one(3)}\nConnection closed after 1200 ms, 3 records were written to the file\nPC-4: ${passwordOf(4)}`);
  expect([essence(result), result.rowsRead]).toEqual([[[1, idOf(1), passwordOf(1), null], [2, idOf(2), passwordOf(2), 'PC-2'], [3, idOf(3), passwordOf(3), null], [4, null, passwordOf(4), 'PC-4']], 4]);
});
