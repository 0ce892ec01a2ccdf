import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { buildImage } from '../../electron/core/media/build-image.ts';
import type { BuiltImage } from '../../electron/core/media/image-order.ts';
import { inspectBase } from '../../electron/core/media/media-base.ts';
import { openMedium } from '../../electron/core/media/read-image.ts';
import { listSignatures } from '../../electron/formats/pe/authenticode.ts';
import { parsePe } from '../../electron/formats/pe/image.ts';
import { LOADER_LINE, standInLoader } from '../fixtures/stand-in-loader.ts';
import { makeMediaDesk, type MediaDesk } from '../fixtures/media-desk.ts';
import { makeAuthority, makeSigner, signLoader } from '../support/sign-loader.ts';
import { asDisc, asStick, startPc } from './firmware.ts';
import { tool } from './tools.ts';

/** Signed under two authorities of Microsoft: what firmware with Secure Boot starts. Without the rest of Debian beside it, it says which file it misses. */
const SHIM = '/usr/lib/shim/shimx64.efi.signed';
const SHIM_WAS_STARTED = 'grubx64.efi';
const REFUSED = 'Access Denied';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The constructed base with other loaders in it. */
function baseWith(desk: MediaDesk, loaders: { readonly boot?: Uint8Array; readonly ex?: Uint8Array }): string {
  const base = desk.base('serviced-x64.wim');
  const folder = mkdtempSync(join(desk.folder, 'loaders-'));
  const add = (bytes: Uint8Array | undefined, inImage: string): void => {
    if (bytes === undefined) return;
    const path = join(folder, inImage);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    tool('wimlib-imagex', 'update', base, '2', `--command=add '${path}' '/${inImage}'`);
  };
  add(loaders.boot, 'Windows/Boot/EFI/bootmgfw.efi');
  add(loaders.ex, 'Windows/Boot/EFI_EX/bootmgfw_EX.efi');
  return base;
}

describe('a medium with two loaders', () => {
  let desk: MediaDesk;
  let built: BuiltImage;
  beforeAll(async () => {
    desk = makeMediaDesk();
    // The first loader is one no firmware trusts, the second one every firmware does: what a host sees that knows the authority of 2011 only.
    built = await buildImage(desk.order({ base: baseWith(desk, { boot: readFileSync(SHIM), ex: standInLoader('x64') }), twoLoaders: true }), desk.ports);
  });
  afterAll(() => { desk[Symbol.dispose](); });

  test('has two basic data partitions sgdisk and fsck.fat find nothing wrong with', () => {
    expect(tool('sgdisk', '-v', built.path)).toContain('No problems found');
    for (const number of ['1', '2']) {
      const facts = tool('sgdisk', '-i', number, built.path);
      expect(facts).toContain('EBD0A0A2-B9E5-4433-87C0-68B6B72699C7');
      const [, first = '', last = ''] = /First sector: (\d+)[\s\S]*Last sector: (\d+)/.exec(facts) ?? [];
      const partition = join(desk.folder, `partition-${number}`);
      execFileSync('dd', [`if=${built.path}`, `of=${partition}`, 'bs=1M', `skip=${Number(first) / 2048}`, `count=${(Number(last) - Number(first) + 1) / 2048}`, 'conv=sparse', 'status=none']);
      expect(tool('fsck.fat', '-nv', partition)).toMatch(/\d+ files, \d+\/\d+ clusters/);
      tool('mcopy', '-o', '-n', '-i', partition, '::/EFI/BOOT/BOOTX64.EFI', join(desk.folder, 'loader'));
      expect(sha256(readFileSync(join(desk.folder, 'loader')))).toBe(sha256(number === '1' ? standInLoader('x64') : readFileSync(SHIM)));
    }
  });

  test('has marker, bundle and results on the first partition alone, and boot files on both', async () => {
    const medium = await openMedium(built.path, desk.ports.files);
    expect(await medium.check()).toEqual({ files: built.files - 1, mismatches: [], unlisted: [] });
    expect(medium.manifest?.secondFiles.map(({ path }) => path).sort()).toEqual(['EFI/BOOT/BOOTX64.EFI', 'EFI/Microsoft/Boot/BCD', 'EFI/Microsoft/Boot/Fonts/segmono_boot.ttf', 'EFI/Microsoft/Boot/Fonts/segoe_slboot.ttf', 'EFI/Microsoft/Boot/Fonts/segoen_slboot.ttf',
      'EFI/Microsoft/Boot/Fonts/wgl4_boot.ttf', 'EFI/Microsoft/Boot/boot.stl', 'boot/boot.sdi', 'sources/boot.wim']);
    expect(await medium.tree.second?.list('bluelift')).toEqual([]);
    await medium.close();
  });

  test('starts from the second partition when firmware with Secure Boot refuses the first', async () => {
    const said = await startPc({ secure: true, devices: asStick(built.path) }, desk.folder, SHIM_WAS_STARTED, LOADER_LINE);
    expect(said).toContain(REFUSED);
    expect(said).toContain(SHIM_WAS_STARTED);
    expect(said.indexOf(REFUSED)).toBeLessThan(said.indexOf(SHIM_WAS_STARTED));
    expect(said).not.toContain(LOADER_LINE);
  });

  test('starts from the first partition where Secure Boot is off', async () => {
    expect(await startPc({ devices: asStick(built.path) }, desk.folder, SHIM_WAS_STARTED, LOADER_LINE)).toContain(LOADER_LINE);
  });

  test('as a disc has one, from the base\'s own starter', async () => {
    const disc = await buildImage(desk.order({ base: desk.base('serviced-x64.wim'), format: 'iso', out: join(desk.folder, 'medium.iso') }), desk.ports);
    expect(tool('xorriso', '-indev', disc.path, '-report_el_torito', 'plain')).toMatch(/boot img :\s+1\s+UEFI\s+y\s+none.*\n.*boot img :\s+2\s+UEFI\s+y\s+none/);
    const { STARTER_LINE } = await import('../fixtures/stand-in-loader.ts');
    expect(await startPc({ devices: asDisc(disc.path) }, desk.folder, LOADER_LINE, STARTER_LINE)).toContain(STARTER_LINE);
  });
});

test('Debian\'s shim is read as what it is: signed under both of Microsoft\'s authorities for others', async () => {
  using desk = makeMediaDesk();
  const { loaders } = await inspectBase(baseWith(desk, { boot: readFileSync(SHIM) }), desk.ports);
  expect(loaders[0]).toEqual({ name: 'bootmgfw.efi', signedUnder: ['uefi-ca-2011', 'uefi-ca-2023'], unknownSigners: [], isIntact: true, securityVersion: null });
});

test('sbverify accepts what is signed here, and what sbsign signs is read here', () => {
  using desk = makeMediaDesk();
  const authority = makeAuthority('Windows UEFI CA 2023');
  const ours = join(desk.folder, 'ours.efi');
  writeFileSync(ours, signLoader(standInLoader('x64', { major: 9, minor: 0 }), [makeSigner(authority)]));
  writeFileSync(join(desk.folder, 'authority.pem'), authority.pem);
  expect(tool('sbverify', '--cert', join(desk.folder, 'authority.pem'), ours)).toContain('Signature verification OK');
  const unsigned = join(desk.folder, 'unsigned.efi');
  writeFileSync(unsigned, standInLoader('x64', { major: 9, minor: 0 }));
  tool('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', join(desk.folder, 'key.pem'), '-out', join(desk.folder, 'cert.pem'), '-subj', '/CN=Somebody', '-days', '30');
  const theirs = join(desk.folder, 'theirs.efi');
  copyFileSync(unsigned, theirs);
  tool('sbsign', '--key', join(desk.folder, 'key.pem'), '--cert', join(desk.folder, 'cert.pem'), '--output', theirs, unsigned);
  const bytes = new Uint8Array(readFileSync(theirs));
  const image = parsePe(bytes) ?? expect.fail('no PE');
  expect(listSignatures(bytes, image)).toEqual([expect.objectContaining({ signer: 'Somebody', issuer: 'Somebody', isIntact: true })]);
  bytes[0x205] = (bytes[0x205] ?? 0) ^ 1;
  expect(listSignatures(bytes, image)).toEqual([expect.objectContaining({ isIntact: false })]);
});
