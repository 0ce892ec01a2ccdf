import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { buildImage } from '../../electron/core/media/build-image.ts';
import type { BuiltImage } from '../../electron/core/media/image-order.ts';
import type { Manifest } from '../../electron/core/media/manifest.ts';
import { openMedium } from '../../electron/core/media/read-image.ts';
import { sevenZipArchives } from '../../electron/desk/seven-zip.ts';
import type { MediaDesk } from '../fixtures/media-desk.ts';
import { makeMediaDesk } from '../fixtures/media-desk.ts';
import { tool } from './tools.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a disc image, as others read it', () => {
  let desk: MediaDesk;
  let built: BuiltImage;
  let manifest: Manifest;
  beforeAll(async () => {
    desk = makeMediaDesk();
    built = await buildImage(desk.order({ base: desk.base('windows-x64.iso'), format: 'iso', out: join(desk.folder, 'medium.iso') }), desk.ports);
    const medium = await openMedium(built.path, desk.ports.files);
    manifest = medium.manifest ?? expect.fail('no manifest');
    expect(await medium.check()).toEqual({ files: built.files - 1, mismatches: [], unlisted: [] });
    await medium.close();
  });
  afterAll(() => { desk[Symbol.dispose](); });

  test('takes no more room on the desk than its files', () => {
    const { size, blocks } = statSync(built.path);
    expect(size).toBe(built.sizeBytes);
    expect(blocks * 512).toBeLessThan(built.usedBytes + 4 * 1024 * 1024);
  });

  test('has the names isoinfo expects, in both of its file systems', () => {
    const joliet = tool('isoinfo', '-J', '-f', '-i', built.path).split('\n');
    for (const { path } of manifest.files) expect(joliet).toContain(`/${path}`);
    expect(tool('isoinfo', '-f', '-i', built.path).split('\n')).toEqual(expect.arrayContaining(['/SOURCES/BOOT.WIM', '/BOOT/BOOT.SDI', '/EFI/MICROSOFT/BOOT/BCD', '/BLUELIFT/MEDIUM.TXT']));
    expect(tool('isoinfo', '-d', '-i', built.path)).toMatch(/Volume id: BLUELIFT[\s\S]*Joliet with UCS level 3[\s\S]*Arch 239[\s\S]*media 0 \(No Emulation Boot\)/);
  });

  test('offers UEFI its El Torito image, as xorriso sees it', () => {
    const report = tool('xorriso', '-indev', built.path, '-report_el_torito', 'plain');
    expect(report).toMatch(/El Torito boot img :\s+1\s+UEFI\s+y\s+none/);
  });

  test('gives 7-Zip and xorriso every file with the SHA-256 of the manifest', async () => {
    const bySevenZip = join(desk.folder, 'seven-zip');
    await sevenZipArchives().extract(built.path, manifest.files.map(({ path, sizeBytes }) => ({ path, sizeBytes, isFolder: false })), bySevenZip);
    const byXorriso = join(desk.folder, 'xorriso');
    mkdirSync(byXorriso);
    tool('xorriso', '-osirrox', 'on', '-indev', built.path, '-extract', '/', byXorriso);
    for (const { path, sha256: hash } of manifest.files) {
      expect(sha256(readFileSync(join(bySevenZip, path))), path).toBe(hash);
      expect(sha256(readFileSync(join(byXorriso, path))), path).toBe(hash);
    }
  });

  test('has FAT32 below its El Torito entry, which fsck.fat finds nothing wrong with', () => {
    const bytes = readFileSync(built.path);
    const at = bytes.readUInt32LE(20 * 2048 + 40) * 2048;
    const partition = join(desk.folder, 'fat');
    tool('dd', `if=${built.path}`, `of=${partition}`, 'bs=2048', `skip=${at / 2048}`, 'conv=sparse', 'status=none');
    expect(tool('fsck.fat', '-nv', partition)).toMatch(/\d+ files, \d+\/\d+ clusters/);
    for (const { path, sha256: hash } of manifest.files) {
      tool('mcopy', '-o', '-n', '-i', partition, `::/${path}`, join(desk.folder, 'copied'));
      expect(sha256(readFileSync(join(desk.folder, 'copied'))), path).toBe(hash);
    }
  });
});
