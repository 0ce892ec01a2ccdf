// A job of the store in many transactions: in between, others have their turn, and when it takes long the write-ahead log goes into the store from another thread.
import { startCheckpoints, type BackgroundCheckpoints } from '../../store/background-checkpoints.ts';
import type { Desk } from '../desk.ts';
import { nextTurn } from './slices.ts';

export interface LongJob extends AsyncDisposable {
  /** Call between transactions: everything else of this thread has its turn, and a log that has grown large goes into the store first. */
  turn(): Promise<void>;
}

/** So long a job has to last to be worth a thread for the log. What is quicker leaves it to SQLite. */
const LONG_MS = 150;

/** @returns To be disposed of when the job is over; then all of the log is in the store. */
export function beginLongJob({ db, keys }: Pick<Desk, 'db' | 'keys'>): LongJob {
  const startedMs = performance.now(); // a stop watch, not a time of day
  let checkpoints: BackgroundCheckpoints | null | undefined;
  return {
    async turn() {
      await nextTurn();
      if (checkpoints === undefined && performance.now() - startedMs > LONG_MS && db.open) checkpoints = startCheckpoints(db, keys.key1);
      await checkpoints?.keepUp();
    },
    async [Symbol.asyncDispose]() { await checkpoints?.stop(); },
  };
}
