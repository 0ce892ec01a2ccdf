import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askDirectory, computerOf, filtersOf } from '../../../electron/core/sources/directory-question.ts';

describe('a question to a directory', () => {
  test('looks for a key ID first, as the viewer of Windows does, then for the name; what is in neither form is not asked', () => {
    expect(filtersOf({ hostname: 'pc-1.corp.example', keyId: '3ca7495e' })).toEqual(['(&(objectClass=msFVE-RecoveryInformation)(name=*{3CA7495E*))', '(&(objectCategory=computer)(|(sAMAccountName=PC-1$)(cn=PC-1)(dNSHostName=PC-1.*)))']);
    expect(filtersOf({ hostname: null, keyId: '3CA7' })).toEqual([]);
    expect(filtersOf({ hostname: '10.0.0.1', keyId: null })).toEqual([]);
  });

  test('can not be made to mean another filter by what was typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }), (hostname, keyId) => {
      for (const filter of filtersOf({ hostname, keyId })) {
        const values = filter.replace(/^\(&\(objectCategory=computer\)\(\|\(sAMAccountName=(.*)\$\)\(cn=\1\)\(dNSHostName=\1\.\*\)\)\)$/s, '$1').replace(/^\(&\(objectClass=msFVE-RecoveryInformation\)\(name=\*\{(.*)\*\)\)$/s, '$1');
        expect(values).not.toMatch(/[()*\0]/);
      }
    }));
  });

  test('goes from a recovery object to its computer, whatever stands in a name', () => {
    expect(computerOf('CN=2024-07-19T06:11:12\\+02:00{3CA7495E-4252-432B-BAF1-8B2B6C3D4E5F},CN=PC\\,1,OU=Laptops,DC=corp')).toBe('CN=PC\\,1,OU=Laptops,DC=corp');
    expect(computerOf('CN=PC-1,OU=Laptops,DC=corp')).toBe('CN=PC-1,OU=Laptops,DC=corp');
  });

  test('reads below each computer once and asks no further when one was found', async () => {
    const asked: string[] = [];
    const finder = {
      find: async (filter: string) => { asked.push(filter); return filter.includes('{') ? ['CN=2024-07-19T06:11:12-00:00{3CA7495E-4252-432B-BAF1-8B2B6C3D4E5F},CN=PC-1,DC=corp', 'CN=2023-07-19T06:11:12-00:00{3CA7495E-0000-432B-BAF1-8B2B6C3D4E5F},CN=PC-1,DC=corp'] : ['CN=PC-2,DC=corp']; },
      async *below(base: string) { asked.push(base); yield []; },
    };
    for await (const _ of askDirectory(finder, { hostname: 'PC-2', keyId: '3CA7495E' }));
    expect(asked).toEqual([expect.stringContaining('{3CA7495E'), 'CN=PC-1,DC=corp']);
  });
});
