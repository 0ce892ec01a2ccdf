import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import type { BaseCache } from '../../electron/core/media/media-ports.ts';
import { baseCache } from '../../electron/desk/base-cache.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HOUR_MS = 60 * 60 * 1000;

async function keepFolder(cache: BaseCache, name: string, content = name): Promise<string> {
  return cache.withWorkspace(async (workspace) => {
    const made = join(workspace, 'made');
    mkdirSync(made);
    writeFileSync(join(made, 'boot.wim'), content);
    return cache.keep(made, name);
  });
}

describe('the cache of bases', () => {
  test('finds what was kept, and nothing of a workspace that failed', async () => {
    const folder = join(temporaryFolder(), 'cache');
    const cache = baseCache(folder, Date.now);
    expect(await cache.find('base-a')).toBeNull();
    expect(await keepFolder(cache, 'base-a')).toBe(join(folder, 'base-a'));
    expect(await cache.find('base-a')).toBe(join(folder, 'base-a'));
    await expect(cache.withWorkspace((workspace) => { writeFileSync(join(workspace, 'half'), ''); throw new Error('cut short'); })).rejects.toThrow('cut short');
    expect(readdirSync(folder)).toEqual(['base-a']);
  });

  test('leaves what another desk kept meanwhile', async () => {
    const cache = baseCache(temporaryFolder(), Date.now);
    await keepFolder(cache, 'base-a', 'theirs');
    const kept = await keepFolder(cache, 'base-a', 'ours');
    expect(readFileSync(join(kept, 'boot.wim'), 'utf8')).toBe('theirs');
  });

  test('keeps the four used last', async () => {
    let now = Date.UTC(2024, 6, 20);
    const folder = temporaryFolder();
    const cache = baseCache(folder, () => now);
    for (const name of ['a', 'b', 'c', 'd']) {
      await keepFolder(cache, name);
      now += HOUR_MS;
      utimesSync(join(folder, name), now / 1000, now / 1000);
    }
    now += HOUR_MS;
    await cache.find('a');
    await keepFolder(cache, 'e');
    expect(readdirSync(folder).sort()).toEqual(['a', 'c', 'd', 'e']);
  });

  test('tidies up after a desk that was ended by force, but not after one at work', async () => {
    const folder = temporaryFolder();
    const cache = baseCache(folder, Date.now);
    for (const [name, hours] of [['work-old', 7], ['work-new', 1]] as const) {
      mkdirSync(join(folder, name));
      utimesSync(join(folder, name), (Date.now() - hours * HOUR_MS) / 1000, (Date.now() - hours * HOUR_MS) / 1000);
    }
    await cache.withWorkspace(() => Promise.resolve());
    expect(readdirSync(folder)).toEqual(['work-new']);
  });

  test('names a file anew once it was written, replaced, or had its date set back', async () => {
    const folder = temporaryFolder();
    const cache = baseCache(join(folder, 'cache'), Date.now);
    const path = join(folder, 'boot.wim');
    writeFileSync(path, 'one');
    const names = [await cache.identify(path)];
    expect(await cache.identify(path)).toBe(names[0]);
    const { atime, mtime } = statSync(path);
    writeFileSync(path, 'two');
    utimesSync(path, atime, mtime);
    names.push(await cache.identify(path));
    writeFileSync(join(folder, 'other'), 'six');
    renameSync(join(folder, 'other'), path);
    names.push(await cache.identify(path));
    expect(new Set(names).size).toBe(3);
    await expect(cache.identify(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-not-found' });
  });
});
