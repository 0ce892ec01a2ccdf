// npm start: builds what is stale, then opens the desk, under Electron where its runtime is, otherwise in a browser.
//
//   npm start [-- [--demo] [--desk DIR] [--port N] [--no-open] [--browser]]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chooseLanguage } from '../../electron/commands/sentences.ts';
import { defaultDeskFolder } from '../../electron/desk/desk-location.ts';
import { buildStale } from './build.ts';
import { findElectron } from './electron-runtime.ts';
import { startSentences } from './start-sentences.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const say = startSentences(chooseLanguage(undefined, process.env));
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) {
    process.stderr.write(`${say.usage}\n`);
    return 2;
  }
  const electron = options.browser ? null : findElectron(ROOT, process.env);
  await buildStale(electron === null ? ['renderer', 'agent'] : ['renderer', 'agent', 'electron'], print);
  const folder = options.demo ? await makeDemo() : resolve(options.desk ?? defaultDeskFolder());
  try {
    if (electron !== null) return await runElectron(electron, folder, options.demo);
    if (!options.browser) print(say.noElectron);
    const { runHostOrSayWhyNot, untilSignalled } = await import('../../electron/host.ts');
    return await runHostOrSayWhyNot({ folder, demo: options.demo, port: options.port, open: options.open, print, signal: untilSignalled() });
  } finally {
    if (options.demo) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function readOptions(): { demo: boolean; desk: string | undefined; port: number; open: boolean; browser: boolean } | null {
  try {
    const { values } = parseArgs({
      options: { demo: { type: 'boolean', default: false }, desk: { type: 'string' }, port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean', default: false }, browser: { type: 'boolean', default: false } },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return null;
    return { demo: values.demo, desk: values.desk, port, open: !values['no-open'], browser: values.browser };
  } catch {
    return null; // an option that is none
  }
}

/** A throw-away desk with a constructed fleet. @returns Its folder. */
async function makeDemo(): Promise<string> {
  const { seedDemo } = await import('./seed-demo.ts');
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })); // also when seeding fails or is cut off
  const stop = (): never => process.exit(130);
  process.on('SIGINT', stop);
  const { operatorName, passphrase } = await seedDemo(folder);
  process.off('SIGINT', stop);
  print(say.demo(operatorName, passphrase));
  return folder;
}

async function runElectron(executable: string, folder: string, demo: boolean): Promise<number> {
  const child = spawn(executable, [ROOT, `--desk=${folder}`, ...(demo ? ['--demo'] : [])], { stdio: 'inherit' });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => child.kill(name));
  const [code] = (await once(child, 'exit')) as [number | null]; // what the event carries
  return code ?? 0;
}

process.exitCode = await main();
