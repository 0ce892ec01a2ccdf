import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recoveryPasswordFromNumbers } from '../../../electron/core/keys/recovery-password.ts';
import { readRuns } from '../../../electron/core/keys/read-runs.ts';
import { openStaging, type StagedRun } from '../../../electron/core/keys/staged-rows.ts';
import { unpacked } from '../../../electron/formats/intake/alike-keys.ts';
import type { IntakeRow } from '../../../electron/formats/intake/rows.ts';
import { readTable } from '../../../electron/formats/intake/table.ts';
import { findTextKind } from '../../../electron/formats/intake/sniff.ts';
import { findTableLayout, type TableLayout } from '../../../electron/formats/intake/table-layout.ts';
import { type Encoding, encode, inPieces } from './support.ts';

const password = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }).map((numbers) => String(recoveryPasswordFromNumbers(numbers)));
const id = fc.uuid().map((uuid) => uuid.toUpperCase());
const often = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> => fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** Also stand in other columns of some rows. */
const twoIds = fc.constantFrom('5A5959C1-2085-8E29-9D52-49870ED8E8B3', '6B5959C1-2085-8E29-9D52-49870ED8E8B3');
const anId = often(fc.oneof(id, twoIds), fc.oneof(id.map((text) => text.toLowerCase()), id.map((text) => `{${text}}`), id.map((text) => text.slice(1)), fc.constantFrom('00000000-0000-0000-0000-000000000000', '', 'SAMPLE', 'G0000000-0000-0000-0000-000000000000')));
const aPassword = often(password, fc.oneof(password.map((text) => text.replaceAll('-', '')), password.map((text) => `${text.slice(0, 54)}x`), password.map((text) => text.replace(/\d/, (digit) => String((Number(digit) + 1) % 10))), fc.constantFrom('', 'NULL', 'System.Object[]', '720896-000000-000000-000000-000000-000000-000000-000000')));
const aHost = often(fc.constant('PC-0001'), fc.constantFrom('PC-0002', 'CN=PC-0001,OU=München,DC=corp,DC=example', 'PC-0001 "old"', '', '(3 rows affected)', 'Łódź-01'));
const HEADERS = ['Computer,Key ID,Recovery Password,Created', 'Recovery Password;Computer;Key ID;Created', 'Key ID\tRecovery Password\tComputer\tVolume ID', 'Computer,Key ID,Recovery Password,Recovery Key ID', 'Computer,ID,Recovery Password,Description', 'Volume ID,Computer,Key ID,Recovery Password'];

/** A table of keys, most of them of one host and written as exporters do. */
const table = fc.record({
  header: fc.constantFrom(...HEADERS), isQuoted: fc.boolean(),
  rows: fc.array(fc.record({ host: aHost, id: anId, password: aPassword, further: often(fc.constant('2024-07-19'), fc.oneof(twoIds, twoIds, password, fc.constantFrom('', 'x'))), says: often(fc.constant(''), fc.constantFrom('twice', 'blank', 'cut off', 'header')) }), { minLength: 4, maxLength: 14 }),
}).map(({ header, isQuoted, rows }) => {
  const delimiter = /[,;\t]/.exec(header)?.[0] ?? ',';
  const headings = header.split(delimiter);
  const quoted = (field: string): string => (isQuoted || /["\n,;]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  const lines = rows.flatMap((row) => {
    const values: Readonly<Record<string, string>> = { Computer: row.host, 'Key ID': row.id, ID: row.id, 'Recovery Password': row.password };
    const line = headings.map((heading) => quoted(values[heading] ?? row.further)).join(delimiter);
    return row.says === 'twice' ? [line, line] : row.says === 'blank' ? [line, ''] : row.says === 'cut off' ? [line.slice(0, -3)] : row.says === 'header' ? [line, header] : [line];
  });
  return { header, lines };
});

function rowsOf(layout: TableLayout, pieces: readonly string[]): readonly IntakeRow[] {
  const rows: IntakeRow[] = [];
  const reader = readTable(layout, (entry) => rows.push(...unpacked([entry])));
  for (const piece of pieces) reader.write(piece);
  reader.end();
  return rows;
}

test('a line says the same below others that differ in their key alone as it says by itself', () => {
  fc.assert(fc.property(table, fc.integer({ min: 1, max: 400 }), ({ header, lines }, pieceLength) => {
    fc.pre(lines.every((line) => (line.match(/"/g)?.length ?? 0) % 2 === 0)); // one left open reaches over the lines below
    const layout = findTableLayout([header, ...lines]);
    fc.pre(layout?.holds === 'keys' && layout.header !== null);
    if (layout === null) return;
    const text = `${header}\n${lines.join('\n')}\n`;
    const pieces = Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, n) => text.slice(n * pieceLength, (n + 1) * pieceLength));
    const alone = eachAlone(layout, header, lines);
    expect(rowsOf(layout, pieces)).toEqual(alone);
    expect(rowsOf(layout, [text])).toEqual(alone);
  }), { numRuns: 300 });
});

/** What the lines say each by itself. */
const eachAlone = (layout: TableLayout, header: string, lines: readonly string[]): readonly IntakeRow[] => lines.flatMap((line, n) => rowsOf(layout, [`${header}\n${line}\n`]).map((row) => ({ ...row, row: n + 2 })));

const KEY = new Uint8Array(32);

test('a run of a file is the same whether its rows were alike or each was taken by itself, however it is encoded and wherever its pieces end', async () => {
  const newlines = fc.constantFrom('\n', '\r\n', '\r');
  const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-8-bom', 'utf-16le-bom', 'utf-16be-bom', 'utf-16le');
  await fc.assert(fc.asyncProperty(table, newlines, encodings, fc.integer({ min: 1, max: 400 }), fc.boolean(), fc.integer({ min: 1, max: 9 }), async ({ header, lines }, newline, encoding, pieceBytes, endsOpen, runRows) => {
    fc.pre(lines.every((line) => (line.match(/"/g)?.length ?? 0) % 2 === 0));
    const kind = findTextKind([header, ...lines, ''].join('\n'), true);
    fc.pre(kind.reader === 'table' && kind.layout.holds === 'keys' && kind.layout.header !== null);
    if (kind.reader !== 'table') return;
    const alone = openStaging(KEY);
    const expected: StagedRun[] = [];
    for (const row of eachAlone(kind.layout, header, lines)) {
      if (row.kind === 'key') alone.addKey(row);
      else if (row.kind === 'host') alone.addHost(row);
      else if (row.kind === 'listed-key') alone.addListedKey(row);
      else if (row.kind === 'rejected') alone.addRejection(row);
      if (alone.rows >= runRows) expected.push(alone.take().run);
    }
    if (alone.rows > 0) expected.push(alone.take().run);
    const bytes = encode([header, ...lines, ...(endsOpen ? [] : [''])].join(newline), encoding);
    const runs: StagedRun[] = [];
    for await (const part of readRuns(inPieces(bytes, pieceBytes), { fingerprintKey: KEY, signal: { aborted: false }, runRows })) if (part.kind === 'run') runs.push(part.run);
    expect(runs.map(filled)).toEqual(expected.map(filled));
  }), { numRuns: 300 });
});

/** As far as it is filled: columns have room for more. */
const filled = ({ keys: { count, ids, hasId, passwords, sourceRows, hosts, ...keys }, ...run }: StagedRun): unknown =>
  ({ ...run, keys: { ...keys, count, ids: Buffer.from(ids.subarray(0, 16 * count)).toString('hex'), hasId: hasId.subarray(0, count), passwords: Buffer.from(passwords.subarray(0, 16 * count)).toString('hex'), sourceRows: sourceRows.subarray(0, count), hosts: hosts.subarray(0, count) } });

test('a key that is listed again for its host counts once more, and its row is its own', () => {
  const line = 'PC-0001,5A5959C1-2085-8E29-9D52-49870ED8E8B3,293425-256234-611545-069839-555841-049599-478698-594704';
  const [header, lines] = ['Computer,Key ID,Recovery Password', [line, line.replace('5A', '6b'), line]];
  const layout = findTableLayout([header, ...lines]);
  expect(layout === null ? [] : rowsOf(layout, [`${header}\n${lines.join('\n')}\n`]).map((row) => row.kind === 'key' && [row.row, row.keyProtectorId, row.host?.hostname]))
    .toEqual([[2, '5A5959C1-2085-8E29-9D52-49870ED8E8B3', 'PC-0001'], [3, '6B5959C1-2085-8E29-9D52-49870ED8E8B3', 'PC-0001'], [4, '5A5959C1-2085-8E29-9D52-49870ED8E8B3', 'PC-0001']]);
});

test('where the ID of the key stands under another heading as well, the next line is read by its own', () => {
  const [one, other] = ['5A5959C1-2085-8E29-9D52-49870ED8E8B3', '6B5959C1-2085-8E29-9D52-49870ED8E8B3'];
  const password = '293425-256234-611545-069839-555841-049599-478698-594704';
  const [header, lines] = ['Volume ID,Computer,Key ID,Recovery Password', [`${one},PC-0001,${one},${password}`, `${other},PC-0001,${one},${password}`]];
  const layout = findTableLayout([header, ...lines]);
  expect(layout === null ? [] : rowsOf(layout, [`${header}\n${lines.join('\n')}\n`]).map((row) => row.kind === 'key' && [row.keyProtectorId, row.volumeId])).toEqual([[one, one], [one, other]]);
});
