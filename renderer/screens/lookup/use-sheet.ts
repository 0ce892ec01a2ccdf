// Which call the sheet in sight belongs to. Its number stands in the address, so that a reload, Back, a closed vault or a secret that hid by itself leads to it again.
import { useRef } from 'react';
import { useAnswer } from '../../desk.tsx';
import { OPEN_CALLS, type Call } from './calls-to-go-on.ts';

export type SheetCall = Call & { /** Who ended it, of one that is over. */ readonly endedBy?: string | null };

export interface Sheet {
  /** A call that goes on, or one that is over (an address that was kept): what was entered then is filled in. */
  readonly resumed: SheetCall | undefined;
  /** Changes when another sheet stands there; not when the first entry begins a call, and not when the call is ended elsewhere: what was entered stays. */
  readonly key: string;
  /** It has been asked for and is not there yet. Until then no other sheet stands in its place: what was entered there would begin a call of its own. */
  readonly waits: boolean;
  /** The first entry has begun a call; the sheet stays as it is. */
  readonly begun: (callId: number) => void;
  /** The sheet goes: the call in the address is one to go on with from now on. */
  readonly left: () => void;
}

/**
 * @param callAt The call in the address. @param isOf Whether it is of what the sheet is about.
 * @param write Writes its number into the address; false when somebody has gone on meanwhile.
 */
export function useSheet(callAt: string | undefined, isOf: (call: Call) => boolean, write: (callId: number) => boolean): Sheet {
  const begunHere = useRef<number | null>(null);
  if (callAt === undefined) begunHere.current = null; // its sheet was left
  const isBegunHere = callAt !== undefined && callAt === String(begunHere.current);
  const { data, isFetching } = useAnswer('calls.list', OPEN_CALLS, { enabled: callAt !== undefined && !isBegunHere, keep: true });
  const isOpen = data?.rows.some(({ callId }) => String(callId) === callAt) === true;
  const seen = useRef<SheetCall | undefined>(undefined);
  const isSeen = (call: SheetCall | undefined): call is SheetCall => call !== undefined && String(call.callId) === callAt && isOf(call);
  /** It is not open, and was not when its sheet was in sight: perhaps it is over. */
  const isAsked = callAt !== undefined && !isBegunHere && data !== undefined && !isFetching && !isOpen && !isSeen(seen.current);
  const over = useAnswer('calls.get', { callId: Number(callAt) }, { enabled: isAsked && /^\d{1,15}$/.test(callAt), keep: true });
  seen.current = isBegunHere ? undefined : (data?.rows.find(isSeen) ?? (isSeen(seen.current) ? seen.current : isSeen(over.data) ? over.data : undefined));
  const resumed = seen.current;
  const key = useRef('');
  if (!isBegunHere) key.current = String(resumed?.callId ?? '');
  const answered = useRef<string | undefined>(undefined);
  if (!isFetching && !over.isFetching) answered.current = callAt;
  return {
    resumed, key: key.current, waits: callAt !== undefined && !isBegunHere && resumed === undefined && answered.current !== callAt,
    begun: (callId) => {
      const before = begunHere.current;
      begunHere.current = callId; // before the address says so: that draws anew
      if (!write(callId)) begunHere.current = before;
    },
    left: () => { begunHere.current = null; },
  };
}
