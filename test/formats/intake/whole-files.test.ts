// Small files are read at once, and what is alike in a thousand of them is looked into once: what comes out is what reading each by itself, piece by piece, gives.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unpacked } from '../../../electron/formats/intake/alike-keys.ts';
import { IntakeDecoder, sniffEncoding } from '../../../electron/formats/intake/encoding.ts';
import { formatListKind, mayHoldFormatList } from '../../../electron/formats/intake/format-list.ts';
import { readIntake, readWhole, type IntakeBatch, type IntakeHeader } from '../../../electron/formats/intake/intake.ts';
import { KnownForms, rowOf, takeApart } from '../../../electron/formats/intake/known-forms.ts';
import { NewlineNormaliser } from '../../../electron/formats/intake/lines.ts';
import { decodePlain } from '../../../electron/formats/intake/plain-text.ts';
import { findRuledTable, mayHoldRuler } from '../../../electron/formats/intake/ruled-table.ts';
import { looksBinary } from '../../../electron/formats/intake/sniff.ts';
import { keyFacts, options } from './hand-overs/hand-over.ts';
import { hostLists } from './hand-overs/host-lists.ts';
import { keyTables } from './hand-overs/key-tables.ts';
import { keyTexts } from './hand-overs/key-texts.ts';
import { type Encoding, encode, ENCODINGS, idOf, passwordOf } from './support.ts';

const FULL = process.env['BLUELIFT_FULL'] === '1';
const RUNS = FULL ? 10_000 : 1500;

/** One key in a text, as tools and people write it around its ID and its recovery password; few texts, so that each comes again with other values. */
const oneKey = fc.record({
  title: fc.constantFrom('BitLocker Drive Encryption recovery key ', 'Wiederherstellungsschlüssel für die Laufwerkverschlüsselung', 'Ключ восстановления', '回復キー 一', 'Key ID\tPassword', 'Computer, Name, x', 'DN', ''),
  line: fc.constantFrom('', 'Identifier:', 'Computer: PC-12', 'Computer:', 'host', 'PC-0012', 'name: PC-8', 'Volume C: [OS]', 'Volume GUID:', 'Date: 2024-05-06 10:11:12 +0200', 'https://go.microsoft.com/fwlink/?LinkID=260589', '12 '),
  shape: fc.nat(6), n: fc.nat(1_000_000), lower: fc.boolean(), newline: fc.constantFrom('\r\n', '\n', '\r'),
  label: fc.constantFrom('Computer Name: ', 'Host=', 'Rechner: ', 'name: ', 'Ticket: ', 'computer: ', 'PC:'), host: fc.constantFrom('DESKTOP-AB12CD3', 'PC-1', 'fqdn', 'TPM2', 'unknown', 'Abc', 'PC-123456-12345', 'LT00123', 'n-1-2-3-4-5-6'),
}).map(({ title, line, shape, n, lower, newline, label, host }) => {
  const id = lower ? idOf(n).toLowerCase() : idOf(n);
  const shapes = [
    [title, '', line, '', `\t${id}`, '', 'If so, use it.', '', `\t${passwordOf(n)}`, '', 'https://go.microsoft.com/fwlink/?LinkID=260589', ''],
    [line, title, '    TPM:', `      ID: {${idOf(n + 1)}}`, '', '    Numerical Password:', `      ID: {${id}}`, '      Password:', `        ${passwordOf(n)}`, ''],
    [title, `${line} ${id}`, passwordOf(n), line, ''], [passwordOf(n), `${id} ${line}`, title, ''], [title, `Computer: ${id}`, passwordOf(n), ''],
    [`${label}${host}`, ...(n % 3 === 0 ? [] : ['']), line, `      ID: {${id}}`, '      Password:', `        ${passwordOf(n)}`, ''],
    [line, `${line} {${idOf(n + 2)}}`, `\t{${id}}\t${line}`, `  ${passwordOf(n)}  `, title, ''],
  ];
  return (shapes[shape] ?? []).join(newline);
});
const handOvers = fc.tuple(fc.constantFrom(...keyTables, ...keyTexts, ...hostLists), keyFacts, options).map(([kind, facts, chosen]) => kind.make(facts, chosen).text);
const SNIPPETS = ['\0', '\ufeff', '\u2028', '\u200b', '\u00a0', '\u0001', '\u0002', '\u001b[32m', '\ufffd', '\uaa55', '一', '٣', '\r', '\n', '\n\n', '\t', '"', '{', '}', ',', '|', '--- ---\n', 'Name : x\n', 'CN=PC-1,OU=x,DC=y ', '[PC-3]: PS C:\\>', '123456-', 'dn: CN=x\n', 'sep=-\n', 'distinguishedName\n', 'PC-0099\n', 'null'];
/** A text with a few places changed. */
const changed = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.tuple(texts, fc.array(fc.tuple(fc.nat(), fc.nat(60), fc.constantFrom('', ...SNIPPETS)), { maxLength: 3 })).map(([text, places]) =>
  places.reduce((whole, [at, gone, snippet]) => { const from = at % (whole.length + 1); return whole.slice(0, from) + snippet + whole.slice(gone % 3 === 0 ? from : from + (gone % 7)); }, text));
const texts = changed(fc.oneof({ weight: 3, arbitrary: oneKey }, { weight: 2, arbitrary: handOvers }));
const files = fc.tuple(texts, fc.constantFrom<Encoding>(...ENCODINGS), fc.option(fc.tuple(fc.nat(), fc.nat(255)), { freq: 4 })).map(([text, encoding, wrong]) => {
  const bytes = encode(text, encoding);
  if (wrong !== null && bytes.length > 0) bytes[wrong[0] % bytes.length] = wrong[1];
  return bytes;
});
const paths = fc.constantFrom('', '/share/PC-0012.txt', '/share/notes.txt');

/** Objects and tables as a console prints them, and what only begins like one. */
const printed = fc.array(fc.constantFrom(
  'ComputerName: PC-1', 'ComputerName : PC-1', 'SerialNumber: ABC1', '              and more', `RecoveryPassword : ${passwordOf(1)}`, `KeyProtectorId   : {${idOf(1)}}`, '\u001b[32mComputerName \u001b[0m: PC-1', '\u001b[32mSerialNumber \u001b[0m: ABC1',
  'ComputerName RecoveryPassword', 'Computer Key', '-- --', '------------ ----------------', `PC-1 ${passwordOf(2)}`, `PC-1         ${passwordOf(2)}`, '',
), { maxLength: 8 }).map((lines) => lines.join('\n'));

/** What files are compared by; not their batches, which may be cut anywhere, nor the order in which a row's fields were set. */
function essenceOf(parts: readonly (IntakeHeader | IntakeBatch)[]): string {
  const batches = parts.filter((part) => part.kind === 'batch');
  const last = batches.at(-1);
  return JSON.stringify([parts[0], batches.flatMap(({ rows }) => rows), last?.bytesRead, last?.rowsRead, batches.flatMap(({ notes }) => notes)], inOrder);
}

const inOrder = (_: string, value: unknown): unknown => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))) : value);

async function byItself(bytes: Uint8Array, path: string): Promise<string> {
  const parts: (IntakeHeader | IntakeBatch)[] = [];
  for await (const part of readIntake((async function* () { yield bytes; })(), [], path)) parts.push(part.kind === 'header' ? part : { ...part, rows: unpacked(part.rows) });
  return essenceOf(parts);
}

test('a file read at once gives what it gives in pieces, however many like it were read before', async () => {
  await fc.assert(fc.asyncProperty(files, paths, async (bytes, path) => {
    const expected = await byItself(bytes, path);
    for (let time = 0; time < 3; time++) expect(essenceOf(readWhole(bytes, [], path)) === expected).toBe(true); // not toEqual: a difference would print passwords
  }), { numRuns: RUNS });
});

test('what is decoded at a glance is what the decoder gives, and never what looks binary', () => {
  fc.assert(fc.property(files, (bytes) => {
    const plain = decodePlain(bytes);
    if (plain === null || bytes.length === 0) return;
    const decoder = new IntakeDecoder(sniffEncoding(bytes));
    const newlines = new NewlineNormaliser();
    const text = newlines.write(decoder.write(bytes)) + newlines.write(decoder.end()) + newlines.end();
    expect([plain.encoding, plain.text, plain.lossy]).toEqual([sniffEncoding(bytes), text, decoder.lossy]);
    expect(looksBinary(bytes, text)).toBe(false);
  }), { numRuns: RUNS });
});

test('a text in which no object and no ruler can be has none', () => {
  const seen = { objects: 0, rulers: 0 };
  fc.assert(fc.property(fc.oneof(texts, printed), (given) => {
    const text = given.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
    const lines = text.split('\n');
    const [holdsObjects, holdsRuler] = [formatListKind(lines) !== null, findRuledTable(lines) !== null];
    if (holdsObjects) expect(mayHoldFormatList(text)).toBe(true);
    if (holdsRuler) expect(mayHoldRuler(text)).toBe(true);
    seen.objects += Number(holdsObjects);
    seen.rulers += Number(holdsRuler);
  }), { numRuns: 2 * RUNS });
  expect(Math.min(seen.objects, seen.rulers)).toBeGreaterThan(5);
});

describe('the text that Windows saves', () => {
  const saved = (n: number, title = 'Clef'): Uint8Array => encode(`${title}\r\n\r\nIdentifiant\u00a0:\r\n\r\n\t${idOf(n)}\r\n\r\nClef\u00a0:\r\n\r\n\t${passwordOf(n)}\r\n\r\nhttps://go.microsoft.com/fwlink/?LinkID=260589\r\n`, 'utf-16le-bom');

  test('is looked into when it comes for the second time, in whatever language, and never again', () => {
    const forms = new KnownForms();
    let reads = 0;
    const note = (n: number): void => {
      const text = takeApart(saved(n));
      expect(text).not.toBeNull();
      if (text !== null) forms.note(text, (bytes) => { reads++; return readWhole(bytes); });
    };
    note(1);
    expect([reads, forms.find(takeApart(saved(1)) ?? never())]).toEqual([0, null]);
    note(2);
    expect(reads).toBeGreaterThan(0);
    const third = takeApart(saved(3)) ?? never();
    const known = forms.find(third) ?? never();
    expect(known.header.intakeKind).toBe('windows-text');
    expect(rowOf(known, third)).toMatchObject({ row: 9, keyProtectorId: idOf(3), recoveryPassword: passwordOf(3), host: null });
    expect(forms.find(takeApart(saved(3, 'Key')) ?? never())).toBeNull();
  });

  test('keeps nothing secret in what is remembered of it', () => {
    const { form } = takeApart(saved(4)) ?? never();
    expect(/\d{6}-/.test(form) || form.includes(idOf(4))).toBe(false);
  });

  test('is told with the name in its first line, whatever the name, and by itself where that line says of no host', () => {
    const forms = new KnownForms();
    const answer = (n: number, label = 'Computer Name'): Uint8Array => encode(`${label}: PC-${n}\n\nVolume C: [OS]\n    x:\n      ID: {${idOf(n)}}\n      y:\n        ${passwordOf(n)}\n`, 'utf-8');
    for (const n of [1, 2]) for (const label of ['Computer Name', 'Ticket']) forms.note(takeApart(answer(n, label)) ?? never(), (bytes) => readWhole(bytes));
    const third = takeApart(answer(3)) ?? never();
    expect(rowOf(forms.find(third) ?? never(), third)).toMatchObject({ keyProtectorId: idOf(3), recoveryPassword: passwordOf(3), drive: 'C:', host: { hostname: 'PC-3' } });
    expect(forms.find(takeApart(answer(3, 'Ticket')) ?? never())).toBeNull();
  });

  test('is not given to the host its file is named after where it is read as a table', async () => {
    const table = (n: number): Uint8Array => encode(`Computer:\nComputer: {${idOf(n)}}\n\t{${idOf(n + 1)}}\tComputer:\n  ${passwordOf(n)}\nKey ID\tPassword\n`, 'utf-8');
    for (const n of [1, 2, 3]) expect(essenceOf(readWhole(table(n), [], '/share/PC-0012.txt')) === await byItself(table(n), '/share/PC-0012.txt')).toBe(true);
  });

  test('is read by itself where what it says depends on the values, or a second key is in it', () => {
    const forms = new KnownForms();
    const named = (n: number): Uint8Array => encode(`Computer: ${idOf(n)}\n${passwordOf(n)}\n`, 'utf-8');
    for (const n of [1, 2, 3]) forms.note(takeApart(named(n)) ?? never(), (bytes) => readWhole(bytes));
    expect(forms.find(takeApart(named(4)) ?? never())).toBeNull();
    expect(takeApart(encode(`${idOf(1)}\n${passwordOf(1)}\n${idOf(2)}\n${passwordOf(2)}\n`, 'utf-8'))).toBeNull();
  });
});

function never(): never {
  throw new Error('there is one');
}
