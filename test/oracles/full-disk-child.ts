// Runs in a mount namespace of its own, beside a file system of a few MB: builds onto it and says what became of that.
// Arguments: the small file system, a WIM, an ISO, the cache's folder.

import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '../../electron/core/app-error.ts';
import { buildImage } from '../../electron/core/media/build-image.ts';
import { makeMediaDesk } from '../fixtures/media-desk.ts';
import { baseCache } from '../../electron/desk/base-cache.ts';

const [small = '', base = '', iso = '', cacheFolder = ''] = process.argv.slice(2);
using desk = makeMediaDesk();
const ports = { ...desk.ports, cache: baseCache(cacheFolder, Date.now) };
const out = join(small, 'medium.img');
const outcome = async (act: () => Promise<unknown>): Promise<unknown> => {
  try { await act(); return 'done'; } catch (error) { return error instanceof AppError ? error.code : String(error); }
};

// Too little is free from the start.
const fromTheStart = await outcome(() => buildImage(desk.order({ base, out, bundleFiles: [{ path: 'header.txt', bytes: new Uint8Array(8_000_000) }] }), ports));
const leftFromTheStart = readdirSync(small);
// Somebody else takes the room while we write.
const inBetween = await outcome(() => buildImage(desk.order({ base, out }), {
  ...ports,
  files: { ...ports.files, create: async (...args) => {
    const target = await ports.files.create(...args);
    return { ...target, reserve: async (sizeBytes, neededBytes) => {
      await target.reserve(sizeBytes, neededBytes);
      try { writeFileSync(join(small, 'somebody-else'), new Uint8Array(50_000_000)); } catch { /* full now */ }
    } };
  } },
}));
// The cache has room for what is found out about the base (a few KB), and 7-Zip stops in the middle of taking the boot files (about 40 KB) out of it.
truncateSync(join(small, 'somebody-else'), statSync(join(small, 'somebody-else')).size - 24_576);
const inTheCache = await outcome(() => buildImage(desk.order({ base: iso, out: join(desk.folder, 'medium.img') }), { ...ports, cache: baseCache(join(small, 'cache'), Date.now) }));
process.stdout.write(JSON.stringify({ fromTheStart, leftFromTheStart, inBetween, inTheCache, left: readdirSync(small), leftInCache: readdirSync(join(small, 'cache')).filter((name) => !name.startsWith('facts-')) }));
