// A desk server on 127.0.0.1 for one test: real HTTP, a hand-written application behind it.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '../../electron/api/client.ts';
import { createDeskServer } from '../../electron/http/desk-server.ts';
import { keepReceivedFiles, type ReceivedFiles } from '../../electron/http/received-files.ts';
import { issueTicket } from '../../electron/http/ticket.ts';
import type { PageFiles } from '../../electron/pages/page-files.ts';

export const TOKEN = 'token-of-this-start';

export interface RunningServer extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  readonly folder: string;
  readonly files: ReceivedFiles;
  readonly ticket: string;
  ask(request: Asked): Promise<Answered>;
}

export interface Asked { readonly method?: string; readonly path: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array }
export interface Answered { readonly status: number; readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly text: string }

const page = (text: string, type: string) => ({ type, bytes: new Uint8Array(Buffer.from(text)) });
const PAGES: PageFiles = new Map([['/', page('<!doctype html>', 'text/html; charset=utf-8')], ['/assets/main.js', page('export {}', 'text/javascript; charset=utf-8')]]);

export async function startServer(transport: Transport, wrap: (transport: Transport, files: ReceivedFiles) => Transport = (same) => same): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-http-'));
  mkdirSync(folder, { recursive: true });
  const files = keepReceivedFiles(join(folder, 'received'));
  const ticket = issueTicket(TOKEN);
  const server = createDeskServer({ transport: wrap(transport, files), token: TOKEN, redeem: ticket.redeem, pages: PAGES, files });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    origin: `http://127.0.0.1:${port}`, port, folder, files, ticket: ticket.text,
    ask: (asked) => ask(port, asked),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A request as our page sends it; what a test names takes the place of that. An empty header is left out. */
export const fromOurPage = (port: number, headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries({
    host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}`, authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers,
  }).filter(([, value]) => value !== ''));

/** Node's own client, because fetch forbids setting Host and cleans paths. */
async function ask(port: number, { method = 'POST', path, headers = fromOurPage(port), body = '{}' }: Asked): Promise<Answered> {
  const sent = request({ host: '127.0.0.1', port, method, path, headers, setHost: false });
  sent.on('error', () => undefined); // a refused body breaks the sending; the answer counts
  sent.end(method === 'GET' || method === 'HEAD' ? undefined : body);
  const [response] = await once(sent, 'response') as [import('node:http').IncomingMessage]; // what the event carries
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}
