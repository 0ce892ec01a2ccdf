// mtools puts attempt records onto a built image, as the agent's Windows does with a stick; the desk takes them in from there.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attemptHandlers } from '../../electron/api/handlers/attempts.ts';
import { mediaHandlers } from '../../electron/api/handlers/media.ts';
import { AGENT_FILES, makeMediaDesk } from '../fixtures/media-desk.ts';
import { addHost, addKeyRecord, openTestDesk } from '../core/remediation/test-desk.ts';
import { readRecordKeys } from '../../electron/core/media/media-register.ts';
import { attemptIdOf, makeRecord, openedVolume, writeRecord } from '../core/remediation/test-records.ts';

test('a medium comes back with results, and its hosts stand at repaired', async () => {
  using media = makeMediaDesk();
  const desk = openTestDesk();
  for (const n of [1, 2]) addKeyRecord(desk, { hostId: addHost(desk, `KI-SURG-000${n}`, { state: 'ready' }), keyProtectorId: n });
  const out = join(media.folder, 'medium.img');
  const handlers = {
    ...attemptHandlers(() => desk),
    ...mediaHandlers(() => desk, { agentFiles: async () => [...AGENT_FILES, { name: 'README.txt', bytes: Buffer.from('Read me.\r\n') }], cacheFolder: media.cacheFolder }),
  };
  const kinds = new Set<string>();
  for await (const event of handlers['media.build']({ base: media.base('windows-x64.iso'), out, scope: { kind: 'all' }, technicians: ['test'], language: 'en', overwrite: false, format: 'image' }, new AbortController().signal)) kinds.add(event.kind);
  expect([...kinds]).toEqual(['progress', 'done']);

  const key = readRecordKeys(desk.db, 'M-0001').get(1) ?? new Uint8Array();
  for (const n of [1, 2]) {
    const name = `${attemptIdOf(n)}.txt`;
    writeFileSync(join(media.folder, name), writeRecord(makeRecord({ attemptId: attemptIdOf(n), volumes: [openedVolume(n)] }), n === 1 ? key : new Uint8Array(32)));
    execFileSync('mcopy', ['-i', `${out}@@1M`, join(media.folder, name), `::/bluelift/results/${name}`], { env: { ...process.env, MTOOLS_SKIP_CHECK: '1' } });
  }
  const report = await handlers['attempts.import']({ paths: [out] });
  expect(report.files.map(({ hostname, proof, hostState }) => [hostname, proof, hostState])).toEqual([['KI-SURG-0001', 'signed', 'repaired'], ['KI-SURG-0002', 'claim', 'ready']]);
  expect(await handlers['attempts.import']({ paths: [out] })).toMatchObject({ imported: 0, unchanged: 2 });
  expect(await handlers['media.get']({ mediaId: 'M-0001' })).toMatchObject({ medium: { results: 2 }, attempts: [{ proof: 'claim' }, { proof: 'signed' }] });
  expect(await handlers['media.inspect']({ path: out })).toMatchObject({ mismatches: [], results: 2, entries: 2, known: true });
});
