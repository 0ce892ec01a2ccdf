// Files that begin in UTF-16 and go on in single bytes: Out-File began them, cmd's `>>` or `type` went on.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode, type Encoding, essence, type Fact, facts, idOf, newlines, passwordOf, pieceSizes, read, rejections } from './support.ts';

const textOf = ({ id, password, host }: Fact, newline: string): string => ['Wiederherstellungsschlüssel für die BitLocker-Laufwerkverschlüsselung', '', `Computer: ${host}`, '', 'Bezeichner:', '', `\t${id}`, '', 'Wiederherstellungsschlüssel:', '', `\t${password}`, '', ''].join(newline);
const RUNS = Number(process.env['BLUELIFT_RUNS'] ?? 100);

test('what was appended to a text in UTF-16 comes in, in whatever encoding, and so does what follows it', async () => {
  const encodings: fc.Arbitrary<readonly Encoding[]> = fc.tuple(fc.constantFrom<Encoding>('utf-16le-bom', 'utf-16be-bom', 'utf-16le', 'utf-16be'), fc.constantFrom<Encoding>('utf-8', 'utf-8-bom', 'latin-1', 'cp850'), fc.constantFrom<Encoding>('utf-16le-bom', 'utf-8'));
  await fc.assert(fc.asyncProperty(facts, encodings, newlines, pieceSizes, async (given, [first = 'utf-16le', ...others], newline, pieces) => {
    const list = given.map((fact, index) => ({ ...fact, host: `PC-${index}` }));
    const file = list.map((fact, index) => encode(textOf(fact, newline), index === 0 ? first : others[(index - 1) % others.length] ?? 'utf-8'));
    expect(essence(await read(Buffer.concat(file), pieces)).map(([, ...rest]) => rest)).toEqual(list.map(({ id, password, host }) => [id, password, host]));
  }), { numRuns: RUNS });
});

test('a table in UTF-16 joined behind one in single bytes has its own header, which is no row', async () => {
  const table = (n: number): string => `Hostname;KeyID;RecoveryKey\r\nPC-${n};${idOf(n)};${passwordOf(n)}\r\n`;
  const result = await read(Buffer.concat([encode(table(1), 'utf-8'), encode(table(2), 'utf-16le-bom')]));
  expect([essence(result), rejections(result)]).toEqual([[[2, idOf(1), passwordOf(1), 'PC-1'], [4, idOf(2), passwordOf(2), 'PC-2']], []]);
});

test('Chinese and Japanese in UTF-16 stay what they are, whatever their bytes look like', async () => {
  // Both bytes of each are printable: U+4E2D, U+6587, U+4E4B.
  const wide = fc.string({ unit: fc.constantFrom(...'中文之间国际漢字仮名'), minLength: 1, maxLength: 22 });
  await fc.assert(fc.asyncProperty(facts, wide, pieceSizes, async (given, words, pieces) => {
    const list = given.map((fact, index) => ({ ...fact, host: `PC-${index}` }));
    const text = list.map((fact) => `${words}\r\n${textOf(fact, '\r\n')}${words}`).join('\r\n');
    expect(essence(await read(encode(text, 'utf-16le-bom'), pieces)).map(([, ...rest]) => rest)).toEqual(list.map(({ id, password, host }) => [id, password, host]));
  }), { numRuns: RUNS });
});
