import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../../electron/core/app-error.ts';
import { importAttempts, type AttemptSources } from '../../../electron/core/remediation/import-attempts.ts';
import { mediaFiles } from '../../../electron/desk/image-file.ts';
import { addHost, openTestDesk, type TestDesk } from './test-desk.ts';
import { addMedium, attemptIdOf, makeRecord, writeRecord } from './test-records.ts';

let desk: TestDesk;
let folder: string;
let breaths = 0;
const breathe = async (): Promise<void> => { breaths += 1; };
const sources: AttemptSources = {
  files: mediaFiles(() => 'test'),
  withImageResults: (path, use) => (path.endsWith('.img') ? use([{ name: `${attemptIdOf(9)}.TXT`, read: async () => record(9) }]) : Promise.reject(new AppError('image-unreadable', { path }))),
};
const record = (n: number): Uint8Array => writeRecord(makeRecord({ attemptId: attemptIdOf(n), computerName: `KI-LAB-000${n}` }));
const file = (...names: string[]): string => join(folder, ...names);
const run = (...paths: string[]) => importAttempts(desk, sources, paths, breathe);

beforeEach(async () => {
  desk = openTestDesk();
  addMedium(desk);
  for (let n = 1; n <= 9; n += 1) addHost(desk, `KI-LAB-000${n}`, { state: 'ready' });
  folder = await mkdtemp(join(tmpdir(), 'bluelift-attempts-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('records are found on a medium, in its results and in any folder', async () => {
  await mkdir(file('stick', 'BLUELIFT', 'Results'), { recursive: true });
  await writeFile(file('stick', 'BLUELIFT', 'Results', 'A.TXT'), record(1));
  await writeFile(file('stick', 'BLUELIFT', 'Results', 'b.tmp'), record(2));
  await writeFile(file('stick', 'BLUELIFT', 'README.txt'), 'not looked at');
  await mkdir(file('plain'));
  await writeFile(file('plain', 'b.txt'), record(2));
  await writeFile(file('c.txt'), record(3));
  const report = await run(file('stick'), file('stick', 'BLUELIFT'), file('stick', 'BLUELIFT', 'Results'), file('plain'), file('c.txt'));
  expect(report).toMatchObject({ imported: 3, unchanged: 2, rejected: 0, claims: 0 });
  expect(report.files[0]).toMatchObject({ path: file('stick', 'BLUELIFT', 'Results', 'A.TXT'), hostname: 'KI-LAB-0001', hostState: 'repaired' });
  expect(desk.told).toContain('attempts');
});

test('one bad file stops nothing, and each says what was wrong with it', async () => {
  await mkdir(file('mixed'));
  await writeFile(file('mixed', '1 empty.txt'), '');
  await writeFile(file('mixed', '2 binary.txt'), Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 37) & 0xff)));
  await writeFile(file('mixed', '3 huge.txt'), Buffer.alloc(3_000_000, 0x41));
  await writeFile(file('mixed', '4 cut.txt'), record(4).subarray(0, 300));
  await writeFile(file('mixed', '5 good.txt'), record(5));
  await symlink('/dev/zero', file('mixed', '6 link.txt'));
  await mkdir(file('mixed', '7 folder.txt'));
  const forged = Buffer.from(Buffer.from(record(8)).toString('latin1').replace('KI-LAB-0008', 'KI-LAB-0007'), 'latin1');
  await writeFile(file('mixed', '8 forged.txt'), forged);
  const report = await run(file('mixed'), file('gone'), file('gone', 'x.txt'));
  expect(report.files.map(({ path, status, reason, proof }) => [path.slice(folder.length + 1), status, reason, proof])).toEqual([
    ['mixed/1 empty.txt', 'rejected', 'not-a-record', null], ['mixed/2 binary.txt', 'rejected', 'not-a-record', null], ['mixed/3 huge.txt', 'rejected', 'too-large', null],
    ['mixed/4 cut.txt', 'rejected', 'cut-off', null], ['mixed/5 good.txt', 'imported', null, 'signed'], ['mixed/8 forged.txt', 'imported', 'wrong-hmac', 'claim'],
    ['gone', 'rejected', 'file-not-found', null], ['gone/x.txt', 'rejected', 'file-not-found', null],
  ]);
  expect(report).toMatchObject({ imported: 2, rejected: 6, claims: 1 });
});

test('records are taken out of an image, and a large file that is none says so', async () => {
  await writeFile(file('stick.img'), Buffer.alloc(200_000));
  await writeFile(file('film.mkv'), Buffer.alloc(200_000));
  const report = await run(file('stick.img'), file('film.mkv'));
  expect(report.files.map(({ path, status, reason, hostname }) => [path.slice(folder.length + 1), status, reason, hostname])).toEqual([
    [`stick.img/bluelift/results/${attemptIdOf(9)}.TXT`, 'imported', null, 'KI-LAB-0009'], ['film.mkv', 'rejected', 'image-unreadable', null],
  ]);
});

test('a folder without records says so', async () => {
  await mkdir(file('empty'));
  expect((await run(file('empty'))).files).toMatchObject([{ status: 'rejected', reason: 'no-records' }]);
});

test('thousands of files let others have their turn', async () => {
  await mkdir(file('many'));
  for (let n = 0; n < 3000; n += 1) await writeFile(file('many', `${n}.txt`), n % 3 === 0 ? writeRecord(makeRecord({ attemptId: attemptIdOf(n), computerName: `KI-LAB-000${(n % 9) + 1}` })) : `junk ${n}`);
  breaths = 0;
  const report = await run(file('many'));
  expect(report).toMatchObject({ imported: 1000, rejected: 2000 });
  expect(breaths).toBe(3000);
});

test.runIf(process.platform !== 'win32')('a pipe is no result, and nobody waits for one who writes into it', async () => {
  execFileSync('mkfifo', [file('pipe.txt')]);
  expect((await run(file('pipe.txt'))).files).toMatchObject([{ status: 'rejected', reason: 'file-unreadable' }]);
});
