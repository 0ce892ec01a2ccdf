// ISO and WIM through 7-Zip compiled to WebAssembly: nothing has to be installed and nothing is executed.

import { mkdir, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { AppError } from '../core/app-error.ts';
import type { Archive, ArchiveOptions, Archives } from '../core/media/media-ports.ts';
import type { ArchiveView, SevenZipJob, SevenZipResult } from './seven-zip-worker.ts';
import { parseListing } from './seven-zip-listing.ts';

/** As the thread calls an archive that is no file (seven-zip-worker.ts; importing that one would start it). */
const ARCHIVE = '/archive/base.wim';
const IDLE_MS = 5_000;
const PROGRESS_EVERY_MS = 150;
/** Beyond this many names a command would grow past what is sensible; a base needs about a dozen. */
const MOST_NAMES = 500;

/**
 * @param workerUrl Where the thread's module is. The build that bundles this one says where it put it.
 * @returns Archives as core wants them. `list` and `update` read little more than the directory; `extract` takes the time its bytes take.
 */
export function sevenZipArchives(workerUrl: URL = besideThisModule()): Archives {
  const threads = keepOneThread(workerUrl);
  return {
    async list(archive, options = {}) {
      const { folders, at, view, path } = place(archive);
      const result = await run(threads, { folders, workFolder: folders.length > 0 ? '/0' : '/', args: ['l', '-slt', '-bd', '-sccUTF-8', '--', at], archive: view }, path, options);
      return parseListing(result.output);
    },
    async extract(archive, entries, folder, options = {}) {
      if (entries.length > MOST_NAMES) throw new Error('too many entries to extract in one go');
      await mkdir(folder, { recursive: true });
      const { folders, at, view, path } = place(archive);
      const job = { folders: [...folders, folder], workFolder: `/${folders.length}`, args: ['x', '-y', '-bd', '-spd', '-sccUTF-8', '--', at, ...entries.map((entry) => entry.path)], archive: view };
      const total = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
      const outputs = entries.map((entry) => join(folder, ...entry.path.split('/')));
      await run(threads, job, path, options, { folder, totalBytes: total, done: () => sizeOf(outputs) });
    },
    async update(parts, bones, folder, names, options = {}) {
      const path = parts[0]?.path ?? '';
      const { updated } = await run(threads, { folders: [folder], workFolder: '/0', args: ['a', '-y', '-bd', '-spd', '-sccUTF-8', '--', ARCHIVE, ...names], archive: { parts, bones } }, path, options);
      if (updated === null) throw new AppError('file-unreadable', { path });
      return updated;
    },
  };
}

/** `at`: where 7-Zip finds it. */
function place(archive: Archive): { readonly folders: readonly string[]; readonly at: string; readonly view: ArchiveView | undefined; readonly path: string } {
  if (typeof archive === 'string') return { folders: [dirname(archive)], at: `/0/${basename(archive)}`, view: undefined, path: archive };
  return { folders: [], at: ARCHIVE, view: { parts: archive }, path: archive[0]?.path ?? '' };
}

/** What a command writes, and where. */
type Output = { readonly folder: string; readonly totalBytes: number; readonly done: () => Promise<number> };

async function run(threads: Threads, job: SevenZipJob, path: string, options: ArchiveOptions, output?: Output): Promise<SevenZipResult> {
  const { signal, onProgress } = options;
  const isCancelled = (): boolean => signal?.aborted ?? false;
  if (isCancelled()) throw new AppError('cancelled');
  const thread = threads.take();
  const cancel = (): void => { void thread.terminate(); };
  signal?.addEventListener('abort', cancel, { once: true });
  const timer = output === undefined || onProgress === undefined ? undefined
    : setInterval(() => { void output.done().then((done) => { onProgress(Math.min(done, output.totalBytes), output.totalBytes); }); }, PROGRESS_EVERY_MS);
  try {
    const result = await ask(thread, job);
    if (isCancelled()) throw new AppError('cancelled');
    threads.giveBack(thread);
    if (result.code !== 0) throw await failure(path, result, output);
    return result;
  } catch (error) {
    if (isCancelled()) throw new AppError('cancelled', {}, { cause: error });
    throw error;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', cancel);
    if (!threads.has(thread)) await thread.terminate();
  }
}

function ask(thread: Worker, job: SevenZipJob): Promise<SevenZipResult> {
  let stopListening = (): void => {};
  return new Promise<SevenZipResult>((resolve, reject) => {
    const ended = (): void => { reject(new Error('the 7-Zip thread ended early')); };
    stopListening = () => { thread.off('message', resolve).off('error', reject).off('exit', ended); };
    thread.on('message', resolve).on('error', reject).on('exit', ended);
    thread.postMessage(job);
  }).finally(stopListening);
}

type Threads = { take(): Worker; giveBack(thread: Worker): void; has(thread: Worker): boolean };

/** Keeps one thread for a moment after its command: a build has four, and starting a thread takes longer than most of them. */
function keepOneThread(workerUrl: URL): Threads {
  let idle: { readonly thread: Worker; readonly timer: NodeJS.Timeout } | null = null;
  return {
    take() {
      const kept = idle;
      idle = null;
      if (kept === null) return new Worker(workerUrl, { execArgv: ['--disable-warning=ExperimentalWarning'] }).on('error', () => undefined); // whoever asked hears of it in `ask`
      clearTimeout(kept.timer);
      kept.thread.ref();
      return kept.thread;
    },
    giveBack(thread) {
      if (idle !== null) return;
      thread.unref(); // it holds up nobody who wants to end
      const end = (): void => {
        if (idle?.thread === thread) idle = null;
        void thread.terminate();
      };
      idle = { thread, timer: setTimeout(end, IDLE_MS).unref() };
    },
    has: (thread) => idle?.thread === thread,
  };
}

async function failure(path: string, result: SevenZipResult, output: Output | undefined): Promise<AppError> {
  const cause = new Error(result.errors.join('\n').trim());
  // On a full disk the WebAssembly build ends with a nameless exception: whether there was room has to be looked up.
  if (output !== undefined) {
    const { bavail, bsize } = await statfs(output.folder);
    const missingBytes = output.totalBytes - await output.done();
    if (bavail * bsize < missingBytes) return new AppError('disk-full', { path: output.folder, neededBytes: missingBytes, freeBytes: bavail * bsize }, { cause });
  }
  return new AppError('file-unreadable', { path }, { cause });
}

async function sizeOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map((path) => stat(path).then(({ size }) => size, () => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function besideThisModule(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './seven-zip-worker.ts' : './seven-zip-worker.js', import.meta.url);
}
