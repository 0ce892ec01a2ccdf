import { expect, it } from 'vitest';
import { readRecoveryPassword } from '../../electron/commands/volumes.ts';
import { parseRecoveryPassword } from '../../electron/core/keys/recovery-password.ts';
import { constructedPassword } from '../support/constructed-passwords.ts';

const password = constructedPassword(5);
const file = `BitLocker Drive Encryption recovery key\r\n\r\nIdentifier:\r\n\r\n\t64311DEA-4587-4029-924A-BA299647998E\r\n\r\nRecovery Key:\r\n\r\n\t${password}\r\n`;

it.each<[string, Buffer]>([
  ['a line', Buffer.from(`${password}\n`)], ['with its label', Buffer.from(`Recovery key: ${password}\r\n`)], ['with blanks', Buffer.from(password.replaceAll('-', ' '))],
  ['of a terminal that writes UTF-16', Buffer.from(`\ufeff${password}\r\n`, 'utf16le')], ['in the file Windows saved', Buffer.from(`\ufeff${file}`, 'utf16le')], ['in that file saved anew', Buffer.from(`\ufeff${file}`)],
  ['of a console set to Unicode, without a mark', Buffer.from(`${password}\r\n`, 'utf16le')], ['with the dashes of a word processor, saved as ANSI', Buffer.from(password.replaceAll('-', '\x96'), 'latin1')], ['said twice', Buffer.from(`${password}\n${password}\n`)],
])('a recovery password on standard input is taken %s', (_name, bytes) => {
  expect(parseRecoveryPassword(readRecoveryPassword(bytes)).status === 'ok').toBe(true);
});

it('a misread one keeps its wrong group, and a letter in it is not passed over', () => {
  const wrong = `${password.slice(0, 5)}${(Number(password[5]) + 1) % 10}${password.slice(6)}`;
  for (const typed of [wrong, `Key: ${wrong}`, `${password.slice(0, 3)}O${password.slice(4)}`]) expect(parseRecoveryPassword(readRecoveryPassword(Buffer.from(typed)))).toMatchObject({ groups: [1] });
  expect(readRecoveryPassword(Buffer.alloc(0))).toBe('');
});

it('of two different ones on standard input none is picked', () => {
  expect(() => readRecoveryPassword(Buffer.from(`PC-1 ${password}\nPC-2 ${constructedPassword(6)}\n`))).toThrow(expect.objectContaining({ code: 'recovery-password-wrong', facts: { status: 'several' } }));
});
