import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInVain, moveChoice, typedOfKeyId } from '../../renderer/screens/lookup/candidates.ts';

const same = (one: number, other: number): boolean => one === other;

describe('moving through the candidates', () => {
  test('nothing is chosen until an arrow is pressed; down begins at the first, up at the last', () => {
    expect(moveChoice([1, 2, 3], null, same, 1)).toBe(1);
    expect(moveChoice([1, 2, 3], null, same, -1)).toBe(3);
    expect(moveChoice([], null, same, 1)).toBeNull();
  });
  test('it stays at the ends and never leaves the list', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.array(fc.constantFrom(1, -1)), (all, steps) => {
      let chosen: number | null = null;
      for (const step of steps) { chosen = moveChoice(all, chosen, same, step === 1 ? 1 : -1); expect(all).toContain(chosen); }
    }));
  });
  test('a candidate that is gone from the list is begun anew', () => expect(moveChoice([4, 5], 9, same, 1)).toBe(4));
  test.each([['0417', 4], ['{0417A9E2', 8], ['0417A9E2-', null], ['KI-SURG', null], ['', null], ['FACE', 4]])('%s is %s characters of a key ID', (text, count) => expect(typedOfKeyId(text)).toBe(count));
});

test('a lookup was in vain when nothing is exactly that: no key, host or key on a list, and no open call of that ticket or caller', () => {
  const found = { keyRecords: [], hosts: [], listedKeys: [], guessed: false };
  expect([isInVain(found, 0), isInVain({ ...found, hosts: ['near'], guessed: true }, 0)]).toEqual([true, true]);
  expect([isInVain(found, 1), isInVain({ ...found, hosts: ['near'], guessed: true }, 1), isInVain({ ...found, hosts: ['that'] }, 0), isInVain({ ...found, listedKeys: ['that'] }, 0)]).toEqual([false, false, false, false]);
});
