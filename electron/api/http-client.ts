// The asking end over loopback HTTP: POST with a bearer token, streams as server-sent events read from fetch. For page and tests alike.
import { RemoteError, type Transport } from './client.ts';
import type { WireError } from './contract.ts';

export interface HttpAddress {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Secret of this start of the desk, or its being fetched. Goes into a header, never into a URL. */
  readonly token: string | Promise<string>;
}

export interface ReceivedFile { readonly path: string; readonly name: string; readonly sizeBytes: number }

export interface HttpTransport extends Transport {
  /** Copies a file to the desk's private folder for received files. */
  upload(purpose: string, file: Blob, name: string, signal?: AbortSignal): Promise<ReceivedFile>;
}

/**
 * @returns A transport whose failures are `RemoteError`: those of the desk, `wrong-token` (the desk was started anew),
 *          and `desk-unreachable` (nobody listens there any more). An aborted stream ends without an error.
 */
export function connectOverHttp({ origin, token }: HttpAddress): HttpTransport {
  async function post(path: string, body: string | Blob, type: string, signal?: AbortSignal): Promise<Response> {
    const request: RequestInit = { method: 'POST', body, headers: { authorization: `Bearer ${await token}`, 'content-type': type }, ...(signal === undefined ? {} : { signal }) };
    const response = await fetch(`${origin}${path}`, request).catch(unreachable);
    if (!response.ok) throw new RemoteError(await readError(response));
    return response;
  }

  return {
    async call(name, body) {
      const response = await post(`/call/${encodeURIComponent(name)}`, body, 'application/json');
      return response.text().catch(unreachable);
    },

    async *stream(name, body, signal) {
      const stop = new AbortController();
      const onAbort = (): void => stop.abort();
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted === true) stop.abort();
      try {
        const response = await post(`/stream/${encodeURIComponent(name)}`, body, 'application/json', stop.signal);
        for await (const { event, data } of framesOf(response)) {
          if (signal?.aborted === true || event === 'end') return;
          if (event === 'error') throw new RemoteError(JSON.parse(data) as WireError); // the desk wrote it
          yield data;
        }
        throw new RemoteError({ code: 'desk-unreachable', facts: {} }); // every stream says its end; this one broke off
      } catch (error) {
        if (signal?.aborted === true) return;
        throw error;
      } finally {
        signal?.removeEventListener('abort', onAbort);
        stop.abort();
      }
    },

    async upload(purpose, file, name, signal) {
      const path = `/upload/${encodeURIComponent(purpose)}?name=${encodeURIComponent(name)}`;
      const response = await post(path, file, 'application/octet-stream', signal);
      return (await response.json()) as ReceivedFile; // the desk wrote it
    },
  };
}

/**
 * Gets the token for the ticket a browser was started with; a ticket is good once.
 *
 * @returns The token. RemoteError `wrong-token` (used, or too late), `desk-unreachable`.
 */
export async function redeemTicket(origin: string, ticket: string): Promise<string> {
  const response = await fetch(`${origin}/ticket`, { method: 'POST', headers: { authorization: `Ticket ${ticket}` } }).catch(unreachable);
  if (!response.ok) throw new RemoteError(await readError(response));
  const { token } = (await response.json()) as { readonly token: string }; // the desk wrote it
  return token;
}

/** Reads `event:` and `data:` of server-sent events; every event here is one line of data. */
async function* framesOf(response: Response): AsyncIterable<{ event: string; data: string }> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(unreachable);
      if (done) return;
      text += value;
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        // By line feeds alone: JSON may hold U+2028, which a pattern's `.` and `$` take for the end of a line.
        const field = (name: string): string => frame.split('\n').find((line) => line.startsWith(name))?.slice(name.length) ?? '';
        yield { event: field('event: '), data: field('data: ') };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined); // already closed
  }
}

async function readError(response: Response): Promise<WireError> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body ? (body as WireError) : { code: 'internal', facts: { status: response.status } };
}

function unreachable(cause: unknown): never {
  throw new RemoteError({ code: 'desk-unreachable', facts: { cause: cause instanceof Error ? cause.name : 'unknown' } });
}
