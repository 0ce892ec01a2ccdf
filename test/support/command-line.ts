// Runs the command line as a script would: another process, no terminal.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDeskApp } from '../../electron/app.ts';
import { LOW_COST, PASSPHRASE } from './open-desk.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface CommandRun { readonly code: number | null; readonly out: string; readonly err: string; readonly json: () => Record<string, unknown> }

/** @returns What a finished command printed and its exit code. */
export function bluelift(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CommandRun> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'electron/cli.ts'), ...words], {
      cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'dist/compiled'), BLUELIFT_DESK: '', BLUELIFT_OPERATOR: '', LANG: 'C.UTF-8', LC_ALL: '', ...environment },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    child.on('close', (code) => resolve({ code, out, err, json: () => JSON.parse(out) as Record<string, unknown> })); // our own output
  });
}

/** The options every command of one desk and operator takes. */
export function asOperator(folder: string, name: string, passphrase: string): string[] {
  const file = join(folder, `${name}.passphrase`);
  writeFileSync(file, `${passphrase}\n`);
  return ['--desk', join(folder, 'desk'), '--operator', name, '--passphrase-file', file];
}

/**
 * The desk that `init` makes, made here: with the passphrase at its lowest cost, which every command pays anew.
 *
 * @returns Its folder's parent, and the options of its first operator.
 */
export async function newDesk(folder = temporaryFolder()): Promise<{ folder: string; first: string[] }> {
  const first = asOperator(folder, 'first', PASSPHRASE);
  const app = await createDeskApp({ folder: join(folder, 'desk'), runtime: 'command-line', demo: false, version: 'test', agentFiles: async () => [], idleCloseAfterMs: 0, passphraseCost: LOW_COST });
  await app.dispatcher.call('desk.create', { operatorName: 'first', passphrase: PASSPHRASE, recoverySheet: false });
  await app.close();
  return { folder, first };
}
