// Imports of one desk, and the undoing of one, happen one after the other: they number key records by themselves.
import type { Database } from '../../store/database.ts';
import { AppError } from '../app-error.ts';

/** Waits for those before. @returns To be called when done, whatever came of it. AppError `cancelled` when the signal aborts before the turn has come: nobody waits for it then. */
export async function takeTurn(db: Database, signal?: AbortSignal): Promise<() => void> {
  const before = running.get(db) ?? Promise.resolve();
  let leave = (): void => undefined;
  running.set(db, before.then(() => new Promise<void>((resolve) => { leave = resolve; })));
  let giveUp = (): void => undefined;
  const givenUp = new Promise<void>((resolve) => { giveUp = resolve; });
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted === true) giveUp();
  await Promise.race([before, givenUp]);
  signal?.removeEventListener('abort', giveUp);
  if (signal?.aborted === true) {
    void before.then(() => leave());
    throw new AppError('cancelled');
  }
  return () => leave();
}
const running = new WeakMap<Database, Promise<void>>();
