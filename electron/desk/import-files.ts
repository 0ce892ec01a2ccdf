// Files for an import. Large ones are read in a thread of their own, so that reading and storing go on at the same time.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SourceFile, SourceFiles } from '../core/keys/import-keys.ts';
import type { ReadOptions, ReadPart } from '../core/keys/read-runs.ts';
import { listFiles } from './files.ts';
import type { IntakeTask, ToIntake } from './intake-thread.ts';

/** Below it a thread takes longer to start than the file to read. */
const LARGE_BYTES = 4 * 1024 * 1024;

/** A run and the next one; what is read is garbage a moment later, and V8 would let it pile up. */
const HEAP = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 16 };

/** The thread's entry lies beside this file, as a source or as built; where it is missing, files are read here. */
const ENTRY = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './intake-thread.ts' : './intake-thread.js', import.meta.url));

export const importFiles: SourceFiles = {
  list: async (paths) => (await listFiles(paths)).map((file) => ('error' in file || file.sizeBytes < LARGE_BYTES || !existsSync(ENTRY) ? file : { ...file, runs: (options) => readInThread(file, options) })),
};

/** What `readRuns` gives, from another thread. Passwords in runs are secret. Throws when the thread breaks down, which is a bug. */
export async function* readInThread({ path }: Pick<SourceFile, 'path'>, { fingerprintKey, signal, runRows }: ReadOptions): AsyncGenerator<ReadPart> {
  const thread = new Worker(ENTRY, { workerData: { path, fingerprintKey, runRows } satisfies IntakeTask, resourceLimits: HEAP });
  const say = (message: ToIntake): void => thread.postMessage(message);
  const parts: ReadPart[] = [];
  const state: { ended: boolean; failure: Error | null } = { ended: false, failure: null };
  let wake = (): void => undefined;
  thread.on('message', (part: ReadPart) => { parts.push(part); wake(); });
  thread.on('error', (failure) => { state.failure = failure instanceof Error ? failure : new Error(String(failure)); wake(); });
  thread.on('exit', () => { state.ended = true; wake(); });
  const stop = (): void => say('stop');
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    for (;;) {
      const part = parts.shift();
      if (part !== undefined) {
        yield part;
        if (part.kind === 'run') say('more'); // stored by now
        if (part.kind === 'end') return;
      } else if (state.failure !== null) throw state.failure;
      else if (state.ended) throw new Error('the reading thread ended before the file did');
      else await new Promise<void>((resolve) => { wake = resolve; });
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.terminate();
  }
}
