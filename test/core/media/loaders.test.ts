import { describe, expect, test } from 'vitest';

import type { LoaderFacts } from '../../../electron/core/media/loaders.ts';
import { MICROSOFT_AUTHORITIES, SECURITY_VERSION_FLOORS, findOnLoaders, readLoader } from '../../../electron/core/media/loaders.ts';
import { standInLoader } from '../../fixtures/stand-in-loader.ts';
import { makeAuthority, makeSigner, signLoader } from '../../support/sign-loader.ts';

const NOW = '2026-11-29T09:00:00.000Z';
const pca2011 = makeAuthority('Microsoft Windows Production PCA 2011');
const ca2023 = makeAuthority('Windows UEFI CA 2023');
/** As if these were Microsoft's. */
const authorities = { ...MICROSOFT_AUTHORITIES, 'windows-pca-2011': pca2011.thumbprint, 'windows-uefi-ca-2023': ca2023.thumbprint };
const signed = (by: typeof pca2011, major = 9, minor = 0): Uint8Array => signLoader(standInLoader('x64', { major, minor }), [makeSigner(by)]);

describe('a loader of a base', () => {
  test('says under which of Microsoft\'s authorities it is signed, and how new it is', () => {
    expect(readLoader('bootmgfw.efi', signed(pca2011, 8, 2), authorities)).toEqual({ name: 'bootmgfw.efi', signedUnder: ['windows-pca-2011'], unknownSigners: [], isIntact: true, securityVersion: '8.2' });
    expect(readLoader('bootmgfw_EX.efi', signed(ca2023), authorities)).toMatchObject({ signedUnder: ['windows-uefi-ca-2023'], securityVersion: '9.0' });
  });

  test('is not taken for Microsoft\'s because its signer has their names', () => {
    const loader = readLoader('bootmgfw.efi', signed(pca2011));
    expect(loader).toMatchObject({ signedUnder: [], unknownSigners: ['Microsoft Windows Production PCA 2011'] });
    expect(findOnLoaders([loader], NOW).map(({ finding }) => finding)).toEqual(['signer-unknown']);
  });

  test('may be anything: then it is unsigned', () => {
    for (const bytes of [new Uint8Array(), Buffer.from('Stands in'), standInLoader('arm64')]) expect(findOnLoaders([readLoader('bootmgfw.efi', bytes)], NOW).map(({ finding }) => finding)).toEqual(['unsigned']);
  });

  test('that was changed since it was signed is told', () => {
    const bytes = signed(pca2011);
    bytes[0x210] = (bytes[0x210] ?? 0) ^ 1;
    expect(findOnLoaders([readLoader('bootmgfw.efi', bytes, authorities)], NOW)).toEqual([{ finding: 'altered', about: 'bootmgfw.efi', securityVersion: '9.0', least: null }]);
  });
});

describe('what keeps hosts with Secure Boot from starting a medium', () => {
  const loader = (set: 'boot' | 'boot-ex', signedUnder: LoaderFacts['signedUnder'], securityVersion: string | null = '9.0'): LoaderFacts =>
    ({ name: set === 'boot' ? 'bootmgfw.efi' : 'bootmgfw_EX.efi', signedUnder, unknownSigners: [], isIntact: true, securityVersion });
  const of2011 = loader('boot', ['windows-pca-2011']);
  const of2023 = loader('boot-ex', ['windows-uefi-ca-2023']);
  const found = (loaders: readonly LoaderFacts[], now = NOW): readonly string[] => findOnLoaders(loaders, now).map(({ finding, about }) => (about === null ? finding : `${finding} ${about}`));

  test('is nothing with both loaders, and fresh ones: a medium may carry both', () => {
    expect(found([of2011, of2023])).toEqual(['both-there']);
  });

  test('is the year of the one authority a base has', () => {
    expect(found([of2011])).toEqual(['only-2011']);
    expect(found([loader('boot', ['windows-uefi-ca-2023'])])).toEqual(['only-2023']);
    expect(found([loader('boot', ['windows-pca-2011', 'windows-uefi-ca-2023'])])).toEqual([]);
  });

  test('is a security version below the floor that is published by then', () => {
    const stale = loader('boot-ex', ['windows-uefi-ca-2023'], '8.0');
    expect(findOnLoaders([of2011, stale], NOW)[0]).toEqual({ finding: 'stale', about: 'bootmgfw_EX.efi', securityVersion: '8.0', least: '9.0' });
    expect(found([of2011, stale], '2026-06-08T23:59:59.000Z')).toEqual(['both-there']);
    expect(found([of2011, stale], '2026-06-09T00:00:00.000Z')).toEqual(['stale bootmgfw_EX.efi', 'both-there']);
    expect(found([of2011, loader('boot-ex', ['windows-uefi-ca-2023'], '10.0')])).toEqual(['both-there']);
  });

  test('is a loader older than security versions', () => {
    expect(found([loader('boot', ['windows-pca-2011'], null)])).toEqual(['no-version bootmgfw.efi', 'only-2011']);
  });

  test('is measured on floors with a day and in their order', () => {
    const days = SECURITY_VERSION_FLOORS.map(({ since }) => since);
    expect(days).toEqual([...days].sort());
    for (const { since, least } of SECURITY_VERSION_FLOORS) expect(`${since} ${least}`).toMatch(/^20\d\d-\d\d-\d\d \d+\.\d+$/);
    expect(SECURITY_VERSION_FLOORS.at(-1)).toEqual({ since: '2026-06-09', least: '9.0' });
  });
});
