// What is typed is asked for at once. Only what comes faster than anybody types (a scanner, a held key) waits until it stands still: it is asked once, and whole.
import { useCallback, useEffect, useRef, useState } from 'react';

/** The fastest typists leave more than this between two keys; scanners leave less. */
const FASTER_THAN_PEOPLE_MS = 35;
const STANDS_STILL_MS = 40;

/**
 * @param onAsk Hears what is asked for before anything is drawn for it: the desk can be on its way meanwhile.
 * @returns What is asked for now, and a way to tell what has been typed.
 */
export function usePrompt(initial: string, onAsk: (asked: string) => void): readonly [asked: string, tell: (typed: string) => void] {
  const [asked, setAsked] = useState(initial);
  const last = useRef(-Infinity);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = useRef(onAsk);
  ask.current = onAsk;
  const tell = useCallback((typed: string) => {
    const now = performance.now();
    const tooFast = now - last.current < FASTER_THAN_PEOPLE_MS;
    last.current = now;
    clearTimeout(timer.current);
    const askNow = (): void => {
      ask.current(typed);
      setAsked(typed);
    };
    if (tooFast) timer.current = setTimeout(askNow, STANDS_STILL_MS);
    else askNow();
  }, []);
  return [asked, tell];
}
