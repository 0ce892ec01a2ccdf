import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { buildImage } from '../../../electron/core/media/build-image.ts';
import { findDrivers } from '../../../electron/core/media/drivers.ts';
import type { MediaPorts } from '../../../electron/core/media/media-ports.ts';
import { openMedium } from '../../../electron/core/media/read-image.ts';
import { makeMediaDesk, type MediaDesk } from '../../fixtures/media-desk.ts';

let desk: MediaDesk;
let folder: string;
beforeEach(() => { desk = makeMediaDesk(); folder = join(desk.folder, 'Drivers'); mkdirSync(folder); });
afterEach(() => { desk[Symbol.dispose](); });

const put = (path: string, content: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};
/** A driver of a class, for the processors named. */
const driver = (path: string, className: string, ...decorations: readonly string[]): void => {
  put(path, `[Version]\r\nSignature="$Windows NT$"\r\nClass=${className}\r\nDriverVer=01/02/2024,1.2.3.4\r\n[Manufacturer]\r\n%M%=Models,${decorations.join(',')}\r\n`);
  put(path.replace(/\.inf$/i, '.sys'), 'MZ');
};
const found = async (architecture: 'x64' | 'arm64' = 'x64'): ReturnType<typeof findDrivers> => findDrivers(folder, architecture, desk.ports.files);

describe('a folder of drivers', () => {
  test('is loaded keyboards first, then buses, then storage, then the rest, whatever the folders are called', async () => {
    driver('net/e1d.inf', 'Net', 'NTamd64');
    driver('a-storage/iaStorAC.inf', 'SCSIAdapter', 'NTamd64');
    driver('surface/keyboard/SurfaceHid.inf', 'HIDClass', 'NTamd64');
    driver('surface/hub/SurfaceSerialHub.inf', 'System', 'NTamd64');
    expect((await found()).drivers.map(({ folder: name }) => name)).toEqual(['01-surface-keyboard', '02-surface-hub', '03-a-storage', '04-net']);
  });

  test('whose names begin with numbers is loaded in the order of these numbers', async () => {
    driver('10-vmd/iaStorVD.inf', 'SCSIAdapter', 'NTamd64');
    driver('2_rst/iaStorAC.inf', 'SCSIAdapter', 'NTamd64');
    driver('11 keyboard (Surface)/hid.inf', 'HIDClass', 'NTamd64');
    expect((await found()).drivers.map(({ folder: name, source }) => [name, source])).toEqual([['01-rst', '2_rst'], ['02-vmd', '10-vmd'], ['03-keyboard-Surface', '11 keyboard (Surface)']]);
  });

  test('says what each is, and how much of the medium it takes', async () => {
    driver('rst/iaStorAC.inf', 'SCSIAdapter', 'NTamd64');
    put('rst/sub/more.dll', 'x'.repeat(1_000));
    const { drivers, sizeBytes } = await found();
    expect(drivers).toEqual([{ folder: '01-rst', source: 'rst', infs: ['iaStorAC.inf'], className: 'SCSIAdapter', version: '1.2.3.4', files: 3, sizeBytes }]);
    expect(sizeBytes).toBeGreaterThan(1_000);
  });

  test('leaves out what is for another processor, and what is no driver, each by name', async () => {
    driver('rst-x86/a.inf', 'SCSIAdapter', 'NTx86');
    driver('rst-arm/a.inf', 'SCSIAdapter', 'NTarm64');
    driver('rst/a.inf', 'SCSIAdapter', 'NTamd64.10.0');
    driver('old/a.inf', 'SCSIAdapter');
    put('setup/autorun.inf', '[autorun]\r\nopen=setup.exe\r\n');
    const x64 = await found();
    expect(x64.drivers.map(({ source }) => source)).toEqual(['old', 'rst']);
    expect(x64.leftOut).toEqual([
      { source: 'rst-arm', reason: 'other-architecture', architectures: ['arm64'] }, { source: 'rst-x86', reason: 'other-architecture', architectures: ['x86'] }, { source: 'setup', reason: 'not-a-driver', architectures: [] },
    ]);
    expect((await found('arm64')).drivers.map(({ source }) => source)).toEqual(['old', 'rst-arm']);
  });

  test('may be one driver itself, with the INF of another processor beside it left out', async () => {
    driver('kbd.inf', 'Keyboard', 'NTamd64');
    driver('kbd-arm.inf', 'Keyboard', 'NTarm64');
    expect((await found()).drivers).toMatchObject([{ folder: '01-Drivers', source: 'Drivers', infs: ['kbd.inf'], files: 3 }]);
  });

  test('without a driver for the base is refused, and so is a file', async () => {
    await expect(found()).rejects.toMatchObject({ code: 'no-drivers' });
    driver('rst-arm/a.inf', 'SCSIAdapter', 'NTarm64');
    await expect(found()).rejects.toMatchObject({ code: 'no-drivers', facts: { leftOut: ['rst-arm'], architecture: 'x64' } });
    await expect(findDrivers(join(folder, 'rst-arm', 'a.inf'), 'x64', desk.ports.files)).rejects.toMatchObject({ code: 'invalid-input', facts: { reason: 'not-a-folder' } });
    await expect(findDrivers(join(folder, 'none'), 'x64', desk.ports.files)).rejects.toMatchObject({ code: 'file-not-found' });
  });

  test('has names on the medium that the launcher can say, each once', async () => {
    for (const name of ['Intel(R) RST & VMD', '%TEMP% !x!', 'Tastatur für Täter', '...']) driver(`${name}/a.inf`, 'SCSIAdapter', 'NTamd64');
    const names = (await found()).drivers.map(({ folder: name }) => name);
    for (const name of names) expect(name).toMatch(/^\d\d-[A-Za-z0-9.-]+$/);
    expect(new Set(names).size).toBe(4);
  });
});

describe('a medium with drivers', () => {
  test.each(['image', 'iso'] as const)('carries them in their order, in the manifest like everything else (%s)', async (format) => {
    driver('net/e1d.inf', 'Net', 'NTamd64');
    driver('storage/x64/iaStorAC.inf', 'SCSIAdapter', 'NTamd64');
    driver('storage/x86/iaStorAC.inf', 'SCSIAdapter', 'NTx86');
    const built = await buildImage(desk.order({ base: desk.base('windows-x64.iso'), drivers: folder, format }), desk.ports);
    const medium = await openMedium(built.path, desk.ports.files);
    expect(medium.manifest?.files.map(({ path }) => path).filter((path) => path.startsWith('bluelift/drivers/'))).toEqual([
      'bluelift/drivers/01-storage-x64/iaStorAC.inf', 'bluelift/drivers/01-storage-x64/iaStorAC.sys', 'bluelift/drivers/02-net/e1d.inf', 'bluelift/drivers/02-net/e1d.sys',
    ]);
    expect(await medium.check()).toMatchObject({ mismatches: [], unlisted: [] });
    await medium.close();
  });

  test('is not built when a driver changes meanwhile, nor without one for its base, and nothing is sealed for that', async () => {
    driver('rst/a.inf', 'SCSIAdapter', 'NTarm64');
    const bundleFiles = (function* (): Generator<never> { throw new Error('sealed'); })();
    await expect(buildImage(desk.order({ base: desk.base('windows-x64.iso'), drivers: folder, bundleFiles }), desk.ports)).rejects.toMatchObject({ code: 'no-drivers' });
    driver('rst/a.inf', 'SCSIAdapter', 'NTamd64');
    const { files } = desk.ports;
    const ports: MediaPorts = { ...desk.ports, files: { ...files, create: async (...words) => {
      const target = await files.create(...words);
      return { ...target, reserve: async (...sizes) => { put('rst/a.sys', 'XX'); await target.reserve(...sizes); } };
    } } };
    await expect(buildImage(desk.order({ base: desk.base('windows-x64.iso'), drivers: folder }), ports)).rejects.toMatchObject({ code: 'file-unreadable', facts: { path: 'bluelift/drivers/01-rst/a.sys', reason: 'changed' } });
  });
});
