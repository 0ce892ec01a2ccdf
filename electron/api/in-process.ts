// The shortest wire there is: the dispatcher itself, with the same JSON text as on every other.
import { RemoteError, type Transport } from './client.ts';
import type { Dispatcher } from './dispatch.ts';

/** @returns A transport whose failures are `RemoteError`; text that is no JSON is `invalid-input`. */
export function transportOf(dispatcher: Dispatcher): Transport {
  const fail = (error: unknown): never => {
    throw error instanceof RemoteError ? error : new RemoteError(dispatcher.toWireError(error));
  };
  return {
    async call(name, body) {
      const input = parse(body);
      return textOf(await dispatcher.call(name, input).catch(fail));
    },
    async *stream(name, body, signal = new AbortController().signal) {
      const input = parse(body);
      try {
        for await (const event of dispatcher.stream(name, input, signal)) yield textOf(event);
      } catch (error) {
        fail(error);
      }
    },
  };
}

const textOf = (value: unknown): string => JSON.stringify(value ?? null);

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RemoteError({ code: 'invalid-input', facts: { fields: ['.: no JSON'] } });
  }
}
