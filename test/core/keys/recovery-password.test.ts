import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isRecoveryPasswordGroup, parseRecoveryPassword, recoveryPasswordFromBytes, recoveryPasswordFromNumbers, recoveryPasswordToBytes, recoveryPasswordToNumbers,
} from '../../../electron/core/keys/recovery-password.ts';

const number = fc.integer({ min: 0, max: 0xffff });
const numbers = fc.array(number, { minLength: 8, maxLength: 8 });
const group = (value: number): string => String(value * 11).padStart(6, '0');
const groupsOf = (values: readonly number[]): string[] => values.map(group);
const written = (values: readonly number[]): string => groupsOf(values).join('-');
const SOME = [0, 1, 85, 4096, 23_449, 40_000, 65_534, 65_535];
const SEPARATORS = [
  ' ', '\t', '\n', '\r\n', '-', '.', '_', '\u00a0', '\u2007', '\u2009', '\u200a', '\u202f', '\u3000', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\ufe58', '\ufe63', '\uff0d',
  ' - ', '\u200b', '\u2060', '\ufeff', '\u00ad', '\u2028', '',
];
/** A digit as other keyboards write it: full width, Arabic-Indic, extended Arabic-Indic. */
const SCRIPTS = [0x30, 0xff10, 0x0660, 0x06f0];
const inScript = (digits: string, zero: number): string => [...digits].map((digit) => String.fromCharCode(zero + Number(digit))).join('');

describe('reading a recovery password', () => {
  it('gives eight groups of six digits with hyphens, leading zeros kept', () => {
    const parsed = parseRecoveryPassword(groupsOf(SOME).join(''));
    expect(parsed).toEqual({ status: 'ok', recoveryPassword: written(SOME) });
    expect(written(SOME).slice(0, 14)).toBe('000000-000011-');
  });

  it('takes it with any separators between any digits, in any script, invisible characters included', () => {
    fc.assert(fc.property(numbers, fc.constantFrom(...SCRIPTS), fc.array(fc.constantFrom(...SEPARATORS), { minLength: 49, maxLength: 49 }), (values, zero, separators) => {
      const text = groupsOf(values).join('').split('').map((digit, i) => separators[i] + inScript(digit, zero)).join('') + separators[48];
      expect(parseRecoveryPassword(text)).toEqual({ status: 'ok', recoveryPassword: written(values) });
    }), { numRuns: 300 });
  });

  it('notices every single wrong digit and names its group', () => {
    fc.assert(fc.property(numbers, (values) => {
      const digits = groupsOf(values).join('');
      for (let at = 0; at < 48; at++) {
        for (let digit = 0; digit < 10; digit++) {
          if (String(digit) === digits[at]) continue;
          expect(parseRecoveryPassword(digits.slice(0, at) + digit + digits.slice(at + 1))).toEqual({ status: 'wrong-groups', groups: [Math.floor(at / 6) + 1] });
        }
      }
    }), { numRuns: 40 });
  });

  it('notices two swapped neighbours inside a group, for every group there is', () => {
    for (let value = 0; value <= 0xffff; value++) {
      const digits = group(value);
      for (let at = 0; at < 5; at++) {
        if (digits[at] === digits[at + 1]) continue;
        const swapped = `${digits.slice(0, at)}${digits[at + 1]}${digits[at]}${digits.slice(at + 2)}`;
        if (isRecoveryPasswordGroup(swapped)) throw new Error(`${value} at ${at}`);
      }
    }
  });

  it('names all wrong groups, in order', () => {
    const groups = groupsOf(SOME);
    groups[1] = '000012';
    groups[7] = '720896'; // the first multiple of 11 that is too large
    expect(parseRecoveryPassword(groups.join(' '))).toEqual({ status: 'wrong-groups', groups: [2, 8] });
  });

  it.each([
    ['O', [1], true], ['l', [1], true], ['I', [1], true], ['B', [1], true], ['x', [1], false], ['é', [1], false],
  ])('hints at a letter that was taken for a digit: %s', (letter, groups, lookAlikes) => {
    const text = written(SOME);
    expect(parseRecoveryPassword(letter + text.slice(1))).toEqual({ status: 'letters', groups, lookAlikes });
  });

  it('names the groups in which letters stand', () => {
    const groups = groupsOf(SOME);
    groups[2] = 'O00935';
    groups[5] = '44OO00';
    expect(parseRecoveryPassword(groups.join('-'))).toEqual({ status: 'letters', groups: [3, 6], lookAlikes: true });
  });

  it('says how many digits there are, and which groups are too short when there are eight of them', () => {
    expect(parseRecoveryPassword('')).toEqual({ status: 'length', digits: 0, groups: [] });
    expect(parseRecoveryPassword(written(SOME).slice(0, -7))).toEqual({ status: 'length', digits: 42, groups: [] });
    const mangled = SOME.map((value) => String(value * 11)).join('-'); // as a spreadsheet leaves it
    expect(parseRecoveryPassword(mangled)).toEqual({ status: 'length', digits: mangled.replaceAll('-', '').length, groups: [1, 2, 3, 4] });
  });

  it('gives a result for any text, and never a recovery password that is not in it', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(...'0123456789- Ol'), { maxLength: 60 }).map((all) => all.join(''))), (text) => {
      const parsed = parseRecoveryPassword(text);
      if (parsed.status === 'ok') expect(parsed.recoveryPassword.replaceAll('-', '')).toBe(text.replace(/\D/g, ''));
      else expect(JSON.stringify(parsed)).not.toMatch(/\d{6}/);
    }), { numRuns: 1_000 });
  });

  it('takes no longer than the text is long', () => {
    const started = performance.now();
    expect(parseRecoveryPassword('1x- '.repeat(500_000)).status).toBe('letters');
    expect(performance.now() - started).toBeLessThan(20_000); // it does not hang
  });
});

describe('one group of a recovery password', () => {
  it('is any multiple of 11 up to 720885, and nothing else', () => {
    for (let value = 0; value < 1_000_000; value += 1) {
      if (isRecoveryPasswordGroup(String(value).padStart(6, '0')) !== (value % 11 === 0 && value < 720_896)) throw new Error(String(value));
    }
    for (const text of ['', '11', '0000011', ' 00011', '00001١', '1e0011', '-00011']) expect(isRecoveryPasswordGroup(text)).toBe(false);
  });
});

describe('the numbers behind a recovery password', () => {
  it('go there and back, as numbers and as the 16 bytes BitLocker derives', () => {
    fc.assert(fc.property(numbers, (values) => {
      const parsed = parseRecoveryPassword(written(values));
      if (parsed.status !== 'ok') throw new Error('refused');
      expect(recoveryPasswordToNumbers(parsed.recoveryPassword)).toEqual(values);
      expect(recoveryPasswordFromNumbers(values)).toBe(parsed.recoveryPassword);
      const bytes = recoveryPasswordToBytes(parsed.recoveryPassword);
      expect(bytes).toEqual([...Buffer.from(Uint16Array.from(values).buffer)]);
      expect(recoveryPasswordFromBytes(bytes)).toBe(parsed.recoveryPassword);
    }));
  });

  it.each([[[]], [[1, 2, 3, 4, 5, 6, 7]], [[1, 2, 3, 4, 5, 6, 7, 65_536]], [[1, 2, 3, 4, 5, 6, 7, -1]], [[1, 2, 3, 4, 5, 6, 7, 0.5]], [[1, 2, 3, 4, 5, 6, 7, Number.NaN]]])('are eight whole numbers from 0 to 65535: %j is none', (values) => {
    expect(recoveryPasswordFromNumbers(values)).toBeNull();
  });

  it('are not made of fewer than 16 bytes', () => {
    expect(recoveryPasswordFromBytes(new Uint8Array(15))).toBeNull();
  });
});
