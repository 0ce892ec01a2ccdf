import { expect, test } from 'vitest';
import { differingFrom, idStart } from '../../renderer/parts/guessed.tsx';

const marked = (typed: string, text: string, anywhere = true): string => { const places = differingFrom(typed, text, anywhere); return Array.from(text, (character, at) => (places.includes(at) ? `[${character}]` : character)).join(''); };

test.each([
  ['ki-wart-0428', 'KI-WARD-0428', 'KI-WAR[D]-0428'], ['kiward 0482', 'KI-WARD-0428', 'KI-WARD-04[2][8]'], ['wart-0428', 'KI-WARD-0428', 'KI-WAR[D]-0428'],
  ['KI-WARD-0428', 'KI-WARD-0428', 'KI-WARD-0428'], ['hb-labs-0001', 'KI-WARD-0428', 'KI-WARD-0428'], ['', 'KI-WARD-0428', 'KI-WARD-0428'],
])('of a host taken for %s, the characters that were heard otherwise are marked in %s', (typed, text, expected) => expect(marked(typed, text)).toBe(expected));

test('of a key ID the first eight are compared from its beginning, with blanks and braces left out of what was typed', () => {
  expect(marked(idStart('{95 A4-T2PE-444C'), '95A4D2BE', false)).toBe('95A4[D]2[B]E');
  expect(marked(idStart('5A4D2BE4'), '95A4D2BE', false)).toBe('95A4D2BE'); // one character was left out: no place is the wrong one
});
