import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ATTEMPT_OUTCOMES, BLOCKED_REASONS } from '../../../electron/core/codes.ts';
import { PASSCODE_ALPHABET } from '../../../electron/core/media/passcode.ts';
import { formatResultCode, makeResultCode, parseResultCode, resultFacts, RESULT_CODE_PATTERN, RESULT_WORDS, showResultCode, type ResultFacts } from '../../../electron/core/media/result-code.ts';
import { resultCodeVectors } from './result-code-vectors.ts';

const hmacWith = (key: Uint8Array) => (text: string): Uint8Array => createHmac('sha256', key).update(text, 'latin1').digest();
const facts: fc.Arbitrary<ResultFacts> = fc.record({ word: fc.constantFrom(...RESULT_WORDS), entry: fc.nat(0xfffff), mac: fc.nat(0xffffff) });

describe('a result code', () => {
  test('comes back as it was made, however it is typed', () => {
    fc.assert(fc.property(facts, fc.boolean(), fc.constantFrom('', ' ', '-', ' - '), (held, isLower, between) => {
      const code = formatResultCode(held);
      expect(code).toMatch(RESULT_CODE_PATTERN);
      const typed = [...(isLower ? code.toLowerCase() : code)].join(between);
      expect(parseResultCode(typed)).toEqual({ status: 'ok', code, facts: held });
      expect(parseResultCode(showResultCode(code))).toMatchObject({ status: 'ok' });
    }), { numRuns: 2000 });
  });

  test('with one character misheard is a slip, whichever it is and whatever was heard', () => {
    fc.assert(fc.property(facts, (held) => {
      const code = formatResultCode(held);
      for (let at = 0; at < 12; at++) for (const heard of PASSCODE_ALPHABET) {
        if (heard !== code[at]) expect(parseResultCode(`${code.slice(0, at)}${heard}${code.slice(at + 1)}`)).toEqual({ status: 'check' });
      }
    }), { numRuns: 60 });
  });

  test('with any two characters swapped is a slip', () => {
    fc.assert(fc.property(facts, (held) => {
      const code = [...formatResultCode(held)];
      for (let a = 0; a < 12; a++) for (let b = a + 1; b < 12; b++) {
        if (code[a] !== code[b]) expect(parseResultCode(code.with(a, code[b] ?? '').with(b, code[a] ?? '').join(''))).toEqual({ status: 'check' });
      }
    }), { numRuns: 60 });
  });

  test('too short, too long, or with a letter that is in none says which', () => {
    const code = makeResultCode('repaired', 'none', hmacWith(Buffer.alloc(32)));
    expect(parseResultCode('')).toEqual({ status: 'length', characters: 0 });
    expect(parseResultCode(`${code}0`)).toEqual({ status: 'length', characters: 13 });
    expect(parseResultCode(`A${code.slice(1, 11)}Z`)).toEqual({ status: 'letters', positions: [1, 12] });
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => { parseResultCode(text); }));
  });

  test('has one spelling only: whatever is read as a code is what a writer writes', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...PASSCODE_ALPHABET), minLength: 12, maxLength: 12 }), (text) => {
      const parsed = parseResultCode(text);
      if (parsed.status === 'ok') expect(formatResultCode(parsed.facts)).toBe(text);
    }), { numRuns: 20_000 });
  });

  test('tells every outcome and every blocked reason apart', () => {
    expect([...RESULT_WORDS].toSorted()).toEqual([...ATTEMPT_OUTCOMES.filter((outcome) => outcome !== 'blocked'), ...BLOCKED_REASONS].toSorted());
    const key = hmacWith(createHash('sha256').update('any').digest());
    for (const word of RESULT_WORDS) expect(parseResultCode(makeResultCode(word, 'none', key))).toMatchObject({ status: 'ok', facts: resultFacts(word, 'none', key) });
  });

  test.each(resultCodeVectors())('of $mediaId, $word, is $code as the document says', ({ key, word, id, code }) => {
    expect(makeResultCode(word, id, hmacWith(key))).toBe(code);
  });
});
