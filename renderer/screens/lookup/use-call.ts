// The call a person is in: opened with the first thing entered, kept with every further one.
import { useCallback, useEffect, useRef } from 'react';
import type { Input, Output } from '../../../electron/api/contract.ts';
import { useApi } from '../../desk.tsx';

const withCall = (callId: number | undefined): { callId?: number } => (callId === undefined ? {} : { callId });

/** What is being typed is kept once it stands still for this long, or is left. */
const STANDS_STILL_MS = 400;

type Entries = Omit<Input<'calls.save'>, 'callId' | 'keyRecordId' | 'hostId'>;
/** What the call is about: a key record, or a host whose LAPS password is wanted. */
export type CallAbout = { readonly keyRecordId: number } | { readonly hostId: number };

/**
 * @param resumed A call that was begun before and goes on. @param onBegun Hears which call the first entry has begun, perhaps after the sheet was left.
 * @returns `keep` saves without being waited for, `keepSoon` while somebody still types; `save` answers the sheet. One after another, so that a call is opened once.
 *          Wherever the sheet is left, and however, what was typed until then is kept.
 */
export function useCall(about: CallAbout, resumed: number | undefined, onBegun?: (callId: number) => void): { readonly keep: (entries: Entries) => void; readonly keepSoon: (entries: Entries) => void; readonly save: (entries: Entries) => Promise<Output<'calls.save'>> } {
  const api = useApi();
  const last = useRef<Promise<Output<'calls.save'> | null>>(Promise.resolve(null));
  const begun = useRef(onBegun);
  begun.current = onBegun;
  const typed = useRef<{ entries: Entries; timer: ReturnType<typeof setTimeout> | undefined }>({ entries: {}, timer: undefined });
  const save = useCallback((given: Entries): Promise<Output<'calls.save'>> => {
    clearTimeout(typed.current.timer);
    const entries = { ...typed.current.entries, ...given };
    typed.current = { entries: {}, timer: undefined };
    const saved = last.current.then((call) => api.call('calls.save', { ...entries, ...about, ...withCall(call?.callId ?? resumed) }));
    const before = last.current;
    last.current = saved.catch(() => before);
    if (resumed === undefined) void saved.then(({ callId }) => begun.current?.(callId), () => undefined);
    return saved;
  }, [api, 'keyRecordId' in about ? about.keyRecordId : -about.hostId, resumed]); // its number: the object is a new one each time
  const keep = useCallback((entries: Entries): void => { void save(entries).catch(() => undefined); }, [save]);
  const keepTyped = useCallback((): void => { if (typed.current.timer !== undefined) keep({}); }, [keep]);
  const keepSoon = useCallback((entries: Entries): void => {
    clearTimeout(typed.current.timer);
    typed.current = { entries: { ...typed.current.entries, ...entries }, timer: setTimeout(keepTyped, STANDS_STILL_MS) };
  }, [keepTyped]);
  useEffect(() => keepTyped, [keepTyped]);
  return { keep, keepSoon, save };
}
