import { expect, test } from 'vitest';
import { inSlices } from '../../../electron/core/keys/slices.ts';
import { openTestDesk } from '../remediation/test-desk.ts';

/** The slices of `count` items that take no time. */
function slicesOf(count: number, least?: number): number[][] {
  const slices: number[][] = [];
  for (const _ of inSlices(openTestDesk().db, count, (from, to) => { slices.push([from, to]); }, least));
  return slices;
}

test('a long job is done whole, in order and each item once, a part of it at a time', () => {
  for (const [count, least] of [[0, 1], [1, 1], [5, 128], [50_000, 1], [50_000, 128]] as const) {
    const slices = slicesOf(count, least);
    expect(slices[0]?.[0] ?? 0).toBe(0);
    expect(slices.at(-1)?.[1] ?? 0).toBe(count);
    slices.slice(1).forEach(([from], n) => expect(from).toBe(slices[n]?.[1]));
  }
});

test('a long way over nothing does not end in one slice over everything', () => {
  const sizes = slicesOf(1_000_000).map(([from = 0, to = 0]) => to - from);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
});
