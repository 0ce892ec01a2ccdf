import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typedRecoveryPassword } from '../../renderer/typed-recovery-password.ts';
import { madeUpGroups } from './made-up-password.ts';

const numbers = fc.nat(10_000);
const separators = fc.constantFrom(' ', '-', '\u2013', '.', '\u00a0', '\t', ' - ');

describe('a recovery password typed where a search belongs', () => {
  test('is noticed from the second group on, with separators or without', () => {
    fc.assert(fc.property(numbers, fc.integer({ min: 2, max: 8 }), separators, (seed, count, separator) => {
      const groups = madeUpGroups(seed).slice(0, count);
      for (const text of [groups.join(separator), groups.join('')]) {
        expect(typedRecoveryPassword(text)?.map((group) => group.state)).toEqual([...groups.map(() => 'right'), ...Array<string>(8 - count).fill('missing')]);
      }
    }));
  });

  test('is noticed at the first digit of the second group when the groups are parted', () => {
    const [first = '', second = ''] = madeUpGroups(1);
    expect(typedRecoveryPassword(`${first}-`)).toBeNull();
    expect(typedRecoveryPassword(`${first}-${second.charAt(0)}`)?.slice(0, 2).map((group) => group.state)).toEqual(['right', 'typing']);
  });

  test('names the group with a wrong digit, and no other', () => {
    fc.assert(fc.property(numbers, fc.nat(7), fc.nat(5), fc.integer({ min: 1, max: 9 }), (seed, at, digit, shift) => {
      const groups = madeUpGroups(seed);
      const group = groups[at] ?? '';
      groups[at] = group.slice(0, digit) + String((Number(group.charAt(digit)) + shift) % 10) + group.slice(digit + 1);
      expect(typedRecoveryPassword(groups.join(' '))?.filter((one) => one.state !== 'right').map((one) => one.number)).toEqual([at + 1]);
    }));
  });

  test('a letter for a digit makes its group wrong, and is still not searched for', () => {
    const groups = madeUpGroups(2);
    groups[2] = `O${groups[2]?.slice(1) ?? ''}`;
    expect(typedRecoveryPassword(groups.join('-'))?.[2]?.state).toBe('wrong');
  });

  test('full-width and Arabic-Indic digits count', () => {
    const [first = '', second = ''] = madeUpGroups(4);
    const wide = Array.from(`${first} ${second}`, (character) => (/\d/.test(character) ? String.fromCharCode(0xff10 + Number(character)) : character)).join('');
    expect(typedRecoveryPassword(wide)?.[1]?.state).toBe('right');
  });

  test('is noticed among other words, as a line of a mail or of a text file of Windows has it', () => {
    fc.assert(fc.property(numbers, fc.integer({ min: 3, max: 8 }), separators, fc.constantFrom('Wiederherstellungsschlüssel: ', 'Recovery Key:', 'INC-12, PC-0412 ', 'ID 3CA7495E-4C1B-4F0D-9A36-7D20B5E8C431\n'), fc.constantFrom('', ' thanks', '.\n', ', C:'), (seed, count, separator, before, after) => {
      const groups = madeUpGroups(seed).slice(0, count);
      expect(typedRecoveryPassword(`${before}${groups.join(separator)}${after}`)?.map((group) => group.state)).toEqual([...groups.map(() => 'right'), ...Array<string>(8 - count).fill('missing')]);
    }));
    expect(typedRecoveryPassword(`Key: ${madeUpGroups(3).join('')}`)?.every((group) => group.state === 'right')).toBe(true);
  });

  test('no answer ever holds a digit of it', () => {
    fc.assert(fc.property(numbers, (seed) => {
      const groups = madeUpGroups(seed);
      const said = JSON.stringify(typedRecoveryPassword(groups.join('-')));
      for (const group of groups) expect(said).not.toContain(group);
    }));
  });

  test.each([
    ['the start of a key ID', '0417'], ['eight digits of a key ID', '04171234'], ['a key ID whose first part is digits', '04171234-5678'], ['a whole key ID', '0417A9E2-4C1B-4F0D-9A36-7D20B5E8C431'],
    ['a host name', 'KI-SURG-0417'], ['a host name of digits and letters', 'DS1234-0001'], ['a serial number of eleven digits', '12345678901'], ['one group', '412313'], ['nothing', ''],
    ['a ticket and a host', 'INC-204817 KI-SURG-0417'], ['a day and numbers in words', 'since 2024-07-19, 204817, 0417'], ['a user', 'anna.meier@corp.example'],
  ])('%s is looked up', (_what, text) => expect(typedRecoveryPassword(text)).toBeNull());

  test('any text is read without an error', () => { fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => { typedRecoveryPassword(text); })); });
});
