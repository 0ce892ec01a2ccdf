// Entry under plain Node: the same app and window as under Electron, on 127.0.0.1 for a browser.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RemoteError } from './api/client.ts';
import { withShell } from './api/with-shell.ts';
import { describeError } from './commands/describe-error.ts';
import { chooseLanguage } from './commands/sentences.ts';
import { defaultDeskFolder } from './desk/desk-location.ts';
import { createDeskServer } from './http/desk-server.ts';
import { forgetAfterUse, forgetWhenVaultCloses } from './http/forget-received-files.ts';
import { hostSentences } from './http/host-sentences.ts';
import { openBrowser } from './http/open-browser.ts';
import { keepReceivedFiles } from './http/received-files.ts';
import { proposeSavePath } from './http/save-path.ts';
import { issueTicket } from './http/ticket.ts';
import { readPageFiles } from './pages/page-files.ts';
import { runDesk } from './worker/running-desk.ts';
import { startWorkerThread } from './worker/worker-thread.ts';

export interface HostOptions {
  readonly folder: string;
  readonly demo: boolean;
  /** 0: any free one. */
  readonly port: number;
  readonly open: boolean;
  /** Gets lines for the person at the terminal. */
  readonly print: (line: string) => void;
  /** Ends the host. */
  readonly signal: AbortSignal;
}

const TOKEN_BYTES = 32;
const say = hostSentences(chooseLanguage(undefined, process.env));

/**
 * Serves the desk until the signal aborts.
 *
 * @returns The exit code: 0 after the signal, 1 when the desk's worker broke.
 *          RemoteError when the desk refused to start; the system's error when the port is taken.
 */
async function runBrowserHost({ folder, demo, port, open, print, signal }: HostOptions): Promise<number> {
  const pages = readPageFiles(fileURLToPath(new URL('../dist/renderer', import.meta.url)));
  const desk = await runDesk(startWorkerThread(new URL('./worker.ts', import.meta.url)), { folder, runtime: 'browser', demo, version: readVersion() });
  const files = keepReceivedFiles(join(folder, 'received'));
  try {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const transport = withShell(forgetAfterUse(desk.transport, files), {
      'shell.pickSavePath': async ({ suggestedName }) => proposeSavePath(typeof suggestedName === 'string' ? suggestedName : ''),
      'shell.protectScreen': async () => false, // a page has no say over screenshots
    });
    const ticket = issueTicket(token);
    const server = createDeskServer({ transport, token, redeem: ticket.redeem, pages, files });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
    void forgetWhenVaultCloses(desk.transport, files, signal);
    print(say.running(`${origin}/#token=${token}`));
    print(say.desk(folder));
    if (open) openBrowser(`${origin}/#ticket=${ticket.text}`);

    const exitCode = await Promise.race([desk.broken.then(() => 1), aborted(signal).then(() => 0)]);
    if (exitCode !== 0) print(say.broken);
    server.close();
    server.closeAllConnections();
    return exitCode;
  } finally {
    files.clear();
    await desk.close();
  }
}

/** Ends with the first SIGINT, SIGTERM or SIGHUP; a terminal sends them to every process of the group, so more may follow. */
export function untilSignalled(): AbortSignal {
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => abort.abort());
  return abort.signal;
}

/** Runs the host and says a refusal in a sentence. @returns The exit code. */
export async function runHostOrSayWhyNot(options: HostOptions): Promise<number> {
  try {
    return await runBrowserHost(options);
  } catch (error) {
    if (error instanceof RemoteError) process.stderr.write(`${describeError(chooseLanguage(undefined, process.env), error)}\n`);
    else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') process.stderr.write(`${say.portTaken(options.port)}\n`);
    else throw error;
    return 1;
  }
}

const aborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }; // our own file
  return version;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { desk: { type: 'string' }, port: { type: 'string' }, 'no-open': { type: 'boolean' } } });
  const folder = values.desk ?? defaultDeskFolder();
  process.exitCode = await runHostOrSayWhyNot({
    folder, demo: false, port: Number(values.port ?? 0), open: values['no-open'] !== true, print: (line) => void process.stdout.write(`${line}\n`), signal: untilSignalled(),
  });
}
