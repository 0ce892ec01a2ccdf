import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, encodings, facts, hostnames, newlines, pieceSizes, read, rejections } from './support.ts';

test('a list of names in any spelling gives the hosts, by their lines', async () => {
  const result = await read('Hostname\r\nPC-1\r\n\r\nCORP\\pc-2\r\npc-3.corp.example\r\nPC-4$\r\n"PC-5",\r\n- PC-6\r\n# not this one\r\nPC-7   # Jane’s\r\n');
  expect(result.header).toMatchObject({ intakeKind: 'host-names', delimiter: null });
  expect(hostnames(result)).toEqual(['PC-1', 'PC-2', 'PC-3', 'PC-4', 'PC-5', 'PC-6', 'PC-7']);
  expect(result.rows.map((row) => row.row)).toEqual([2, 4, 5, 6, 7, 8, 10]);
  expect(result.rowsRead).toBe(7);
});

test('the sentence above a list is no name of it, and a name with a colon is', async () => {
  expect(hostnames(await read('Betroffene Rechner (Stand 9:30 Uhr):\n- PC-1\n- PC-2 (Empfang)\n- PC-3 – Kasse 2\n'))).toEqual(['PC-1', 'PC-2', 'PC-3']);
  expect(hostnames(await read('Affected hosts:\n\nPC-1\nPC-2\n'))).toEqual(['PC-1', 'PC-2']);
  const found = await read('Im Feld gefunden:\nPC-1 - Keller, Raum 3\nPC-2 - Empfang\nPC-3 - Kasse, geht wieder\n');
  expect([hostnames(found), rejections(found)]).toEqual([['PC-1', 'PC-2', 'PC-3'], []]);
});

test('what is no name is refused with its line', async () => {
  const result = await read(`${Array.from({ length: 30 }, (_, index) => `PC-${index}`).join('\n')}\n192.0.2.7\nM?NCHEN-1\nPC one\n`);
  expect(rejections(result)).toEqual([[31, 'hostname-is-address'], [32, 'hostname-letters-lost'], [33, 'hostname-unusable']]);
  expect(hostnames(result)).toHaveLength(30);
});

test('a number in a short list is refused with its line, and costs none of the other lines', async () => {
  const result = await read('CORP\\ws-100\nBU?RO-1\nCN=WS-200,OU=Kiel,DC=corp,DC=example\nWS-201$\n\\\\WS-300\n12345\n');
  expect(hostnames(result)).toEqual(['WS-100', 'WS-200', 'WS-201', 'WS-300']);
  expect(rejections(result)).toEqual([[2, 'hostname-letters-lost'], [6, 'hostname-unusable']]);
});

test('one name is a list, too; prose is none', async () => {
  expect(hostnames(await read('PC-1'))).toEqual(['PC-1']);
  for (const prose of ['hello', 'Dear colleagues,\nplease see below.\nThanks\n', '{"a": 1}\n', '<html>\n<body>\n']) {
    const result = await read(prose);
    expect(hostnames(result)).toEqual([]);
    expect(result.notes).toContain('nothing-found');
  }
});

test('every name of a list comes out, in every encoding, newline and piece size', async () => {
  await fc.assert(fc.asyncProperty(facts, encodings, newlines, pieceSizes, async (rows, encoding, newline, pieceBytes) => {
    const result = await read(encode(rows.map((fact) => fact.host).join(newline), encoding), pieceBytes);
    expect(hostnames(result)).toEqual(rows.map((fact) => fact.host));
  }), { numRuns: 150 });
});

describe('a list of names as people keep it', () => {
  const lines = (...all: readonly string[]): string => [...all, ''].join('\r\n');
  test.each([
    ['numbered', lines('1. PC-1001', '2. PC-1002', '3. PC-1003')],
    ['with boxes to tick', lines('# Down', '- [ ] PC-1001', '- [x] PC-1002', '- [ ] PC-1003 (Kiel)')],
    ['in one line, with what it is before it', lines('Affected: PC-1001, PC-1002, PC-1003')],
    ['with the place behind each', lines('PC-1001 Kiel', 'PC-1002 Kiel, ward 3', 'PC-1003 Bremen')],
    ['with who uses it', lines('PC-1001;Kiel', 'PC-1002;jdoe', 'PC-1003;asmith')],
    ['pasted out of a sheet without its header', lines('PC-1001\tOPR\tKiel', 'PC-1002\tICU\tKiel', 'PC-1003\tER\tBremen')],
    ['of cells without a header', lines('PC-1001,10.0.0.1,Windows 11', 'PC-1002,10.0.0.2,Windows 10', 'PC-1003,10.0.0.3,Windows 11')],
  ])('gives its hosts and nothing else: %s', async (_how, text) => {
    const result = await read(text);
    expect([hostnames(result), rejections(result)]).toEqual([['PC-1001', 'PC-1002', 'PC-1003'], []]);
  });

  test.each([
    ['a log of one host', lines('PC-1001 10:11 disk error', 'PC-1001 10:12 disk error', 'PC-1001 10:13 disk error')],
    ['notes', lines('Meeting notes', 'We talked about PC-1001 and PC-1002.', 'Next time in B-12.')],
    ['a list of programs', lines('lib-1.2.3 ok', 'lib-2.3.4 ok', 'zlib-1.2 ok')],
  ])('is no list of hosts: %s', async (_what, text) => {
    expect(hostnames(await read(text))).toEqual([]);
  });
});

test('a line of three hundred thousand commas holds no name, and takes no longer to tell', async () => {
  const result = await read(`PC-1\nPC-2\nPC-3${','.repeat(300_000)}x y\n`);
  expect(result.rowsRead).toBeGreaterThan(0);
});
