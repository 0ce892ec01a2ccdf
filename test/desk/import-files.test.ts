import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importKeys } from '../../electron/core/keys/import-keys.ts';
import { readRuns, type FilePart, type ReadPart } from '../../electron/core/keys/read-runs.ts';
import { readChunks } from '../../electron/desk/files.ts';
import { importFiles, readInThread } from '../../electron/desk/import-files.ts';
import { collect, csv, idText, keptKeys, passwordText } from '../core/keys/import-desk.ts';
import { openTestDesk } from '../core/remediation/test-desk.ts';

let folder: string;
let large: string;
let small: string;
const RECORDS = 45_000;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bluelift-import-files-'));
  large = join(folder, 'large.csv');
  small = join(folder, 'small.csv');
  writeFileSync(large, csv(Array.from({ length: RECORDS }, (_, n) => ({ host: `PC-${n >> 3}`, id: n, password: n }))));
  writeFileSync(small, csv([{ host: 'PC-1', id: 1, password: 1 }]));
});
afterAll(() => rmSync(folder, { recursive: true }));

const options = { fingerprintKey: new Uint8Array(32).fill(5), runRows: 8000 }; // no smaller run goes while the one before is stored
async function runsOf(parts: AsyncIterable<FilePart>): Promise<ReadPart[]> {
  const kept: ReadPart[] = [];
  for await (const part of parts) if (part.kind !== 'progress' && part.kind !== 'members') kept.push(part);
  return kept;
}
/** Room for more rows than there are is no part of a run. */
const trimmed = (parts: readonly ReadPart[]): unknown => parts.map((part) => (part.kind !== 'run' ? part : {
  ...part.run, keys: {
    ...part.run.keys, ids: [...part.run.keys.ids.subarray(0, part.run.keys.count * 16)], hasId: [...part.run.keys.hasId.subarray(0, part.run.keys.count)], passwords: [...part.run.keys.passwords.subarray(0, part.run.keys.count * 16)],
    fingerprints: [...part.run.keys.fingerprints], sourceRows: [...part.run.keys.sourceRows.subarray(0, part.run.keys.count)], hosts: [...part.run.keys.hosts.subarray(0, part.run.keys.count)],
  },
}));

test('the thread hands over the very runs that reading here gives', async () => {
  const { signal } = new AbortController();
  const here = await runsOf(readRuns(readChunks(large), { ...options, signal }));
  const there = await runsOf(readInThread({ path: large }, { ...options, signal }));
  expect(there.map(({ kind }) => kind)).toEqual(['header', ...Array.from({ length: Math.ceil(RECORDS / options.runRows) }, () => 'run'), 'end']);
  expect(JSON.stringify(trimmed(there)) === JSON.stringify(trimmed(here))).toBe(true); // not toEqual: a difference would print passwords
});

test('what comes in through the thread is what the file holds', async () => {
  const desk = openTestDesk();
  const events = await collect(importKeys(desk, [large], { files: importFiles, signal: new AbortController().signal }));
  expect(events.at(-1)).toMatchObject({ kind: 'done', files: [{ imported: RECORDS, rows: RECORDS, hosts: RECORDS / 8, error: null }] });
  const kept = keptKeys(desk);
  expect(kept).toHaveLength(RECORDS);
  expect(kept.every(({ id, password, hostname, row }) => id === idText(row - 2) && password === passwordText(row - 2) && hostname === `PC-${(row - 2) >> 3}`)).toBe(true);
});

test('the thread stops when it is told to and says what it has read', async () => {
  const stop = new AbortController();
  const parts: ReadPart[] = [];
  for await (const part of readInThread({ path: large }, { ...options, runRows: 1000, signal: stop.signal })) {
    if (part.kind !== 'members') parts.push(part);
    if (part.kind === 'run') stop.abort();
  }
  const rows = parts.reduce((sum, part) => sum + (part.kind === 'run' ? part.run.keys.count : 0), 0);
  expect(parts.at(-1)?.kind).toBe('end');
  expect(rows).toBeGreaterThan(0);
  expect(rows).toBeLessThan(RECORDS);
});

test('a file that is gone when the thread looks is reported, not thrown', async () => {
  const parts = await runsOf(readInThread({ path: join(folder, 'gone.csv') }, { ...options, signal: new AbortController().signal }));
  expect(parts).toEqual([{ kind: 'end', notes: [], lastRow: null, failed: { code: 'file-not-found', facts: { path: join(folder, 'gone.csv') } } }]);
});

test('a listener that goes away ends the thread', async () => {
  const ports = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker').length;
  const before = ports();
  for await (const part of readInThread({ path: large }, { ...options, runRows: 500, signal: new AbortController().signal })) {
    expect(ports()).toBeGreaterThan(before);
    if (part.kind === 'run') break;
  }
  expect(ports()).toBe(before);
});
