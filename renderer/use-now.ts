// The time of this window, as often as it has to be seen.
import { useEffect, useState } from 'react';

/** @param everyMs How often the screen is drawn anew; null: not at all. */
export function useNow(everyMs: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (everyMs === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
