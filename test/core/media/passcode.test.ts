import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PASSCODE_ALPHABET, formatPasscode, makePasscode, parsePasscode } from '../../../electron/core/media/passcode.ts';

const chanceFrom = (seed: number) => {
  let calls = 0;
  return (count: number): Uint8Array => createHash('sha256').update(`${seed} ${calls++}`).digest().subarray(0, count);
};
const passcode = fc.nat().map((seed) => makePasscode(chanceFrom(seed)));
const opens = (text: string): boolean => parsePasscode(text).status === 'ok';

describe('a passcode', () => {
  it('has 18 characters that are on the same keys in the US, Germany and France', () => {
    expect(PASSCODE_ALPHABET).toBe('0123456789BCDEFGHJKNPRSTVX');
    fc.assert(fc.property(passcode, (code) => { expect(code).toMatch(/^[0-9BCDEFGHJKNPRSTVX]{18}$/); }));
  });

  it('is read back in any case, grouping and separation', () => {
    fc.assert(fc.property(passcode, fc.constantFrom('', ' ', '-', '.', '\u2013', '\u00a0'), fc.boolean(), (code, separator, lower) => {
      const text = code.split('').join(separator);
      expect(parsePasscode(lower ? text.toLowerCase() : text)).toEqual({ status: 'ok', passcode: code });
      expect(parsePasscode(formatPasscode(code))).toEqual({ status: 'ok', passcode: code });
      expect(formatPasscode(code)).toMatch(/^.{6}-.{6}-.{6}$/);
    }));
  });

  it('with any one character wrong is a slip', () => {
    fc.assert(fc.property(passcode, (code) => {
      for (let at = 0; at < 18; at++) for (const letter of PASSCODE_ALPHABET) if (letter !== code[at]) expect(parsePasscode(code.slice(0, at) + letter + code.slice(at + 1))).toEqual({ status: 'check' });
    }), { numRuns: 50 });
  });

  it('with any two characters swapped is a slip', () => {
    fc.assert(fc.property(passcode, (code) => {
      for (let a = 0; a < 18; a++) {
        for (let b = a + 1; b < 18; b++) {
          const letters = code.split('');
          [letters[a], letters[b]] = [letters[b] ?? '', letters[a] ?? ''];
          if (code[a] !== code[b]) expect(opens(letters.join(''))).toBe(false);
        }
      }
    }), { numRuns: 50 });
  });

  it('can not hide a slip in any place, whatever the other characters are', () => {
    // The sum is linear: a slip is noticed exactly when the change of the sum is not 0 mod 29, so trying every change in every place is a proof.
    for (let at = 0; at < 18; at++) for (let a = 0; a < 26; a++) for (let b = 0; b < 26; b++) if (a !== b) expect(((a - b) * 2 ** (17 - at)) % 29).not.toBe(0);
    for (let at = 0; at < 17; at++) for (let a = 0; a < 26; a++) for (let b = 0; b < 26; b++) if (a !== b) expect(((a - b) * (2 ** (17 - at) - 2 ** (16 - at))) % 29).not.toBe(0);
  });

  it('with a doubled character typed as another doubled one is a slip', () => {
    fc.assert(fc.property(passcode, fc.nat(16), fc.constantFrom(...PASSCODE_ALPHABET), (code, at, letter) => {
      fc.pre(code[at] === code[at + 1] && letter !== code[at]);
      expect(opens(code.slice(0, at) + letter + letter + code.slice(at + 2))).toBe(false);
    }), { numRuns: 100 });
  });

  it('says what is wrong with it, and no character of it', () => {
    const code = makePasscode(chanceFrom(1));
    expect(parsePasscode('')).toEqual({ status: 'length', characters: 0 });
    expect(parsePasscode(code.slice(1))).toEqual({ status: 'length', characters: 17 });
    expect(parsePasscode(`${code}0`)).toEqual({ status: 'length', characters: 19 });
    expect(parsePasscode(`O${code.slice(1, 17)}?`)).toEqual({ status: 'letters', positions: [1, 18] });
  });

  it('gives a result for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => { expect(['ok', 'length', 'letters', 'check']).toContain(parsePasscode(text).status); }), { numRuns: 1_000 });
  });

  it('prefers no character in its first 17 places', () => {
    const counts = new Map<string, number>();
    const made = 4_000;
    for (let i = 0; i < made; i++) for (const letter of makePasscode(randomBytes).slice(0, 17)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    const expected = (made * 17) / 26;
    let chiSquare = 0;
    for (const letter of PASSCODE_ALPHABET) chiSquare += ((counts.get(letter) ?? 0) - expected) ** 2 / expected;
    expect(chiSquare).toBeLessThan(80); // 25 degrees of freedom: once in 10^7 runs by chance; bytes taken mod 26 give over 500
  });

  it('throws away the bytes that would make some characters likelier', () => {
    const lent = [Uint8Array.of(234, 255, ...new Array<number>(15).fill(0)), Uint8Array.of(1, 240), Uint8Array.of(2)];
    expect(makePasscode(() => lent.shift() ?? randomBytes(1)).slice(0, 17)).toBe(`${'0'.repeat(15)}12`);
  });
});
