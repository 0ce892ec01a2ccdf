// ISO and WIM through 7-Zip compiled to WebAssembly: nothing has to be installed and nothing is executed.

import { mkdir, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { AppError } from '../core/app-error.ts';
import type { ArchiveOptions, Archives } from '../core/media/media-ports.ts';
import type { SevenZipJob, SevenZipResult } from './seven-zip-worker.ts';
import { parseListing } from './seven-zip-listing.ts';

const PROGRESS_EVERY_MS = 150;
/** Beyond this many names a command would grow past what is sensible; a base needs about a dozen. */
const MOST_NAMES = 500;

/**
 * @param workerUrl Where the thread's module is. The build that bundles this one says where it put it.
 * @returns Archives as core wants them. `list` reads the directory only; `extract` and `add` take the time their bytes take.
 */
export function sevenZipArchives(workerUrl: URL = besideThisModule()): Archives {
  const on = (path: string): string => `/0/${basename(path)}`;
  return {
    async list(path, options = {}) {
      const result = await run(workerUrl, { folders: [dirname(path)], workFolder: '/0', args: ['l', '-slt', '-bd', '-sccUTF-8', '--', on(path)] }, path, options);
      return parseListing(result.output);
    },
    async extract(path, entries, folder, options = {}) {
      if (entries.length > MOST_NAMES) throw new Error('too many entries to extract in one go');
      await mkdir(folder, { recursive: true });
      const job = { folders: [dirname(path), folder], workFolder: '/1', args: ['x', '-y', '-bd', '-spd', '-sccUTF-8', '--', on(path), ...entries.map((entry) => entry.path)] };
      const total = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
      const outputs = entries.map((entry) => join(folder, ...entry.path.split('/')));
      await run(workerUrl, job, path, options, { folder, totalBytes: total, done: () => sizeOf(outputs) });
    },
    async add(path, folder, names, options = {}) {
      const job = { folders: [dirname(path), folder], workFolder: '/1', args: ['a', '-y', '-bd', '-spd', '-sccUTF-8', '--', on(path), ...names] };
      // 7-Zip writes the new archive beside the old one and then takes its place.
      await run(workerUrl, job, path, options, { folder: dirname(path), totalBytes: await sizeOf([path]), done: () => sizeOf([`${path}.tmp`]) });
    },
  };
}

/** What a command writes, and where. */
type Output = { readonly folder: string; readonly totalBytes: number; readonly done: () => Promise<number> };

async function run(workerUrl: URL, job: SevenZipJob, path: string, options: ArchiveOptions, output?: Output): Promise<SevenZipResult> {
  const { signal, onProgress } = options;
  const isCancelled = (): boolean => signal?.aborted ?? false;
  if (isCancelled()) throw new AppError('cancelled');
  const worker = new Worker(workerUrl, { workerData: job, execArgv: ['--disable-warning=ExperimentalWarning'] });
  const cancel = (): void => { void worker.terminate(); };
  signal?.addEventListener('abort', cancel, { once: true });
  const timer = output === undefined || onProgress === undefined ? undefined
    : setInterval(() => { void output.done().then((done) => { onProgress(Math.min(done, output.totalBytes), output.totalBytes); }); }, PROGRESS_EVERY_MS);
  try {
    const result = await new Promise<SevenZipResult>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => { reject(new Error('the 7-Zip thread ended early')); });
    });
    if (result.code !== 0) throw await failure(path, result, output);
    return result;
  } catch (error) {
    if (isCancelled()) throw new AppError('cancelled', {}, { cause: error });
    throw error;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', cancel);
    await worker.terminate();
  }
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
