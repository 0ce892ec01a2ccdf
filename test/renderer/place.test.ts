import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listAt, numberAt, parsePlace, placeHash, SCREENS } from '../../renderer/place.ts';
import { HOST_STATES } from '../../electron/core/codes.ts';

describe('the place in the address', () => {
  test('a place that is written is the place that is read, whatever stands in its parameters', () => {
    fc.assert(fc.property(fc.constantFrom(...SCREENS), fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.string({ minLength: 1 }), { noNullPrototype: true }), fc.option(fc.stringMatching(/^[a-z]{1,8}$/)), (screen, at, step) => {
      expect(parsePlace(placeHash(screen, at, step))).toEqual({ screen, step, at });
    }));
  });

  test('any text after # is read without an error, and names a screen or nothing', () => {
    fc.assert(fc.property(fc.string(), (hash) => { expect(parsePlace(hash) === null || SCREENS.includes(parsePlace(hash)?.screen ?? 'lookup')).toBe(true); }));
  });

  test('the token of the loopback host is no place', () => expect(parsePlace('#token=abc')).toBeNull());
  test('empty parameters are left out', () => expect(placeHash('hosts', { q: '', host: null, state: 'ready' })).toBe('#/hosts?state=ready'));
  test('a list keeps the order of the codes and drops what is unknown', () => expect(listAt('verified,nonsense,ready', HOST_STATES)).toEqual(['ready', 'verified']));
  test.each([['12', 12], ['', null], ['-1', null], ['1e3', null], ['x', null], [undefined, null]])('the number %s is read as %s', (text, number) => expect(numberAt(text)).toBe(number));
});
