// Folders for an import, read by a thread of their own (folder-thread.ts).
import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../core/app-error.ts';
import type { FoundFile, GatheredFiles, GatheredPart } from '../core/keys/gathered-files.ts';
import type { ColumnMapping } from '../formats/intake/mapping.ts';
import { toFileError } from './files.ts';
import type { FolderTask, FromFolder, ToFolder } from './folder-thread.ts';
import { openInbox } from './thread-inbox.ts';

/** A disk that is slow, or does not answer, keeps nobody from hearing that. */
const WAIT_MS = 250;

/** Paths are listed one by one up to here. */
const FEW_PATHS = 20;

/** What is gathered is garbage once it was handed over, and V8 would let it pile up. */
const HEAP = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 };

/** Whether a thread is worth its start. */
export async function mayBeMany(paths: readonly string[]): Promise<boolean> {
  if (paths.length > FEW_PATHS) return true;
  for (const path of paths) if (await stat(path).then((facts) => facts.isDirectory(), () => false)) return true;
  return false;
}

/** @param open How a file is read by itself. */
export function openFolders(entry: string, paths: readonly string[], { fingerprintKey, mappings }: { readonly fingerprintKey: Uint8Array; readonly mappings: readonly ColumnMapping[] }, open: (path: string, bytes: Buffer | null, sizeBytes: number) => FoundFile): GatheredFiles {
  const worker = new Worker(entry, { workerData: { paths, fingerprintKey, mappings } satisfies FolderTask, resourceLimits: HEAP });
  const inbox = openInbox<FromFolder>(worker, 'folders');
  const asPart = async (part: FromFolder): Promise<GatheredPart> => {
    if (part.kind !== 'listing' && part.kind !== 'listed') worker.postMessage('more' satisfies ToFolder);
    return part.kind === 'apart' ? { kind: 'apart', file: await openApart(part, open) } : part;
  };
  return {
    async next(signal) {
      const part = await inbox.next({ signal, withinMs: WAIT_MS });
      if (part !== null) return await asPart(part);
      return { kind: signal.aborted ? 'over' : 'waiting' };
    },
    close() {
      for (const part of inbox.rest()) wipe(part);
      void worker.terminate(); // at once, or when a disk that does not answer lets it go
    },
  };
}

async function openApart({ path, bytes }: Extract<FromFolder, { kind: 'apart' }>, open: Parameters<typeof openFolders>[3]): Promise<FoundFile> {
  const raw = bytes === null ? null : Buffer.from(bytes);
  try {
    const facts = await stat(raw ?? path);
    return facts.isFile() ? open(path, raw, facts.size) : { path, error: new AppError('file-unreadable', { path, why: 'not-a-file' }) };
  } catch (cause) {
    return { path, error: toFileError(path, cause) };
  }
}

function wipe(part: FromFolder): void {
  const runs = part.kind === 'together' ? part.gathered.runs : part.kind === 'ones' ? part.files.flatMap(({ parts }) => parts.flatMap((one) => (one.kind === 'run' ? [one.run] : []))) : [];
  for (const { keys } of runs) keys.passwords.fill(0);
}
