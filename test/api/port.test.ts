import { describe, expect, test } from 'vitest';
import { RemoteError, type Transport } from '../../electron/api/client.ts';
import { answerOver, callThrough, PORT_WINDOW, type Port } from '../../electron/api/port.ts';

/** Two ends of a wire that copies what it carries and delivers later, as every real one does. */
function pair(): { asking: Port & { deliver: (message: unknown) => void }; answering: Port & { deliver: (message: unknown) => void }; sent: unknown[] } {
  const sent: unknown[] = [];
  const end = (other: () => { deliver: (message: unknown) => void }): Port & { deliver: (message: unknown) => void } => {
    const listeners: ((message: unknown) => void)[] = [];
    return {
      post: (message) => {
        sent.push(message);
        const copy: unknown = structuredClone(message);
        queueMicrotask(() => other().deliver(copy));
      },
      listen: (listener) => void listeners.push(listener),
      deliver: (message) => { for (const listener of listeners) listener(message); },
    };
  };
  const asking = end(() => answering);
  const answering = end(() => asking);
  return { asking, answering, sent };
}

const NOTHING: Transport = { call: async () => 'null', async *stream() { yield 'null'; } };
const later = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5); });

describe('a call over a port', () => {
  test('is answered, each its own, whatever order the answers come in', async () => {
    const { asking, answering } = pair();
    answerOver(answering, { ...NOTHING, call: async (name, body) => { if (name === 'slow') await later(); return `${name}:${body}`; } });
    const desk = callThrough(asking);
    expect(await Promise.all([desk.call('slow', '1'), desk.call('quick', '2'), desk.call('slow', '3')])).toEqual(['slow:1', 'quick:2', 'slow:3']);
  });

  test('fails with the code, facts and reference it failed with, and a bug says nothing of itself', async () => {
    const { asking, answering } = pair();
    answerOver(answering, { ...NOTHING, call: async (name) => { throw name === 'bug' ? new TypeError('/secret') : new RemoteError({ code: 'disk-full', facts: { path: 'x' }, reference: 'AB12CD34' }); } });
    const desk = callThrough(asking);
    await expect(desk.call('expected', '')).rejects.toMatchObject({ code: 'disk-full', facts: { path: 'x' }, reference: 'AB12CD34' });
    await expect(desk.call('bug', '')).rejects.toMatchObject({ code: 'internal', facts: {} });
  });

  test('fails when the other side is lost, the waiting one and the next', async () => {
    const { asking } = pair();
    const desk = callThrough(asking);
    const waiting = desk.call('desk.state', '{}');
    const stream = desk.stream('desk.changes', '{}')[Symbol.asyncIterator]();
    const next = stream.next();
    desk.lose({ code: 'desk-unreachable', facts: {} });
    await expect(waiting).rejects.toMatchObject({ code: 'desk-unreachable' });
    await expect(next).rejects.toMatchObject({ code: 'desk-unreachable' });
    await expect(desk.call('desk.state', '{}')).rejects.toMatchObject({ code: 'desk-unreachable' });
    await expect(desk.stream('desk.changes', '{}')[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'desk-unreachable' });
  });
});

describe('a stream over a port', () => {
  test('brings all events in order, many times the window', async () => {
    const { asking, answering } = pair();
    answerOver(answering, { ...NOTHING, async *stream(_name, body) { for (let count = 0; count < Number(body); count++) yield String(count); } });
    for (const length of [0, 1, PORT_WINDOW - 1, PORT_WINDOW, PORT_WINDOW * 10 + 3]) {
      const got: string[] = [];
      for await (const text of callThrough(asking).stream('numbers', String(length))) got.push(text);
      expect(got).toEqual(Array.from({ length }, (_, count) => String(count)));
    }
  });

  test('waits for a receiver that does not take, and goes on when it does', async () => {
    const { asking, answering } = pair();
    let made = 0;
    answerOver(answering, { ...NOTHING, async *stream() { for (; made < 500; made++) yield String(made); } });
    const events = callThrough(asking).stream('numbers', '')[Symbol.asyncIterator]();
    await events.next();
    await later();
    expect(made).toBeLessThanOrEqual(PORT_WINDOW + 1);
    let taken = 1;
    while ((await events.next()).done !== true) taken++;
    expect(taken).toBe(500);
  });

  test('is stopped at its source when the receiver aborts, and nothing more is delivered', async () => {
    const { asking, answering } = pair();
    let stopped = false;
    answerOver(answering, { ...NOTHING, async *stream(_name, _body, signal) {
      try {
        for (let count = 0; signal?.aborted !== true; count++) { yield String(count); await later(); }
      } finally {
        stopped = true;
      }
    } });
    const abort = new AbortController();
    const got: string[] = [];
    for await (const text of callThrough(asking).stream('numbers', '', abort.signal)) if (got.push(text) === 3) abort.abort();
    expect(got).toEqual(['0', '1', '2']);
    await expect.poll(() => stopped).toBe(true);
  });

  test('is stopped at its source when it is silent and the receiver aborts', async () => {
    const { asking, answering } = pair();
    let heard = false;
    answerOver(answering, { ...NOTHING, async *stream(_name, _body, signal) { await new Promise((resolve) => signal?.addEventListener('abort', resolve)); heard = true; yield ''; } });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 5);
    for await (const text of callThrough(asking).stream('changes', '', abort.signal)) expect.unreachable(text);
    await expect.poll(() => heard).toBe(true);
  });

  test('ends with its failure after the events before it', async () => {
    const { asking, answering } = pair();
    answerOver(answering, { ...NOTHING, async *stream() { yield '1'; throw new RemoteError({ code: 'vault-closed', facts: {} }); } });
    const got: string[] = [];
    const read = async (): Promise<void> => { for await (const text of callThrough(asking).stream('x', '')) got.push(text); };
    await expect(read()).rejects.toMatchObject({ code: 'vault-closed' });
    expect(got).toEqual(['1']);
  });

  test('aborted before it began is never opened', async () => {
    const { asking, sent } = pair();
    for await (const text of callThrough(asking).stream('x', '', AbortSignal.abort())) expect.unreachable(text);
    expect(sent).toEqual([]);
  });

  test('of an asker that is gone is stopped', async () => {
    const { asking, answering } = pair();
    let heard: AbortSignal | undefined;
    const end = answerOver(answering, { ...NOTHING, async *stream(_name, _body, signal) { heard = signal; yield '1'; await new Promise((resolve) => signal?.addEventListener('abort', resolve)); } });
    await callThrough(asking).stream('x', '')[Symbol.asyncIterator]().next();
    end.stop();
    expect(heard?.aborted).toBe(true);
  });
});

test('what is no message is dropped, and does not end the port', async () => {
  const { asking, answering } = pair();
  const asked: string[] = [];
  answerOver(answering, { ...NOTHING, call: async (name) => { asked.push(name); return '1'; } });
  const bad: unknown[] = [
    null, undefined, 1, 'call', [], {}, { id: 'a', kind: 'call', name: 'x', body: '' }, { id: 1, kind: 'call', name: {}, body: '' }, { id: 1, kind: 'open', name: 'x' },
    { id: 1.5, kind: 'call', name: 'x', body: '' }, { id: 1, kind: 'more', count: -1 }, { id: 1, kind: 'more' }, { id: 1, kind: 'other' }, { kind: 'close' },
  ];
  for (const message of bad) answering.deliver(message);
  expect(await callThrough(asking).call('good', '')).toBe('1');
  expect(asked).toEqual(['good']);
});
