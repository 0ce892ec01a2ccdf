import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { AppError } from '../../../electron/core/app-error.ts';
import { buildImage } from '../../../electron/core/media/build-image.ts';
import { openMedium } from '../../../electron/core/media/read-image.ts';
import { AGENT_FILES, BUNDLE_FILES, makeMediaDesk, type MediaDesk } from '../../fixtures/media-desk.ts';

let desk: MediaDesk;
let out: string;
beforeEach(() => { desk = makeMediaDesk(); out = join(desk.folder, 'net'); });
afterEach(() => { desk[Symbol.dispose](); });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const order = (changes: Partial<Parameters<MediaDesk['order']>[0]> & { base: string }): ReturnType<MediaDesk['order']> => desk.order({ out, format: 'pxe', ...changes });
/** Every file below, with its bytes' hash. */
const readFolder = (folder: string, below = ''): [string, string][] => readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry): [string, string][] => {
  const path = below === '' ? entry.name : `${below}/${entry.name}`;
  return entry.isDirectory() ? readFolder(folder, path) : [[path, sha256(readFileSync(join(folder, path)))]];
}).sort();
const besideOut = (): string[] => readdirSync(desk.folder).filter((name) => name.startsWith('net'));

describe('a folder for starting over the network', () => {
  test('holds a script, instructions and one WIM, and says what medium it is', async () => {
    const built = await buildImage(order({ base: desk.base('windows-x64.iso') }), desk.ports);
    expect(readFolder(out).map(([path]) => path)).toEqual(['README.txt', 'bluelift/README.txt', 'bluelift/bundle/header.txt', 'bluelift/bytes.bin', 'bluelift/manifest.json', 'bluelift/medium.txt', 'bluelift/recipe.txt', 'boot.ipxe', 'sources/boot.wim']);
    const medium = await openMedium(out, desk.ports.files);
    expect(medium.marker).toMatchObject({ mediaId: 'BL-7K2D9', payload: built.payload, architecture: 'x64' });
    expect(await medium.check()).toEqual({ files: built.files - 1, mismatches: [], unlisted: [] });
    expect(sha256(readFileSync(join(out, 'bluelift', 'manifest.json')))).toBe(built.manifestSha256);
    await medium.close();
  });

  test('has marker, recipe, bundle and drivers inside the WIM beside the agent, and no folder for results', async () => {
    mkdirSync(join(desk.folder, 'drivers', 'rst'), { recursive: true });
    writeFileSync(join(desk.folder, 'drivers', 'rst', 'a.inf'), '[Version]\r\nSignature="$Windows NT$"\r\n[Manufacturer]\r\n%M%=Models,NTamd64\r\n');
    await buildImage(order({ base: desk.base('windows-x64.iso'), drivers: join(desk.folder, 'drivers') }), desk.ports);
    const wim = join(out, 'sources', 'boot.wim');
    const { entries } = await desk.ports.archives.list(wim);
    const ours = entries.filter(({ path, isFolder }) => path.toLowerCase().startsWith('2/bluelift/') && !isFolder).map(({ path }) => path.slice('2/bluelift/'.length));
    expect(ours.sort()).toEqual([...AGENT_FILES.map(({ name }) => name), 'medium.txt', 'recipe.txt', 'bytes.bin', 'README.txt', 'drivers/01-rst/a.inf', ...BUNDLE_FILES.map(({ path }) => `bundle/${path}`)].sort());
    expect(entries.some(({ path }) => path.includes('results'))).toBe(false);
    const folder = join(desk.folder, 'taken');
    await desk.ports.archives.extract(wim, entries.filter(({ path }) => path === '2/bluelift'), folder);
    for (const { path, bytes } of BUNDLE_FILES) expect(sha256(readFileSync(join(folder, '2/bluelift/bundle', path))), path).toBe(sha256(bytes));
    expect(readFileSync(join(folder, '2/bluelift/medium.txt'))).toEqual(readFileSync(join(out, 'bluelift/medium.txt')));
    expect(readFileSync(join(folder, '2/bluelift/agent.js')).length).toBe(AGENT_FILES.find(({ name }) => name === 'agent.js')?.bytes.length);
  });

  test('is served over HTTP with every file its script names, and nothing but wimboot is missing', async () => {
    await buildImage(order({ base: desk.base('boot-arm64.wim') }), desk.ports);
    const server = createServer((request, response) => {
      const path = join(out, decodeURIComponent(request.url ?? ''));
      if (!existsSync(path)) { response.writeHead(404).end(); return; }
      response.end(readFileSync(path));
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const address = server.address();
    const base = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/boot.ipxe`;
    try {
      const script = await (await fetch(base)).text();
      expect(script.startsWith('#!ipxe\n')).toBe(true);
      expect(script).toMatch(/^[\x0a\x20-\x7e]*$/);
      for (const label of script.matchAll(/goto (\w+)/g)) expect(script, label[1]).toContain(`\n:${label[1] ?? ''}\n`);
      const named = [...script.matchAll(/^(?:kernel|initrd) (\S+)/gm)].map(([, path = '']) => path);
      expect(named).toEqual(['wimboot.arm64', 'sources/boot.wim']);
      const answers = await Promise.all(named.map((path) => fetch(new URL(path, base))));
      expect(answers.map(({ status }) => status)).toEqual([404, 200]);
      const wim = new Uint8Array(await answers[1]?.arrayBuffer() ?? expect.fail('no WIM'));
      const medium = await openMedium(out, desk.ports.files);
      expect(sha256(wim)).toBe(medium.manifest?.files.find(({ path }) => path === 'sources/boot.wim')?.sha256);
    } finally { server.close(); }
  });

  test('tells whoever serves it what to do, in both languages, in plain ASCII', async () => {
    const built = await buildImage(order({ base: desk.base('windows-x64.iso') }), desk.ports);
    const readme = readFileSync(join(out, 'README.txt'), 'latin1');
    expect(readme).toMatch(/^[\r\n\x20-\x7e]*$/);
    for (const said of [built.payload, 'BL-7K2D9', '2024-07-27T08:30:00Z', 'github.com/ipxe/wimboot', 'Nothing can be written back', 'Zurueckgeschrieben werden kann nichts', 'Startreihenfolge', 'boot order', 'versiegelt in boot.wim']) expect(readme).toContain(said);
    await buildImage(order({ base: desk.base('windows-x64.iso'), overwrite: true, bundleFiles: [...BUNDLE_FILES, { path: 'open.txt', bytes: Buffer.from('open') }] }), desk.ports);
    const open = readFileSync(join(out, 'README.txt'), 'latin1');
    for (const said of ['NO PASSCODE', 'OHNE PASSCODE']) expect(open).toContain(said);
    expect(open).not.toMatch(/, sealed|versiegelt/);
  });

  test.each(['windows-x64.iso', 'winre-x64.wim'] as const)('is the same bytes for the same order, with a warm cache and with a cold one (%s)', async (name) => {
    const base = desk.base(name);
    await buildImage(order({ base }), desk.ports);
    const first = readFolder(out);
    using other = makeMediaDesk();
    await new Promise((resolve) => { setTimeout(resolve, 1_100); });
    await buildImage(order({ base, overwrite: true }), { ...desk.ports, cache: other.ports.cache });
    expect(readFolder(out)).toEqual(first);
    await buildImage(order({ base, overwrite: true, bundleFiles: BUNDLE_FILES.map(({ path, bytes }) => ({ path, bytes: new Uint8Array(bytes.length).fill(7) })) }), other.ports);
    const changed = readFolder(out).filter(([path, hash]) => !first.some(([known, old]) => known === path && old === hash)).map(([path]) => path);
    expect(changed).toEqual(['bluelift/bundle/header.txt', 'bluelift/manifest.json', 'sources/boot.wim']);
  });

  test('takes a whole bundle of shards', async () => {
    const bundleFiles = Array.from({ length: 1_500 }, (_, i) => ({ path: `${(i >> 8).toString(16).padStart(2, '0')}/${i.toString(16).padStart(4, '0')}.txt`, bytes: new Uint8Array(200).fill(i & 255) }));
    await buildImage(order({ base: desk.base('winre-x64.wim'), bundleFiles }), desk.ports);
    const { entries } = await desk.ports.archives.list(join(out, 'sources', 'boot.wim'));
    expect(entries.filter(({ path, isFolder }) => path.startsWith('bluelift/bundle/') && !isFolder)).toHaveLength(1_500);
  });
});

describe('nothing is left of a folder under its name nor beside it', () => {
  test('when it is cancelled, when the WIM can not be added to, and when putting it on record fails', async () => {
    const base = desk.base('windows-x64.iso');
    for (const step of ['read-base', 'seal', 'write']) {
      const controller = new AbortController();
      await expect(buildImage(order({ base }), desk.ports, { signal: controller.signal, onProgress: (event) => { if (event.step === step) controller.abort(); } }), step).rejects.toMatchObject({ code: 'cancelled' });
      expect(besideOut()).toEqual([]);
    }
    const failing = { ...desk.ports, archives: { ...desk.ports.archives, update: () => Promise.reject(new AppError('disk-full', {})) } };
    await expect(buildImage(order({ base }), failing)).rejects.toMatchObject({ code: 'disk-full' });
    const { files } = desk.ports;
    const full = { ...desk.ports, files: { ...files, create: (path: string) => Promise.reject(new AppError('disk-full', { path, neededBytes: 3 })) } };
    await expect(buildImage(order({ base }), full)).rejects.toMatchObject({ code: 'disk-full', facts: { path: out, neededBytes: 3 } });
    await expect(buildImage(order({ base }), desk.ports, { beforeNaming: () => Promise.reject(new AppError('vault-closed')) })).rejects.toMatchObject({ code: 'vault-closed' });
    expect(besideOut()).toEqual([]);
  });

  test('and what is there already is kept, unless it is such a folder and shall be replaced', async () => {
    const base = desk.base('winre-x64.wim');
    mkdirSync(out);
    writeFileSync(join(out, 'holiday.jpg'), 'a picture');
    await expect(buildImage(order({ base }), desk.ports)).rejects.toMatchObject({ code: 'file-exists' });
    await expect(buildImage(order({ base, overwrite: true }), desk.ports)).rejects.toMatchObject({ code: 'file-exists' });
    expect(readdirSync(out)).toEqual(['holiday.jpg']);
    out = join(desk.folder, 'net-2');
    await buildImage(order({ base }), desk.ports);
    await expect(buildImage(order({ base }), desk.ports)).rejects.toMatchObject({ code: 'file-exists' });
    writeFileSync(join(out, 'wimboot'), 'put here by a person');
    await buildImage(order({ base, overwrite: true }), desk.ports);
    expect(readFileSync(join(out, 'wimboot'), 'utf8')).toBe('put here by a person');
    expect(besideOut()).toEqual(['net', 'net-2']);
    await expect(buildImage(order({ base, out: join(desk.folder, 'none', 'net') }), desk.ports)).rejects.toMatchObject({ code: 'folder-not-writable' });
  });

  test('a damaged cache is told before anything is added to what came out of it', async () => {
    const base = desk.base('winre-x64.wim');
    await buildImage(order({ base }), desk.ports);
    const good = readFolder(out);
    const cached = readdirSync(desk.cacheFolder).find((name) => name.startsWith('base-')) ?? expect.fail('nothing cached');
    const wim = join(desk.cacheFolder, cached, 'boot.wim.new');
    const bytes = readFileSync(wim);
    bytes[bytes.length - 200] = (bytes[bytes.length - 200] ?? 0) ^ 1;
    writeFileSync(wim, bytes);
    await buildImage(order({ base, overwrite: true }), desk.ports);
    expect(readFolder(out)).toEqual(good);
  });
});
