import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDistinguishedName, readDirectoryPlace } from '../../../electron/core/hosts/distinguished-name.ts';
import { normaliseCase, parseHostname } from '../../../electron/core/hosts/hostname.ts';

const nameOf = (text: string): string | null => {
  const parsed = parseHostname(text);
  return parsed.status === 'ok' ? parsed.hostname : null;
};

describe('a host is known by one name under many spellings', () => {
  test.each([
    ['pc-1', 'PC-1'], [' PC-1 ', 'PC-1'], ['PC-1$', 'PC-1'], ['CORP\\pc-1', 'PC-1'], ['\\\\PC-1', 'PC-1'], ['pc-1.corp.example', 'PC-1'], ['pc-1.corp.example.', 'PC-1'], ['"PC-1"', 'PC-1'], ['="PC-1"', 'PC-1'], ['="pc-1.corp.example"', 'PC-1'],
    ['CN=PC-1,OU=Laptops,DC=corp,DC=example', 'PC-1'], ['LDAP://dc.corp.example:389/CN=PC-1,OU=Laptops,DC=corp,DC=example', 'PC-1'],
    ['CN=2024-01-15T09:30:00\\+01:00{063EA4E1-220C-4293-BA01-4754620A96E7},CN=PC-1,DC=corp,DC=example', 'PC-1'],
    ['CN=2025-05-20T12:39:11+01:00{063EA4E1-220C-4293-BA01-4754620A96E7},CN=PC-1,DC=corp,DC=example', 'PC-1'],
    ['mu\u0308nchen', 'MÜNCHEN'], ['straße-1', 'STRAßE-1'], ['nb_7', 'NB_7'], ['Janes Laptop', 'JANES LAPTOP'],
  ])('%s', (text, expected) => expect(nameOf(text)).toBe(expected));

  test('the spelling tells the domain', () => {
    expect(parseHostname('CORP\\pc-1')).toMatchObject({ domain: 'CORP', dnsName: null });
    expect(parseHostname('PC-1.Corp.Example')).toMatchObject({ domain: 'corp.example', dnsName: 'pc-1.corp.example' });
    expect(parseHostname('CN=PC-1,OU=b,OU=a,DC=corp,DC=example')).toMatchObject({ domain: 'corp.example', organizationalUnit: 'a / b' });
  });

  test.each([
    ['', 'empty'], ['-', 'empty'], ['N/A', 'empty'], ['NULL', 'empty'], ['Not Found', 'empty'], ['Device not found', 'empty'], ['M?NCHEN', 'letters-lost'], ['M\ufffdNCHEN', 'letters-lost'],
    ['192.0.2.7', 'address'], ['2001:db8::7', 'address'], ['12345', 'unusable'], ['a/b', 'unusable'], ['a,b', 'unusable'], ['x'.repeat(64), 'unusable'], ['OU=Laptops,DC=corp', 'unusable'],
    ['063EA4E1-220C-4293-BA01-4754620A96E7', 'unusable'], ['---', 'unusable'],
  ])('%s names no host: %s', (text, status) => expect(parseHostname(text).status).toBe(status));

  test('a cell of three hundred thousand blanks is none, and takes no longer to tell', () => {
    expect(parseHostname(`PC-1${' '.repeat(300_000)}x`).status).toBe('unusable');
    expect(parseHostname(' '.repeat(300_000)).status).toBe('empty');
  });

  test('a name that is taken stays the same when it is read again, and reading never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'aÄßzé1-_.$\\ ,=CN{?"') })), (text) => {
      const name = nameOf(text);
      if (name !== null) expect(nameOf(name)).toBe(name);
      expect(typeof parseDistinguishedName(text).length).toBe('number');
    }), { numRuns: 2000 });
  });

  test('case makes no second host', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'aäézßñ19-') }), (text) => {
      expect(normaliseCase(normaliseCase(text))).toBe(normaliseCase(text));
      expect(normaliseCase(text).length).toBe(text.length);
    }));
  });
});

describe('a distinguished name', () => {
  test('is taken apart with its escapes undone', () => {
    expect(parseDistinguishedName('CN=Test \\+ Test2,OU=a\\, b,OU=M\\C3\\BCnchen,DC=corp')).toEqual([
      { type: 'CN', value: 'Test + Test2' }, { type: 'OU', value: 'a, b' }, { type: 'OU', value: 'München' }, { type: 'DC', value: 'corp' },
    ]);
  });

  test('of a recovery object names its computer, unit and domain', () => {
    expect(readDirectoryPlace('CN=2017-10-20T09:38:39-00:00{063EA4E1-220C-4293-BA01-4754620A96E7},CN=PC-1,OU=Laptops,OU=Paris,DC=corp,DC=example')).toEqual({
      computer: 'PC-1', objectName: '2017-10-20T09:38:39-00:00{063EA4E1-220C-4293-BA01-4754620A96E7}', organizationalUnit: 'Paris / Laptops', domain: 'corp.example',
    });
    expect(readDirectoryPlace('OU=Laptops,DC=corp')).toBeNull();
    expect(readDirectoryPlace('PC-1')).toBeNull();
  });
});
