// Keys in what was quoted, boxed, numbered or collected out of many files.
import { describe, expect, test } from 'vitest';
import { essence, idOf, passwordOf, read, rejections, withWrongGroup } from './support.ts';

const A = { id: idOf(701), password: passwordOf(701) };
const B = { id: idOf(702), password: passwordOf(702) };
const groups = (password: string): string[] => password.split('-');

describe('a recovery password wrapped over two lines', () => {
  test.each([['> ', 27], ['>> ', 34], ['> > ', 13], ['| ', 28]])('that are quoted with "%s" is whole', async (mark, at) => {
    const text = `${mark}PC-0701, ID ${A.id}, key:\n${mark}${A.password.slice(0, at)}\n${mark}${A.password.slice(at)}\n${mark}thanks\n`;
    expect((await read(text)).rows).toMatchObject([{ kind: 'key', keyProtectorId: A.id, recoveryPassword: A.password }]);
  });

  test('by sqlcmd, where its window ends, is whole, wherever in a group that is', async () => {
    for (const width of [79, 80, 81, 100, 120]) {
      const rows = [A, B].map(({ id, password }, at) => `${`PC-070${at + 1}`.padEnd(40)} ${id} ${password.padEnd(56)}`);
      const result = await read(rows.flatMap((row) => row.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\r\n'));
      expect(essence(result).map(([, ...key]) => key)).toEqual([[A.id, A.password, 'PC-0701'], [B.id, B.password, 'PC-0702']]);
      expect(rejections(result)).toEqual([]);
    }
  });

  test('keeps its ID, which is wrapped, too, wherever in it that is', async () => {
    for (let at = 9; at < 36; at++) {
      const text = `Identifier:\n\n\t${A.id.slice(0, at)}\n${A.id.slice(at)}\n\nRecovery Key:\n\n\t${A.password.slice(0, 28)}\n${A.password.slice(28)}\n`;
      expect(essence(await read(text)).map(([, ...key]) => key), String(at)).toEqual([[A.id, A.password, null]]);
      expect(essence(await read(`Device ID: ${B.id.slice(0, at)}\n${B.id.slice(at)}\nKey: ${A.password}\n`))[0]?.[1]).toBeNull();
    }
  });

  test('in a box is whole, and cells beside each other stay cells', async () => {
    const box = (line: string): string => `| ${line.padEnd(40)} |`;
    expect(essence(await read([box('PC-0701'), box(A.id), box(A.password.slice(0, 27)), box(A.password.slice(28))].join('\n')))).toEqual([[3, A.id, A.password, 'PC-0701']]);
    expect(essence(await read(`| PC-0701 | ${A.id} | ${A.password} |\n| PC-0702 | ${B.id} | ${B.password} |\n`)).map(([, id, , host]) => [id, host])).toEqual([[A.id, 'PC-0701'], [B.id, 'PC-0702']]);
  });

  test('quoted below each other are two', async () => {
    expect(essence(await read(`> ${A.password}\n> ${B.password}\n`)).map(([row, , password]) => [row, password])).toEqual([[1, A.password], [2, B.password]]);
  });
});

describe('a key sheet with numbers before the groups', () => {
  const head = `Host: PC-0701\nKey ID: ${A.id}\n`;
  const shapes: readonly (readonly [string, (password: string) => string])[] = [
    ['one a line', (password) => groups(password).map((group, index) => `Group ${index + 1}: ${group}`).join('\n')],
    ['four a line', (password) => [0, 4].map((from) => groups(password).slice(from, from + 4).map((group, index) => `${from + index + 1}) ${group}`).join('   ')).join('\n')],
    ['all on one line', (password) => groups(password).map((group, index) => `[${index + 1}] ${group}`).join(' ')],
    ['with blank lines', (password) => groups(password).map((group, index) => `${index + 1}. ${group}`).join('\n\n')],
  ];
  test.each(shapes)('is read: %s', async (_shape, of) => {
    expect(essence(await read(head + of(A.password)))).toEqual([[3, A.id, A.password, 'PC-0701']]);
    expect(rejections(await read(head + of(withWrongGroup(A.password, 3))))).toEqual([[3, 'wrong-groups']]);
  });

  test('that ends early says so, and other numbered lines are none', async () => {
    expect(rejections(await read(head + groups(A.password).slice(0, 6).map((group, index) => `${index + 1}: ${group}`).join('\n')))).toEqual([[3, 'recovery-password-cut-off']]);
    expect(essence(await read(`1. 123456\n3. 234567\n${head}${A.password}\n`))).toEqual([[5, A.id, A.password, 'PC-0701']]);
  });
});

describe('what was collected out of text files named after hosts', () => {
  const inside = ({ id, password }: typeof A): string => `BitLocker Drive Encryption recovery key\r\n\r\nIdentifier:\r\n\r\n\t${id}\r\n\r\nRecovery Key:\r\n\r\n\t${password}\r\n`;
  test.each([
    ['type', (name: string, text: string) => `\r\n${name}\r\n\r\n\r\n${text}`], ['head', (name: string, text: string) => `==> ${name} <==\r\n${text}\r\n`],
    ['findstr', (name: string, text: string) => text.split('\r\n').filter((line) => line !== '').map((line) => `${name}:${line}\r\n`).join('')],
    ['Select-String', (name: string, text: string) => text.split('\r\n').map((line, index) => `C:\\Keys\\${name}:${index + 1}:${line}\r\n`).join('')],
  ])('by %s keeps each key with its file’s host', async (_tool, listed) => {
    expect(essence(await read(listed('PC-0701.txt', inside(A)) + listed('PC-0702.txt', inside(B)))).map(([, id, , host]) => [id, host])).toEqual([[A.id, 'PC-0701'], [B.id, 'PC-0702']]);
    expect(essence(await read(listed('PC-0701.txt', inside(A)) + listed('notes.txt', inside(B)))).map(([, id, , host]) => [id, host])).toEqual([[A.id, 'PC-0701'], [B.id, null]]);
  });
});

test('what grep finds in Windows’ own files has the ID that each is named after', async () => {
  const name = (id: string): string => `./keys/BitLocker Recovery Key ${id}.TXT`;
  for (const mark of [':', ':\t', ':13:\t']) {
    const found = await read([A, B].map(({ id, password }) => `${name(id)}${mark}${password}\n`).join(''));
    expect(essence(found).map(([, ...key]) => key)).toEqual([[A.id, A.password, null], [B.id, B.password, null]]);
  }
  const both = await read([A, B].map(({ id, password }) => `${name(id)}:\t${id}\n${name(id)}:\t${password}\n`).join(''));
  expect(essence(both).map(([, ...key]) => key)).toEqual([[A.id, A.password, null], [B.id, B.password, null]]);
});

describe('a host that is named above its key in passing', () => {
  test('in a line that ends in a colon is its host', async () => {
    expect(essence(await read(`Hello,\n\nthe recovery key for PC-0701:\n\n${A.password}\n\nand the one for NB-0702 is:\n${B.password}\n`)).map(([, , password, host]) => [password, host])).toEqual([[A.password, 'PC-0701'], [B.password, 'NB-0702']]);
  });

  test.each([
    ['WhatsApp', [`19.07.24, 10:11 - Anna Muster: PC-0701 shows the blue screen`, `19.07.24, 10:12 - Bob: ${A.password}`, '19.07.24, 10:13 - Anna Muster: thanks', '19.07.24, 10:15 - Carl: NB-0702, too', `19.07.24, 10:16 - Bob: ${B.password}`]],
    ['Teams', ['[10:12] Anna Muster', 'PC-0701 is down', '[10:13] Bob', A.password, '[10:14] Carl', 'and NB-0702?', '[10:15] Bob', B.password]],
  ])('by a message of a chat is its host: %s', async (_chat, lines) => {
    expect(essence(await read(lines.join('\n'))).map(([, , password, host]) => [password, host])).toEqual([[A.password, 'PC-0701'], [B.password, 'NB-0702']]);
  });

  test('is nobody’s where two were named, where keys stand first, or where the line says where a report was made', async () => {
    const hosts = async (text: string): Promise<unknown> => essence(await read(text)).map(([, , , host]) => host);
    expect(await hosts(`19.07.24, 10:11 - Anna: PC-0701 is down\n19.07.24, 10:12 - Carl: NB-0702, too\n19.07.24, 10:13 - Bob: ${A.password}\n`)).toEqual([null]);
    expect(await hosts(`${A.password}\nthat was PC-0701, now NB-0702:\n${B.password}\n`)).toEqual([null, null]);
    expect(await hosts(`Export of SRV-DC01 on 2024-07-19\n${A.password}\n${B.password}\n`)).toEqual([null, null]);
  });
});

describe('a mail', () => {
  const mail = (subject: string, body: string): string => `From: a@b.example\nSubject: ${subject}\nMIME-Version: 1.0\nContent-Type: text/plain\n\n${body}\n`;

  test('whose subject names the host gives it to its one key', async () => {
    for (const subject of ['BitLocker PC-0701', `=?utf-8?B?${btoa('Key of PC-0701')}?=`]) expect(essence(await read(mail(subject, A.password)))).toEqual([[1, null, A.password, 'PC-0701']]);
    expect(essence(await read(mail('PC-0701', `NB-0702: ${A.password}`))).map(([, , , host]) => host)).toEqual(['NB-0702']);
    expect(essence(await read(mail('PC-0701', `${A.password}\n${B.password}`))).map(([, , , host]) => host)).toEqual([null, null]);
  });

  test('with the key in its subject holds that key', async () => {
    expect(essence(await read(mail(`Key for PC-0701: ${A.password}`, 'see above')))).toEqual([[1, null, A.password, 'PC-0701']]);
  });
});
