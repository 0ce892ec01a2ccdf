// Makes a report and saves it as a file; its toast says under which name. One at a time, and it can be broken off.
import { useEffect, useRef, useState } from 'react';
import type { Input, Output } from '../electron/api/contract.ts';
import { useApi } from './desk.tsx';
import { useMessages } from './preferences.tsx';
import { saveBytes, saveText } from './save-table.ts';
import { useToast } from './toast.tsx';
import { useAct } from './use-act.ts';

type Event = Output<'reports.make'>;
type Step = Extract<Event, { kind: 'progress' }>['step'];

export interface MakeReport extends Pick<ReturnType<typeof useAct>, 'busy' | 'failure'> {
  /** What it is at; null until it has taken longer than a moment. */
  readonly step: Step | null;
  readonly make: (order: Input<'reports.make'>) => void;
  readonly cancel: () => void;
}

const MOMENT_MS = 500;

/** @returns An act that makes a report and hands it over as a file. Leaving the page ends it. */
export function useMakeReport(): MakeReport {
  const m = useMessages();
  const api = useApi();
  const toast = useToast();
  const control = useRef<AbortController | null>(null);
  const [step, setStep] = useState<Step>('reading');
  const [isLong, setLong] = useState(false);
  const { run, busy, failure } = useAct();
  useEffect(() => () => control.current?.abort(), []);
  useEffect(() => {
    if (!busy) return setLong(false);
    const timer = setTimeout(() => setLong(true), MOMENT_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  const make = (order: Input<'reports.make'>): void => run(async () => {
    const stop = new AbortController();
    control.current = stop;
    const pieces: string[] = [];
    for await (const event of api.stream('reports.make', order, stop.signal)) {
      if (stop.signal.aborted) return;
      if (event.kind === 'progress') setStep(event.step);
      else if (event.kind === 'piece') pieces.push(event.content);
      else save(event, pieces);
    }
  });
  const save = (report: Extract<Event, { kind: 'done' }>, pieces: readonly string[]): void => {
    if (report.encoding === 'base64') saveBytes(report.name, bytesOf(pieces), report.type);
    else saveText(report.name, pieces.join(''), report.type);
    toast({ text: m.reports.made(report.name) });
  };
  return { make, busy, failure, step: busy && isLong ? step : null, cancel: () => control.current?.abort() };
}

const bytesOf = (pieces: readonly string[]): Uint8Array<ArrayBuffer> => Uint8Array.from(pieces.map((piece) => atob(piece)).join(''), (sign) => sign.charCodeAt(0));
