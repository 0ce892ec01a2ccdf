// Runs 7-Zip commands in a thread of its own, one after another: the WebAssembly build computes and reads files synchronously for seconds,
// which must not stop lookups. Ending the thread is how a command is cancelled.

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { FSNode, SevenZipModule, SevenZipModuleFactory } from '7z-wasm';
import { joinAreas, type Area } from '../core/media/areas.ts';
import type { FilePart, UpdatedArchive } from '../core/media/media-ports.ts';

/** An archive made of stretches of files, at `/archive/base.wim`. `bones`: only these areas of it are read, and it may be updated; left out: all of it, and it may not. */
export type ArchiveView = { readonly parts: readonly FilePart[]; readonly bones?: readonly Area[] };
/** Folders of the machine appear under `/0`, `/1` … in the order given. */
export type SevenZipJob = { readonly folders: readonly string[]; readonly workFolder: string; readonly args: readonly string[]; readonly archive?: ArchiveView | undefined };
/** `code` is 7-Zip's exit code; 2 also stands for a command that ended with an exception. */
export type SevenZipResult = { readonly code: number; readonly output: readonly string[]; readonly errors: readonly string[]; readonly updated: UpdatedArchive | null };

const [ARCHIVE_FOLDER, ARCHIVE_NAME] = ['/archive', 'base.wim'];
/** What is written over again, when all else is there. */
const HEADER_BYTES = 208;
const ZEROS = Buffer.alloc(1024 * 1024);

/** What its in-memory file system asks of a file, and what the types leave out of it. */
type Stream = { readonly position: number };
type Node = FSNode & {
  usedBytes: number;
  node_ops: { mknod(parent: Node, name: string, mode: number, dev: number): Node; setattr(node: Node, attributes: { readonly size?: number }): void };
  stream_ops: { llseek: unknown; read(stream: Stream, buffer: Uint8Array, offset: number, length: number, position: number): number; write(stream: Stream, buffer: Uint8Array, offset: number, length: number, position: number): number };
};

// The package is CommonJS, whatever its types say.
const require = createRequire(import.meta.url);
const sevenZip = require('7z-wasm') as SevenZipModuleFactory;
/** Compiled once; a command leaves 7-Zip in a state in which it can not run another, so that each has an instance of its own. */
const compiled = WebAssembly.compile(readFileSync(join(dirname(require.resolve('7z-wasm')), '7zz.wasm')));

async function run(job: SevenZipJob): Promise<SevenZipResult> {
  const output: string[] = [];
  const errors: string[] = [];
  const handles: number[] = [];
  const module = await sevenZip({
    print: (line) => output.push(line), printErr: (line) => errors.push(line),
    // Emscripten's own way to be handed code that is compiled already; not in the package's types.
    instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) {
      void compiled.then((code) => WebAssembly.instantiate(code, imports)).then(receive);
      return {};
    },
  } as Parameters<SevenZipModuleFactory>[0]);
  job.folders.forEach((root, i) => {
    module.FS.mkdir(`/${i}`);
    module.FS.mount(module.NODEFS, { root }, `/${i}`);
  });
  try {
    const updated = job.archive === undefined ? null : showArchive(module, job.archive, handles);
    module.FS.chdir(job.workFolder);
    // Its types say nothing is returned; it is the exit code.
    const code: unknown = module.callMain([...job.args]);
    return { code: typeof code === 'number' ? code : 2, output, errors, updated: updated?.() ?? null };
  } catch (error) {
    return { code: 2, output, errors: [...errors, String(error)], updated: null };
  } finally {
    handles.forEach((handle) => { closeSync(handle); });
  }
}

/** Makes a file of 7-Zip's in-memory file system read from the machine's. @returns What 7-Zip made of it, once it has. */
function showArchive({ FS }: SevenZipModule, { parts, bones }: ArchiveView, opened: number[]): () => UpdatedArchive | null {
  const handles = new Map([...new Set(parts.map(({ path }) => path))].map((path) => {
    const handle = openSync(path, 'r');
    opened.push(handle);
    return [path, handle];
  }));
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const read = (into: Uint8Array, position: number): number => {
    let [start, done] = [0, 0];
    for (const { path, offset, sizeBytes: partBytes } of parts) {
      const from = position + done - start;
      const wanted = Math.min(into.length - done, partBytes - from);
      if (from >= 0 && wanted > 0) {
        const got = readSync(handles.get(path) ?? -1, into, done, wanted, offset + from);
        done += got;
        if (got < wanted) break;
      }
      start += partBytes;
    }
    return done;
  };
  FS.mkdir(ARCHIVE_FOLDER);
  FS.createDataFile(ARCHIVE_FOLDER, ARCHIVE_NAME, new Uint8Array(), true, true, true);
  const node = FS.lookupPath(`${ARCHIVE_FOLDER}/${ARCHIVE_NAME}`, {}).node as Node; // of the in-memory file system, as everything that is not mounted
  node.usedBytes = sizeBytes;
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream, buffer, offset, length, position) {
      const into = buffer.subarray(offset, offset + Math.max(Math.min(length, sizeBytes - position), 0));
      if (bones === undefined) return read(into, position);
      into.fill(0);
      for (const bone of bones) {
        const [from, to] = [Math.max(bone.offset, position), Math.min(bone.offset + bone.sizeBytes, position + into.length)];
        if (from < to) read(into.subarray(from - position, to - position), from);
      }
      return into.length;
    },
  };
  let made: (() => UpdatedArchive) | null = null;
  const folder = FS.lookupPath(ARCHIVE_FOLDER, {}).node as Node;
  const { mknod } = folder.node_ops;
  folder.node_ops = {
    ...folder.node_ops,
    mknod(parent, name, mode, dev) {
      const target = mknod(parent, name, mode, dev);
      made = takeWrites(target);
      return target;
    },
  };
  return () => made?.() ?? null;
}

/** Keeps what is written to a new file, but for the zeros that stand for what is only carried over. */
function takeWrites(node: Node): () => UpdatedArchive {
  const written: { readonly offset: number; readonly bytes: Buffer }[] = [];
  const { setattr } = node.node_ops;
  node.node_ops = {
    ...node.node_ops,
    setattr(target, { size, ...others }) {
      if (size !== undefined) target.usedBytes = size;
      setattr(target, others);
    },
  };
  node.stream_ops = {
    ...node.stream_ops,
    write(_stream, buffer, offset, length, position) {
      const bytes = Buffer.from(buffer.buffer, buffer.byteOffset + offset, length);
      const isCarriedOver = position >= HEADER_BYTES && length <= ZEROS.length && bytes.equals(ZEROS.subarray(0, length));
      if (!isCarriedOver) written.push({ offset: position, bytes: Buffer.from(bytes) });
      node.usedBytes = Math.max(node.usedBytes, position + length);
      return length;
    },
  };
  return () => {
    const pieces = joinAreas(written.map(({ offset, bytes }) => ({ offset, sizeBytes: bytes.length }))).map(({ offset, sizeBytes }) => ({ offset, bytes: new Uint8Array(sizeBytes) }));
    for (const { offset, bytes } of written) {
      let [low, high] = [0, pieces.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((pieces[middle]?.offset ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      const piece = pieces[low];
      piece?.bytes.set(bytes, offset - piece.offset);
    }
    return { sizeBytes: node.usedBytes, pieces };
  };
}

const port = parentPort;
port?.on('message', (job: SevenZipJob) => {
  void run(job).then((result) => { port.postMessage(result, result.updated?.pieces.map(({ bytes }) => bytes.buffer as ArrayBuffer) ?? []); }); // made here, of nothing shared
});
