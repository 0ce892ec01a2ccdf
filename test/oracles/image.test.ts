import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { buildImage } from '../../electron/core/media/build-image.ts';
import type { BuiltImage } from '../../electron/core/media/image-order.ts';
import { parseManifest } from '../../electron/core/media/manifest.ts';
import { openMedium } from '../../electron/core/media/read-image.ts';
import type { BaseName, MediaDesk } from '../fixtures/media-desk.ts';
import { AGENT_FILES, makeMediaDesk } from '../fixtures/media-desk.ts';
import { cutPartition, tool } from './tools.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const BASES: readonly { readonly base: BaseName; readonly index: string; readonly loader: string; readonly system32: string; readonly launcher: string }[] = [
  { base: 'windows-x64.iso', index: '2', loader: 'BOOTX64.EFI', system32: '/Windows/System32', launcher: 'winpeshl.ini' },
  { base: 'boot-arm64.wim', index: '2', loader: 'BOOTAA64.EFI', system32: '/Windows/System32', launcher: 'winpeshl.ini' },
  // Its tree is in small letters, and it has a shell file of its own.
  { base: 'winre-x64.wim', index: '1', loader: 'BOOTX64.EFI', system32: '/windows/system32', launcher: 'Winpeshl.ini' },
];

describe.each(BASES)('an image from $base', ({ base, index, loader, system32, launcher }) => {
  let desk: MediaDesk;
  let built: BuiltImage;
  let wim: string;
  const onMedium = (path: string): string => `::/${path}`;
  const copyOut = (path: string): Uint8Array => {
    const out = join(desk.folder, 'copied');
    tool('mcopy', '-o', '-n', '-i', `${built.path}@@1M`, onMedium(path), out);
    return readFileSync(out);
  };

  beforeAll(async () => {
    desk = makeMediaDesk();
    built = await buildImage(desk.order({ base: desk.base(base) }), desk.ports);
    wim = join(desk.folder, 'out.wim');
    tool('mcopy', '-o', '-n', '-i', `${built.path}@@1M`, onMedium('sources/boot.wim'), wim);
  });
  afterAll(() => { desk[Symbol.dispose](); });

  test('has a partition table sgdisk finds nothing wrong with, one basic data partition at 1 MiB', () => {
    expect(tool('sgdisk', '-v', built.path)).toContain('No problems found');
    expect(tool('sgdisk', '-i', '1', built.path)).toMatch(/EBD0A0A2-B9E5-4433-87C0-68B6B72699C7[\s\S]*First sector: 2048 /);
  });

  test('has a file system fsck.fat finds nothing wrong with', () => {
    const partition = join(desk.folder, 'partition');
    cutPartition(built.path, partition, Math.floor(built.sizeBytes / 2 ** 20) - 2);
    expect(tool('fsck.fat', '-nv', partition)).toMatch(/\d+ files, \d+\/\d+ clusters/);
    expect(tool('mdir', '-i', `${built.path}@@1M`, '::/')).toMatch(/Volume in drive : is BLUELIFT/);
  });

  test('gives mtools every file with the SHA-256 of the manifest', () => {
    const manifest = parseManifest(copyOut('bluelift/manifest.json'));
    expect(manifest?.files.length).toBe(built.files - 1);
    for (const file of manifest?.files ?? []) expect(sha256(copyOut(file.path)), file.path).toBe(file.sha256);
    expect(Buffer.from(copyOut(`EFI/BOOT/${loader}`)).toString('latin1', 0, 2)).toBe('MZ');
  });

  test('has a WIM wimlib finds nothing wrong with, whose patched image boots', () => {
    expect(tool('wimlib-imagex', 'verify', wim)).toContain('successfully verified');
    expect(tool('wimlib-imagex', 'info', wim)).toMatch(new RegExp(`Boot Index: +${index}\\n`));
  });

  test('has agent and launcher in that WIM with plain attributes and dates, and no Unix mode anywhere', () => {
    const listing = tool('wimlib-imagex', 'dir', wim, index, '--detailed');
    expect(listing).not.toMatch(/Attributes +=\s+0x[0-9a-f]*[1-9a-f][0-9a-f]{4}\b/i);
    for (const path of ['/bluelift', ...AGENT_FILES.map(({ name }) => `/bluelift/${name}`), `${system32}/${launcher}`]) {
      const entry = listing.slice(listing.indexOf(`"${path}"`)).split('Link Group ID')[0] ?? '';
      expect(entry, path).toContain(path === '/bluelift' ? '0x00000010' : '0x00000020');
      expect(entry.match(/Time += .*20\d\d UTC/g), path).toHaveLength(3);
    }
    const launchers = listing.match(new RegExp(`"${system32}/winpeshl\\.ini"`, 'gi'));
    expect(launchers).toEqual([`"${system32}/${launcher}"`]);
  });

  test('gives back the agent byte for byte out of that WIM, and starts it', () => {
    const out = join(desk.folder, 'extracted');
    mkdirSync(out, { recursive: true });
    tool('wimlib-imagex', 'extract', wim, index, '/bluelift', `${system32}/${launcher}`, `--dest-dir=${out}`, '--no-acls');
    for (const { name, bytes } of AGENT_FILES) expect(sha256(readFileSync(join(out, 'bluelift', name)))).toBe(sha256(bytes));
    expect(readFileSync(join(out, launcher), 'latin1')).toBe('[LaunchApps]\r\n%SYSTEMROOT%\\System32\\cmd.exe, /k %SYSTEMDRIVE%\\bluelift\\start.cmd\r\n');
  });

  test('can not start Windows Setup any more, and changed nothing else', () => {
    const old = tool('wimlib-imagex', 'dir', base.endsWith('.iso') ? isoWim(desk, base) : join(desk.folder, base), index).split('\n');
    const now = tool('wimlib-imagex', 'dir', wim, index).split('\n');
    const isNew = (path: string): boolean => path.startsWith('/bluelift') || path.toLowerCase().endsWith('/winpeshl.ini') || path.includes('setup.');
    expect(now.filter((path) => !isNew(path)).sort()).toEqual(old.filter((path) => !isNew(path)).sort());
    expect(now.filter((path) => path.endsWith('setup.exe'))).toEqual([]);
    expect(now.filter((path) => path.endsWith('setup.off'))).toHaveLength(old.filter((path) => path.endsWith('setup.exe')).length);
  });

  test('shows results that mtools wrote like a driver would, and checks as whole', async () => {
    tool('mcopy', '-o', '-i', `${built.path}@@1M`, join(desk.folder, 'copied'), '::/bluelift/results/0123456789ABCDEF0123456789ABCDEF.txt');
    tool('mcopy', '-o', '-i', `${built.path}@@1M`, wim, '::/bluelift/results/unfinished.tmp');
    const medium = await openMedium(built.path, desk.ports.files);
    expect((await medium.listResults()).map(({ name }) => name)).toEqual(['0123456789ABCDEF0123456789ABCDEF.txt']);
    expect(await medium.readResult('0123456789ABCDEF0123456789ABCDEF.txt')).toEqual(readFileSync(join(desk.folder, 'copied')));
    expect((await medium.check()).mismatches).toEqual([]);
    await medium.close();
  });
});

/** The WIM as it lies in the ISO, by another reader than ours: isoinfo (of genisoimage) knows the ISO 9660 half of the disc. */
function isoWim(desk: MediaDesk, base: BaseName): string {
  const out = join(desk.folder, 'iso-boot.wim');
  writeFileSync(out, execFileSync('isoinfo', ['-i', join(desk.folder, base), '-x', '/SOURCES/BOOT.WIM;1']));
  return out;
}
