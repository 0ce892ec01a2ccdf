// Work that runs while nobody presses a key is presence as well: a vault that closed in the middle of it would end it.
import { useEffect } from 'react';

/** More often than the vault closes, less often than anybody counts. */
const EVERY_MS = 15_000;
const EVENT = 'work';
const work = new EventTarget();

/** @param running Whether something runs that somebody began here and waits for: a long answer, a code that is typed elsewhere, a pause a tenant asked for. */
export function useAtWork(running: boolean): void {
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => work.dispatchEvent(new Event(EVENT)), EVERY_MS);
    return () => clearInterval(timer);
  }, [running]);
}

/** @param there Called again and again while something runs. @returns Ends that. */
export function whileAtWork(there: () => void): () => void {
  work.addEventListener(EVENT, there);
  return () => work.removeEventListener(EVENT, there);
}
