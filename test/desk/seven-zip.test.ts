import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { parseListing } from '../../electron/desk/seven-zip-listing.ts';
import { sevenZipArchives } from '../../electron/desk/seven-zip.ts';
import { makeMediaDesk } from '../fixtures/media-desk.ts';

const archives = sevenZipArchives();

describe('7-Zip', () => {
  test('lists an ISO and takes a file out of it', async () => {
    using desk = makeMediaDesk();
    const iso = desk.base('windows-x64.iso');
    const { kind, entries } = await archives.list(iso);
    expect(kind).toBe('udf');
    const wim = entries.find(({ path }) => path === 'sources/boot.wim');
    expect(wim).toMatchObject({ isFolder: false });
    await archives.extract(iso, wim === undefined ? [] : [wim], join(desk.folder, 'out'));
    expect(readFileSync(join(desk.folder, 'out', 'sources', 'boot.wim')).length).toBe(wim?.sizeBytes);
  });

  test('names the archive it can not read, and one that is not there', async () => {
    using desk = makeMediaDesk();
    const path = join(desk.folder, 'broken.wim');
    writeFileSync(path, Buffer.alloc(5_000, 9));
    await expect(archives.list(path)).rejects.toMatchObject({ code: 'file-unreadable', facts: { path } });
    await expect(archives.list(join(desk.folder, 'none.wim'))).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  test('stops when it is cancelled, at once or before it began', async () => {
    using desk = makeMediaDesk();
    const controller = new AbortController();
    const listing = archives.list(desk.base('windows-x64.iso'), { signal: controller.signal });
    controller.abort();
    await expect(listing).rejects.toMatchObject({ code: 'cancelled' });
    await expect(archives.list(desk.base('windows-x64.iso'), { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('computes in a thread of its own: the desk goes on meanwhile', async () => {
    using desk = makeMediaDesk();
    const iso = desk.base('windows-x64.iso');
    let turns = 0;
    const timer = setInterval(() => { turns++; }, 5);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const start = performance.now();
    await archives.list(iso);
    const ms = performance.now() - start;
    clearInterval(timer);
    delay.disable();
    // Loading the module alone takes ten times as long as a turn.
    expect(turns).toBeGreaterThan(ms / 5 / 4);
    expect(delay.percentile(50) / 1e6).toBeLessThan(50);
  });

  test('may print names with anything in them but line ends', () => {
    expect(parseListing(['Path = a.iso', 'Type = Udf', '----------', 'Path = sources', 'Folder = +', 'Size = ', '', 'Path = sources/Path = x.txt', 'Folder = -', 'Size = 12', '', 'Path = a:stream', 'Size = 3', 'Alternate Stream = +', ''])).toEqual({
      kind: 'udf', entries: [{ path: 'sources', isFolder: true, sizeBytes: 0 }, { path: 'sources/Path = x.txt', isFolder: false, sizeBytes: 12 }],
    });
  });
});
