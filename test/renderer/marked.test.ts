import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchWithin, piecesOf } from '../../renderer/parts/marked.tsx';

describe('the matching part', () => {
  test('the pieces make up the text, and the marked one is the match', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), fc.nat(20), fc.nat(20), (text, start, length) => {
      const pieces = piecesOf(text, [start, length]);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      expect(pieces.filter((piece) => piece.marked).map((piece) => piece.text).join('')).toBe(start < text.length ? text.slice(start, start + length) : '');
    }));
  });

  test('a match that runs from the first eight characters into the rest is marked in both', () => {
    expect(matchWithin([4, 8], 0, 8)).toEqual([4, 4]);
    expect(matchWithin([4, 8], 8, 36)).toEqual([0, 4]);
    expect(matchWithin([0, 4], 4, 8)).toBeNull();
    expect(matchWithin(null, 0, 8)).toBeNull();
  });
});
