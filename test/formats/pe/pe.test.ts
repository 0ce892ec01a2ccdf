import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { listSignatures } from '../../../electron/formats/pe/authenticode.ts';
import { insideDer, readDer } from '../../../electron/formats/pe/der.ts';
import { parsePe } from '../../../electron/formats/pe/image.ts';
import { RCDATA, findResource } from '../../../electron/formats/pe/resource.ts';
import { standInLoader } from '../../fixtures/stand-in-loader.ts';
import { makeAuthority, makeSigner, signLoader } from '../../support/sign-loader.ts';

const authority = makeAuthority('Microsoft Windows Production PCA 2011');
const other = makeAuthority('Windows UEFI CA 2023');
const signer = makeSigner(authority);
const loader = signLoader(standInLoader('x64', { major: 9, minor: 1 }), [signer]);
const signaturesOf = (bytes: Uint8Array): ReturnType<typeof listSignatures> => listSignatures(bytes, parsePe(bytes) ?? expect.fail('no PE'));
const versionOf = (bytes: Uint8Array): Uint8Array | null => findResource(bytes, parsePe(bytes) ?? expect.fail('no PE'), RCDATA, 'BOOTMGRSECURITYVERSIONNUMBER');

describe('an EFI application', () => {
  test.each([['x64', 0x8664], ['arm64', 0xaa64], ['x86', 0x014c]] as const)('says it is for %s', (architecture, machine) => {
    expect(parsePe(standInLoader(architecture))?.machine).toBe(machine);
  });

  test('gives its security version out of its resources, and nothing where there is none', () => {
    expect(versionOf(loader)).toEqual(new Uint8Array([1, 0, 9, 0]));
    expect(versionOf(standInLoader('x64'))).toBeNull();
    expect(findResource(loader, parsePe(loader) ?? expect.fail(), RCDATA, 'BOOTMGRSECURITYVERSIONNUMBES')).toBeNull();
    expect(findResource(loader, parsePe(loader) ?? expect.fail(), 3, 'BOOTMGRSECURITYVERSIONNUMBER')).toBeNull();
  });

  test('names its signer and the authority behind, by the thumbprint of its certificate', () => {
    expect(signaturesOf(loader)).toEqual([{ signer: 'Microsoft Windows', issuer: 'Microsoft Windows Production PCA 2011', issuerThumbprint: authority.thumbprint, isIntact: true }]);
    expect(signaturesOf(standInLoader('x64'))).toEqual([]);
  });

  test('gives both of two signatures', () => {
    const both = signLoader(standInLoader('x64'), [signer, makeSigner(other)]);
    expect(signaturesOf(both).map(({ issuerThumbprint, isIntact }) => [issuerThumbprint, isIntact])).toEqual([[authority.thumbprint, true], [other.thumbprint, true]]);
  });

  test('has no thumbprint when the authority\'s certificate is not along, or is another one of that name', () => {
    expect(signaturesOf(signLoader(standInLoader('x64'), [signer], false))).toEqual([expect.objectContaining({ issuer: authority.name, issuerThumbprint: null, isIntact: true })]);
    const impostor = makeAuthority(authority.name);
    expect(signaturesOf(signLoader(standInLoader('x64'), [{ ...signer, authority: impostor }]))).toEqual([expect.objectContaining({ issuerThumbprint: null, isIntact: true })]);
  });

  test('is not intact once a byte of it was changed, wherever it is covered', () => {
    const image = parsePe(loader) ?? expect.fail('no PE');
    fc.assert(fc.property(fc.nat(image.certificates.address - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const isCovered = (at < image.checksumAt || at >= image.checksumAt + 4) && (at < image.certificateEntryAt || at >= image.certificateEntryAt + 8);
      const changed = new Uint8Array(loader);
      changed[at] = (changed[at] ?? 0) ^ change;
      const now = parsePe(changed);
      // What the headers say of themselves may be gone with the byte: then nothing is there that could pass.
      const passes = now !== null && listSignatures(changed, now).some(({ isIntact }) => isIntact);
      expect(passes && isCovered).toBe(false);
    }), { numRuns: 300 });
  });
});

test('a file that was cut or changed anywhere is read or refused, and never makes the reader fail', () => {
  const change = fc.record({ cut: fc.option(fc.nat(loader.length)), bytes: fc.array(fc.tuple(fc.nat(loader.length - 1), fc.nat(255)), { maxLength: 30 }) });
  fc.assert(fc.property(change, ({ cut, bytes }) => {
    const changed = new Uint8Array(loader);
    for (const [at, value] of bytes) changed[at] = value;
    const file = cut === null ? changed : changed.subarray(0, cut);
    const image = parsePe(file);
    if (image === null) return;
    for (const { isIntact, issuerThumbprint } of listSignatures(file, image)) expect([typeof isIntact, issuerThumbprint === null || issuerThumbprint.length === 40]).toEqual(['boolean', true]);
    const version = findResource(file, image, RCDATA, 'BOOTMGRSECURITYVERSIONNUMBER');
    if (version !== null) expect(version.length).toBeGreaterThan(0);
  }), { numRuns: 1_000 });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => { parsePe(bytes); parsePe(new Uint8Array([0x4d, 0x5a, ...bytes])); }));
});

test('DER is read value by value, and one that reaches over the end of another is none', () => {
  const bytes = new Uint8Array([0x30, 0x06, 0x02, 0x01, 0x05, 0x04, 0x01, 0xff, 0x30, 0x82, 0x00, 0x01, 0x07]);
  const first = readDer(bytes, 0) ?? expect.fail('no value');
  expect(insideDer(bytes, first)?.map(({ tag, from, to }) => [tag, from, to])).toEqual([[2, 4, 5], [4, 7, 8]]);
  expect(readDer(bytes, first.to)).toEqual({ tag: 0x30, at: 8, from: 12, to: 13 });
  expect(insideDer(new Uint8Array([0x30, 0x03, 0x02, 0x05, 0x01]), { tag: 0x30, at: 0, from: 2, to: 5 })).toBeNull();
  for (const broken of [[0x30], [0x30, 0x80, 0, 0], [0x30, 0x85, 0, 0, 0, 0, 1, 0], [0x3f, 0x01, 0], [0x30, 0x84, 0xff, 0xff, 0xff, 0xff]]) expect(readDer(new Uint8Array(broken), 0)).toBeNull();
});
