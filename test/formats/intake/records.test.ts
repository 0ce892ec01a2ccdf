import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { fieldsOf, recordsOf } from '../../../electron/formats/intake/csv-records.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const piece = fc.oneof(fc.constantFrom('"', '""', ',', ';', '\t', '|', ' ', '', 'KeyID', 'ä', '\r'), fc.string({ maxLength: 6 }).map((text) => text.replaceAll('\n', ' ')));
const line = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const parsed = (text: string, delimiter: string): unknown => (new Papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, false) as { data: unknown }).data;

test('a line without quotation marks has the fields that parsing it finds, as every other line has', () => {
  fc.assert(fc.property(line, fc.constantFrom(...DELIMITERS), (text, delimiter) => {
    expect([fieldsOf(text, delimiter)]).toEqual(text === '' ? [[]] : parsed(text, delimiter));
  }), { numRuns: 2000 });
});

test('so has a text of several lines its records', () => {
  fc.assert(fc.property(fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n')), fc.constantFrom(...DELIMITERS), (text, delimiter) => {
    expect(recordsOf(text, delimiter)).toEqual(parsed(text, delimiter));
  }), { numRuns: 1000 });
});
