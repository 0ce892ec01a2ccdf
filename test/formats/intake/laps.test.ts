import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSecretHeading } from '../../../electron/formats/intake/laps-columns.ts';
import { LONGEST_LAPS_BYTES, parseHexFiletime } from '../../../electron/formats/intake/laps.ts';
import { previewTable } from '../../../electron/formats/intake/preview.ts';
import { encode, encodings, newlines, pieceSizes, read, rejections, type Read } from './support.ts';

const lapsOf = (result: Read) => result.rows.flatMap((row) => (row.kind === 'laps' ? row.passwords.map((one) => ({ row: row.row, host: row.host.hostname, ...one })) : []));
const quoted = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');

/** Every character LAPS may draw, and whatever else fits on a line. */
const passwords = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789,.-+;!#&@{}[]()"\'%=$?/\\:|<>^`~_*'), minLength: 8, maxLength: 64 });

describe('a LAPS password', () => {
  test('comes out of Get-LapsADPassword as it went in, whatever characters it has, in every encoding', async () => {
    await fc.assert(fc.asyncProperty(fc.array(passwords, { minLength: 1, maxLength: 6 }), encodings, newlines, pieceSizes, async (given, encoding, newline, pieces) => {
      const text = [quoted(['ComputerName', 'DistinguishedName', 'Account', 'Password', 'PasswordUpdateTime', 'ExpirationTimestamp', 'Source', 'DecryptionStatus']),
        ...given.map((password, n) => quoted([`PC-${n}`, `CN=PC-${n},DC=corp,DC=example`, 'Administrator', password, '2024-07-01T10:00:00Z', '2024-08-01T10:00:00Z', 'CleartextPassword', 'NotApplicable'])), ''].join(newline);
      const result = await read(encode(text, encoding), pieces);
      expect(result.header.intakeKind).toBe('laps-csv');
      expect(rejections(result)).toEqual([]);
      expect(lapsOf(result).map(({ host, account, password, updatedAt, expiresAt }) => [host, account, password, updatedAt, expiresAt])).toEqual(given.map((password, n) => [`PC-${n}`, 'Administrator', password, '2024-07-01T10:00:00Z', '2024-08-01T10:00:00Z']));
    }), { numRuns: 150 });
  });

  test('comes out of LDIF and of Graph as it went in', async () => {
    await fc.assert(fc.asyncProperty(passwords, passwords, pieceSizes, async (windows, legacy, pieces) => {
      const json = JSON.stringify({ n: 'Administrator', t: '1d8161b41c41cde', p: windows });
      const ldif = `dn: CN=PC-1,DC=corp,DC=example\nobjectClass: computer\nsAMAccountName: PC-1$\nmsLAPS-Password:: ${Buffer.from(json).toString('base64')}\nmsLAPS-PasswordExpirationTime: 133700000000000000\nms-Mcs-AdmPwd:: ${Buffer.from(legacy).toString('base64')}\nms-Mcs-AdmPwdExpirationTime: 133700000000000000\n\n`;
      const found = lapsOf(await read(ldif, pieces));
      expect(found.map(({ host, account, password, updatedAt }) => [host, account, password, updatedAt])).toEqual([['PC-1', 'Administrator', windows, expect.stringMatching(/^2022-/)], ['PC-1', null, legacy, null]]);
      const graph = JSON.stringify({ '@odata.context': 'x', id: '5ef0a1c2-0000-4000-9000-000000000001', deviceName: 'PC-1', lastBackupDateTime: '2024-07-01T10:00:00Z', refreshDateTime: '2024-08-01T10:00:00Z', credentials: [
        { accountName: 'Administrator', accountSid: 'S-1-5-21-1-500', backupDateTime: '2024-07-01T10:00:00Z', passwordBase64: Buffer.from(windows).toString('base64') },
        { accountName: 'Administrator', accountSid: 'S-1-5-21-1-500', backupDateTime: '2024-06-01T10:00:00Z', passwordBase64: Buffer.from(legacy, 'utf16le').toString('base64') },
      ] });
      const result = await read(graph, pieces);
      expect(result.header.intakeKind).toBe('laps-json');
      expect(result.rows[0]).toMatchObject({ kind: 'host', host: { hostname: 'PC-1', entraDeviceId: '5EF0A1C2-0000-4000-9000-000000000001', affected: false } });
      expect(lapsOf(result).map(({ password, updatedAt, expiresAt }) => [password, updatedAt, expiresAt])).toEqual([[windows, '2024-07-01T10:00:00Z', '2024-08-01T10:00:00Z'], [legacy, '2024-06-01T10:00:00Z', null]]);
    }), { numRuns: 80 });
  });

  test('comes beside the computer in an export of Get-ADComputer, and beside the key where both stand in a row', async () => {
    const computers = await read('"DistinguishedName","DNSHostName","ms-Mcs-AdmPwd","ms-Mcs-AdmPwdExpirationTime","Name","OperatingSystem"\r\n"CN=PC-1,DC=corp,DC=example","pc-1.corp.example","x7#,y""z","133700000000000000","PC-1","Windows 11 Enterprise"\r\n"CN=PC-2,DC=corp,DC=example","pc-2.corp.example",,,"PC-2","Windows 11 Enterprise"\r\n');
    expect(computers.header.intakeKind).toBe('computers-csv');
    expect(computers.rows.map(({ kind }) => kind)).toEqual(['host', 'laps', 'host']);
    expect(lapsOf(computers)).toMatchObject([{ row: 2, host: 'PC-1', password: 'x7#,y"z', account: null, updatedAt: null, expiresAt: expect.stringMatching(/^2024-09-/) }]);
    const both = await read(`Hostname,KeyID,RecoveryKey,LAPS Password\r\nPC-1,3CA7495E-4252-432B-BAF1-8B2B6C3D4E5F,${'000011-'.repeat(7)}000011,secret-1\r\n`);
    expect(both.rows.map(({ kind }) => kind)).toEqual(['key', 'laps']);
  });

  test('in the list of Graph, which never has one, brings the device and nothing else', async () => {
    const result = await read(JSON.stringify({ value: [{ id: '5ef0a1c2-0000-4000-9000-000000000001', deviceName: 'PC-1', lastBackupDateTime: '2024-07-01T10:00:00Z', refreshDateTime: '2024-08-01T10:00:00Z' }] }));
    expect(result.rows).toMatchObject([{ kind: 'host', host: { hostname: 'PC-1' } }]);
  });

  test.each([
    ['a SecureString in CSV', 'ComputerName,Account,Password,ExpirationTimestamp\r\nPC-1,Administrator,System.Security.SecureString,2024-08-01T00:00:00Z\r\n', 'laps-password-not-plain'],
    ['a SecureString in JSON', '{"ComputerName":"PC-1","Account":"Administrator","Password":{"Length":14},"DecryptionStatus":"Success"}', 'laps-password-not-plain'],
    ['JSON that was cut off', 'dn: CN=PC-1,DC=corp\nobjectClass: computer\nmsLAPS-Password: {"n":"Administrator","t":"1d8\n\n', 'laps-password-unreadable'],
    ['base64 that is none', 'dn: CN=PC-1,DC=corp\nobjectClass: computer\nms-Mcs-AdmPwd:: ***\n\n', 'laps-password-unreadable'],
    ['more characters than any has', `ComputerName,Password,ExpirationTimestamp\r\nPC-1,${'x'.repeat(LONGEST_LAPS_BYTES + 1)},\r\n`, 'laps-password-unreadable'],
  ])('that is none is named by its row, and its host comes in: %s', async (_what, text, reason) => {
    const result = await read(text);
    expect(result.rows.map((row) => (row.kind === 'rejected' ? row.reason : row.kind))).toEqual(['host', reason]);
    expect(lapsOf(result)).toEqual([]);
  });

  test('that is encrypted is told as such: in LDIF, in CSV, and where the account may not decrypt', async () => {
    for (const text of ['dn: CN=PC-1,DC=corp\nobjectClass: computer\nmsLAPS-EncryptedPassword:: AAECAw==\n\n', '"Name","DistinguishedName","msLAPS-EncryptedPassword"\r\n"PC-1","CN=PC-1,DC=corp","System.Byte[]"\r\n', 'ComputerName,Account,Password,ExpirationTimestamp,DecryptionStatus\r\nPC-1,,,,Unauthorized\r\n']) {
      expect((await read(text)).rows).toMatchObject([{ kind: 'host' }, { kind: 'laps', encrypted: true, passwords: [] }]);
    }
  });
});

test('the preview of a table shows nothing of a column that holds a LAPS password, or may hold one', () => {
  const table = (header: string): string => JSON.stringify(previewTable(new TextEncoder().encode(`${header}\r\nPC-1,hunter2-secret\r\nPC-2,hunter2-secret\r\n`), true, []));
  for (const heading of ['ms-Mcs-AdmPwd', 'msLAPS-Password', 'LAPS Password', 'Local admin pw_pwd', 'Kennwort lokal', 'Secret']) expect(table(`Name,${heading}`), heading).not.toContain('hunter2');
  expect(table('Name,Room')).toContain('hunter2');
  expect(isSecretHeading('PasswordLastSet')).toBe(false);
  expect(isSecretHeading('msLAPS-PasswordExpirationTime')).toBe(false);
});

test('the time of an update is a FILETIME in hexadecimal', () => {
  expect(parseHexFiletime('1d8161b41c41cde')).toMatch(/^2022-0[1-3]/);
  for (const wrong of ['', 'x', '1d8', '0x1d8161b41c41cde']) expect(parseHexFiletime(wrong)).toBeNull();
});

test('the description of a computer comes in, unless it may hold a secret: administrators write anything there', async () => {
  const ldif = (text: string): string => `dn: CN=PC-1,DC=corp\nobjectClass: computer\nsAMAccountName: PC-1$\ndescription: ${text}\n\n`;
  const given = async (text: string): Promise<string | null | undefined> => { const [row] = (await read(ldif(text))).rows; return row?.kind === 'host' ? row.host.description : undefined; };
  expect(await given('Counter 4, Kiel')).toBe('Counter 4, Kiel');
  for (const secret of ['local pw: hunter2', 'Passwort hunter2', 'LAPS off, use hunter2', 'key 123456-123456-123456-123456']) expect(await given(secret), secret).toBeNull();
  const table = await read('"Name","DNSHostName","Description"\r\n"PC-1","pc-1.corp.example","Counter 4"\r\n');
  expect(table.rows).toMatchObject([{ kind: 'host', host: { description: 'Counter 4' } }]);
});
