import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { MediaPorts } from '../../../electron/core/media/media-ports.ts';
import { findOnBase } from '../../../electron/core/media/loaders.ts';
import { inspect, inspectBase } from '../../../electron/core/media/media-base.ts';
import type { MediaDesk } from '../../fixtures/media-desk.ts';
import { makeMediaDesk } from '../../fixtures/media-desk.ts';

let desk: MediaDesk;
beforeEach(() => { desk = makeMediaDesk(); });
afterEach(() => { desk[Symbol.dispose](); });

describe('a base', () => {
  test('that is a Windows ISO is booted from its second image, the WIM taken out of it', async () => {
    expect(await inspectBase(desk.base('windows-x64.iso'), desk.ports)).toMatchObject({
      kind: 'iso', architecture: 'x64', imageIndex: 2, imageCount: 2, imageName: 'Microsoft Windows Setup (x64)', windowsBuild: '10.0.26100.1742', languages: ['de-DE'],
      manualOnly: false, missing: [],
    });
  });

  test('that is a boot.wim for ARM64 with the newer script engine only', async () => {
    expect(await inspectBase(desk.base('boot-arm64.wim'), desk.ports)).toMatchObject({ kind: 'boot-wim', architecture: 'arm64', imageIndex: 2, manualOnly: false });
  });

  test('that is a WinRE.wim has one image, and its paths may be in small letters', async () => {
    expect(await inspectBase(desk.base('winre-x64.wim'), desk.ports)).toMatchObject({ kind: 'winre-wim', architecture: 'x64', imageIndex: 1, imageCount: 1 });
  });

  test('says of each of its loaders who signed it and how new it is, remembered or not', async () => {
    const path = desk.base('serviced-x64.wim');
    for (const _ of ['looked into', 'remembered']) {
      expect((await inspectBase(path, desk.ports)).loaders).toEqual([
        { name: 'bootmgfw.efi', signedUnder: [], unknownSigners: ['Microsoft Windows Production PCA 2011'], isIntact: true, securityVersion: '8.0' },
        { name: 'bootmgfw_EX.efi', signedUnder: [], unknownSigners: ['Windows UEFI CA 2023'], isIntact: true, securityVersion: '9.0' },
      ]);
    }
    expect((await inspectBase(desk.base('windows-x64.iso'), desk.ports)).loaders).toEqual([{ name: 'bootmgfw.efi', signedUnder: [], unknownSigners: [], isIntact: true, securityVersion: null }]);
  });

  test('is told apart by content, not by name', async () => {
    expect(await inspectBase(desk.base('windows-x64.iso', 'download.wim'), desk.ports)).toMatchObject({ kind: 'iso' });
  });

  test('is read where it lies: of an ISO nothing is taken out, by UDF or by ISO 9660', async () => {
    const path = desk.base('windows-x64.iso');
    const whole = readFileSync(path);
    const { wim: byUdf } = await inspect(path, desk.ports);
    expect(byUdf).toEqual([{ path, offset: whole.indexOf('MSWIM'), sizeBytes: expect.any(Number) as number }]);
    whole.fill(0, 256 * 2048, 257 * 2048); // UDF begins there
    writeFileSync(path, whole);
    expect((await inspect(path, desk.ports)).wim).toEqual(byUdf);
    expect(readdirSync(desk.cacheFolder).filter((name) => name.startsWith('wim-'))).toEqual([]);
  });

  test('on a disc nobody but 7-Zip can read is taken out once, and again when that was tidied away', async () => {
    const path = join(desk.folder, 'later-udf.iso');
    const disc = Buffer.alloc(300 * 2048);
    disc.write('\u0000NSR03\u0001', 17 * 2048, 'latin1');
    writeFileSync(path, disc);
    const wim = readFileSync(desk.base('boot-arm64.wim'));
    let taken = 0;
    const { archives } = desk.ports;
    const ports: MediaPorts = {
      ...desk.ports,
      archives: {
        ...archives, list: (archive, options) => (archive === path ? Promise.resolve({ kind: 'udf', entries: [{ path: 'sources/boot.wim', isFolder: false, sizeBytes: wim.length }] }) : archives.list(archive, options)),
        extract: (archive, entries, folder, options) => {
          if (archive !== path) return archives.extract(archive, entries, folder, options);
          taken++;
          mkdirSync(join(folder, 'sources'), { recursive: true });
          writeFileSync(join(folder, 'sources', 'boot.wim'), wim);
          return Promise.resolve();
        },
      },
    };
    const first = await inspect(path, ports);
    expect(first.base).toMatchObject({ kind: 'iso', architecture: 'arm64' });
    expect(await inspect(path, ports)).toEqual(first);
    expect(taken).toBe(1);
    for (const name of readdirSync(desk.cacheFolder).filter((entry) => entry.startsWith('wim-'))) rmSync(join(desk.cacheFolder, name), { recursive: true });
    expect(await inspect(path, ports)).toEqual(first);
    expect(taken).toBe(2);
  });

  test('is never written to', async () => {
    const path = desk.base('windows-x64.iso');
    const before = readFileSync(path);
    await inspectBase(path, desk.ports);
    expect(Buffer.compare(readFileSync(path), before)).toBe(0);
  });

  test('is looked into once, and again as soon as the file is another', async () => {
    const path = desk.base('boot-arm64.wim');
    await inspectBase(path, desk.ports);
    const broken = { ...desk.ports, archives: { ...desk.ports.archives, list: () => Promise.reject(new Error('must not be asked')) } };
    await expect(inspectBase(path, broken)).resolves.toMatchObject({ architecture: 'arm64' });
    writeFileSync(path, readFileSync(desk.base('winre-x64.wim')));
    await expect(inspectBase(path, desk.ports)).resolves.toMatchObject({ kind: 'winre-wim', architecture: 'x64' });
  });

  test('is looked into again when what was remembered can not be read', async () => {
    const path = desk.base('boot-arm64.wim');
    await inspectBase(path, desk.ports);
    for (const name of readdirSync(desk.cacheFolder).filter((entry) => entry.startsWith('facts'))) writeFileSync(join(desk.cacheFolder, name), '{"base":');
    await expect(inspectBase(path, desk.ports)).resolves.toMatchObject({ architecture: 'arm64' });
  });
});

describe('a base is refused', () => {
  test('when it lacks a file the agent needs, naming it, unless the manual script will do', async () => {
    const path = desk.base('no-scrrun.wim');
    await expect(inspectBase(path, desk.ports)).rejects.toMatchObject({ code: 'base-lacks-files', facts: { path, missing: ['Windows\\System32\\scrrun.dll'], manualOnly: true } });
    expect(await inspectBase(path, desk.ports, { manualOnly: true })).toMatchObject({ manualOnly: true, missing: ['Windows\\System32\\scrrun.dll'] });
  });

  test('when nothing could be started from it, manual script or not', async () => {
    const missing = ['Windows\\Boot\\EFI\\bootmgfw.efi'];
    await expect(inspectBase(desk.base('no-loader.wim'), desk.ports, { manualOnly: true })).rejects.toMatchObject({ code: 'base-lacks-files', facts: { missing } });
  });

  test('when it is for 32-bit PCs', async () => {
    await expect(inspectBase(desk.base('boot-x86.wim'), desk.ports)).rejects.toMatchObject({ code: 'base-architecture-refused', facts: { architecture: 'x86' } });
  });

  test('when it is no Windows image at all', async () => {
    const path = join(desk.folder, 'holiday.jpg');
    for (const content of [Buffer.alloc(0), Buffer.from('MSWIM'), Buffer.alloc(100_000, 7)]) {
      writeFileSync(path, content);
      await expect(inspectBase(path, desk.ports)).rejects.toMatchObject({ code: 'base-unreadable', facts: { path, reason: 'not-windows' } });
    }
  });

  test('when it is an ISO without Windows, a folder, or not there', async () => {
    const linux = join(desk.folder, 'linux.iso');
    const descriptors = Buffer.alloc(64 * 2048);
    descriptors.write('\u0001CD001\u0001', 16 * 2048, 'latin1');
    writeFileSync(linux, descriptors);
    await expect(inspectBase(linux, desk.ports)).rejects.toMatchObject({ code: 'base-unreadable' });
    mkdirSync(join(desk.folder, 'folder'));
    await expect(inspectBase(join(desk.folder, 'folder'), desk.ports)).rejects.toMatchObject({ code: 'file-is-a-directory' });
    await expect(inspectBase(join(desk.folder, 'none.iso'), desk.ports)).rejects.toMatchObject({ code: 'file-not-found' });
  });

  test('when it was cut off while it was downloaded', async () => {
    const whole = readFileSync(desk.base('boot-arm64.wim'));
    const iso = readFileSync(desk.base('windows-x64.iso'));
    const path = join(desk.folder, 'cut');
    for (const [bytes, share] of [[whole, 0.5], [whole, 0.98], [iso, 0.3], [iso, 0.6]] as const) {
      writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * share)));
      await expect(inspectBase(path, desk.ports), `${share}`).rejects.toMatchObject({ code: 'base-unreadable' });
    }
  });

  test('is taken when an ISO lacks only an end that media do not need, and said to be cut off', async () => {
    const path = desk.base('windows-x64.iso');
    expect(findOnBase(await inspectBase(path, desk.ports), '2026-01-01T00:00:00.000Z').map(({ finding }) => finding)).not.toContain('cut-off');
    const cut = join(desk.folder, 'cut.iso');
    writeFileSync(cut, readFileSync(path).subarray(0, -50 * 2048));
    for (const _ of ['looked into', 'remembered']) expect(findOnBase(await inspectBase(cut, desk.ports), '2026-01-01T00:00:00.000Z')[0]).toMatchObject({ finding: 'cut-off', about: null });
  });

  test('is not remembered as refused once the file was replaced', async () => {
    const path = desk.base('boot-x86.wim', 'base.wim');
    await expect(inspectBase(path, desk.ports)).rejects.toMatchObject({ code: 'base-architecture-refused' });
    writeFileSync(path, readFileSync(desk.base('boot-arm64.wim')));
    appendFileSync(path, '');
    await expect(inspectBase(path, desk.ports)).resolves.toMatchObject({ architecture: 'arm64' });
  });
});
