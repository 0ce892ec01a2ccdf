import { expect, it } from 'vitest';
import { AppError } from '../../electron/core/app-error.ts';
import { describeError } from '../../electron/commands/describe-error.ts';
import { wholeNumber } from '../../electron/commands/import-acts.ts';

it('a number that is none is refused with what it has to be, in both languages', () => {
  expect(wholeNumber('30', '--newer-than-days')).toBe(30);
  for (const word of ['0', '-1', '1.5', 'abc', '', undefined]) {
    try {
      wholeNumber(word, '--newer-than-days');
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      expect(describeError('en', error)).toContain('--newer-than-days has to be a whole number from 1 on');
      expect(describeError('de', error)).toContain('--newer-than-days muss eine ganze Zahl ab 1 sein');
    }
  }
});
