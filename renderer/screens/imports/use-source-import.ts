// One import from a live source at a time: what it says while it runs, and where its report is afterwards.
import { useRef, useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAtWork } from '../../use-at-work.ts';
import { useImports } from './imports-context.ts';
import { useSayEnded } from './use-say-ended.ts';

type Event = Output<'tenants.import'>; // the one of a directory says nothing else
type Told<K extends Event['kind']> = Extract<Event, { kind: K }>;

export interface SourceImport {
  readonly running: boolean;
  readonly progress: Told<'progress'> | null;
  readonly code: Told<'device-code'> | null;
  readonly listed: Told<'listed'> | null;
  /** May be over already. */
  readonly waiting: Told<'waiting'> | null;
  readonly cancelled: boolean;
  readonly failure: unknown;
  readonly start: (open: (signal: AbortSignal) => AsyncIterable<Event>) => void;
  readonly stop: () => void;
}

const NOTHING = { progress: null, code: null, listed: null, waiting: null, cancelled: false, failure: null } as const;

/** Goes on while another screen is in sight. */
export const useSourceImport = (): SourceImport => useImports().source;

/** The report opens by itself at the end; a source that could not be signed in to leaves a failure and no report. */
export function useSourceRun(): SourceImport {
  const say = useSayEnded('sources');
  const control = useRef<AbortController | null>(null);
  const [running, setRunning] = useState(false);
  useAtWork(running);
  const [told, setTold] = useState<Omit<SourceImport, 'running' | 'start' | 'stop'>>(NOTHING);
  const start = (open: (signal: AbortSignal) => AsyncIterable<Event>): void => {
    const { signal } = (control.current = new AbortController());
    setRunning(true);
    setTold(NOTHING);
    void (async () => {
      try {
        for await (const event of open(signal)) {
          switch (event.kind) {
            case 'progress': setTold((before) => ({ ...before, progress: event, code: null })); break;
            case 'device-code': setTold((before) => ({ ...before, code: event })); break;
            case 'listed': setTold((before) => ({ ...before, listed: event })); break;
            case 'waiting': setTold((before) => ({ ...before, waiting: event })); break;
            case 'done': say.ended(event); break;
            case 'file': break;
            default: event satisfies never;
          }
        }
        if (signal.aborted) setTold({ ...NOTHING, cancelled: true });
      } catch (failure) {
        setTold(signal.aborted ? { ...NOTHING, cancelled: true } : { ...NOTHING, failure });
        if (!signal.aborted) say.failed(failure);
      }
      setRunning(false);
    })();
  };
  return { ...told, running, start, stop: () => control.current?.abort() };
}
