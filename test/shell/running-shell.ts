// The built application under Electron (or its stand-in, the specs can not tell), on a desk of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';

export const ROOT = join(import.meta.dirname, '../..');
export const PASSPHRASE = 'constructed for a test';

export interface RunningShell extends AsyncDisposable {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly folder: string;
  /** Ends the application and starts it anew on the same desk. */
  restart(): Promise<void>;
}

export async function startShell(): Promise<RunningShell> {
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-shell-'));
  let { app, page } = await launch(folder);
  return {
    get app() { return app; },
    get page() { return page; },
    folder,
    async restart() {
      await app.close();
      ({ app, page } = await launch(folder));
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export async function launch(folder: string): Promise<{ app: ElectronApplication; page: Page }> {
  const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('VITEST') && entry[0] !== 'NODE_OPTIONS'));
  const app = await _electron.launch({ args: ['.', `--desk=${folder}`], cwd: ROOT, env: environment });
  const page = await app.firstWindow();
  await page.locator('#root input, #root button').first().waitFor();
  return { app, page };
}

export interface Reply { readonly kind: string; readonly body: string }

/**
 * Speaks over the bridge as the page's own transport does, with numbers of its own.
 *
 * @param events Replies after which a stream is closed; it is read to its end when left out.
 */
export function ask(page: Page, kind: 'call' | 'open', name: string, input: unknown, events = Infinity): Promise<Reply[]> {
  return page.evaluate(async ([kind, name, body, events]) => {
    const bridge = (window as unknown as { bluelift: { send(message: unknown): void; subscribe(listener: (message: { id: number; kind: string; body: string }) => void): void } }).bluelift; // what the preload exposes
    const id = 1_000_000 + Math.floor(Math.random() * 1e9);
    const replies: { kind: string; body: string }[] = [];
    await new Promise<void>((resolve) => {
      bridge.subscribe((reply) => {
        if (reply.id !== id) return;
        replies.push({ kind: reply.kind, body: reply.body });
        if (reply.kind === 'next') bridge.send({ id, kind: 'more', count: 1 });
        if (reply.kind !== 'next') resolve();
        else if (replies.length >= events) {
          bridge.send({ id, kind: 'close' });
          resolve();
        }
      });
      bridge.send({ id, kind, name, body });
    });
    return replies;
  }, [kind, name, JSON.stringify(input), events === Infinity ? 1e9 : events] as const);
}

/** @returns The answer of a call. Throws when it failed. */
export async function call(page: Page, name: string, input: unknown = {}): Promise<unknown> {
  const [reply] = await ask(page, 'call', name, input);
  if (reply?.kind !== 'answer') throw new Error(`${name}: ${reply?.body}`);
  return JSON.parse(reply.body);
}

export const createDesk = (page: Page): Promise<unknown> => call(page, 'desk.create', { operatorName: 'Ada', passphrase: PASSPHRASE, recoverySheet: false });
