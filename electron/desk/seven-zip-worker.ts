// Runs one 7-Zip command in a thread of its own: the WebAssembly build computes and reads files synchronously for seconds,
// which must not stop lookups. The thread is thrown away afterwards, and ending it early is how a command is cancelled.

import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { SevenZipModuleFactory } from '7z-wasm';

/** Folders of the machine appear under `/0`, `/1` … in the order given. */
export type SevenZipJob = { readonly folders: readonly string[]; readonly workFolder: string; readonly args: readonly string[] };
/** `code` is 7-Zip's exit code; 2 also stands for a command that ended with an exception. */
export type SevenZipResult = { readonly code: number; readonly output: readonly string[]; readonly errors: readonly string[] };

async function run(job: SevenZipJob): Promise<SevenZipResult> {
  // The package is CommonJS, whatever its types say.
  const sevenZip = createRequire(import.meta.url)('7z-wasm') as SevenZipModuleFactory;
  const output: string[] = [];
  const errors: string[] = [];
  const module = await sevenZip({ print: (line) => output.push(line), printErr: (line) => errors.push(line) });
  job.folders.forEach((root, i) => {
    module.FS.mkdir(`/${i}`);
    module.FS.mount(module.NODEFS, { root }, `/${i}`);
  });
  module.FS.chdir(job.workFolder);
  try {
    // Its types say nothing is returned; it is the exit code.
    const code: unknown = module.callMain([...job.args]);
    return { code: typeof code === 'number' ? code : 2, output, errors };
  } catch (error) {
    return { code: 2, output, errors: [...errors, String(error)] };
  }
}

parentPort?.postMessage(await run(workerData as SevenZipJob));
