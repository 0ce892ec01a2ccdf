// Imports of one desk, and the undoing of one, happen one after the other: they number key records by themselves.
import type { Database } from '../../store/database.ts';

/** Waits for those before. @returns To be called when done, whatever came of it. */
export async function takeTurn(db: Database): Promise<() => void> {
  const before = running.get(db) ?? Promise.resolve();
  let leave = (): void => undefined;
  running.set(db, before.then(() => new Promise<void>((resolve) => { leave = resolve; })));
  await before;
  return () => leave();
}
const running = new WeakMap<Database, Promise<void>>();
