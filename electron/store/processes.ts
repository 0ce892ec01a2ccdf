// Which process writes to a store: what one began and did not end is cut off once it is gone.
import { uptime } from 'node:os';

/** As a store notes it: a command line may write beside the window. */
export const OWN_PROCESS = String(process.pid);

/**
 * @param noted As a store has it. @param sinceMs When it did what was noted, milliseconds since 1970 UTC.
 * @returns Whether it runs still, apart from this one. A number is given out anew some day: then what is gone passes for running until the next time somebody asks.
 */
export function isOtherRunning(noted: string, sinceMs: number): boolean {
  const pid = Number(noted);
  if (noted === OWN_PROCESS || !Number.isSafeInteger(pid) || pid <= 0 || sinceMs < Date.now() - uptime() * 1000) return false;
  try {
    process.kill(pid, 0); // asks only
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
}
