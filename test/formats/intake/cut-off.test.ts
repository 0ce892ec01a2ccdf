// Recovery passwords of which a part is missing: named with their line, never completed, never silently passed over.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { essence, hostnames, idOf, passwordOf, read, rejections } from './support.ts';

const passwords = fc.nat(1_000_000).map(passwordOf);
const mail = (id: string, digits: string): string => `Hello,\r\nthe key of the notebook:\r\n\r\nKey ID: ${id}\r\nRecovery key: ${digits}\r\n\r\nRegards\r\n`;

test('a recovery password that ends in the middle of a group, or after a few groups, is named with its line and comes in as no key', async () => {
  await fc.assert(fc.asyncProperty(passwords, fc.integer({ min: 20, max: 54 }), fc.constantFrom('-', ' ', '\u2011', '.'), async (password, length, separator) => {
    fc.pre(separator === '-' || separator === '\u2011' || length >= 27);
    const result = await read(mail(idOf(1), password.slice(0, length).replaceAll('-', separator)));
    expect(essence(result)).toEqual([]);
    // With five digits and a zero before them the last group is complete.
    expect([['recovery-password-cut-off'], ['leading-zeros-lost']]).toContainEqual(rejections(result).map(([, reason]) => reason));
    expect(rejections(result)[0]?.[0]).toBe(5);
    expect(result.notes).not.toContain('nothing-found');
  }), { numRuns: 200 });
});

test('so is one whose beginning was not copied, and one of which each group stands on a line of its own', async () => {
  for (const digits of [passwordOf(1).slice(14), passwordOf(1).slice(10), passwordOf(1).slice(0, 34).replaceAll('-', '\r\n')]) {
    expect(rejections(await read(mail(idOf(1), digits)))).toEqual([[5, 'recovery-password-cut-off']]);
  }
});

test('its ID is kept, so that a call about it finds what is missing, and is given to no other key', async () => {
  const result = await read(`Computer: PC-17\r\nKey ID: ${idOf(1)}\r\nRecovery key: ${passwordOf(1).slice(0, 40)}\r\nRecovery key: ${passwordOf(2)}\r\n`);
  expect(essence(result)).toEqual([[4, null, passwordOf(2), 'PC-17']]);
  expect(result.rows.filter((row) => row.kind === 'listed-key')).toMatchObject([{ row: 3, keyProtectorId: idOf(1), host: { hostname: 'PC-17' } }]);
});

test('in a column of recovery passwords two groups are enough to say what became of the rest', async () => {
  const result = await read(`Computer,Key ID,Recovery Key\nPC-1,${idOf(1)},${passwordOf(1)}\nPC-2,${idOf(2)},${passwordOf(2).slice(0, 13)}\nPC-3,${idOf(3)},${passwordOf(3).slice(0, 52)}\nPC-4,${idOf(4)},######\n`);
  expect(rejections(result)).toEqual([[3, 'recovery-password-cut-off'], [4, 'recovery-password-cut-off'], [5, 'spreadsheet-number']]);
});

test('telephone numbers, dates and article numbers are no part of a recovery password', async () => {
  const result = await read('Tel. 089-123456-78\n2024-07-19 061112\nOrder 000011-000022, 123456-123457-123458\nSerial 447111 239844 917733\nPC-1\n');
  expect(result.rows).toEqual([]);
  expect(hostnames(result)).toEqual([]);
});

test('a whole recovery password keeps its neighbours: what is beside it is never taken for a part of one', async () => {
  await fc.assert(fc.asyncProperty(fc.array(passwords, { minLength: 1, maxLength: 6 }), fc.constantFrom('\n', '\n\n', '  \t', ' ; '), async (all, between) => {
    const result = await read(`keys\n${all.join(between)}\n`);
    expect(rejections(result)).toEqual([]);
    expect(essence(result).map(([, , password]) => password)).toEqual(all);
  }), { numRuns: 100 });
});
