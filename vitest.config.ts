import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { findElectron } from './scripts/dev/electron-runtime.ts';

if (Number(process.versions.node.split('.')[0]) < 24) throw new Error(`The tests need Node 24, this is ${process.versions.node}: start them with "npm test".`);

// Without the Electron runtime the shell's specs run on the stand-in; they can not tell.
if (findElectron(import.meta.dirname, process.env) === null) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(import.meta.dirname, 'test', 'electron-double');

/** A folder that needs something from outside npm is a project of its own (test/requirements.ts says what). */
const SEPARATE = ['oracles', 'disks', 'sticks', 'directory', 'powershell', 'rehearsal', 'shell', 'e2e'];
const DESK_TIMEOUT_MS = 120_000;
const SEPARATE_TIMEOUT_MS = 240_000;
/** Of what runs beside a browser, Wine, a virtual machine or FUSE: those fail by themselves now and then. A test that needed it is named at the end. */
const SEPARATE_RETRIES = 1;
/** What is waited for comes, sooner or later: a busy machine is no failure. */
const POLL_TIMEOUT_MS = 30_000;

/** Projects run one after the other: a browser, a virtual machine and Wine at once are too much for two cores. */
function project(name: string, order: number, maxWorkers: number, timeoutMs: number, retry: number, include: string[], exclude: string[] = []): TestProjectInlineConfiguration {
  return {
    test: {
      name, include, exclude: [...exclude, 'test/electron-double/**', 'node_modules/**'], testTimeout: timeoutMs, hookTimeout: timeoutMs, retry,
      maxWorkers, sequence: { groupOrder: order }, expect: { poll: { timeout: POLL_TIMEOUT_MS } },
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      project('desk', 0, availableParallelism(), DESK_TIMEOUT_MS, 0, ['test/**/*.test.ts'], SEPARATE.map((folder) => `test/${folder}/**`)),
      ...SEPARATE.map((folder, index) => project(folder, index + 1, 1, SEPARATE_TIMEOUT_MS, SEPARATE_RETRIES, [`test/${folder}/**/*.test.ts`])),
    ],
  },
});
