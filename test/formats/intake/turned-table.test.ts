import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, encodings, essence, hostnames, idOf, newlines, passwordOf, pieceSizes, read, rejections } from './support.ts';

describe('a table that stands on its side', () => {
  test('keeps each key with the host of its column, in every encoding, delimiter and order of its lines', async () => {
    const seeds = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 6 });
    await fc.assert(fc.asyncProperty(seeds, fc.constantFrom(',', ';', '\t', '|'), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), fc.boolean(), encodings, newlines, pieceSizes, async (given, delimiter, order, isNumbered, encoding, newline, pieces) => {
      const rows = [['Computer', ...given.map((n) => `PC-${n}`)], ['Key ID', ...given.map(idOf)], ['Recovery Key', ...given.map(passwordOf)], ['Standort', ...given.map(() => 'Kiel')]];
      const lines = [...(isNumbered ? [['Attribute', ...given.map((_n, at) => `Host ${at + 1}`)]] : []), ...order.flatMap((at) => [rows[at] ?? []])];
      const result = await read(encode(lines.map((cells) => cells.join(delimiter)).join(newline) + newline, encoding), pieces);
      expect(essence(result).map(([, ...rest]) => rest)).toEqual(given.map((n) => [idOf(n), passwordOf(n), `PC-${n}`]));
      expect(rejections(result)).toEqual([]);
    }), { numRuns: 40 });
  });

  test('may be one record below the other, and says of each what is missing', async () => {
    const result = await read(`Computer;KIEL-PC-0001\nKey ID;${idOf(1)}\nRecovery Key;${passwordOf(1)}\n\nComputer;RECEPTION\nKey ID;${idOf(2)}\nRecovery Key;4,78401E+47\n`);
    expect([essence(result), rejections(result)]).toEqual([[[3, idOf(1), passwordOf(1), 'KIEL-PC-0001']], [[7, 'spreadsheet-number']]]);
  });

  test('of an inventory names its hosts, and a table that stands upright is none', async () => {
    expect(hostnames(await read('Computer Name,KIEL-PC-0001,RECEPTION\nSerial Number,S1,S2\nOperating System,Windows 10,Windows 11\n'))).toEqual(['KIEL-PC-0001', 'RECEPTION']);
    expect(hostnames(await read('Computer,Owner\nPC-1,Name\nPC-2,Serial\n'))).toEqual(['PC-1', 'PC-2']);
  });
});

test('a table with a cell of three hundred thousand blanks is told to be none of them at once', async () => {
  expect((await read(`Rechner;Notiz\nPC-1;a${' '.repeat(300_000)}b\nPC-2;c\n`)).rowsRead).toBe(2);
});
