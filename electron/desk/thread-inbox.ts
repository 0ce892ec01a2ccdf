// What a thread says, in its order, for whoever asks when they are ready for it.
import type { Worker } from 'node:worker_threads';

interface Patience { readonly signal: AbortSignal; readonly withinMs: number }

export interface ThreadInbox<T> {
  /** @returns What comes next. Throws what the thread failed with, or that it ended. */
  next(): Promise<T>;
  /** The same; null when `signal` is aborted or `withinMs` are over first. */
  next(until: Patience): Promise<T | null>;
  /** Takes out what nobody asked for. */
  rest(): T[];
}

/** @param what The thread reads, for the error when it ends too soon. */
export function openInbox<T>(worker: Worker, what: string): ThreadInbox<T> {
  const said: T[] = [];
  const state: { ended: boolean; failure: Error | null } = { ended: false, failure: null };
  let wake = (): void => undefined;
  worker.on('message', (part: T) => { said.push(part); wake(); });
  worker.on('error', (failure) => { state.failure = failure instanceof Error ? failure : new Error(String(failure)); wake(); });
  worker.on('exit', () => { state.ended = true; wake(); });
  function next(): Promise<T>;
  function next(until: Patience): Promise<T | null>;
  async function next(until?: Patience): Promise<T | null> {
    const stop = (): void => wake();
    let isLate = false;
    until?.signal.addEventListener('abort', stop);
    const late = until === undefined ? undefined : setTimeout(() => { isLate = true; wake(); }, until.withinMs);
    try {
      for (;;) {
        if (until?.signal.aborted === true) return null;
        const part = said.shift();
        if (part !== undefined) return part;
        if (state.failure !== null) throw state.failure;
        if (state.ended) throw new Error(`the thread that reads ${what} ended before they did`);
        if (isLate) return null;
        await new Promise<void>((resolve) => { wake = resolve; });
      }
    } finally {
      clearTimeout(late);
      until?.signal.removeEventListener('abort', stop);
    }
  }
  return { next, rest: () => said.splice(0) };
}
