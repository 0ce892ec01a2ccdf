import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { firstFiles, listFiles, readChunks } from '../../electron/desk/files.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'bluelift-files-')); });
afterEach(() => rmSync(folder, { recursive: true }));

async function read(path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(path)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
const at = (...names: string[]): string => join(folder, ...names);
const failure = (code: string, facts = {}) => expect.objectContaining({ code, facts: expect.objectContaining(facts) });

test('a file comes in pieces that together are the file', async () => {
  const bytes = Buffer.alloc(300_001).map((_, n) => n & 0xff);
  writeFileSync(at('a'), bytes);
  expect((await read(at('a'))).equals(Buffer.from(bytes))).toBe(true);
  writeFileSync(at('empty'), '');
  expect((await read(at('empty'))).length).toBe(0);
});

test('says what a path is that can not be read', async () => {
  await expect(read(at('none'))).rejects.toEqual(failure('file-not-found', { path: at('none') }));
  await expect(read(folder)).rejects.toEqual(failure('file-is-a-directory', { path: folder }));
});

test('says when a file becomes shorter while it is read', async () => {
  writeFileSync(at('a'), Buffer.alloc(500_000));
  const reading = (async () => {
    let pieces = 0;
    for await (const _ of readChunks(at('a'))) if ((pieces += 1) === 1) truncateSync(at('a'), 140_000);
  })();
  await expect(reading).rejects.toEqual(failure('file-unreadable', { path: at('a'), why: 'became-shorter' }));
});

test('a folder stands for all files in it, in the order of their names, links back up left out', async () => {
  mkdirSync(at('b', 'c'), { recursive: true });
  for (const name of ['z.csv', 'b/2.csv', 'b/1.csv', 'b/c/3.csv']) writeFileSync(at(name), 'x');
  symlinkSync(folder, at('b', 'up'));
  expect((await listFiles([folder])).map(({ path }) => path)).toEqual(['b/1.csv', 'b/2.csv', 'b/c/3.csv', 'z.csv'].map((name) => at(name)));
  expect((await listFiles([at('z.csv'), folder, at('z.csv')])).map(({ path }) => path)[0]).toBe(at('z.csv'));
  expect(await listFiles([folder, at('z.csv')])).toHaveLength(4);
});

test('of a folder with more files than anybody looks at the first are given and the others not asked for', async () => {
  mkdirSync(at('many', 'more'), { recursive: true });
  for (let n = 0; n < 300; n += 1) writeFileSync(at('many', `${n}.csv`), '');
  writeFileSync(at('many', 'more', 'x.csv'), '');
  writeFileSync(at('b.csv'), 'x');
  writeFileSync(at('a.csv'), 'xy');
  const first = await firstFiles([at('many')], 20);
  expect(first).toHaveLength(20);
  expect((await firstFiles([at('a.csv'), at('many'), at('b.csv')], 20)).map(({ path }) => path).slice(0, 1)).toEqual([at('a.csv')]);
  expect(await firstFiles([at('b.csv'), at('none'), at('a.csv')], 20)).toMatchObject([{ path: at('b.csv'), sizeBytes: 1 }, { path: at('none'), error: failure('file-not-found') }, { path: at('a.csv'), sizeBytes: 2 }]);
  expect((await firstFiles([at('many')], 1000)).map(({ path }) => path)).toEqual((await listFiles([at('many')])).map(({ path }) => path));
});

test('what folder views, Macs, Excel and databases leave beside the files of a folder is no file of its own', async () => {
  for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini', 'keys.csv', '._keys.csv', '~$keys.csv', '~$alone', 'keys.sqlite', 'keys.sqlite-wal', 'keys.sqlite-shm', '._alone', 'alone-wal']) writeFileSync(at(name), 'x');
  expect((await listFiles([folder])).map(({ path }) => path)).toEqual(['._alone', 'alone-wal', 'keys.csv', 'keys.sqlite', '~$alone'].map((name) => at(name)));
  expect((await listFiles([at('desktop.ini')])).map(({ path }) => path)).toEqual([at('desktop.ini')]);
});

test('an empty folder, a missing path and a pipe are named, none of them waits', async () => {
  mkdirSync(at('empty'));
  execFileSync('mkfifo', [at('pipe')]);
  expect(await listFiles([at('empty'), at('none'), at('pipe')])).toEqual([
    { path: at('empty'), error: failure('file-not-found', { why: 'empty-folder' }) }, { path: at('none'), error: failure('file-not-found') }, { path: at('pipe'), error: failure('file-unreadable', { why: 'not-a-file' }) },
  ]);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is named with the reason of the system', async () => {
  writeFileSync(at('a'), 'x');
  chmodSync(at('a'), 0);
  await expect(read(at('a'))).rejects.toEqual(failure('file-unreadable', { why: 'EACCES' }));
});
