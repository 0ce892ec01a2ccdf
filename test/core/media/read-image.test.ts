import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { buildImage } from '../../../electron/core/media/build-image.ts';
import { formatManifest, parseManifest } from '../../../electron/core/media/manifest.ts';
import type { OpenMedium } from '../../../electron/core/media/read-image.ts';
import { openMedium } from '../../../electron/core/media/read-image.ts';
import type { MediaDesk } from '../../fixtures/media-desk.ts';
import { makeMediaDesk } from '../../fixtures/media-desk.ts';

let desk: MediaDesk;
let image: string;
let stick: string;

/** Copies everything off the image: what a person does who mails the content of a stick. */
async function copyToFolder(medium: OpenMedium, folder: string): Promise<void> {
  for (const { path } of [...medium.manifest?.files ?? [], { path: 'bluelift/manifest.json' }]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), await medium.readSmallFile(path, 10_000_000) ?? '');
  }
}

async function withMedium<T>(path: string, use: (medium: OpenMedium) => Promise<T>): Promise<T> {
  const medium = await openMedium(path, desk.ports.files);
  try { return await use(medium); } finally { await medium.close(); }
}

beforeAll(async () => {
  desk = makeMediaDesk();
  image = (await buildImage(desk.order({ base: desk.base('boot-arm64.wim') }), desk.ports)).path;
  stick = join(desk.folder, 'stick');
  await withMedium(image, (medium) => copyToFolder(medium, stick));
});
afterAll(() => { desk[Symbol.dispose](); });

describe('a medium', () => {
  test('is read the same from an image and from a folder', async () => {
    const facts = (path: string): Promise<unknown> => withMedium(path, async (medium) => ({ marker: medium.marker, manifest: medium.manifest, check: await medium.check() }));
    expect(await facts(stick)).toEqual(await facts(image));
    expect(await withMedium(stick, async ({ kind }) => kind)).toBe('folder');
  });

  test('is found in a folder whatever case its names were copied in', async () => {
    const shouted = join(desk.folder, 'shouted');
    cpSync(stick, shouted, { recursive: true });
    renameSync(join(shouted, 'bluelift'), join(shouted, 'BLUELIFT'));
    renameSync(join(shouted, 'BLUELIFT', 'medium.txt'), join(shouted, 'BLUELIFT', 'MEDIUM.TXT'));
    expect(await withMedium(shouted, (medium) => medium.check())).toMatchObject({ mismatches: [], unlisted: [] });
  });

  test('names files that were changed, cut, removed or added, but leaves results and folders of Windows alone', async () => {
    const changed = join(desk.folder, 'changed');
    cpSync(stick, changed, { recursive: true });
    writeFileSync(join(changed, 'bluelift', 'recipe.txt'), 'another recipe');
    truncateSync(join(changed, 'sources', 'boot.wim'), 100);
    rmSync(join(changed, 'boot', 'boot.sdi'));
    writeFileSync(join(changed, 'bluelift', 'extra.cmd'), 'format c:');
    mkdirSync(join(changed, 'bluelift', 'results'));
    writeFileSync(join(changed, 'bluelift', 'results', 'A.txt'), 'a record');
    mkdirSync(join(changed, 'System Volume Information'));
    writeFileSync(join(changed, 'System Volume Information', 'WPSettings.dat'), '');
    const check = await withMedium(changed, (medium) => medium.check());
    expect(check.mismatches).toEqual(['bluelift/recipe.txt', 'boot/boot.sdi', 'sources/boot.wim']);
    expect(check.unlisted).toEqual(['bluelift/extra.cmd']);
  });

  test('with a manifest nobody can read matches nothing', async () => {
    const changed = join(desk.folder, 'no-manifest');
    cpSync(stick, changed, { recursive: true });
    writeFileSync(join(changed, 'bluelift', 'manifest.json'), '{"format":"bluelift-manifest 1"');
    expect(await withMedium(changed, (medium) => medium.check())).toEqual({ files: 0, mismatches: ['bluelift/manifest.json'], unlisted: [] });
  });

  test('lists finished records only, and reads none from elsewhere or larger than a record can be', async () => {
    const back = join(desk.folder, 'back');
    cpSync(stick, back, { recursive: true });
    const results = join(back, 'bluelift', 'results');
    mkdirSync(results);
    writeFileSync(join(results, 'B.txt'), 'bluelift-attempt 1\r\n');
    writeFileSync(join(results, 'A.TXT'), Buffer.alloc(100_000));
    writeFileSync(join(results, 'C.tmp'), 'half');
    mkdirSync(join(results, 'folder.txt'));
    await withMedium(back, async (medium) => {
      expect((await medium.listResults()).map(({ name }) => name)).toEqual(['A.TXT', 'B.txt']);
      expect(Buffer.from(await medium.readResult('b.txt') ?? '').toString()).toBe('bluelift-attempt 1\r\n');
      expect(await medium.readResult('A.TXT')).toBeNull();
      expect(await medium.readResult('../recipe.txt')).toBeNull();
      expect(await medium.readResult('none.txt')).toBeNull();
    });
  });

  test('can be a bare FAT32 volume without a partition table', async () => {
    const volume = join(desk.folder, 'volume.img');
    writeFileSync(volume, readFileSync(image).subarray(2 ** 20));
    expect((await withMedium(volume, (medium) => medium.check())).mismatches).toEqual([]);
  });
});

describe('no medium is', () => {
  const refused = (path: string): Promise<unknown> => withMedium(path, async () => null).then(() => null, (error: { code?: string; facts?: { reason?: string } }) => [error.code, error.facts?.reason]);

  test('a file that is no image, empty or cut off before its files', async () => {
    const path = join(desk.folder, 'other.img');
    for (const content of [Buffer.alloc(0), Buffer.from('not an image'), Buffer.alloc(3_000_000, 0x55), readFileSync(image).subarray(0, 2 ** 20)]) {
      writeFileSync(path, content);
      expect(await refused(path)).toEqual(['image-unreadable', 'not-fat32']);
    }
    writeFileSync(path, readFileSync(image).subarray(0, 2 ** 20 + 4_096));
    expect(await refused(path)).toEqual(['image-unreadable', 'damaged']);
  });

  test('a folder without our marker, a marker of something else, or nothing at all', async () => {
    const folder = join(desk.folder, 'holiday');
    mkdirSync(join(folder, 'bluelift'), { recursive: true });
    expect(await refused(folder)).toEqual(['image-unreadable', 'no-marker']);
    for (const marker of ['', 'bluelift-recipe 1\r\nmediaId=X\r\n', 'bluelift-medium 1\r\n', 'bluelift-medium 1\r\nmediaId=\r\n', '\0\0\0\0']) {
      writeFileSync(join(folder, 'bluelift', 'medium.txt'), marker);
      expect(await refused(folder)).toEqual(['image-unreadable', 'no-marker']);
    }
    expect(await refused(join(desk.folder, 'nothing'))).toEqual(['file-not-found', undefined]);
  });
});

describe('a manifest', () => {
  const manifest = { mediaId: 'BL-1', createdAt: '2024-07-20T08:30:00Z', auditHead: null, loaders: [], secondFiles: [], files: [{ path: 'b/ä "quoted".txt', sizeBytes: 3, sha256: 'a'.repeat(64) }, { path: 'a.txt', sizeBytes: 0, sha256: 'b'.repeat(64) }] };

  test('is read back as it was written, by path, in ASCII', () => {
    const bytes = formatManifest(manifest);
    expect(parseManifest(bytes)).toEqual({ ...manifest, files: [...manifest.files].reverse() });
    expect(bytes.every((byte) => byte < 0x80)).toBe(true);
    expect(parseManifest(formatManifest({ ...manifest, files: [] }))?.files).toEqual([]);
  });

  test('is refused when anything in it is of another kind', () => {
    const text = Buffer.from(formatManifest(manifest)).toString();
    for (const [from, to] of [['bluelift-manifest 1', 'bluelift-manifest 2'], ['"sizeBytes":3', '"sizeBytes":-3'], ['a'.repeat(64), 'A'.repeat(64)], ['"files"', '"file"']] as const) {
      expect(parseManifest(Buffer.from(text.replace(from, to)))).toBeNull();
    }
  });
});
