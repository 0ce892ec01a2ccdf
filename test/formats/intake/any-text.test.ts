import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, encodings, essence, facts, idOf, keysOf, newlines, passwordOf, pieceSizes, read, rejections, withWrongGroup } from './support.ts';

const A = { id: idOf(1), password: passwordOf(1) };
const B = { id: idOf(2), password: passwordOf(2) };
const C = { id: idOf(3), password: passwordOf(3) };
const windowsText = (id: string, password: string): string =>
  ['BitLocker Drive Encryption recovery key ', '', 'To verify that this is the correct recovery key, compare …', '', 'Identifier:', '', `\t${id}`, '', 'If the above identifier matches the one displayed by your PC, then use the following key to unlock your drive.', '', 'Recovery Key:', '', `\t${password}`, '', 'See https://go.microsoft.com/fwlink/?LinkID=260589 for additional assistance.', ''].join('\r\n');

describe('the text file Windows saves', () => {
  test('gives its one key, in UTF-16 as Windows writes it', async () => {
    const result = await read(encode(windowsText(A.id, A.password), 'utf-16le-bom'));
    expect(result.header).toMatchObject({ intakeKind: 'windows-text', encoding: 'utf-16le' });
    expect(essence(result)).toEqual([[13, A.id, A.password, null]]);
  });

  test('of Windows 7 names the first half of the ID, too, which is no ID', async () => {
    const result = await read(`BitLocker Drive Encryption Recovery Key\r\nRecovery key identification: ${A.id.slice(0, 16)}\r\n\r\nFull recovery key identification: ${A.id}\r\n\r\nBitLocker Recovery Key:\r\n${A.password}\r\n`);
    expect(essence(result)).toEqual([[7, A.id, A.password, null]]);
    const cut = await read(`Recovery key identification: ${A.id.slice(0, 16)}\r\n\r\nBitLocker Recovery Key:\r\n${A.password}\r\n`);
    expect(essence(cut)).toEqual([[4, null, A.password, null]]);
  });

  test('many of them joined into one file keep their pairs', async () => {
    const result = await read(windowsText(A.id, A.password) + windowsText(B.id, B.password) + windowsText(C.id, C.password));
    expect(essence(result).map(([, id, password]) => [id, password])).toEqual([[A.id, A.password], [B.id, B.password], [C.id, C.password]]);
  });
});

describe('manage-bde', () => {
  const german = [
    'BitLocker-Laufwerkverschlüsselung: Konfigurationstool, Version 10.0.26100', 'Copyright (C) 2013 Microsoft Corporation. Alle Rechte vorbehalten.', '', 'Volume "C:" [OS]', 'Alle Schlüsselschutzvorrichtungen', '',
    '    TPM:', `      ID: {${B.id}}`, '      PCR-Validierungsprofil:', '        7, 11', '', '    Numerisches Kennwort:', `      ID: {${A.id}}`, '      Kennwort:', `        ${A.password}`, '      Sicherungstyp:', '        Microsoft-Kontosicherung', '',
    'Volume "D:" [Daten]', '    Externer Schlüssel:', `      ID: {${idOf(9)}}`, '      Name der externen Schlüsseldatei:', `        ${idOf(9)}.BEK`, '    Numerisches Kennwort:', `      ID: {${C.id}}`, '      Kennwort:', `        ${C.password}`, '',
  ].join('\r\n');

  test.each(['cp850', 'utf-16le-bom', 'utf-8', 'latin-1'] as const)('in German, in %s: each password has the ID above it, not the TPM’s, and its drive', async (encoding) => {
    const result = await read(encode(german, encoding));
    expect(result.header.intakeKind).toBe('manage-bde-text');
    expect(keysOf(result).map((key) => [key.keyProtectorId, key.recoveryPassword, key.drive, key.volumeLabel])).toEqual([[A.id, A.password, 'C:', 'OS'], [C.id, C.password, 'D:', 'Daten']]);
  });

  test('in French, with no-break spaces before its colons', async () => {
    const french = `Chiffrement de lecteur BitLocker\u00a0: outil\r\n\r\nVolume D: [Étiquette inconnue]\r\nTous les protecteurs de clés\r\n\r\n    Mot de passe numérique\u00a0:\r\n      ID\u00a0: {${A.id}}\r\n      Mot de passe\u00a0:\r\n        ${A.password}\r\n`;
    for (const encoding of ['utf-8', 'cp850', 'latin-1'] as const) {
      expect(keysOf(await read(encode(french, encoding)))[0]).toMatchObject({ keyProtectorId: A.id, recoveryPassword: A.password, drive: 'D:', volumeLabel: 'Étiquette inconnue' });
    }
  });
});

describe('any text', () => {
  test.each([
    ['no separators', (key: string) => key.replaceAll('-', '')], ['spaces', (key: string) => key.replaceAll('-', ' ')], ['en dashes', (key: string) => key.replaceAll('-', '\u2013')],
    ['no-break spaces', (key: string) => key.replaceAll('-', '\u00a0')], ['dots', (key: string) => key.replaceAll('-', '.')], ['dashes with spaces', (key: string) => key.replaceAll('-', ' - ')],
    ['two lines', (key: string) => `${key.slice(0, 28)}\n   ${key.slice(28)}`], ['spaces within groups', (key: string) => key.replace(/(\d{3})(\d{3})/g, '$1 $2')],
    ['full-width digits', (key: string) => key.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))], ['zero-width spaces', (key: string) => key.replaceAll('-', '-\u200b')],
  ])('finds a key written with %s', async (_name, write) => {
    const result = await read(`Hallo, hier ist der Schlüssel:\n${write(A.password)}\nGruß\n`);
    expect(essence(result)).toEqual([[2, null, A.password, null]]);
    expect(result.rowsRead).toBe(1);
  });

  test('finds a key behind other numbers on its line', async () => {
    expect(essence(await read(`notes\n12 2024-07-19 04:09 ${A.password} (call 0049 30 123456)\n`))).toEqual([[2, null, A.password, null]]);
    expect(essence(await read(`notes\n1 ${A.password}\n2 ${B.password}\n`)).map(([, , password]) => password)).toEqual([A.password, B.password]);
  });

  test('a second key below one ID has lost its own', async () => {
    const result = await read(`notes\nID: ${A.id}\n${A.password}\n${B.password}\n`);
    expect(essence(result)).toEqual([[3, A.id, A.password, null], [4, null, B.password, null]]);
  });

  test('an ID far above belongs to something else', async () => {
    const result = await read(`ID: ${A.id}\n${'text\n'.repeat(20)}${A.password}\n`);
    expect(essence(result)).toEqual([[22, null, A.password, null]]);
  });

  test('an ID on the key’s own line counts, before or after it', async () => {
    const result = await read(`notes about ${C.id}\nkey ${A.password} has ${A.id}\nand ${B.id} has ${B.password}\n`);
    expect(essence(result)).toEqual([[2, A.id, A.password, null], [3, B.id, B.password, null]]);
  });

  test('a text that writes the key first and its ID on the next line is read that way', async () => {
    const result = await read(`Recovery key: ${A.password}\nKey ID: ${A.id}\n\nRecovery key: ${B.password}\nKey ID: ${B.id}\n`);
    expect(essence(result)).toEqual([[1, A.id, A.password, null], [4, B.id, B.password, null]]);
  });

  test('an ID on the next line that has a key of its own belongs to that', async () => {
    const result = await read(`PC1: ${A.password}\nPC2, ID ${B.id}: ${B.password}\nPC3, ID ${C.id}: ${C.password}\n`);
    expect(essence(result)).toEqual([[1, null, A.password, null], [2, B.id, B.password, null], [3, C.id, C.password, null]]);
  });

  test('volume and device IDs are not the key’s', async () => {
    const result = await read(`Key ID: ${A.id}\nVolume ID: ${B.id}\nDevice ID: ${C.id}\n${A.password}\n`);
    expect(essence(result)).toEqual([[4, A.id, A.password, null]]);
    expect(keysOf(result)[0]?.volumeId).toBe(B.id);
  });

  test('the host named above counts until another is named', async () => {
    const result = await read(`Device name: pc1\n Key id: ${A.id}\n BitLocker recovery key: ${A.password}\nDevice name: pc2.corp.example\n Key id: ${B.id}\n BitLocker recovery key: ${B.password}\n`);
    expect(essence(result)).toEqual([[3, A.id, A.password, 'PC1'], [6, B.id, B.password, 'PC2']]);
  });

  test('Microsoft’s directory listing gives ID, time and computer', async () => {
    const result = await read(`distinguishedName: CN=2024-01-15T09:30:00\\+01:00{${A.id}},CN=PC1,OU=x,DC=corp,DC=example\nname: 2024-01-15T09:30:00+01:00{${A.id}}\nmsFVE-RecoveryGuid: {${A.id}}\nmsFVE-RecoveryPassword: ${A.password}\n`);
    expect(essence(result).map(([row, id, password]) => [row, id, password])).toEqual([[4, A.id, A.password]]);
  });

  test('a mistyped key is reported by its groups and not lost', async () => {
    const result = await read(`notes\n${withWrongGroup(A.password, 2)}\n${B.password}\n${A.password.replace(/^\d/, 'O')}\n${A.password.slice(1)}\n`);
    expect(result.rows.filter((row) => row.kind === 'rejected')).toEqual([
      { kind: 'rejected', row: 2, reason: 'wrong-groups', groups: [2] },
      { kind: 'rejected', row: 4, reason: 'letters-in-password', groups: [1] },
      { kind: 'rejected', row: 5, reason: A.password.startsWith('0') ? 'leading-zeros-lost' : 'wrong-length', groups: [1] },
    ]);
    expect(essence(result)).toEqual([[3, null, B.password, null]]);
  });

  test('numbers, dates and GUIDs are not taken for keys', async () => {
    const text = Array.from({ length: 200 }, (_, index) => `2024-07-19 04:09:${index % 60} 192.0.2.${index} ${idOf(index)} build 10.0.22631.${index} phone 030-123456-789`).join('\n');
    const result = await read(text);
    expect(result.rows).toEqual([]);
    expect(result.notes).toEqual(['nothing-found']);
  });
});

test('what was put into text comes out, in every encoding, newline and piece size', async () => {
  await fc.assert(fc.asyncProperty(facts, encodings, newlines, pieceSizes, fc.constantFrom('windows', 'manage-bde', 'same line'), async (rows, encoding, newline, pieceBytes, form) => {
    const texts = rows.map((fact) => (form === 'windows' ? windowsText(fact.id, fact.password) : form === 'manage-bde' ? `Volume C: [x]\r\n    Numerical Password:\r\n      ID: {${fact.id}}\r\n      Password:\r\n        ${fact.password}\r\n\r\n` : `${fact.host} ${fact.id} ${fact.password}\r\n`));
    // Code pages have neither the ellipsis nor a mark for its loss that would matter here.
    const result = await read(encode(`notes\r\n${texts.join('')}`.replaceAll('\r\n', newline), encoding), pieceBytes);
    expect(essence(result).map(([, id, password]) => [id, password])).toEqual(rows.map((fact) => [fact.id, fact.password]));
    expect(rejections(result)).toEqual([]);
  }), { numRuns: 200 });
});
