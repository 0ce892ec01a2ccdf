import { describe, expect, test } from 'vitest';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { endOfDay, fileNameOf, hostnamesIn, mayHaveTwoLoaders, passcodeGroups, suggestedName, withBase, type Draft } from '../../renderer/screens/media/medium-draft.ts';

describe('a medium in the making', () => {
  test('a pasted list of hosts is read with any separators, each host once whatever its case', () => {
    expect(hostnamesIn(' KI-1\r\nki-1, KI-2;KI-3\tKI-4\n\n')).toEqual(['KI-1', 'KI-2', 'KI-3', 'KI-4']);
    expect(hostnamesIn(' ,; ')).toEqual([]);
  });
  test('a medium is good for the whole of its last day', () => {
    expect(new Date(endOfDay('2024-07-22') ?? '').getHours()).toBe(23);
    expect(endOfDay('')).toBeNull();
    expect(endOfDay('22.07.2024')).toBeNull();
  });
  test('an image file is suggested with the ending its format is known by', () => expect((['image', 'vhd', 'iso', 'pxe'] as const).map(suggestedName)).toEqual(['bluelift.img', 'bluelift.vhd', 'bluelift.iso', 'bluelift-pxe']));
  test('both loaders are offered where the base has both, and never on a disc', () => {
    const loader = { name: 'bootmgfw.efi', signedUnder: ['windows-pca-2011' as const], unknownSigners: [], isIntact: true, securityVersion: '8.0' };
    const draft = (loaders: number, target: Draft['target'], format: Draft['format']): boolean =>
      mayHaveTwoLoaders({ base: { path: '', kind: 'iso', architecture: 'x64', imageIndex: 2, imageName: '', windowsBuild: null, sizeBytes: 1, missing: [], loaders: Array.from({ length: loaders }, () => loader), findings: [] }, target, format });
    expect([draft(2, 'image', 'image'), draft(2, 'image', 'vhd'), draft(2, 'image', 'iso'), draft(2, 'image', 'pxe'), draft(2, 'disk', 'iso'), draft(1, 'disk', 'image')]).toEqual([true, true, false, false, true, false]);
    expect(mayHaveTwoLoaders({ base: null, target: 'disk', format: 'image' })).toBe(false);
    expect(MESSAGES.en.loaders.line(loader)).toBe('bootmgfw.efi: Microsoft Windows Production PCA 2011, security version 8.0');
    expect(MESSAGES.de.loaders.line({ ...loader, signedUnder: [], unknownSigners: ['X'], isIntact: false, securityVersion: null })).toBe('bootmgfw.efi: X (nicht Microsofts Zertifikat), seitdem verändert, keine Sicherheitsversion');
    expect(MESSAGES.en.loaders.found({ finding: 'stale', about: 'bootmgfw.efi', securityVersion: '8.0', least: '9.0' })).toMatch(/^bootmgfw\.efi \(8\.0, asked for is 9\.0\): Older than/);
  });
  test('a base without script host does for a manual medium alone, for which scope and technicians are asked anew, and back', () => {
    const base = { path: 'a.wim', kind: 'boot-wim' as const, architecture: 'x64' as const, imageIndex: 1, imageName: '', windowsBuild: null, sizeBytes: 1, missing: [] as string[], loaders: [], findings: [] };
    const whole: Draft = { base: null, scope: { kind: 'all' }, preview: null, override: '', incidentId: null, technicians: ['tech'], expiresOn: '', language: 'en', mode: 'inspect', keepCopies: true, target: 'image', disks: [], renewal: null, withoutPasscode: 'O-0001', format: 'image', twoLoaders: false, drivers: { path: 'd', found: null }, out: '', overwrite: false };
    expect(withBase(whole, base)).toEqual({ base, drivers: { path: 'd', found: null } });
    const lacking = { ...base, missing: ['Windows\\System32\\scrrun.dll'] };
    const manual = { ...whole, ...withBase(whole, lacking) };
    expect(manual).toMatchObject({ mode: 'manual', scope: null, technicians: [], withoutPasscode: null, keepCopies: false });
    expect(withBase({ ...manual, scope: { kind: 'all' } }, lacking)).toEqual({ base: lacking, drivers: { path: 'd', found: null } });
    expect(withBase(manual, base)).toMatchObject({ mode: 'repair', scope: null });
  });
  test('a passcode is noted in groups of three', () => expect(passcodeGroups('000111222333444555')).toEqual(['000', '111', '222', '333', '444', '555']));
  test.each([['/home/x/wave-3.img', 'wave-3.img'], ['C:\\media\\a.img', 'a.img'], ['a.img', 'a.img']])('the file of %s is %s', (path, name) => expect(fileNameOf(path)).toBe(name));
});
