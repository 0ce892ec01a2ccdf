// Keeps patched bases between builds, in a folder that may be deleted at any time.

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, realpath, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '../core/app-error.ts';
import type { BaseCache } from '../core/media/media-ports.ts';

/** A patched base is a few MB, a WIM that had to be taken out of an unusual disc 0.5 GB; older ones go when a new one is kept. */
const MOST_KEPT_FOLDERS = 4;
/** A workspace that old belongs to a desk that was ended by force. */
const STALE_AFTER_MS = 6 * 60 * 60 * 1000;
const WORKSPACE_PREFIX = 'work-';

/**
 * @param folder Made when first needed.
 * @param now    Lent clock.
 */
export function baseCache(folder: string, now: () => number): BaseCache {
  return {
    async identify(path) {
      const real = await realpath(path).catch((error: unknown) => { throw new AppError('file-not-found', { path }, { cause: error }); });
      const { dev, ino, size, mtimeNs, ctimeNs } = await stat(real, { bigint: true });
      // The time of the last change of the inode can not be set back, as that of the content can.
      return createHash('sha256').update([real, dev, ino, size, mtimeNs, ctimeNs].join('\n')).digest('hex');
    },
    async find(name) {
      const path = join(folder, name);
      const isThere = await stat(path).then(() => true, () => false);
      // The date says when it was last used.
      if (isThere) await utimes(path, now() / 1000, now() / 1000).catch(() => undefined);
      return isThere ? path : null;
    },
    async withWorkspace(use) {
      await mkdir(folder, { recursive: true });
      await removeStale(folder, now());
      const workspace = await mkdtemp(join(folder, WORKSPACE_PREFIX));
      try { return await use(workspace); } finally { await rm(workspace, { recursive: true, force: true }); }
    },
    async keep(path, name) {
      const target = join(folder, name);
      await rename(path, target).catch(async (error: unknown) => {
        // A folder that is not empty stands there already: another desk was faster.
        if (!await stat(target).then(() => true, () => false)) throw error;
      });
      await removeOldest(folder, name);
      return target;
    },
    async drop(name) {
      const path = join(folder, name);
      const away = `${join(folder, WORKSPACE_PREFIX)}${randomBytes(6).toString('hex')}`;
      await rename(path, away).catch(() => undefined);
      await rm(away, { recursive: true, force: true });
    },
  };
}

async function removeStale(folder: string, nowMs: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(WORKSPACE_PREFIX)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: nowMs }));
    if (nowMs - mtimeMs > STALE_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

async function removeOldest(folder: string, kept: string): Promise<void> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory() && !entry.name.startsWith(WORKSPACE_PREFIX)).map(({ name }) => name);
  const dated = await Promise.all(names.filter((name) => name !== kept).map(async (name) => ({ name, usedAtMs: (await stat(join(folder, name)).catch(() => ({ mtimeMs: 0 }))).mtimeMs })));
  dated.sort((a, b) => b.usedAtMs - a.usedAtMs);
  for (const { name } of dated.slice(MOST_KEPT_FOLDERS - 1)) await rm(join(folder, name), { recursive: true, force: true });
}
