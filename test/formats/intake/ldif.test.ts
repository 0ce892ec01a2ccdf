import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyProtectorIdToBytes } from '../../../electron/core/keys/key-protector-id.ts';
import { encode, encodings, essence, type Fact, facts, hostnames, idOf, keysOf, newlines, passwordOf, pieceSizes, read, rejections } from './support.ts';

const A = { id: idOf(1), password: passwordOf(1), host: 'PC1', offset: '+01:00' };

const base64 = (bytes: Iterable<number>): string => btoa(String.fromCharCode(...bytes));
const attribute = (name: string, value: string): string => (/^[\x20-\x7e]*$/.test(value) && !/^[ :<]| $/.test(value) ? `${name}: ${value}` : `${name}:: ${base64(new TextEncoder().encode(value))}`);
/** RFC 2849: a line goes on in the next one after a space. */
const fold = (line: string, width: number): string => {
  let folded = line.slice(0, width);
  for (let at = width; at < line.length; at += width - 1) folded += `\n ${line.slice(at, at + width - 1)}`;
  return folded;
};
const entry = (fact: Fact, width = 76, changetype = true): string => {
  const name = `2024-01-15T09:30:00${fact.offset}{${fact.id}}`;
  return [
    attribute('dn', `CN=${name.replace('+', '\\+')},CN=${fact.host},OU=Laptops,OU=Paris,DC=corp,DC=example`), ...(changetype ? ['changetype: add'] : []), 'objectClass: top', 'objectClass: msFVE-RecoveryInformation',
    attribute('name', name), 'whenCreated: 20240115083000.0Z', `msFVE-RecoveryPassword: ${fact.password}`,
    `msFVE-RecoveryGuid:: ${base64(keyProtectorIdToBytes(fact.id))}`, `msFVE-VolumeGuid:: ${base64(keyProtectorIdToBytes(idOf(77)))}`,
  ].map((line) => fold(line, width)).join('\n');
};

describe('a directory export', () => {
  test('of ldapsearch gives the keys, by the line their entry begins on', async () => {
    const result = await read(`# extended LDIF\n#\n# LDAPv3\n\n# object, corp.example\n${entry(A, 78, false)}\n\n# search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 2\n`);
    expect(result.header.intakeKind).toBe('ldif');
    expect(essence(result)).toEqual([[6, A.id, A.password, 'PC1']]);
    expect(keysOf(result)[0]).toMatchObject({ volumeId: idOf(77), createdAt: '2024-01-15T08:30:00Z', host: { organizationalUnit: 'Paris / Laptops', domain: 'corp.example' } });
    expect(result.rowsRead).toBe(1);
  });

  test('takes the ID from msFVE-RecoveryGuid, mixed-endian, when the name has none', async () => {
    const result = await read(`dn: CN=odd,CN=PC1,DC=corp,DC=example\nobjectClass: msFVE-RecoveryInformation\nmsFVE-RecoveryPassword: ${A.password}\nmsFVE-RecoveryGuid:: 6h0xZIdFKUCSSroplkeZjg==\nwhenCreated: 20240719041112.0Z\n`);
    expect(keysOf(result)[0]).toMatchObject({ keyProtectorId: '64311DEA-4587-4029-924A-BA299647998E', createdAt: '2024-07-19T04:11:12Z' });
  });

  test('says when the account may not read passwords, and what is neither key nor computer', async () => {
    const result = await read(`dn: CN=2024-01-15T09:30:00-00:00{${A.id}},CN=PC1,DC=corp,DC=example\nobjectClass: msFVE-RecoveryInformation\n\ndn: CN=Jane,DC=corp,DC=example\nobjectClass: user\n\ndn: OU=x,DC=corp,DC=example\nobjectClass: organizationalUnit\n`);
    expect(result.rows[0]).toMatchObject({ kind: 'listed-key', row: 1, keyProtectorId: A.id, host: { hostname: 'PC1' }, createdAt: '2024-01-15T09:30:00Z', closed: true });
    expect(rejections(result)).toEqual([[4, 'other-object'], [7, 'other-object']]);
    expect(result.notes).toEqual(['directory-keys-not-readable']);
  });

  test('gives its computers as hosts', async () => {
    const result = await read('version: 1\ndn: CN=PC-1,OU=Laptops,DC=corp,DC=example\nobjectClass: top\nobjectClass: computer\nsAMAccountName: PC-1$\ndNSHostName: pc-1.corp.example\noperatingSystem: Windows 11 Enterprise\nlastLogonTimestamp: 133658259670000000\n');
    expect(hostnames(result)).toEqual(['PC-1']);
    expect(result.rows[0]).toMatchObject({ row: 2, host: { dnsName: 'pc-1.corp.example', operatingSystem: 'Windows 11 Enterprise', organizationalUnit: 'Laptops', lastSeenAt: '2024-07-19T01:26:07Z' } });
  });

  test('a broken base64 costs one entry', async () => {
    const result = await read(`dn: CN=PC1,DC=corp,DC=example\nobjectClass: msFVE-RecoveryInformation\nmsFVE-RecoveryPassword:: @@@\n\n${entry({ ...A, host: 'PC2' })}\n`);
    expect(rejections(result)).toEqual([[1, 'entry-damaged']]);
    expect(essence(result)).toEqual([[5, A.id, A.password, 'PC2']]);
  });
});

test('what was put into a directory export comes out, folded anywhere, in every encoding, newline and piece size', async () => {
  await fc.assert(fc.asyncProperty(facts, fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16le-bom', 'utf-16be-bom'), newlines, pieceSizes, fc.integer({ min: 12, max: 90 }), fc.boolean(), async (rows, encoding, newline, pieceBytes, width, changetype) => {
    const text = `${rows.map((fact) => entry(fact, width, changetype)).join('\n\n')}\n`.replaceAll('\n', newline);
    const result = await read(encode(text, encoding as typeof encodings extends fc.Arbitrary<infer T> ? T : never), pieceBytes);
    expect(essence(result).map(([, ...rest]) => rest)).toEqual(rows.map((fact) => [fact.id, fact.password, fact.host]));
    expect(result.rowsRead).toBe(rows.length);
  }), { numRuns: 200 });
});
