import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildStale } from '../../scripts/dev/build.ts';

const DIST = join(import.meta.dirname, '../../dist');

test('what was built from the same inputs is not built again, and a lock of a dead process holds nobody up', async () => {
  await buildStale(['agent'], () => undefined);
  const built = statSync(join(DIST, 'media/agent.js')).mtimeMs;
  const NOBODY = 4_194_305; // above the largest process number of Linux
  writeFileSync(join(DIST, 'agent.lock'), String(NOBODY));
  const said: string[] = [];
  await Promise.all([buildStale(['agent'], (line) => said.push(line)), buildStale(['agent'], (line) => said.push(line))]);
  expect(said).toEqual([]);
  expect(statSync(join(DIST, 'media/agent.js')).mtimeMs).toBe(built);
  expect(existsSync(join(DIST, 'agent.lock'))).toBe(false);
});

test('what is not there is built', async () => {
  rmSync(join(DIST, 'agent.inputs'), { force: true });
  const said: string[] = [];
  await buildStale(['agent'], (line) => said.push(line));
  expect(said).toEqual([expect.stringMatching(/^built agent in \d/)]);
});
