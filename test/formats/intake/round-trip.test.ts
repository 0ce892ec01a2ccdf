// What was put into a hand-over comes out: every kind of the field, in the encodings and delimiters it is seen with, with its traps.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyFacts, options, type HandOver } from './hand-overs/hand-over.ts';
import { hostLists } from './hand-overs/host-lists.ts';
import { keyTables } from './hand-overs/key-tables.ts';
import { keyTexts } from './hand-overs/key-texts.ts';
import { encode, ENCODINGS, pieceSizes, read, rejections, type Read } from './support.ts';

const RUNS = process.env['BLUELIFT_FULL'] === '1' ? 500 : 60;

/** Of what was read, the facts that are expected, in their order. */
function compare(result: Read, expected: HandOver): void {
  const keys = result.rows.flatMap((row) => (row.kind === 'key' ? [{ ...row, hostname: row.host?.hostname ?? null }] : []));
  const hosts = result.rows.flatMap((row) => (row.kind === 'host' ? [{ ...row.host, row: row.row }] : []));
  const only = <T extends object>(found: readonly object[], like: readonly T[]): object[] => found.map((one, index) => Object.fromEntries(Object.keys(like[index] ?? { row: 0 }).map((name) => [name, (one as Record<string, unknown>)[name]])));
  expect(rejections(result)).toEqual(expected.rejected);
  expect(only(result.rows.filter(({ kind }) => kind === 'listed-key'), expected.listed ?? [])).toEqual(expected.listed ?? []);
  expect(only(keys, expected.keys)).toEqual(expected.keys);
  expect(only(hosts, expected.hosts)).toEqual(expected.hosts);
  expect(result.notes.filter((note) => note !== 'nothing-found')).toEqual(expected.notes);
  expect(result.rowsRead).toBe(new Set([...expected.keys, ...expected.hosts, ...((expected.listed ?? []) as readonly { readonly row: number }[])].map(({ row }) => row).concat(expected.rejected.map(([row]) => row))).size);
}

describe.each([...keyTables, ...keyTexts, ...hostLists])('$name', ({ make, encodings = ENCODINGS }) => {
  test('comes out as it was put in', async () => {
    const wide = ENCODINGS.filter((encoding) => encoding.startsWith('utf'));
    await fc.assert(fc.asyncProperty(keyFacts, options, fc.constantFrom(...new Set([...encodings, ...wide])), pieceSizes, async (facts, chosen, encoding, pieceBytes) => {
      const handOver = make(facts, chosen);
      compare(await read(encode(handOver.text, encoding), pieceBytes), handOver);
    }), { numRuns: RUNS });
  });
});
