// One wire as messages between two processes: window and main, main and worker. The same two functions on every such pair.
// No Node and no Electron in here: the renderer uses it too.
import { RemoteError, type Transport } from './client.ts';
import type { WireError } from './contract.ts';
import { toWire } from './wire-error.ts';

export type PortRequest =
  | { readonly id: number; readonly kind: 'call' | 'open'; readonly name: string; readonly body: string }
  /** The receiver has taken `count` events: as many more may be sent. */
  | { readonly id: number; readonly kind: 'more'; readonly count: number }
  | { readonly id: number; readonly kind: 'close' };

export interface PortReply { readonly id: number; readonly kind: 'answer' | 'next' | 'end' | 'error'; readonly body: string }

/** One end of a pair. What comes in is untrusted until `isReply` or `isRequest` has looked at it. */
export interface Port {
  post(message: PortRequest | PortReply): void;
  listen(listener: (message: unknown) => void): void;
}

export interface PortTransport extends Transport {
  /** Fails everything that waits and everything asked later: the other side is gone. */
  lose(error: WireError): void;
}

/** Events a sender may be ahead of its receiver. */
export const PORT_WINDOW = 32;
const GRANT = PORT_WINDOW / 2;

/**
 * The asking end.
 *
 * @returns A transport whose failures are `RemoteError`. A stream whose signal is aborted ends without an error, and the
 *          other side is told; what it still had to say is not delivered.
 */
export function callThrough(port: Port): PortTransport {
  let lastId = 0;
  let gone: WireError | undefined;
  const waiting = new Map<number, (reply: PortReply) => void>();
  port.listen((message) => {
    if (isReply(message)) waiting.get(message.id)?.(message);
  });

  return {
    call(name, body) {
      if (gone !== undefined) return Promise.reject(new RemoteError(gone));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, (reply) => {
          waiting.delete(id);
          if (reply.kind === 'answer') resolve(reply.body);
          else reject(errorOf(reply));
        });
        port.post({ id, kind: 'call', name, body });
      });
    },

    async *stream(name, body, signal) {
      if (gone !== undefined) throw new RemoteError(gone);
      const aborted = (): boolean => signal?.aborted === true;
      if (aborted()) return;
      const id = ++lastId;
      const queue: PortReply[] = [];
      let wake = (): void => undefined;
      const onAbort = (): void => wake();
      signal?.addEventListener('abort', onAbort);
      waiting.set(id, (reply) => {
        queue.push(reply);
        wake();
      });
      port.post({ id, kind: 'open', name, body });
      let over = false;
      try {
        for (let taken = 1; ; taken++) {
          while (queue.length === 0 && !aborted()) await new Promise<void>((resolve) => { wake = resolve; });
          const reply = queue.shift();
          if (reply === undefined || aborted()) return;
          over = reply.kind !== 'next';
          if (reply.kind === 'end') return;
          if (reply.kind !== 'next') throw errorOf(reply);
          yield reply.body;
          if (taken % GRANT === 0) port.post({ id, kind: 'more', count: GRANT });
        }
      } finally {
        waiting.delete(id);
        signal?.removeEventListener('abort', onAbort);
        if (!over) port.post({ id, kind: 'close' });
      }
    },

    lose(error) {
      gone = error;
      const body = JSON.stringify(error);
      for (const [id, take] of [...waiting]) take({ id, kind: 'error', body });
    },
  };
}

/**
 * The answering end: serves a transport to whoever holds the other end. Never throws; a message that is none is dropped.
 *
 * @returns `stop` aborts every open stream and answers nothing any more (the asker is gone).
 */
export function answerOver(port: Port, transport: Transport): { stop(): void } {
  let stopped = false;
  const streams = new Map<number, { readonly abort: AbortController; allowed: number; wake: () => void }>();
  const reply = (id: number, kind: PortReply['kind'], body: string): void => {
    if (!stopped) port.post({ id, kind, body });
  };

  async function answer(id: number, name: string, body: string): Promise<void> {
    try {
      reply(id, 'answer', await transport.call(name, body));
    } catch (error) {
      reply(id, 'error', JSON.stringify(toWire(error)));
    }
  }

  async function send(id: number, name: string, body: string): Promise<void> {
    const stream = { abort: new AbortController(), allowed: PORT_WINDOW, wake: (): void => undefined };
    const { signal } = stream.abort;
    streams.set(id, stream);
    signal.addEventListener('abort', () => stream.wake());
    try {
      for await (const text of transport.stream(name, body, signal)) {
        while (stream.allowed === 0 && !signal.aborted) await new Promise<void>((resolve) => { stream.wake = resolve; });
        if (signal.aborted) return;
        stream.allowed -= 1;
        reply(id, 'next', text);
      }
      if (!signal.aborted) reply(id, 'end', '');
    } catch (error) {
      if (!signal.aborted) reply(id, 'error', JSON.stringify(toWire(error)));
    } finally {
      streams.delete(id);
    }
  }

  port.listen((message) => {
    if (stopped || !isRequest(message)) return;
    const stream = streams.get(message.id);
    switch (message.kind) {
      case 'call': return void answer(message.id, message.name, message.body);
      case 'open': return void (stream === undefined && send(message.id, message.name, message.body));
      case 'more': {
        if (stream === undefined) return;
        stream.allowed = Math.min(PORT_WINDOW, stream.allowed + message.count);
        return stream.wake();
      }
      case 'close': return stream?.abort.abort();
      default: return message satisfies never;
    }
  });

  return {
    stop() {
      stopped = true;
      for (const stream of streams.values()) stream.abort.abort();
    },
  };
}

const errorOf = (reply: PortReply): RemoteError => new RemoteError(JSON.parse(reply.body) as WireError); // the other end wrote it with toWire

function isReply(message: unknown): message is PortReply {
  const { id, kind, body } = fieldsOf(message);
  return typeof id === 'number' && typeof body === 'string' && (kind === 'answer' || kind === 'next' || kind === 'end' || kind === 'error');
}

function isRequest(message: unknown): message is PortRequest {
  const { id, kind, name, body, count } = fieldsOf(message);
  if (!Number.isSafeInteger(id)) return false;
  if (kind === 'call' || kind === 'open') return typeof name === 'string' && typeof body === 'string';
  return kind === 'close' || (kind === 'more' && Number.isSafeInteger(count) && Number(count) > 0);
}

function fieldsOf(message: unknown): Readonly<Record<string, unknown>> {
  return typeof message === 'object' && message !== null ? (message as Readonly<Record<string, unknown>>) : {}; // fields are checked one by one
}
