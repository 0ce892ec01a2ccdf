import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bluelift, newDesk } from '../support/command-line.ts';

const CLI = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));

async function runInto(stdout: number | 'pipe', words: readonly string[]): Promise<{ code: unknown; err: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...words], { stdio: ['ignore', stdout, 'pipe'], env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '' } });
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { err += text; });
  child.stdout?.destroy(); // as `head` does once it has enough
  const [code] = await once(child, 'close') as [unknown];
  return { code, err };
}

it('ends as it would when nobody reads what it prints any more', async () => {
  expect(await runInto('pipe', ['--help'])).toEqual({ code: 0, err: '' });
  expect(await runInto('pipe', ['nonsense', '--json'])).toMatchObject({ code: 2 });
});

it.runIf(existsSync('/dev/full'))('fails when what it prints finds a full disk, and says so', async () => {
  for (const words of [['--version'], ['--help', '--json']]) expect(await runInto(openSync('/dev/full', 'w'), words)).toMatchObject({ code: 10, err: expect.stringContaining('could not be written (ENOSPC)') });
});

it('names the file that is not there, and says when no file is a list of hosts', async () => {
  const { folder, first } = await newDesk();
  const missing = join(folder, 'missing.csv');
  const preview = await bluelift(['import', 'preview', missing, ...first, '--json']);
  expect([preview.code, preview.json()]).toMatchObject([7, { error: { code: 'file-not-found', facts: { path: missing } } }]);
  const reconciled = await bluelift(['reconcile', missing, ...first]);
  expect([reconciled.code, reconciled.out]).toEqual([7, expect.stringContaining('None of the files is a list of hosts')]);
  const notes = join(folder, 'notes.txt');
  writeFileSync(notes, 'Ask the helpdesk.\n');
  const nothing = await bluelift(['import', 'preview', notes, ...first]);
  expect([nothing.code, nothing.out]).toEqual([3, expect.stringContaining('notes.txt: no table')]);
}, 180_000);
