// One test at a time: its progress, what came of it, and a way to end it. Nothing secret stays here.
import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';

export type Tested = Extract<Output<'volumes.test'>, { kind: 'done' }>['tested'][number];

export interface VolumeTest {
  readonly running: boolean;
  readonly share: number;
  readonly keyProtectorId: string | null;
  /** Null before the first test. */
  readonly by: 'typed' | 'stored' | null;
  readonly done: boolean;
  readonly tested: readonly Tested[];
  readonly failure: unknown;
  /** @param recoveryPassword Typed, secret; absent: every key record whose ID is on the disk. */
  readonly begin: (recoveryPassword?: string) => void;
  readonly cancel: () => void;
}

const NOT_BEGUN = { running: false, share: 0, keyProtectorId: null, by: null, done: false, tested: [], failure: null } as const;

export function useVolumeTest(path: string): VolumeTest {
  const api = useApi();
  const control = useRef<AbortController | null>(null);
  const [state, setState] = useState<Omit<VolumeTest, 'begin' | 'cancel'>>(NOT_BEGUN);
  useEffect(() => () => control.current?.abort(), []);
  const begin = (recoveryPassword?: string): void => {
    control.current?.abort();
    const stop = new AbortController();
    control.current = stop;
    setState({ ...NOT_BEGUN, running: true, by: recoveryPassword === undefined ? 'stored' : 'typed' });
    void (async () => {
      try {
        for await (const event of api.stream('volumes.test', { path, ...(recoveryPassword === undefined ? {} : { recoveryPassword }) }, stop.signal)) {
          if (stop.signal.aborted) break;
          if (event.kind === 'searching') continue; // the disk was read a moment ago, and is not slow
          if (event.kind === 'progress') setState((before) => ({ ...before, share: event.share, keyProtectorId: event.keyProtectorId }));
          else setState((before) => ({ ...before, running: false, done: true, tested: event.tested }));
        }
        if (stop.signal.aborted && control.current === stop) setState(NOT_BEGUN);
      } catch (failure) {
        if (control.current === stop) setState(stop.signal.aborted ? NOT_BEGUN : (before) => ({ ...before, running: false, failure }));
      }
    })();
  };
  return { ...state, begin, cancel: () => control.current?.abort() };
}
