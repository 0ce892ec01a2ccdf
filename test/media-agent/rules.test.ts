import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRecoveryPasswordGroup, recoveryPasswordFromNumbers } from '../../electron/core/keys/recovery-password.ts';
import { decideOutcome } from '../../scripts/media/agent/outcome.ts';
import type { Facts } from '../../scripts/media/agent/outcome.ts';
import { keepGroups } from '../../scripts/media/agent/typed-groups.ts';

const NOTHING: Facts = {
  isInspectOnly: false, hasFailed: false, isHibernationKept: false, removed: 0, isSafeBootSet: false, volumes: 1, locked: 0, unreadable: 0, isKeyRejected: false, windows: 0, hasRecipeFolder: false,
};

describe('what an attempt came to', () => {
  test.each<[string, Partial<Facts>, string]>([
    ['nothing may be changed', { isInspectOnly: true, removed: 1 }, 'inspected'],
    ['a file stayed', { hasFailed: true, removed: 1 }, 'repair-failed'],
    ['the person left a hibernated Windows alone', { isHibernationKept: true, windows: 1 }, 'hibernated'],
    ['a file was removed', { removed: 1, windows: 1, locked: 1 }, 'repaired'],
    ['no Windows could be read and the flag was set', { isSafeBootSet: true, locked: 1 }, 'safe-boot-set'],
    ['a data volume alone has the folder', { hasRecipeFolder: true }, 'nothing-to-do'],
    ['a volume stayed locked', { locked: 1 }, 'no-key'],
    ['a volume stayed locked though a key was tried', { locked: 1, isKeyRejected: true }, 'key-rejected'],
    ['a volume stayed locked beside a Windows without the file', { locked: 1, windows: 1, hasRecipeFolder: true }, 'no-key'],
    ['no file was faulty', { windows: 1, hasRecipeFolder: true }, 'nothing-to-do'],
    ['the folder is not there', { windows: 1 }, 'recipe-not-found'],
    ['there was no volume', { volumes: 0 }, 'no-disk-seen'],
    ['a volume could not be read and is not BitLocker\'s', { unreadable: 1 }, 'third-party-encryption'],
    ['there was no Windows', {}, 'other-os'],
  ])('is decided when %s', (_when, facts, word) => {
    const { outcome, blockedReason } = decideOutcome({ ...NOTHING, ...facts });
    expect(blockedReason ?? outcome).toBe(word);
    expect(outcome === 'blocked').toBe(blockedReason !== null);
  });
});

describe('a recovery password typed in pieces', () => {
  const password = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 8, maxLength: 8 }).map((numbers) => String(recoveryPasswordFromNumbers(numbers)).split('-'));

  test('is kept group by group until it is whole', () => {
    fc.assert(fc.property(password, fc.integer({ min: 1, max: 7 }), (groups, at) => {
      expect(keepGroups('', groups.slice(0, at).join(' '))).toEqual({ status: 'partial', groups: at, wrong: [] });
      expect(keepGroups(groups.slice(0, at).join(' '), groups.slice(at).join('-'))).toEqual({ status: 'ok', recoveryPassword: groups.join('-') });
    }));
  });

  test('has its first group with a wrong digit named at once', () => {
    fc.assert(fc.property(password, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 9 }), (groups, at, place, plus) => {
      const digits = [...(groups[at] ?? '')];
      digits[place] = `${(Number(digits[place]) + plus) % 10}`;
      const misread = groups.with(at, digits.join(''));
      expect(keepGroups('', misread.slice(0, at + 1).join(' '))).toEqual({ status: 'wrong', notice: 'typed.group', fact: `${at + 1}` });
    }));
  });

  test('is kept whole but for the groups that can not be right: these alone are asked for, one after the other, together, or all once more', () => {
    const slips = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.constantFrom('wrong digit', 'digit left out')), { selector: ([at]) => at, minLength: 1, maxLength: 8 });
    fc.assert(fc.property(password, slips, (groups, made) => {
      const typed = [...groups];
      for (const [at, slip] of made) {
        const group = groups[at] ?? '';
        typed[at] = slip === 'digit left out' ? group.slice(1) : group.slice(0, 5) + (Number(group[5]) + 1) % 10;
      }
      const wrong = made.map(([at]) => at + 1).toSorted((a, b) => a - b);
      expect(keepGroups('', typed.join('-'))).toEqual({ status: 'partial', groups: 8, wrong });
      const right = wrong.map((number) => groups[number - 1]);
      let already = typed.join('-');
      for (const [index, group] of right.entries()) {
        expect(keepGroups(already, '')).toEqual({ status: 'partial', groups: 8, wrong: wrong.slice(index) });
        expect(keepGroups(already, `${group}`.slice(1))).toEqual({ status: 'wrong', notice: 'typed.only', fact: `${wrong[index]}` });
        expect(keepGroups(already, groups.join(' '))).toEqual({ status: 'ok', recoveryPassword: groups.join('-') });
        const kept = keepGroups(already, `${group}`);
        expect(kept).toEqual(index + 1 < right.length ? { status: 'partial', groups: 8, wrong: wrong.slice(index + 1) } : { status: 'ok', recoveryPassword: groups.join('-') });
        already = `${already} ${group}`;
      }
      expect(keepGroups(typed.join('-'), right.join(''))).toEqual({ status: 'ok', recoveryPassword: groups.join('-') });
    }));
  });

  test('is handed to the launcher only as digits, spaces and what a hyphen is in any layout, whatever was typed', () => {
    const nasty = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('0', '1', '2', ' ', '-', '/', '\u00df', '%', '&', '"', '!', '^', '\u2013', '\uff11', '\u00a0') }));
    fc.assert(fc.property(nasty, nasty, (already, answer) => {
      const kept = keepGroups(already, answer);
      if (kept.status !== 'partial') return;
      expect(`${already}${answer}`).toMatch(/^[0-9 \/\u00df-]*$/);
      const digits = `${already} ${answer}`.replace(/[ \/\u00df-]/g, '');
      if (kept.groups === 8) return;
      expect(digits.length).toBe(6 * kept.groups);
      for (let group = 0; group < kept.groups; group++) expect(isRecoveryPasswordGroup(digits.slice(6 * group, 6 * group + 6))).toBe(true);
    }), { numRuns: 2000 });
  });
});
