import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeMediaDesk } from '../fixtures/media-desk.ts';
import { newDesk } from '../support/command-line.ts';

const UNSHARE = process.getuid?.() === 0 ? ['-m'] : ['-r', '-m'];
const mayMount = spawnSync('unshare', [...UNSHARE, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

test.skipIf(!mayMount)('a disk that is really full leaves neither an image nor a half one, wherever it gets full', () => {
  using desk = makeMediaDesk();
  const small = join(desk.folder, 'small');
  mkdirSync(small);
  const child = fileURLToPath(new URL('./full-disk-child.ts', import.meta.url));
  const script = 'mount -t tmpfs -o size=3m tmpfs "$1" && exec "$0" --disable-warning=ExperimentalWarning "$2" "$1" "$3" "$4" "$5"';
  const said = execFileSync('unshare', [...UNSHARE, 'sh', '-c', script, process.execPath, small, child, desk.base('boot-arm64.wim'), desk.base('windows-x64.iso'), desk.cacheFolder], { encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual({
    fromTheStart: 'disk-full', leftFromTheStart: [], inBetween: 'disk-full', inTheCache: 'disk-full', left: ['cache', 'somebody-else'], leftInCache: [],
  });
});

test.skipIf(!mayMount).each([
  ['is full', 'head -c 9000000 /dev/zero >"$1/filling" 2>/dev/null', 'disk-full', 'store.db'],
  ['may only be read', 'mount -o remount,ro "$1"', 'folder-not-writable', ''],
])('a desk on a disk that %s is named as that and never called damaged: its keys are whole', async (_what, make, code, file) => {
  const { folder, first } = await newDesk();
  const small = join(folder, 'small');
  mkdirSync(small);
  const cli = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));
  const script = `mount -t tmpfs -o size=4m tmpfs "$1" && cp -a "$2/." "$1" && { ${make}; shift 2; exec "$0" --disable-warning=ExperimentalWarning "$@"; }`;
  const run = spawnSync('unshare', [...UNSHARE, 'sh', '-c', script, process.execPath, small, join(folder, 'desk'), cli, 'status', ...first, '--desk', small, '--json'], { encoding: 'utf8' });
  expect(run.status).toBe(10);
  expect(JSON.parse(run.stdout)).toEqual({ error: { code, facts: { path: join(small, file) } } });
});
