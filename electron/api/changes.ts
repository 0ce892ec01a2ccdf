// Who changed what, told to every screen that listens. Bursts are gathered: a listener hears at most four times a second.
import type { ChangedThing } from '../core/desk.ts';

export interface Changes {
  tell(...things: readonly ChangedThing[]): void;
  /** Ends when the signal aborts. */
  listen(signal: AbortSignal): AsyncIterable<{ changed: ChangedThing[] }>;
}

const GATHER_MS = 250;

export function createChanges(): Changes {
  const listeners = new Set<(things: readonly ChangedThing[]) => void>();
  return {
    tell(...things) {
      for (const listener of listeners) listener(things);
    },
    async *listen(signal) {
      const gathered = new Set<ChangedThing>();
      let wake = (): void => {};
      const listener = (things: readonly ChangedThing[]): void => {
        for (const thing of things) gathered.add(thing);
        wake();
      };
      const stop = (): void => wake();
      listeners.add(listener);
      signal.addEventListener('abort', stop);
      try {
        while (!signal.aborted) {
          if (gathered.size === 0) {
            await new Promise<void>((resolve) => { wake = resolve; });
            continue;
          }
          const changed = [...gathered];
          gathered.clear();
          yield { changed };
          await new Promise<void>((resolve) => { const timer = setTimeout(resolve, GATHER_MS); wake = () => { if (signal.aborted) { clearTimeout(timer); resolve(); } }; });
          wake = () => {};
        }
      } finally {
        listeners.delete(listener);
        signal.removeEventListener('abort', stop);
      }
    },
  };
}
