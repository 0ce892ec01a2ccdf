// The desk on 127.0.0.1: page files for anyone on this machine, everything else for whoever holds the token.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Transport } from '../api/client.ts';
import type { WireError } from '../api/contract.ts';
import { toWire } from '../api/wire-error.ts';
import type { PageFiles } from '../pages/page-files.ts';
import { PAGE_HEADERS } from '../pages/page-headers.ts';
import { sendEvents } from './event-stream.ts';
import { FILE_PURPOSES, type ReceivedFiles } from './received-files.ts';
import { readBody } from './request-body.ts';
import { isOurHost, refuse, refusePlace } from './request-guard.ts';

export interface DeskServerOptions {
  readonly transport: Transport;
  /** Secret of this start. */
  readonly token: string;
  /** Gives the token for the ticket the page was opened with. */
  readonly redeem: (ticket: string) => string | null;
  readonly pages: PageFiles;
  readonly files: ReceivedFiles;
}

/** What a code is in HTTP; a refusal the field knows is 409. The code in the body is what counts. */
const STATUS: Readonly<Record<string, number>> = {
  'invalid-input': 400, 'wrong-token': 401, 'not-signed-in': 403, 'not-allowed': 403, 'not-found': 404, 'vault-closed': 423, internal: 500, 'desk-unreachable': 503, 'disk-full': 507,
};

/** @returns A server that does not listen yet. It must listen on 127.0.0.1 and nowhere else. */
export function createDeskServer(options: DeskServerOptions): Server {
  const server = createServer((request, response) => {
    serve(options, request, response).catch(() => response.destroy()); // every expected failure has been answered by then
  });
  server.requestTimeout = 0; // a base of 6 GB may take its time; nobody but this machine can connect
  return server;
}

async function serve({ transport, token, redeem, pages, files }: DeskServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
  const port = request.socket.localPort ?? 0;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://desk');
  if (pathname === '/ticket') return serveTicket(redeem, request, response, port);
  const [, way = '', name = ''] = /^\/(call|stream|upload)\/([\w.-]{1,64})$/.exec(pathname) ?? [];
  if (way === '') return servePage(pages, pathname, request, response, port);

  const refusal = refuse(request.headers, port, token);
  if (refusal === 'wrong-token') return fail(request, response, { code: 'wrong-token', facts: {} });
  if (refusal !== null) return fail(request, response, { code: 'not-allowed', facts: { because: refusal } });
  if (request.method !== 'POST') return fail(request, response, { code: 'not-allowed', facts: { because: 'method' } }, 405);
  const type = way === 'upload' ? 'application/octet-stream' : 'application/json';
  if (request.headers['content-type'] !== type) return fail(request, response, { code: 'invalid-input', facts: { contentType: type } }, 415);

  try {
    if (way === 'upload') {
      const purpose = FILE_PURPOSES.find((known) => known === name);
      if (purpose === undefined) return fail(request, response, { code: 'not-found', facts: { purpose: name } });
      return sendJson(response, 200, JSON.stringify(await files.receive(request, purpose, searchParams.get('name') ?? '')));
    }
    const body = await readBody(request);
    if (way === 'stream') return await sendEvents(response, (signal) => transport.stream(name, body, signal));
    return sendJson(response, 200, await transport.call(name, body));
  } catch (error) {
    const wire = toWire(error);
    fail(request, response, wire, 'largestBytes' in wire.facts ? 413 : undefined);
  }
}

function serveTicket(redeem: DeskServerOptions['redeem'], request: IncomingMessage, response: ServerResponse, port: number): void {
  const refusal = refusePlace(request.headers, port);
  if (refusal !== null) return fail(request, response, { code: 'not-allowed', facts: { because: refusal } });
  if (request.method !== 'POST') return fail(request, response, { code: 'not-allowed', facts: { because: 'method' } }, 405);
  const token = redeem(/^Ticket (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
  if (token === null) return fail(request, response, { code: 'wrong-token', facts: {} });
  sendJson(response, 200, JSON.stringify({ token }));
}

function servePage(pages: PageFiles, path: string, request: IncomingMessage, response: ServerResponse, port: number): void {
  if (!isOurHost(request.headers.host, port)) return fail(request, response, { code: 'not-allowed', facts: { because: 'foreign-host' } });
  if (request.method !== 'GET' && request.method !== 'HEAD') return fail(request, response, { code: 'not-allowed', facts: { because: 'method' } }, 405);
  const page = pages.get(path);
  if (page === undefined) return fail(request, response, { code: 'not-found', facts: { path: path.slice(0, 128) } });
  response.writeHead(200, { 'content-type': page.type, 'content-length': page.bytes.length });
  response.end(request.method === 'HEAD' ? undefined : page.bytes);
}

function fail(request: IncomingMessage, response: ServerResponse, error: WireError, status = STATUS[error.code] ?? 409): void {
  // What is left of the body is not read: the connection ends with the answer.
  if (!request.complete) response.setHeader('connection', 'close');
  sendJson(response, status, JSON.stringify(error));
}

function sendJson(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
