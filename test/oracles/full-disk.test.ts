import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { makeMediaDesk } from '../fixtures/media-desk.ts';

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
