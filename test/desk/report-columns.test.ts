import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnWidths, GAP, inHalves } from '../../electron/desk/report-columns.ts';

/** As if every letter were four points wide, those of a head five. */
const measure = (text: string, bold: boolean): number => text.length * (bold ? 5 : 4);
const KEY_ID = 'E96AE9CC-5038-B962-AC13-C368FD48C0AA';

test('no word is broken while there is room: neither a hostname, nor a Key ID, nor a German heading', () => {
  const head = ['Wann', 'Schlüssel-ID', 'Host', 'Wie', 'Bediener'];
  const rows = [['28.11.2026, 16:56 UTC', KEY_ID, 'KI-ADMN-0376', 'Auf Medium', 'demo'], ['28.11.2026, 17:05 UTC', `auf Medium M-0001`, '', 'Vorgelesen', 'hd-01']];
  const widths = columnWidths({ head, rows }, measure, 400);
  const words = (at: number): number[] => [...(head[at] ?? '').split(' ').map((word) => measure(word, true)), ...rows.flatMap((row) => (row[at] ?? '').split(' ').map((word) => measure(word, false)))];
  for (const [at, width] of widths.entries()) for (const word of words(at)) expect(word + GAP, head[at] ?? '').toBeLessThanOrEqual(width + 0.001);
});

test('the columns are together as wide as the page, whatever stands in them', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9 }).chain((columns) => fc.array(fc.array(fc.string({ maxLength: 60 }), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 20 })), ([head = [], ...rows]) => {
    const widths = columnWidths({ head, rows }, measure, 499);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(499, 6);
    expect(widths.every((width) => width > 0)).toBe(true);
  }));
});

test('a long list of names with a number each stands in two halves, none left out; any other stays as it is', () => {
  const rows = Array.from({ length: 7 }, (_, at) => [`Grund ${at}`, at]);
  expect(inHalves({ head: ['Grund', 'Anzahl'], rows, more: 0 })).toEqual({ head: ['Grund', 'Anzahl', '', 'Grund', 'Anzahl'], more: 0, rows: [['Grund 0', 0, '', 'Grund 4', 4], ['Grund 1', 1, '', 'Grund 5', 5], ['Grund 2', 2, '', 'Grund 6', 6], ['Grund 3', 3, '', '', '']] });
  const short = { head: ['Grund', 'Anzahl'], rows: rows.slice(0, 3), more: 0 };
  expect(inHalves(short)).toEqual(short);
});
