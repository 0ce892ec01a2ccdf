import { describe, expect, test } from 'vitest';
import { RemoteError, type Transport } from '../../electron/api/client.ts';
import { connectOverHttp } from '../../electron/api/http-client.ts';
import { startServer, TOKEN } from './running-server.ts';

const streaming = (stream: Transport['stream']): Transport => ({ call: async () => '{}', stream });
const until = async (check: () => boolean): Promise<void> => {
  for (let waited = 0; !check(); waited += 10) {
    if (waited > 5000) throw new Error('it did not happen');
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
};

describe('a stream over HTTP', () => {
  test('brings every event in order, whatever characters it holds', async () => {
    const events = ['{"a":"Wiederherstellungsschlüssel \u2028 \\n\\n data: "}', '{"b":"𝔘"}', '[]'];
    await using server = await startServer(streaming(async function* () { yield* events; }));
    const got: string[] = [];
    for await (const text of connectOverHttp({ origin: server.origin, token: TOKEN }).stream('imports.run', '{}')) got.push(text);
    expect(got).toEqual(events);
  });

  test('ends with the failure of its procedure', async () => {
    await using server = await startServer(streaming(async function* () {
      yield '1';
      throw new RemoteError({ code: 'disk-full', facts: { path: 'x' } });
    }));
    const got: string[] = [];
    const read = async (): Promise<void> => { for await (const text of connectOverHttp({ origin: server.origin, token: TOKEN }).stream('media.build', '{}')) got.push(text); };
    await expect(read()).rejects.toMatchObject({ code: 'disk-full', facts: { path: 'x' } });
    expect(got).toEqual(['1']);
  });

  test('is stopped at its source when the page aborts it', async () => {
    let stopped = false;
    await using server = await startServer(streaming(async function* (_name, _body, signal) {
      try {
        for (let count = 0; signal?.aborted !== true; count++) {
          yield String(count);
          await new Promise((resolve) => { setTimeout(resolve, 5); });
        }
      } finally {
        stopped = true;
      }
    }));
    const abort = new AbortController();
    let last = '';
    for await (const text of connectOverHttp({ origin: server.origin, token: TOKEN }).stream('imports.run', '{}', abort.signal)) {
      last = text;
      if (text === '3') abort.abort();
    }
    expect(last).toBe('3');
    await until(() => stopped);
  });

  test('is stopped at its source when the page just goes away while nothing happens', async () => {
    let heard: AbortSignal | undefined;
    await using server = await startServer(streaming(async function* (_name, _body, signal) {
      heard = signal;
      yield '0';
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    }));
    for await (const _text of connectOverHttp({ origin: server.origin, token: TOKEN }).stream('desk.changes', '{}')) break;
    await until(() => heard?.aborted === true);
  });

  test('waits for a page that does not read', async () => {
    let made = 0;
    const event = JSON.stringify('x'.repeat(64 * 1024));
    await using server = await startServer(streaming(async function* () {
      for (; made < 2000; made++) yield event;
    }));
    const stop = new AbortController();
    const response = await fetch(`${server.origin}/stream/imports.run`, { method: 'POST', body: '{}', signal: stop.signal, headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' } });
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    const ahead = made;
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    expect(response.status).toBe(200);
    expect(made).toBe(ahead); // it stands still: buffers of both ends are full
    expect(ahead).toBeLessThan(1000);
    stop.abort();
  });

  test('that breaks off without an end is no end', async () => {
    const broken = await startServer(streaming(async function* () {
      yield '1';
      await new Promise(() => undefined);
    }));
    const read = async (): Promise<void> => {
      for await (const _text of connectOverHttp({ origin: broken.origin, token: TOKEN }).stream('desk.changes', '{}')) await broken[Symbol.asyncDispose]();
    };
    await expect(read()).rejects.toMatchObject({ code: 'desk-unreachable' });
  });
});

describe('a caller over HTTP', () => {
  test('is told that the desk was started anew, and that nobody is there', async () => {
    const server = await startServer(streaming(async function* () { yield '1'; }));
    await expect(connectOverHttp({ origin: server.origin, token: 'old' }).call('desk.state', '{}')).rejects.toMatchObject({ name: 'RemoteError', code: 'wrong-token' });
    await server[Symbol.asyncDispose]();
    await expect(connectOverHttp({ origin: server.origin, token: TOKEN }).call('desk.state', '{}')).rejects.toMatchObject({ name: 'RemoteError', code: 'desk-unreachable' });
  });
});
