// A stream of the contract as server-sent events: one line of data an event, `end` or `error` last, no faster than the page reads.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { toWire } from '../api/wire-error.ts';

/**
 * Sends events until they end, fail, or the page goes away; then the source is told to stop.
 *
 * @param open  Starts the source; gets the signal that ends it. Its events are JSON text without line breaks.
 */
export async function sendEvents(response: ServerResponse, open: (signal: AbortSignal) => AsyncIterable<string>): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  try {
    for await (const text of open(gone.signal)) {
      if (gone.signal.aborted) return;
      if (!response.write(`event: next\ndata: ${text}\n\n`)) await drained(response, gone.signal);
    }
    response.end('event: end\ndata: \n\n');
  } catch (error) {
    response.end(`event: error\ndata: ${JSON.stringify(toWire(error))}\n\n`);
  }
}

async function drained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  await once(response, 'drain', { signal: gone }).catch(() => undefined); // aborted: the loop sees it
}
