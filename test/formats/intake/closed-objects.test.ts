// What a directory shows to an account that may see recovery objects and not their passwords: keys that exist, each with its computer.
import { describe, expect, test } from 'vitest';
import { encode, hostnames, idOf, keysOf, passwordOf, read, rejections } from './support.ts';

const name = (n: number): string => `2023-10-10T10:00:00+02:00{${idOf(n)}}`;
const dn = (n: number): string => `CN=${name(n).replace('+', '\\+')},CN=PC-${n},OU=Laptops,DC=corp,DC=example`;
const listed = (n: number): object => ({ kind: 'listed-key', keyProtectorId: idOf(n), host: { hostname: `PC-${n}`, organizationalUnit: 'Laptops' }, createdAt: '2023-10-10T08:00:00Z', closed: true });

describe('recovery objects without passwords', () => {
  test.each([
    ['Export-Csv of Get-ADObject', `"DistinguishedName","Name","ObjectClass","ObjectGUID"\r\n${[1, 2].map((n) => `"${dn(n)}","${name(n)}","msFVE-RecoveryInformation","${idOf(90 + n)}"`).join('\r\n')}\r\n`],
    ['Export-Csv with the column, empty', `"DistinguishedName","msFVE-RecoveryPassword","Name","whenCreated"\r\n${[1, 2].map((n) => `"${dn(n)}",,"${name(n)}","10/10/2023 10:00:01 AM"`).join('\r\n')}\r\n`],
    ['Format-List', `\r\n${[1, 2].map((n) => `DistinguishedName : ${dn(n)}\r\nName              : ${name(n)}\r\nObjectClass       : msFVE-RecoveryInformation\r\nObjectGUID        : ${idOf(90 + n)}\r\n`).join('\r\n')}\r\n`],
    ['LDIF', `${[1, 2].map((n) => `dn: ${dn(n)}\r\nobjectClass: msFVE-RecoveryInformation\r\n`).join('\r\n')}\r\n`],
    ['ConvertTo-Json', JSON.stringify([1, 2].map((n) => ({ DistinguishedName: dn(n), Name: name(n), ObjectClass: 'msFVE-RecoveryInformation', ObjectGUID: idOf(90 + n) })))],
  ])('of %s are listed, and the missing right is named', async (_name, text) => {
    for (const encoding of ['utf-8', 'utf-16le-bom'] as const) {
      const result = await read(encode(text, encoding));
      expect(result.rows).toMatchObject([listed(1), listed(2)]);
      expect(result.notes).toEqual(['directory-keys-not-readable']);
      expect(result.rowsRead).toBe(2);
    }
  });

  test('among computers and readable ones each is what it is', async () => {
    const result = await read(`"DistinguishedName","Name","ObjectClass","msFVE-RecoveryPassword"\n"CN=PC-7,OU=Laptops,DC=corp,DC=example","PC-7","computer",\n"${dn(1)}","${name(1)}","msFVE-RecoveryInformation",\n"${dn(2)}","${name(2)}","msFVE-RecoveryInformation","${passwordOf(2)}"\n`);
    expect(hostnames(result)).toEqual(['PC-7']);
    expect(result.rows.filter((row) => row.kind === 'listed-key')).toMatchObject([listed(1)]);
    expect(keysOf(result)).toMatchObject([{ keyProtectorId: idOf(2), recoveryPassword: passwordOf(2), host: { hostname: 'PC-2' } }]);
  });

  test('and computers, without the class, stay computers', async () => {
    const result = await read(`"DistinguishedName","Name"\n"CN=PC-7,OU=Laptops,DC=corp,DC=example","PC-7"\n"${dn(1)}","${name(1)}"\n`);
    expect(hostnames(result)).toEqual(['PC-7']);
    expect(result.rows.filter((row) => row.kind === 'listed-key')).toMatchObject([listed(1)]);
  });
});

describe('a key whose password is lost in its row', () => {
  test.each(['NULL', '[HIDDEN - Use -RevealKeys to display]', 'System.Object[]', '4,78E+47', 'a part of it'])('%s: is rejected with the reason, and kept by its ID', async (given) => {
    const cell = given === 'a part of it' ? passwordOf(1).slice(0, 40) : given;
    const result = await read(`Computer;Key ID;Recovery Key\nPC-1;${idOf(1)};${cell}\nPC-2;${idOf(2)};${passwordOf(2)}\n`);
    expect(rejections(result)).toHaveLength(1);
    expect(result.rows.find((row) => row.kind === 'listed-key')).toMatchObject({ row: 2, keyProtectorId: idOf(1), host: { hostname: 'PC-1' } });
    expect(result.rows.find((row) => row.kind === 'listed-key')).not.toHaveProperty('closed');
  });

  test('protectors that never have one, and what may be the ID of anything, are not kept', async () => {
    const result = await read(`KeyProtectorId,KeyProtectorType,RecoveryPassword\n{${idOf(1)}},Tpm,\n{${idOf(2)}},RecoveryPassword,${passwordOf(2)}\n{${idOf(3)}},RecoveryPassword,\n`);
    expect(result.rows.filter((row) => row.kind === 'listed-key')).toMatchObject([{ keyProtectorId: idOf(3) }]);
    expect((await read(`Id,Computer,Key\n${idOf(1)},PC-1,NULL\n${idOf(2)},PC-2,${passwordOf(2)}\n`)).rows.filter((row) => row.kind === 'listed-key')).toEqual([]);
  });

  test('in a list of hosts that says which key each asks for, is kept by its ID beside its host', async () => {
    const result = await read(`Computer;Key ID;Site\nPC-1;{${idOf(1)}};Kiel\nPC-2;;Kiel\nPC-3;3CA7495E;Kiel\n`);
    expect(hostnames(result)).toEqual(['PC-1', 'PC-2', 'PC-3']);
    expect(result.rows.filter((row) => row.kind === 'listed-key')).toMatchObject([{ row: 2, keyProtectorId: idOf(1), host: { hostname: 'PC-1' }, rejected: true }]);
    for (const other of [`Computer;KeyProtectorId;KeyProtectorType\nPC-1;{${idOf(1)}};Tpm\n`, `Computer;Identifier\nPC-1;${idOf(1)}\n`]) expect((await read(other)).rows.map(({ kind }) => kind)).toEqual(['host']);
  });

  test('all NULL out of SQL Server: the database’s master key was not open', async () => {
    const result = await read(`Name,VolumeId,RecoveryKeyId,LastUpdateTime,RecoveryKey\nCM-1,1,${idOf(1)},2024-01-01 00:00:00.000,NULL\nCM-2,2,${idOf(2)},2024-01-01 00:00:00.000,NULL\n`);
    expect(result.notes).toEqual(['database-keys-not-decrypted']);
    expect(result.rows.filter((row) => row.kind === 'listed-key')).toHaveLength(2);
  });
});
