// Keeps whoever waits for a slow job in the know: told at a steady pace even while one step takes long, and heard at once when they cancel.
import { AppError } from '../core/app-error.ts';

/** Twice a second, with room for a busy desk. */
const TELL_MS = 250;

/**
 * @param steps The job; between two of its steps it may wait as long as a disk that does not answer. Its `finally` runs when the step under way has ended, after a cancellation too.
 * @param first Told at once. @param everyMs How often it is told: no oftener, and again when nothing new has come.
 * @returns What the job returns. AppError `cancelled` as soon as the signal aborts; what the job throws passes through.
 */
export async function* steadily<Step, Result>(steps: AsyncGenerator<Step, Result>, first: Step, signal: AbortSignal, everyMs = TELL_MS): AsyncGenerator<Step, Result> {
  let last = first;
  let isOver = false;
  try {
    yield last;
    let toldMs = performance.now();
    for (let next = steps.next(); ;) {
      const wait = Math.max(0, toldMs + everyMs - performance.now());
      const step = await firstOf(next, wait, signal);
      if (signal.aborted) throw new AppError('cancelled');
      if (step !== null && step.done === true) {
        isOver = true;
        return step.value;
      }
      if (step !== null) {
        last = step.value;
        next = steps.next();
      }
      if (performance.now() - toldMs < everyMs) continue;
      yield last;
      toldMs = performance.now();
    }
  } finally {
    if (!isOver) void steps.return(undefined as never).catch(() => undefined); // whatever it would have returned, nobody is there to hear it
  }
}

/**
 * Passes on every step of a job that has something to say of many things.
 *
 * @param steps Asked for the next only when the one before was taken. Whoever goes away waits until it has ended in its own way. What it throws passes through.
 * @param first Said until the job says something of that kind. @param isProgress Which steps may be said again.
 * @returns The steps, and after each silence the last progress once more.
 */
export async function* toldAgain<Step>(steps: AsyncGenerator<Step, void>, first: Step, isProgress: (step: Step) => boolean, everyMs = TELL_MS): AsyncGenerator<Step, void> {
  let last = first;
  try {
    for (let next = steps.next(); ;) {
      const step = await firstOf(next, everyMs, NEVER);
      if (step === null) yield last;
      else if (step.done === true) return;
      else {
        if (isProgress(step.value)) last = step.value;
        yield step.value;
        next = steps.next();
      }
    }
  } finally {
    await steps.return();
  }
}

/** @returns Null when the time was over or the signal aborted before. */
async function firstOf<T>(next: Promise<T>, waitMs: number, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) {
    next.catch(() => undefined);
    return null;
  }
  let over = (): void => undefined;
  const pause = new Promise<null>((resolve) => { over = () => resolve(null); });
  const timer = setTimeout(over, waitMs);
  signal.addEventListener('abort', over);
  try {
    return await Promise.race([next, pause]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', over);
    next.catch(() => undefined); // after a cancellation nobody waits for it
  }
}

/**
 * @param job Ends by itself, whether anybody listens or not. @param latest What is known of it so far.
 * @returns What is known, at a steady pace, until the job has ended; then what it returns. What it throws passes through.
 */
export async function* tellUntil<Step, Result>(job: Promise<Result>, latest: () => Step, everyMs = TELL_MS): AsyncGenerator<Step, Result> {
  const over = job.then(() => true, () => true);
  for (;;) {
    yield latest();
    if ((await firstOf(over, everyMs, NEVER)) !== null) return await job;
  }
}

const NEVER = new AbortController().signal;
