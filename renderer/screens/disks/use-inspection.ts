// Looks into one disk: how far it is, what was found, and a way to break it off. A disk that does not answer is not waited for.
import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';

export type Inspected = Extract<Output<'volumes.inspect'>, { kind: 'done' }>;

export type Inspection =
  | { readonly status: 'running'; readonly searchedBytes: number; /** 0 until it is known. */ readonly ofBytes: number }
  | { readonly status: 'done'; readonly disk: Inspected }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly failure: unknown };

const BEGUN: Inspection = { status: 'running', searchedBytes: 0, ofBytes: 0 };

/** Inspects a disk or an image from when the path is given; `again` begins anew, `cancel` ends what runs, and so does leaving the page. */
export function useInspection(path: string): { readonly inspection: Inspection; readonly again: () => void; readonly cancel: () => void } {
  const api = useApi();
  const control = useRef<AbortController | null>(null);
  const [inspection, setInspection] = useState<Inspection>(BEGUN);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    control.current = stop;
    setInspection(BEGUN);
    void (async () => {
      const set = (next: Inspection): void => { if (control.current === stop) setInspection(next); };
      try {
        for await (const event of api.stream('volumes.inspect', { path }, stop.signal)) {
          if (stop.signal.aborted) break;
          set(event.kind === 'done' ? { status: 'done', disk: event } : { status: 'running', searchedBytes: event.searchedBytes, ofBytes: event.ofBytes });
        }
      } catch (failure) {
        if (!stop.signal.aborted) set({ status: 'failed', failure });
      }
    })();
    return () => {
      control.current = null;
      stop.abort();
    };
  }, [api, path, turn]);
  const cancel = (): void => {
    control.current?.abort();
    setInspection((before) => (before.status === 'running' ? { status: 'cancelled' } : before));
  };
  return { inspection, again: () => setTurn(turn + 1), cancel };
}
