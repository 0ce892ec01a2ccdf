import { expect, test } from 'vitest';
import { barCode, qrCode } from '../../renderer/scanner-code.ts';

test('a QR code keeps four modules of quiet zone', () => {
  const code = qrCode('0417');
  expect([code.width, code.height]).toEqual([58, 58]); // version 1: 21 modules and twice 4, two units each
  expect(Math.min(...(code.path.match(/\d+(?:\.\d+)?/g) ?? []).map(Number))).toBe(8);
});

test('Code 128 of digits takes one symbol for two of them, ten modules of quiet zone left and right', () => {
  expect(barCode('041700').width).toBe(10 + 11 * 5 + 13 + 10); // start, three pairs, check, stop
  const edges = [...barCode('041700').path.matchAll(/M([\d.]+) [\d.]+L([\d.]+)/g)].flatMap((bar) => [Number(bar[1]), Number(bar[2])]).sort((one, other) => one - other);
  expect(edges.slice(0, 4)).toEqual([10, 12, 13, 14]); // start C: a bar of two, a gap, a bar
  expect(edges.every(Number.isInteger)).toBe(true);
});
