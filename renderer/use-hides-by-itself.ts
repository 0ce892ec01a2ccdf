// A secret in sight hides by itself: after its time, and when the page goes.
import { useEffect, useState } from 'react';
import { useNow } from './use-now.ts';

/** @returns How much of the time is left. Never more than there was: somebody may set the clock back. */
export function useHidesByItself(hideAfterMs: number, onHide: () => void): number {
  const [hidesAt] = useState(() => Date.now() + hideAfterMs);
  const now = useNow(250);
  const isOver = now >= hidesAt;
  useEffect(() => {
    const timer = setTimeout(onHide, Math.min(hideAfterMs, Math.max(0, hidesAt - Date.now())));
    window.addEventListener('pagehide', onHide);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', onHide);
    };
  }, [hideAfterMs, hidesAt, onHide]);
  // A timer stands still while the computer sleeps, or a page is being printed.
  useEffect(() => { if (isOver) onHide(); }, [isOver, onHide]);
  return Math.min(hideAfterMs, Math.max(0, hidesAt - now));
}
