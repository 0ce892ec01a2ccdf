// Writes the write-ahead log into the store from another thread, while a long job fills it: every page is deciphered and enciphered for that, a third of
// what storing costs, and steps of it would keep a lookup waiting.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CheckpointReport, CheckpointTask, ToCheckpoints } from './checkpoint-thread.ts';
import { checkpointByItself, type Database } from './database.ts';

export interface BackgroundCheckpoints {
  /** Call between transactions. Resolves at once, but when the log has grown large: then once it is in the store, so that it begins anew. */
  keepUp(): Promise<void>;
  /** Ends the thread; the log is in the store and the desk writes it itself again. */
  stop(): Promise<void>;
}

/** Larger, lookups take longer to search the log and the disk fills for nothing; smaller, the job waits more often. */
const LARGE_LOG_BYTES = 48 * 1024 * 1024;

/** The thread's entry lies beside this file, as a source or as built. */
const ENTRY = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './checkpoint-thread.ts' : './checkpoint-thread.js', import.meta.url));

/**
 * @param key1 Secret; copied to the thread.
 * @returns null where there is no file to write to, or no thread to be had: then the desk goes on writing the log itself.
 *          When the thread breaks down (a full disk), the desk writes it itself from then on and meets the failure in its own transaction.
 */
export function startCheckpoints(db: Database, key1: Uint8Array): BackgroundCheckpoints | null {
  if (db.memory || !existsSync(ENTRY)) return null;
  const thread = new Worker(ENTRY, { workerData: { path: db.name, key1: Uint8Array.from(key1) } satisfies CheckpointTask });
  const state = { logBytes: 0, ended: false };
  let answered = (): void => undefined;
  thread.on('message', ({ logBytes, all }: CheckpointReport) => {
    state.logBytes = logBytes;
    if (all) answered();
  });
  const end = (): void => {
    state.ended = true;
    if (db.open) checkpointByItself(db);
    answered();
  };
  thread.on('error', end);
  const exit = new Promise<void>((resolve) => { thread.on('exit', () => { if (!state.ended) end(); resolve(); }); });
  db.pragma('wal_autocheckpoint = 0');
  const ask = async (message: ToCheckpoints): Promise<void> => {
    if (state.ended) return;
    const answer = new Promise<void>((resolve) => { answered = resolve; });
    thread.postMessage(message);
    await answer;
  };
  return {
    async keepUp() {
      if (state.logBytes < LARGE_LOG_BYTES) return;
      await ask('all');
      state.logBytes = 0;
    },
    async stop() {
      await ask('stop');
      await exit;
    },
  };
}
