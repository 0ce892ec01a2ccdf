import { describe, expect, test } from 'vitest';
import { endOfDrawing, HOUR_S, spanOf } from '../../renderer/parts/drawing-span.ts';

const NOW = Date.UTC(2026, 10, 30, 16) / 1000;

describe('the drawing of what is left', () => {
  test('in the first hour of an incident shows the hours before it, not the years after', () => {
    expect(spanOf([NOW])).toEqual([NOW - 3 * HOUR_S, NOW + HOUR_S]);
    expect(spanOf([NOW - HOUR_S, NOW])).toEqual([NOW - 3 * HOUR_S, NOW + HOUR_S]);
  });

  test('goes from the first to the last instant from then on', () => expect(spanOf([NOW - 5 * HOUR_S, NOW - HOUR_S, NOW + 40 * HOUR_S])).toEqual([NOW - 5 * HOUR_S, NOW + 40 * HOUR_S]));

  test('reaches as far ahead as the estimate, but not more than three times as far as was seen, or two days', () => {
    const seconds = [NOW - 24 * HOUR_S, NOW];
    expect(endOfDrawing({ seconds, ahead: null })).toBe(NOW);
    expect(endOfDrawing({ seconds, ahead: { latest: NOW + 10 * HOUR_S } })).toBe(NOW + 10 * HOUR_S);
    expect(endOfDrawing({ seconds, ahead: { latest: NOW + 500 * HOUR_S } })).toBe(NOW + 72 * HOUR_S);
    expect(endOfDrawing({ seconds: [NOW], ahead: { latest: NOW + 500 * HOUR_S } })).toBe(NOW + 48 * HOUR_S);
  });
});
