import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOTHING_READ_BACK, readBack, type ReadBack } from '../../renderer/read-back.ts';
import { madeUpGroups } from './made-up-password.ts';

/** Types one character after the other as the field does: what is left over stays in it. */
function type(groups: readonly string[], text: string): ReadBack {
  let state = NOTHING_READ_BACK;
  let field = '';
  for (const character of text) {
    field += character;
    state = readBack(groups, state, field);
    field = state.partial;
  }
  return state;
}

describe('reading back', () => {
  test('every group that is right is ticked, with any separators and at any speed', () => {
    fc.assert(fc.property(fc.nat(10_000), fc.constantFrom('', ' ', '-'), (seed, separator) => {
      const groups = madeUpGroups(seed);
      expect(type(groups, groups.join(separator))).toEqual({ matched: 8, partial: '', wrong: false });
      expect(readBack(groups, NOTHING_READ_BACK, groups.join(separator))).toEqual({ matched: 8, partial: '', wrong: false });
    }));
  });

  test('the first wrong digit names its group at once', () => {
    fc.assert(fc.property(fc.nat(10_000), fc.nat(47), fc.integer({ min: 1, max: 9 }), (seed, at, shift) => {
      const groups = madeUpGroups(seed);
      const right = groups.join('');
      const wrong = String((Number(right.charAt(at)) + shift) % 10);
      const state = type(groups, right.slice(0, at) + wrong);
      expect(state.wrong).toBe(true);
      expect(state.matched).toBe(Math.floor(at / 6));
    }));
  });

  test('a wrong group is taken back by typing it anew', () => {
    const groups = madeUpGroups(3);
    const wrong = readBack(groups, NOTHING_READ_BACK, groups[0]?.startsWith('9') === true ? '1' : '9');
    expect(wrong.wrong).toBe(true);
    expect(readBack(groups, wrong, groups[0] ?? '')).toEqual({ matched: 1, partial: '', wrong: false });
  });

  test('two groups read back in the wrong order are noticed', () => {
    const groups = madeUpGroups(5);
    expect(type(groups, `${groups[1] ?? ''}`).wrong).toBe(true);
  });
});
