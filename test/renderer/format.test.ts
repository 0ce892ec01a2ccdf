import { describe, expect, test } from 'vitest';
import { formatOf } from '../../renderer/format.ts';

const en = formatOf('en', 'Europe/Berlin');
const de = formatOf('de', 'Europe/Berlin');
const AT = '2024-07-21T01:12:05.000Z'; // 03:12:05 in Berlin

describe('figures and dates in the language of the operator', () => {
  test('numbers are grouped', () => { expect(en.number(104_218)).toBe('104,218'); expect(de.number(104_218)).toBe('104.218'); });
  test('dates are 24 hours and in the time zone of the desk', () => {
    expect(en.dateTime(AT)).toBe('21 Jul 2024 03:12');
    expect(de.dateTime(AT)).toBe('21.07.2024 03:12');
    expect(en.now(AT)).toBe('Sun 21 Jul 2024, 03:12 CEST');
    expect(de.timeWithSeconds(AT)).toBe('03:12:05');
  });
  test('the date stands only where it is not today, the year only where it is not this one', () => {
    expect(en.short(AT, Date.parse('2024-07-21T20:00:00Z'))).toBe('03:12');
    expect(en.short(AT, Date.parse('2024-07-22T20:00:00Z'))).toBe('21 Jul 03:12');
    expect(de.short(AT, Date.parse('2024-07-22T20:00:00Z'))).toBe('21.07. 03:12');
    expect(en.short(AT, Date.parse('2025-01-02T00:00:00Z'))).toBe('21 Jul 2024');
  });
  test.each([[0, '0:00'], [999, '0:01'], [102_000, '1:42'], [3_600_000 + 61_000, '1:01:01'], [-5, '0:00']])('a countdown of %i ms reads %s', (ms, text) => expect(en.countdown(ms)).toBe(text));
  test.each([[512, '512\u00a0B'], [498_000_000, '498\u00a0MB'], [28_700_000_000, '28.7\u00a0GB'], [1_500, '2\u00a0kB']])('%i bytes read %s', (bytes, text) => expect(en.size(bytes)).toBe(text));
  test('a share is written with one decimal, also of nothing', () => { expect(de.percent(90, 1000)).toBe('9,0\u00a0%'); expect(en.percent(0, 0)).toBe('0.0\u00a0%'); });
});
