// Entry of the thread that reads hand-overs: bytes from disk in, runs of rows out. It opens no store and holds no key but that of fingerprints.
import { parentPort, workerData, type Transferable } from 'node:worker_threads';
import { readRuns, type ReadPart } from '../core/keys/read-runs.ts';
import type { StagedRun } from '../core/keys/staged-rows.ts';
import { readChunks } from './files.ts';

/** What the thread is started with. `fingerprintKey` is secret. */
export interface IntakeTask { readonly path: string; readonly fingerprintKey: Uint8Array; readonly runRows: number | undefined }
/** `stop`: read no further. `more`: a run has been stored, another may come. */
export type ToIntake = 'stop' | 'more';

/** Runs that may lie between reading and storing. */
const RUNS_AHEAD = 2;
const PROGRESS_MS = 100;

async function serve(port: NonNullable<typeof parentPort>, { path, fingerprintKey, runRows }: IntakeTask): Promise<void> {
  const signal = { aborted: false };
  let room = RUNS_AHEAD;
  let wake = (): void => undefined;
  port.on('message', (message: ToIntake) => {
    if (message === 'stop') signal.aborted = true;
    else room += 1;
    wake();
  });
  let progressMs = 0;
  for await (const part of readRuns(readChunks(path), { fingerprintKey, signal, runRows })) {
    if (part.kind === 'progress' && performance.now() - progressMs < PROGRESS_MS) continue;
    if (part.kind === 'progress') progressMs = performance.now();
    while (part.kind === 'run' && room <= 0) await new Promise<void>((resolve) => { wake = resolve; });
    if (part.kind === 'run') room -= 1;
    port.postMessage(part satisfies ReadPart, part.kind === 'run' ? buffersOf(part.run) : []);
  }
  fingerprintKey.fill(0);
  port.close();
}

/** Handed over, not copied: no password stays behind in this thread's memory. */
const buffersOf = ({ keys }: StagedRun): Transferable[] => [keys.ids, keys.hasId, keys.passwords, keys.fingerprints, keys.sourceRows, keys.hosts].map((column) => column.buffer);

if (parentPort !== null) await serve(parentPort, workerData as IntakeTask); // started by import-files.ts only
