// Long jobs of the store in short transactions, so that whoever waits at the desk is answered in between (DESIGN §3: at most 50 ms).
import type { Database } from '../../store/database.ts';

/** Aimed at; what a slice commits, and a checkpoint of the write-ahead log, may take twice as long as the items before did. */
const SLICE_MS = 16;
const FIRST_STEP = 1;
/** Of items that are done hundreds at a time: some milliseconds of work. Where others keep the processor busy, smaller slices would spend it on beginning and ending them. */
export const MANY_AT_ONCE = 128;
/** After a long way over nothing the next slice may be full. */
const MOST_AT_ONCE = 2048;

/**
 * Does `work` over 0 … count in transactions of about 16 ms each.
 *
 * @param work Does the items from `from` up to, not including, `to`. @param least So many at once, however long that takes.
 * @returns Yields after each transaction; what was done stays done when the caller does not come back. In somebody's transaction already, it does all of it there. What `work` throws passes through, its slice undone.
 */
export function* inSlices(db: Database, count: number, work: (from: number, to: number) => void, least = 1): Generator<void> {
  if (db.inTransaction) { // whoever opened it has few items and takes all of them back when this fails: savepoints would cost more than the work
    if (count > 0) work(0, count);
    return;
  }
  let step = Math.max(least, FIRST_STEP);
  const slice = db.transaction(work);
  for (let from = 0; from < count;) {
    const to = Math.min(count, from + step);
    const startedMs = performance.now(); // a stop watch for the step, not a time of day
    slice.immediate(from, to);
    const tookMs = performance.now() - startedMs;
    step = Math.max(least, Math.min(step * 2, MOST_AT_ONCE, Math.round((step * SLICE_MS) / Math.max(tookMs, 0.1))));
    from = to;
    yield;
  }
}

/** Lets everything else of this thread have its turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
