// Two tables beside each other on one sheet.
import { describe, expect, test } from 'vitest';
import { essence, hostnames, idOf, passwordOf, read } from './support.ts';

const row = (one: number): string => `PC-${one},${idOf(one)},${passwordOf(one)}`;
const expected = [1, 2, 3].map((one) => [idOf(one), passwordOf(one), `PC-${one}`]);

describe('tables set beside each other', () => {
  test.each([['with a column between', ','], ['without', '']])('give each key to the host of their own columns, %s', async (_how, gap) => {
    const headings = 'Hostname,Key ID,Recovery Key';
    const result = await read(`${headings},${gap}${headings}\n${row(1)},${gap}${row(2)}\n${row(3)},${gap},,\n`);
    expect(essence(result).map(([, ...key]) => key)).toEqual(expected);
    expect(result.rows.map((one) => one.row)).toEqual([2, 2, 3]);
  });

  test('of hosts lose none', async () => {
    expect(hostnames(await read('Hostname,Site,,Hostname,Site\nPC-1,Paris,,PC-2,Lyon\nPC-3,Paris,,,\n'))).toEqual(['PC-1', 'PC-2', 'PC-3']);
  });

  test('are not seen in two keys of one host, nor where a heading comes twice', async () => {
    const keys = await read(`Hostname,Key ID,Recovery Key,Key ID,Recovery Key\nPC-1,${idOf(1)},${passwordOf(1)},${idOf(2)},${passwordOf(2)}\n`);
    expect(essence(keys)).toEqual([[2, idOf(1), passwordOf(1), 'PC-1'], [2, idOf(2), passwordOf(2), 'PC-1']]);
    expect(hostnames(await read('Name,Name,Site\nPC-1,Anna Muster,Paris\n'))).toEqual(['PC-1']);
  });
});
