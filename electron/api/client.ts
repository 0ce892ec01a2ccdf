// The caller's side of the contract, the same over every transport. No Node and no Electron in here: the renderer uses it too.
import type { CallName, Input, Output, StreamName, WireError } from './contract.ts';

/** Carries one request as JSON text. Failures are thrown as `RemoteError`. */
export interface Transport {
  call(name: string, body: string): Promise<string>;
  stream(name: string, body: string, signal?: AbortSignal): AsyncIterable<string>;
}

export interface Api {
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>;
  stream<K extends StreamName>(name: K, input: Input<K>, signal?: AbortSignal): AsyncIterable<Output<K>>;
}

/** A failure that crossed a wire: a code with facts, and a reference number when it was a bug. */
export class RemoteError extends Error {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly reference: string | undefined;
  constructor(error: WireError) {
    super(error.code);
    this.name = 'RemoteError';
    this.code = error.code;
    this.facts = error.facts;
    this.reference = error.reference;
  }
}

export function createApi(transport: Transport): Api {
  return {
    async call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> {
      return JSON.parse(await transport.call(name, JSON.stringify(input))) as Output<K>; // the other side answers by the same contract
    },
    async *stream<K extends StreamName>(name: K, input: Input<K>, signal?: AbortSignal): AsyncIterable<Output<K>> {
      for await (const text of transport.stream(name, JSON.stringify(input), signal)) yield JSON.parse(text) as Output<K>; // as above
    },
  };
}
