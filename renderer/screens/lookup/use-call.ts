// The call a person is in: opened with the first thing entered, kept with every further one.
import { useCallback, useEffect, useRef, useState } from 'react';
import { RemoteError } from '../../../electron/api/client.ts';
import type { Input, Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';
import type { SheetCall } from './use-sheet.ts';

const withCall = (callId: number | undefined): { callId?: number } => (callId === undefined ? {} : { callId });

/** As the desk says it of an entry that comes too late. */
const endOf = ({ callId, outcome, keyRecordId, endedBy }: SheetCall): RemoteError | null => (outcome === null ? null : new RemoteError({ code: 'not-in-this-state', facts: { callId, state: outcome, endedBy: endedBy ?? '', ...(keyRecordId === null ? { laps: true } : {}) } }));

/** What is being typed is kept once it stands still for this long, or is left. */
const STANDS_STILL_MS = 400;

type Entries = Omit<Input<'calls.save'>, 'callId' | 'keyRecordId' | 'hostId'>;
/** What the call is about: a key record, or a host whose LAPS password is wanted. */
export type CallAbout = { readonly keyRecordId: number } | { readonly hostId: number };

export interface CallInHand {
  /** Saves without being waited for; `keepSoon` while somebody still types. */
  readonly keep: (entries: Entries) => void; readonly keepSoon: (entries: Entries) => void;
  /** Answers the sheet. */
  readonly save: (entries: Entries) => Promise<Output<'calls.save'>>;
  /** The failure that said the call has been ended meanwhile, in another window or on the open list. Until `anew` it takes nothing more. */
  readonly ended: RemoteError | null;
  /** Hears a failure that may be that one. */
  readonly hear: (failure: unknown) => void;
  /** What is saved next begins another call. */
  readonly anew: () => void;
}

/**
 * @param resumed A call that was begun before and goes on, or is over: then what is entered begins another. @param onBegun Hears which call the first entry has begun, perhaps after the sheet was left.
 * @returns Entries are saved one after another, so that a call is opened once. Wherever the sheet is left, and however, what was typed until then is kept.
 */
export function useCall(about: CallAbout, resumed: SheetCall | undefined, onBegun?: (callId: number) => void): CallInHand {
  const api = useApi();
  const last = useRef<Promise<Output<'calls.save'> | null>>(Promise.resolve(null));
  const begun = useRef(onBegun);
  begun.current = onBegun;
  /** The call that goes on; none once it was ended elsewhere and another begins. */
  const goesOn = useRef(resumed?.callId);
  const [ended, setEnded] = useState<RemoteError | null>(resumed === undefined ? null : endOf(resumed));
  const hear = useCallback((failure: unknown): void => {
    if (failure instanceof RemoteError && failure.code === 'not-in-this-state' && failure.facts['callId'] !== undefined) setEnded(failure);
  }, []);
  const anew = useCallback((): void => {
    last.current = Promise.resolve(null);
    goesOn.current = undefined;
    setEnded(null);
  }, []);
  const typed = useRef<{ entries: Entries; timer: ReturnType<typeof setTimeout> | undefined }>({ entries: {}, timer: undefined });
  const save = useCallback((given: Entries): Promise<Output<'calls.save'>> => {
    clearTimeout(typed.current.timer);
    const entries = { ...typed.current.entries, ...given };
    typed.current = { entries: {}, timer: undefined };
    const saved = last.current.then((call) => api.call('calls.save', { ...entries, ...about, ...withCall(call?.callId ?? goesOn.current) }));
    const before = last.current;
    last.current = saved.catch(() => before);
    const isOwn = goesOn.current === undefined;
    void saved.then(({ callId }) => { if (isOwn) begun.current?.(callId); }, hear);
    return saved;
  }, [api, hear, 'keyRecordId' in about ? about.keyRecordId : -about.hostId]); // its number: the object is a new one each time
  const keep = useCallback((entries: Entries): void => { void save(entries).catch(() => undefined); }, [save]);
  const keepTyped = useCallback((): void => { if (typed.current.timer !== undefined) keep({}); }, [keep]);
  const keepSoon = useCallback((entries: Entries): void => {
    clearTimeout(typed.current.timer);
    typed.current = { entries: { ...typed.current.entries, ...entries }, timer: setTimeout(keepTyped, STANDS_STILL_MS) };
  }, [keepTyped]);
  useEffect(() => keepTyped, [keepTyped]);
  return { keep, keepSoon, save, ended, hear, anew };
}
