// Format-Table -Wrap: what people write once a column ended in three dots.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, encodings, essence, idOf, passwordOf, read, rejections } from './support.ts';

const HEADINGS = ['Hostname', 'KeyID', 'RecoveryKey'];

/** As PowerShell prints it: what is longer than its column goes on below itself, the ruler is as long as each heading. */
function wrapped(headings: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const line = (cells: readonly string[]): string => `${cells.map((cell) => cell.padEnd(width)).join(' ')}\r\n`;
  const ofRow = (cells: readonly string[]): string =>
    Array.from({ length: Math.max(...cells.map((cell) => Math.ceil(cell.length / width))) }, (_, part) => line(cells.map((cell) => cell.slice(part * width, (part + 1) * width)))).join('');
  return `\r\n${line(headings)}${line(headings.map((heading) => '-'.repeat(heading.length)))}${rows.map(ofRow).join('')}\r\n\r\n`;
}

describe('a table that goes on in the next line where a column is too narrow', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.nat(1_000_000), fc.nat(1_000_000)), { minLength: 1, maxLength: 6 });

  test('keeps every key with its ID and its host, however narrow, in every encoding', async () => {
    await fc.assert(fc.asyncProperty(rows, fc.integer({ min: 13, max: 60 }), fc.boolean(), encodings, async (given, width, braces, encoding) => {
      const cells = given.map(([host, id, password]) => [`PC-${host}`, braces ? `{${idOf(id)}}` : idOf(id), passwordOf(password)]);
      const result = await read(encode(wrapped(HEADINGS, cells, width), encoding));
      expect(essence(result).map(([, ...key]) => key)).toEqual(given.map(([host, id, password]) => [idOf(id), passwordOf(password), `PC-${host}`]));
      expect(rejections(result)).toEqual([]);
    }), { numRuns: 100 });
  });

  test('is read with the names of a directory’s objects, which are longer than any column', async () => {
    for (const width of [39, 40, 59]) {
      const names = [1, 2, 3].map((one) => [`CN=2024-07-19T06:11:12+02:00{${idOf(one)}},CN=PC-${one},OU=Laptops,OU=Paris,DC=corp,DC=example`, passwordOf(one)]);
      expect(essence(await read(wrapped(['DistinguishedName', 'msFVE-RecoveryPassword'], names, width))).map(([, ...key]) => key)).toEqual([1, 2, 3].map((one) => [idOf(one), passwordOf(one), `PC-${one}`]));
    }
  });

  test('makes no recovery password of two that were cut off below each other', async () => {
    for (const width of [20, 27, 28, 34]) {
      const cells = [1, 2, 3, 4].map((one) => `${(one % 2 === 1 ? `PC-${one}` : '').padEnd(13)} ${passwordOf(one).slice(0, width)}\r\n`);
      const result = await read(`Name          RecoveryKey\r\n------------- ${'-'.repeat(width)}\r\n${cells.join('')}`);
      expect(essence(result)).toEqual([]);
      expect(rejections(result).map(([, reason]) => reason)).toEqual(Array(4).fill('recovery-password-cut-off'));
    }
  });

  test('leaves a row alone whose first column is empty', async () => {
    const result = await read(`Name          RecoveryKey\r\n------------- ${'-'.repeat(55)}\r\nPC-1          ${passwordOf(1)}\r\n${' '.repeat(14)}${passwordOf(2)}\r\n`);
    expect(essence(result)).toEqual([[3, null, passwordOf(1), 'PC-1'], [4, null, passwordOf(2), null]]);
  });
});
