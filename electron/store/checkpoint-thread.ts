// Entry of the thread that writes the write-ahead log into the store while an import fills it. It reads no table.
import { parentPort, workerData } from 'node:worker_threads';
import { giveWay } from './background-thread.ts';
import { openForCheckpoints } from './connections.ts';

/** What the thread is started with. `key1` is secret and overwritten once the store is open. */
export interface CheckpointTask { readonly path: string; readonly key1: Uint8Array }
/** `all`: write what there is and say so, nobody writes meanwhile. `stop`: the same, then end. */
export type ToCheckpoints = 'all' | 'stop';
/** How large the write-ahead log was when it was last looked at; `all` answers the order. */
export interface CheckpointReport { readonly logBytes: number; readonly all: boolean }

/** A page that was written several times meanwhile is enciphered once. */
const PAUSE_MS = 250;
/** Of a log that grows fast. */
const SHORT_PAUSE_MS = 5; // whoever waits for all of it in the end waits for little then
const FAST_BYTES = 16 * 1024 * 1024;

function serve(port: NonNullable<typeof parentPort>, { path, key1 }: CheckpointTask): void {
  giveWay();
  const db = openForCheckpoints(path, key1);
  key1.fill(0);
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  let timer: NodeJS.Timeout;
  const write = (all: boolean): number => {
    const [state] = db.pragma('wal_checkpoint(PASSIVE)') as { log: number }[]; // never waits for a reader or a writer, and none waits for it
    const logBytes = (state?.log ?? 0) * pageBytes;
    port.postMessage({ logBytes, all } satisfies CheckpointReport);
    return logBytes;
  };
  const goOn = (): void => {
    timer = setTimeout(goOn, write(false) < FAST_BYTES ? PAUSE_MS : SHORT_PAUSE_MS);
  };
  port.on('message', (message: ToCheckpoints) => {
    write(true);
    if (message === 'all') return;
    clearTimeout(timer);
    db.close();
    port.close();
  });
  goOn();
}

if (parentPort !== null) serve(parentPort, workerData as CheckpointTask); // started by background-checkpoints.ts only
