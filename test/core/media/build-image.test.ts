import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { AppError } from '../../../electron/core/app-error.ts';
import { joinAreas, type Area } from '../../../electron/core/media/areas.ts';
import { buildImage } from '../../../electron/core/media/build-image.ts';
import type { BuildProgress } from '../../../electron/core/media/image-order.ts';
import { openMedium } from '../../../electron/core/media/read-image.ts';
import type { FileInTheMaking, MediaPorts } from '../../../electron/core/media/media-ports.ts';
import { AGENT_FILES, BUNDLE_FILES, makeMediaDesk } from '../../fixtures/media-desk.ts';
import type { MediaDesk } from '../../fixtures/media-desk.ts';

let desk: MediaDesk;
beforeEach(() => { desk = makeMediaDesk(); });
afterEach(() => { desk[Symbol.dispose](); });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const besideImage = (): string[] => readdirSync(desk.folder).filter((name) => name.startsWith('medium'));
/** The desk with a target that behaves differently; everything else stays real. */
function withTarget(change: (target: FileInTheMaking) => Partial<FileInTheMaking>): MediaPorts {
  const { files } = desk.ports;
  return { ...desk.ports, files: { ...files, create: async (...args) => { const target = await files.create(...args); return { ...target, ...change(target) }; } } };
}

describe('an image built from a base', () => {
  test('holds marker, recipe, bundle, boot files and the patched WIM, each as the manifest says', async () => {
    const built = await buildImage(desk.order({ base: desk.base('windows-x64.iso') }), desk.ports);
    const medium = await openMedium(built.path, desk.ports.files);
    try {
      expect(medium.marker).toEqual({
        mediaId: 'BL-7K2D9', createdAt: '2024-07-20T08:30:00Z', expiresAt: '2024-07-27T08:30:00Z', language: 'de', mode: 'repair',
        recipe: 'channel-file-291 1', payload: built.payload, architecture: 'x64',
      });
      expect(await medium.check()).toEqual({ files: built.files - 1, mismatches: [], unlisted: [] });
      const paths = medium.manifest?.files.map(({ path }) => path) ?? [];
      for (const path of ['EFI/BOOT/BOOTX64.EFI', 'EFI/Microsoft/Boot/BCD', 'EFI/Microsoft/Boot/boot.stl', 'EFI/Microsoft/Boot/Fonts/segmono_boot.ttf', 'boot/boot.sdi', 'sources/boot.wim',
        'bluelift/medium.txt', 'bluelift/recipe.txt', 'bluelift/bundle/header.txt', 'bluelift/bundle/00/000f.txt', 'bluelift/README.txt', 'bluelift/bytes.bin']) expect(paths).toContain(path);
      expect(paths).toHaveLength(built.files - 1);
      expect(paths.some((path) => path.includes('chs_boot'))).toBe(false);
      expect(sha256(await medium.readSmallFile('bluelift/manifest.json', 1_000_000) ?? new Uint8Array())).toBe(built.manifestSha256);
      expect(medium.manifest?.auditHead).toBe(`12:${'ab'.repeat(32)}`);
      expect(await medium.readSmallFile('bluelift/bytes.bin', 1_000)).toEqual(Buffer.from(Array.from({ length: 256 }, (_, i) => i)));
      expect(await medium.listResults()).toEqual([]);
      expect(await medium.tree.list('bluelift/results')).toEqual([]);
    } finally { await medium.close(); }
  });

  test('is the same from a WIM with something behind its end, as tools that add to one leave it', async () => {
    const order = desk.order({ base: desk.base('boot-arm64.wim') });
    const tailed = desk.base('boot-arm64.wim', 'tailed.wim');
    appendFileSync(tailed, Buffer.alloc(30_000, 7));
    const { manifestSha256 } = await buildImage(order, desk.ports);
    expect(await buildImage({ ...order, base: tailed, out: `${order.out}-tailed` }, desk.ports)).toMatchObject({ manifestSha256 });
  });

  test('shows the payload hash as it is defined, over agent files and recipe in their order', async () => {
    const order = desk.order({ base: desk.base('boot-arm64.wim') });
    const built = await buildImage(order, desk.ports);
    const parts = ['start.cmd', 'agent.js', 'probe.js', 'manual.cmd'].map((name) => AGENT_FILES.find((file) => file.name === name)?.bytes ?? new Uint8Array());
    const hash = createHash('sha256');
    for (const bytes of [...parts, Buffer.from(order.recipeText)]) hash.update(createHash('sha256').update(bytes).digest());
    expect(built.payload.replaceAll(' ', '')).toBe(hash.digest('hex').slice(0, 16).toUpperCase());
    expect(built.payload).toMatch(/^([0-9A-F]{4} ){3}[0-9A-F]{4}$/);
  });

  test('carries the agent once more, byte for byte, and the script that starts it, when it is for safe boot, and only then', async () => {
    const script = new TextEncoder().encode('@echo off\r\n');
    const order = desk.order({ base: desk.base('windows-x64.iso') });
    for (const mode of ['safe-boot', 'repair', 'inspect'] as const) {
      const built = await buildImage({ ...order, out: `${order.out}-${mode}`, medium: { ...order.medium, mode, keepsCopies: mode === 'repair' }, safeModeScript: script }, desk.ports);
      const medium = await openMedium(built.path, desk.ports.files);
      try {
        expect(medium.marker.mode).toBe(mode);
        const marker = Buffer.from(await medium.readSmallFile('bluelift/medium.txt', 10_000) ?? []).toString('latin1');
        expect(marker.includes('keepCopies=yes\r\n')).toBe(mode === 'repair');
        for (const { name, bytes } of AGENT_FILES) expect(await medium.readSmallFile(`bluelift/safe-mode/${name}`, 1_000_000)).toEqual(mode === 'safe-boot' ? Buffer.from(bytes) : null);
        expect(await medium.readSmallFile('bluelift/safe-mode.cmd', 1_000)).toEqual(mode === 'safe-boot' ? Buffer.from(script) : null);
        expect(await medium.check()).toEqual({ files: built.files - 1, mismatches: [], unlisted: [] });
      } finally { await medium.close(); }
    }
    await expect(buildImage({ ...order, out: `${order.out}-none`, medium: { ...order.medium, mode: 'safe-boot' } }, desk.ports)).rejects.toThrow('safe-mode.cmd');
  });

  test('boots ARM64 from BOOTAA64.EFI', async () => {
    const built = await buildImage(desk.order({ base: desk.base('boot-arm64.wim') }), desk.ports);
    const medium = await openMedium(built.path, desk.ports.files);
    expect(medium.marker.architecture).toBe('arm64');
    expect((await medium.tree.list('EFI/BOOT')).map(({ name }) => name)).toEqual(['BOOTAA64.EFI']);
    await medium.close();
  });

  // A WIM of one image and one of two are written differently by 7-Zip.
  test.each([['windows-x64.iso', 'image'], ['windows-x64.iso', 'iso'], ['winre-x64.wim', 'image'], ['winre-x64.wim', 'vhd']] as const)('is the same bytes for the same order, with a warm cache and with a cold one (%s as %s)', async (name, format) => {
    const base = desk.base(name);
    const hashes: string[] = [];
    for (const run of ['first', 'warm', 'cold']) {
      using other = run === 'cold' ? makeMediaDesk() : null;
      const out = join(desk.folder, `medium-${run}.img`);
      // A cold cache patches the WIM again, at another moment.
      if (run === 'cold') await new Promise((resolve) => { setTimeout(resolve, 1_100); });
      await buildImage(desk.order({ base, out, format }), other === null ? desk.ports : { ...desk.ports, cache: other.ports.cache });
      hashes.push(sha256(readFileSync(out)));
    }
    expect(new Set(hashes).size).toBe(1);
  });

  test.each(['image', 'vhd', 'iso', 'two-loaders'] as const)('without a lent seal differs only where the seal lies, and in the manifest that names it (%s)', async (format) => {
    const base = desk.base(format === 'two-loaders' ? 'serviced-x64.wim' : 'boot-arm64.wim');
    const asked = format === 'two-loaders' ? { twoLoaders: true } : { format };
    const build = async (seal: number): Promise<Buffer> => {
      const out = join(desk.folder, `medium-${seal}`);
      const bundleFiles = BUNDLE_FILES.map(({ path, bytes }) => ({ path, bytes: new Uint8Array(bytes.length).fill(seal) }));
      await buildImage(desk.order({ base, out, ...asked, bundleFiles }), desk.ports);
      return readFileSync(out);
    };
    const [one, two] = [await build(0x11), await build(0x22)];
    expect(one.length).toBe(two.length);
    // The seal's own bytes are all 11 in one and all 22 in the other; whatever else differs is the manifest, 64 hex digits a file, and the footer that is named after it.
    const footerAt = format === 'vhd' ? one.length - 512 : one.length;
    const manifestAt = one.indexOf('{\n  "format": "bluelift-manifest');
    const manifestEnd = one.indexOf('  ]\n}\n', manifestAt);
    let sealed = 0;
    for (let at = 0; at < one.length; at++) {
      if (one[at] === two[at]) continue;
      if (one[at] === 0x11 && two[at] === 0x22) sealed++;
      else if (!(at >= manifestAt && at < manifestEnd) && at < footerAt) expect.fail(`byte ${at} differs`);
    }
    expect(sealed).toBe(BUNDLE_FILES.reduce((sum, { bytes }) => sum + bytes.length, 0));
  });

  test('differs in every table when the medium is another', async () => {
    const base = desk.base('boot-arm64.wim');
    const order = desk.order({ base });
    const one = await buildImage(order, desk.ports);
    const two = await buildImage({ ...order, out: join(desk.folder, 'medium-2.img'), nameMedium: () => ({ mediaId: 'BL-OTHER', auditHead: null }) }, desk.ports);
    const guidAndSerial = (path: string): string[] => {
      const bytes = readFileSync(path);
      return [bytes.toString('hex', 512 + 56, 512 + 72), bytes.toString('hex', 1024 + 16, 1024 + 32), bytes.toString('hex', 2 ** 20 + 67, 2 ** 20 + 71)];
    };
    guidAndSerial(one.path).forEach((value, i) => { expect(value).not.toBe(guidAndSerial(two.path)[i]); });
  });

  test('has the size that was asked for, and refuses one that is too small', async () => {
    const base = desk.base('boot-arm64.wim');
    const built = await buildImage(desk.order({ base, sizeBytes: 1_500_000_000 }), desk.ports);
    expect(statSync(built.path).size).toBe(1_500_000_000);
    expect(built.usedBytes).toBeLessThan(10_000_000);
    await expect(buildImage(desk.order({ base, sizeBytes: 20_000_000, overwrite: true }), desk.ports)).rejects.toMatchObject({ code: 'image-too-small' });
  });

  test('reports every step, and never goes backwards in one', async () => {
    const events: BuildProgress[] = [];
    await buildImage(desk.order({ base: desk.base('windows-x64.iso') }), desk.ports, { onProgress: (event) => events.push(event) });
    expect([...new Set(events.map(({ step }) => step))]).toEqual(['read-base', 'add-agent', 'seal', 'write']);
    const done = events.filter(({ step }) => step === 'write');
    expect(done.map(({ doneBytes }) => doneBytes)).toEqual([...done.map(({ doneBytes }) => doneBytes)].sort((a, b) => a - b));
    expect(done.at(-1)?.doneBytes).toBe(done.at(-1)?.totalBytes);
  });

  test('is read back to the last byte that was written', async () => {
    const [written, back]: [Area[], Area[]] = [[], []];
    const ports = withTarget((target) => ({
      write: (offset, bytes) => { written.push({ offset, sizeBytes: bytes.length }); return target.write(offset, bytes); },
      readBack: (offset, length, into) => { back.push({ offset, sizeBytes: length }); return target.readBack(offset, length, into); },
    }));
    await buildImage(desk.order({ base: desk.base('boot-arm64.wim') }), ports);
    expect(joinAreas(back)).toEqual(joinAreas(written));
  });

  test('carries the manual script and no keys where script host is missing', async () => {
    const base = desk.base('no-scrrun.wim');
    const order = desk.order({ base });
    const manual = { ...order, medium: { ...order.medium, mode: 'manual' as const } };
    await expect(buildImage(order, desk.ports)).rejects.toMatchObject({ code: 'base-lacks-files' });
    await expect(buildImage(manual, desk.ports)).rejects.toMatchObject({ code: 'invalid-input' });
    const built = await buildImage({ ...manual, bundleFiles: [] }, desk.ports);
    const medium = await openMedium(built.path, desk.ports.files);
    expect(medium.marker.mode).toBe('manual');
    expect(await medium.tree.list('bluelift/bundle')).toEqual([]);
    await medium.close();
  });
});

describe('a medium with both loaders of a base', () => {
  test('starts the newer one first, and says in its manifest what they are', async () => {
    const built = await buildImage(desk.order({ base: desk.base('serviced-x64.wim'), twoLoaders: true }), desk.ports);
    const medium = await openMedium(built.path, desk.ports.files);
    expect(medium.manifest?.loaders).toEqual([{ name: 'bootmgfw_EX.efi', signedUnder: [], securityVersion: '9.0' }, { name: 'bootmgfw.efi', signedUnder: [], securityVersion: '8.0' }]);
    expect(await medium.readSmallFile('EFI/Microsoft/Boot/Fonts/segmono_boot.ttf', 1_000)).toEqual(Buffer.from('Stands in for segmono_boot of 2023.\r\n'));
    // Two of the four are not there for the second loader: it takes the first's.
    expect(await medium.readSmallFile('EFI/Microsoft/Boot/Fonts/wgl4_boot.ttf', 1_000)).toEqual(Buffer.from('Stands in for Windows/Boot/Fonts/wgl4_boot.ttf of Microsoft Windows Setup (x64).\r\n'));
    expect(await medium.tree.list('EFI/Microsoft/Boot/Fonts')).toHaveLength(4);
    expect((await medium.tree.second?.list('EFI/Microsoft/Boot/Fonts'))?.length).toBe(4);
    expect(await medium.check()).toEqual({ files: built.files - 1, mismatches: [], unlisted: [] });
    await medium.close();
  });

  test('is told when a file of its second partition was changed', async () => {
    const built = await buildImage(desk.order({ base: desk.base('serviced-x64.wim'), twoLoaders: true }), desk.ports);
    const bytes = readFileSync(built.path);
    // The last copy lies in the last file of the second partition, the WIM.
    bytes.write('Was', bytes.lastIndexOf('Stands in for Windows/Boot/DVD/EFI/BCD'));
    writeFileSync(built.path, bytes);
    const medium = await openMedium(built.path, desk.ports.files);
    expect((await medium.check()).mismatches).toEqual(['2:sources/boot.wim']);
    await medium.close();
  });

  test('is the same bytes for the same order', async () => {
    const order = desk.order({ base: desk.base('serviced-x64.wim'), twoLoaders: true });
    const one = sha256(readFileSync((await buildImage(order, desk.ports)).path));
    using other = makeMediaDesk();
    for (const ports of [desk.ports, { ...desk.ports, cache: other.ports.cache }]) expect(sha256(readFileSync((await buildImage({ ...order, overwrite: true }, ports)).path))).toBe(one);
  });

  test('needs a base that has both, and is no disc; nothing is sealed before that is said', async () => {
    const bundleFiles = (function* (): Generator<never> { throw new Error('sealed'); })();
    await expect(buildImage(desk.order({ base: desk.base('windows-x64.iso'), twoLoaders: true, bundleFiles }), desk.ports)).rejects.toMatchObject({ code: 'base-lacks-files', facts: { missing: ['Windows\\Boot\\EFI_EX\\bootmgfw_EX.efi'] } });
    await expect(buildImage(desk.order({ base: desk.base('serviced-x64.wim'), twoLoaders: true, format: 'iso', bundleFiles }), desk.ports)).rejects.toMatchObject({ code: 'invalid-input', facts: { field: 'twoLoaders' } });
    await expect(buildImage(desk.order({ base: desk.base('serviced-x64.wim'), twoLoaders: true, sizeBytes: 60_000_000, bundleFiles: [] }), desk.ports)).rejects.toMatchObject({ code: 'image-too-small' });
  });
});

describe('nothing is left under the final name nor beside it', () => {
  test('when the disk is full, at any write', async () => {
    const base = desk.base('boot-arm64.wim');
    for (const writes of [0, 1, 2]) {
      let left = writes;
      const ports = withTarget((target) => ({
        write: (offset, bytes) => (left-- > 0 ? target.write(offset, bytes) : Promise.reject(new AppError('disk-full', { path: 'medium.img' }))),
      }));
      await expect(buildImage(desk.order({ base }), ports)).rejects.toMatchObject({ code: 'disk-full' });
      expect(besideImage()).toEqual([]);
    }
  });

  test('when less is free than the image needs, before anything is written', async () => {
    const { ports } = desk;
    const image = await ports.files.create(join(desk.folder, 'medium.img'), false);
    await expect(image.reserve(2 ** 60, 2 ** 60)).rejects.toMatchObject({ code: 'disk-full', facts: { neededBytes: 2 ** 60 } });
    await image.discard();
    expect(besideImage()).toEqual([]);
  });

  test('when the disk gives back something else than was written', async () => {
    for (const place of [0, 2 ** 20 + 20, 3 * 2 ** 20]) {
      const ports = withTarget((target) => ({
        readBack: async (offset, length) => {
          const bytes = await target.readBack(offset, length);
          if (place >= offset && place < offset + length) bytes[place - offset] = (bytes[place - offset] ?? 0) ^ 0x10;
          return bytes;
        },
      }));
      await expect(buildImage(desk.order({ base: desk.base('boot-arm64.wim') }), ports)).rejects.toMatchObject({ code: 'image-unreadable', facts: { reason: 'not-as-written' } });
      expect(besideImage()).toEqual([]);
    }
  });

  test('when it is cancelled in the middle, at any step', async () => {
    const base = desk.base('windows-x64.iso');
    for (const step of ['read-base', 'seal', 'write']) {
      const controller = new AbortController();
      const building = buildImage(desk.order({ base }), desk.ports, { signal: controller.signal, onProgress: (event) => { if (event.step === step) controller.abort(); } });
      await expect(building, step).rejects.toMatchObject({ code: 'cancelled' });
      expect(besideImage()).toEqual([]);
    }
    expect(readdirSync(desk.cacheFolder).filter((name) => name.startsWith('work-'))).toEqual([]);
  });

  test('when sealing the bundle fails', async () => {
    const bundleFiles = (function* () { yield* BUNDLE_FILES; throw new AppError('vault-closed'); })();
    await expect(buildImage(desk.order({ base: desk.base('boot-arm64.wim'), bundleFiles }), desk.ports)).rejects.toMatchObject({ code: 'vault-closed' });
    expect(besideImage()).toEqual([]);
  });
});

describe('an image that is there already', () => {
  test('is kept unless it shall be replaced, and then until the new one is whole', async () => {
    const base = desk.base('boot-arm64.wim');
    const out = join(desk.folder, 'medium.img');
    writeFileSync(out, 'the old one');
    let isSealed = false;
    const bundleFiles = (function* () { isSealed = true; yield* BUNDLE_FILES; })();
    await expect(buildImage(desk.order({ base, bundleFiles }), desk.ports)).rejects.toMatchObject({ code: 'file-exists', facts: { path: out } });
    // Sealing is a disclosure: it must not have begun.
    expect(isSealed).toBe(false);
    const failing = withTarget(() => ({ sync: () => Promise.reject(new AppError('disk-full', {})) }));
    await expect(buildImage(desk.order({ base, overwrite: true }), failing)).rejects.toMatchObject({ code: 'disk-full' });
    expect(readFileSync(out, 'utf8')).toBe('the old one');
    await buildImage(desk.order({ base, overwrite: true }), desk.ports);
    expect(statSync(out).size).toBeGreaterThan(1_000_000);
    expect(besideImage()).toEqual(['medium.img']);
  });

  test('may not be a folder, and its folder must be there', async () => {
    const base = desk.base('boot-arm64.wim');
    await expect(buildImage(desk.order({ base, out: desk.folder, overwrite: true }), desk.ports)).rejects.toMatchObject({ code: 'file-is-a-directory' });
    await expect(buildImage(desk.order({ base, out: join(desk.folder, 'none', 'medium.img') }), desk.ports)).rejects.toMatchObject({ code: 'folder-not-writable' });
  });
});

describe('a patched base in the cache', () => {
  const cached = (): string => {
    const name = readdirSync(desk.cacheFolder).find((entry) => entry.startsWith('base-'));
    return join(desk.cacheFolder, name ?? 'none');
  };
  const counting = (): { ports: MediaPorts; patches: () => number } => {
    let patches = 0;
    const { archives } = desk.ports;
    return { ports: { ...desk.ports, archives: { ...archives, update: (...args) => { patches++; return archives.update(...args); } } }, patches: () => patches };
  };

  test('is used again, until the agent is another one', async () => {
    const base = desk.base('boot-arm64.wim');
    const { ports, patches } = counting();
    await buildImage(desk.order({ base }), ports);
    await buildImage(desk.order({ base, overwrite: true }), ports);
    expect(patches()).toBe(1);
    const agentFiles = AGENT_FILES.map((file) => (file.name === 'agent.js' ? { ...file, bytes: Buffer.from('// newer') } : file));
    await buildImage(desk.order({ base, overwrite: true, agentFiles }), ports);
    expect(patches()).toBe(2);
  });

  test('is made again when the base is another file under the same name', async () => {
    const base = desk.base('boot-arm64.wim', 'base.wim');
    const first = await buildImage(desk.order({ base }), desk.ports);
    writeFileSync(base, readFileSync(desk.base('winre-x64.wim')));
    const second = await buildImage(desk.order({ base, overwrite: true }), desk.ports);
    expect([first.base.architecture, second.base.architecture]).toEqual(['arm64', 'x64']);
  });

  test('is made again when somebody changed or cut it, and never gets onto a medium like that', async () => {
    const base = desk.base('boot-arm64.wim');
    const { ports, patches } = counting();
    const good = sha256(readFileSync((await buildImage(desk.order({ base }), ports)).path));
    for (const [i, name] of ['boot.wim.new', 'boot_EFI_BOOT_BOOTAA64.EFI', 'boot.wim.new'].entries()) {
      const path = join(cached(), name);
      const changed = readFileSync(path);
      changed[changed.length - 200] = (changed[changed.length - 200] ?? 0) ^ 1;
      writeFileSync(path, i < 2 ? changed : changed.subarray(0, 1_000));
      expect(sha256(readFileSync((await buildImage(desk.order({ base, overwrite: true }), ports)).path))).toBe(good);
      expect(patches()).toBe(i + 2);
    }
  });

  test('does not appear at all when making it was cut short', async () => {
    const base = desk.base('boot-arm64.wim');
    const ports = { ...desk.ports, archives: { ...desk.ports.archives, update: () => Promise.reject(new AppError('disk-full', {})) } };
    await expect(buildImage(desk.order({ base }), ports)).rejects.toMatchObject({ code: 'disk-full' });
    expect(existsSync(cached())).toBe(false);
  });

  test('gives no base that was patched already a second agent', async () => {
    const medium = await openMedium((await buildImage(desk.order({ base: desk.base('boot-arm64.wim') }), desk.ports)).path, desk.ports.files);
    const patched = join(desk.folder, 'patched.wim');
    writeFileSync(patched, await medium.readSmallFile('sources/boot.wim', 2 ** 26) ?? expect.fail('no WIM'));
    await medium.close();
    await expect(buildImage(desk.order({ base: patched, overwrite: true }), desk.ports)).rejects.toMatchObject({ code: 'base-unreadable', facts: { reason: 'already-patched' } });
  });
});
