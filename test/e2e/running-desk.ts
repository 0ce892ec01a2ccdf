// A real desk for a story in the browser: the host in a process of its own on 127.0.0.1, its folder thrown away at the end.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApi, type Api } from '../../electron/api/client.ts';
import { connectOverHttp, type HttpTransport } from '../../electron/api/http-client.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STARTS_WITHIN_MS = 240_000;
/** So long the desk works at a time when it is slowed down: less than between two of its figures of how far it is. */
const MOMENT_MS = 15;
const SEEN_WITHIN_MS = 60_000;

export interface RunningDesk {
  /** With the token in the fragment. */
  readonly address: string;
  readonly origin: string;
  /** For what the story is given: done over the same wire as the window's. */
  readonly api: Api;
  readonly transport: HttpTransport;
  /** A folder of the story's own, beside the desk. */
  readonly folder: string;
  /** Who may sign in, when the desk was made before (a demo). */
  readonly operator: { readonly name: string; readonly passphrase: string } | null;
  /**
   * Lets the desk work a moment at a time until something is seen, and then not at all until `goOn`: what takes long is met on its way,
   * on a slow machine and on one that would be done before anybody has looked.
   */
  standStillOnce(isSeen: () => Promise<boolean>): Promise<void>;
  goOn(): void;
  /** @param keep Leaves the folder, for a desk that is started again. */
  stop(keep?: boolean): Promise<void>;
}

/** @param demo Whether the desk has the constructed fleet of `npm start -- --demo`; otherwise there is no desk yet, or the one in `folder`. */
export async function startDesk({ demo = false, folder: given }: { readonly demo?: boolean; readonly folder?: string } = {}): Promise<RunningDesk> {
  build();
  const folder = given ?? mkdtempSync(join(tmpdir(), 'bluelift-story-'));
  const words = demo ? ['scripts/dev/start.ts', '--demo', '--browser', '--no-open'] : ['electron/host.ts', '--desk', join(folder, 'desk'), '--no-open'];
  const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '' } });
  const printed = await untilItListens(host);
  const address = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/.exec(printed)?.[0] ?? '';
  const { origin, hash } = new URL(address);
  const transport = connectOverHttp({ origin, token: hash.slice('#token='.length) });
  return {
    address, origin, transport, api: createApi(transport), folder, operator: demo ? signInOf(printed) : null,
    async standStillOnce(isSeen) {
      for (const latest = Date.now() + SEEN_WITHIN_MS; !await isSeen();) {
        if (Date.now() > latest) throw new Error('it was never seen');
        host.kill('SIGCONT');
        await new Promise((resolve) => { setTimeout(resolve, MOMENT_MS); });
        host.kill('SIGSTOP');
      }
    },
    goOn() { host.kill('SIGCONT'); },
    async stop(keep = false) {
      if (host.exitCode === null) {
        host.kill('SIGCONT');
        host.kill('SIGTERM');
        await once(host, 'exit');
      }
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns A desk with the constructed fleet, its vault open. */
export async function startOpenDemo(): Promise<RunningDesk> {
  const desk = await startDesk({ demo: true });
  await desk.api.call('vault.open', { operatorName: desk.operator?.name ?? '', passphrase: desk.operator?.passphrase ?? '' });
  return desk;
}

/** In a process of its own: a test runs with NODE_ENV=test, and would get the window as developers have it. */
function build(): void {
  const { NODE_ENV: _test, ...environment } = process.env;
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/dev/build.ts'], { cwd: ROOT, env: environment, stdio: 'ignore' });
}

async function untilItListens(host: ChildProcess): Promise<string> {
  let printed = '';
  let complaints = '';
  const timer = setTimeout(() => host.kill('SIGKILL'), STARTS_WITHIN_MS);
  host.stderr?.on('data', (text: Buffer) => { complaints += text.toString(); });
  host.stdout?.on('data', (text: Buffer) => { printed += text.toString(); });
  while (!/#token=[\w-]+\s/.test(printed)) {
    if (host.exitCode !== null || host.signalCode !== null) throw new Error(`the host did not start: ${printed}${complaints}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  clearTimeout(timer);
  return printed;
}

/** The demo prints who may sign in, and with which passphrase. */
function signInOf(printed: string): { name: string; passphrase: string } {
  const name = /(?:operator|Bediener)\W+([\w@.-]+)/i.exec(printed)?.[1];
  const passphrase = /passphrase\W+(.+?)\s*$/im.exec(printed)?.[1];
  if (name === undefined || passphrase === undefined) throw new Error(`the demo does not say who may sign in: ${printed}`);
  return { name, passphrase };
}
