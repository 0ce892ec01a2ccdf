// Files for an import. Large ones, and those that hold several, are read in a thread of their own, so that reading and storing go on at the same time.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SourceFile, SourceFiles } from '../core/keys/import-keys.ts';
import { readRuns, type FilePart, type OpenedMembers, type ReadOptions, type ReadPart } from '../core/keys/read-runs.ts';
import { containerKind } from './containers.ts';
import { listFiles, readChunks, type FileOnDisk } from './files.ts';
import { mayBeMany, openFolders } from './folder-files.ts';
import type { FromIntake, IntakeTask, ToIntake } from './intake-thread.ts';
import { openInbox } from './thread-inbox.ts';

/** Below it a thread takes longer to start than the file to read. */
const LARGE_BYTES = 4 * 1024 * 1024;

/** A run and the next one; what is read is garbage a moment later, and V8 would let it pile up. */
const HEAP = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 16 };

/** The thread's entry lies beside this file, as a source or as built; where it is missing, files are read here. */
const ENTRY = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './intake-thread.ts' : './intake-thread.js', import.meta.url));

const FOLDERS = ENTRY.replace(/intake-thread(?=\.[jt]s$)/, 'folder-thread');

export const importFiles: SourceFiles = {
  list: async (paths) => (await listFiles(paths)).map((file) => ('error' in file || !existsSync(ENTRY) ? file : { ...file, runs: (options) => (file.sizeBytes < LARGE_BYTES ? readSmall(file, options) : readInThread(file, options)) })),
  gather: async (paths, options) => (existsSync(FOLDERS) && (await mayBeMany(paths)) ? openFolders(FOLDERS, paths, options, asSource) : null),
};

/** A file whose name is no text is read here, whatever its size: only its bytes lead to it. */
function asSource(path: string, bytes: Buffer | null, sizeBytes: number): SourceFile {
  const file: FileOnDisk = { path, name: basename(path), sizeBytes, chunks: () => readChunks(path, bytes) };
  return bytes !== null ? file : { ...file, runs: (options) => (sizeBytes < LARGE_BYTES ? readSmall(file, options) : readInThread(file, options)) };
}

/** Reads a small file here, unless it is a container: what unpacks from it may be large. */
async function* readSmall(file: FileOnDisk, options: ReadOptions): AsyncGenerator<FilePart> {
  const chunks = file.chunks()[Symbol.asyncIterator]();
  const first: { bytes: Uint8Array | null; failure: unknown } = { bytes: null, failure: null };
  try {
    const next = await chunks.next();
    if (next.done !== true) first.bytes = next.value;
  } catch (failure) {
    first.failure = failure;
  }
  if (first.bytes !== null && containerKind(first.bytes) !== null) {
    await chunks.return?.();
    return yield* readInThread(file, options);
  }
  async function* again(): AsyncGenerator<Uint8Array> {
    if (first.failure !== null) throw first.failure;
    try {
      if (first.bytes !== null) yield first.bytes;
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.(); // a file that is declined is not read to its end
    }
  }
  yield* readRuns(again(), { ...options, path: file.path });
}

/** What `readRuns` gives, from another thread, or the members of a container. Passwords in runs are secret. Throws when the thread breaks down, which is a bug. */
export async function* readInThread({ path }: Pick<SourceFile, 'path'>, { signal, ...task }: ReadOptions): AsyncGenerator<FilePart> {
  const thread = openThread({ ...task, path });
  let isHandedOver = false;
  try {
    using _stopping = stopOn(signal, thread);
    for (;;) {
      const part = await thread.next();
      switch (part.kind) {
        case 'members':
          isHandedOver = true;
          yield { kind: 'members', members: membersIn(thread) };
          return yield { kind: 'end', notes: [], lastRow: null, failed: null };
        case 'member': case 'together': case 'ones': case 'members-end': throw new Error(`the reading thread said ${part.kind} of a file`);
        default:
          yield part;
          if (part.kind === 'run') thread.say('more'); // stored by now
          if (part.kind === 'end') return;
      }
    }
  } finally {
    if (!isHandedOver) await thread.close();
  }
}

function membersIn(thread: IntakeThread): OpenedMembers {
  async function* files(): OpenedMembers['files'] & AsyncGenerator {
    for (;;) {
      const part = await thread.next();
      if (part.kind === 'members-end') return;
      if (part.kind === 'together' || part.kind === 'ones') yield part;
      else if (part.kind === 'member') yield { path: part.path, name: part.name, sizeBytes: part.sizeBytes, runs: ({ signal }: ReadOptions) => partsOfMember(thread, signal) };
      // Stored by now. Whoever did not read a member to its end has it passed over.
      if (part.kind === 'run' || part.kind === 'together' || part.kind === 'ones') thread.say('more');
    }
  }
  return { files: files(), close: () => void thread.close() };
}

async function* partsOfMember(thread: IntakeThread, signal: AbortSignal): AsyncGenerator<ReadPart> {
  using _stopping = stopOn(signal, thread);
  for (;;) {
    const part = await thread.next();
    if (part.kind === 'members' || part.kind === 'member' || part.kind === 'together' || part.kind === 'ones' || part.kind === 'members-end') throw new Error(`the reading thread said ${part.kind} within a member`);
    yield part;
    if (part.kind === 'run') thread.say('more');
    if (part.kind === 'end') return;
  }
}

interface IntakeThread { next(): Promise<FromIntake>; say(message: ToIntake): void; close(): Promise<void> }

function openThread(task: IntakeTask): IntakeThread {
  const worker = new Worker(ENTRY, { workerData: task, resourceLimits: HEAP });
  const inbox = openInbox<FromIntake>(worker, 'files');
  return {
    next: () => inbox.next(),
    say: (message) => worker.postMessage(message),
    async close() { await worker.terminate(); },
  };
}

function stopOn(signal: AbortSignal, thread: IntakeThread): Disposable {
  const stop = (): void => thread.say('stop');
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', stop) };
}
