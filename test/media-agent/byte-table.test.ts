import { describe, expect, test } from 'vitest';
import { learnByteTable, toBytes } from '../../scripts/media/agent/byte-table.ts';

const ALL = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('bytes out of text mode', () => {
  // What script host makes of the bytes is what the machine's code page says.
  test.each(['windows-1252', 'windows-1250', 'windows-1251', 'windows-1254', 'iso-8859-1', 'ibm866'])('come back whole under %s', (codePage) => {
    const text = new TextDecoder(codePage).decode(ALL);
    const table = learnByteTable(text);
    expect(table).not.toBeNull();
    expect(table && toBytes(text, table)).toEqual([...ALL]);
  });

  test.each(['shift_jis', 'gbk', 'big5', 'utf-8'])('are not trusted under %s, which loses some', (codePage) => {
    expect(learnByteTable(new TextDecoder(codePage).decode(ALL))).toBeNull();
  });

  test('are not trusted when the file of the self-test is another', () => {
    expect(learnByteTable('A'.repeat(256))).toBeNull();
    expect(learnByteTable(String.fromCharCode(...ALL).slice(1))).toBeNull();
    expect(learnByteTable(String.fromCharCode(...ALL.toReversed()))).toBeNull();
  });

  test('are refused for a character that stands for no byte', () => {
    const table = learnByteTable(String.fromCharCode(...ALL));
    expect(table && toBytes('a\u20ac', table)).toBeNull();
  });
});
