// Writes a plan into an image, reads it back and compares: only what is used, in ascending writes of 1 MiB.

import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';

import { AppError } from '../app-error.ts';
import type { Extent, Run } from '../../formats/fat/extent.ts';
import { extentBytes, joinIntoRuns } from '../../formats/fat/extent.ts';
import { openParts } from './file-parts.ts';
import { throwIfCancelled } from './hash-file.ts';
import type { FileInTheMaking, MediaFiles, Progress, ReadableFile } from './media-ports.ts';
import type { PlannedFile } from './medium-plan.ts';

export type PlannedExtent = Extent<PlannedFile>;
/** A few of them stay in the processor's cache on their way through hash, file and comparison. */
const RUN_BYTES = 1024 * 1024;
/** What is written goes to the disk in such stretches while more is written, not all at the end. */
const SYNC_EVERY_BYTES = 64 * 1024 * 1024;
type Options = { readonly signal?: AbortSignal | undefined; readonly onProgress?: Progress | undefined };

/** A file in the cache is not what was written down when it was put there. */
export class CachedFileChanged extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`the cached file ${path} has changed`);
    this.path = path;
  }
}

/** @returns How many bytes of the image the plan covers. */
export function plannedBytes(extents: readonly PlannedExtent[]): number {
  return extents.reduce((sum, extent) => sum + extentBytes(extent), 0);
}

/**
 * Writes every extent, reads it back and compares byte by byte with what was to be written. When it returns, all of it is on the disk (`target.sync`).
 *
 * @param extents A file whose SHA-256 is not known gets it here, by the time the next file's turn comes.
 * @throws CachedFileChanged when a file's bytes do not have the SHA-256 it was planned with; AppError `image-unreadable` (`reason`: not-as-written)
 *         when the target gives back something else; `disk-full`, `cancelled`. Nothing is written any more then.
 */
export async function writeExtents(extents: readonly PlannedExtent[], target: FileInTheMaking, files: MediaFiles, options: Options): Promise<void> {
  const total = plannedBytes(extents);
  const sources = openSources(files);
  const hashes = hashSources();
  const pair = [Buffer.allocUnsafe(RUN_BYTES), Buffer.allocUnsafe(RUN_BYTES)] as const;
  const back = Buffer.allocUnsafe(RUN_BYTES);
  let done = 0;
  let unsynced = 0;
  let syncing: Promise<void> = Promise.resolve();
  const sync = (): void => {
    unsynced = 0;
    syncing = syncing.then(() => target.sync());
    syncing.catch(() => undefined); // awaited at the end; a failure before must not count as unhandled
  };
  const writeAndCompare = async ({ offset, sizeBytes }: Run<PlannedFile>, bytes: Uint8Array): Promise<void> => {
    await target.write(offset, bytes);
    if (Buffer.compare(await target.readBack(offset, sizeBytes, back), bytes) !== 0) throw new AppError('image-unreadable', { reason: 'not-as-written' });
    done += sizeBytes;
    unsynced += sizeBytes;
    if (unsynced >= SYNC_EVERY_BYTES) sync();
    options.onProgress?.(done, total);
  };
  let writing: Promise<void> = Promise.resolve();
  let turn = 0;
  try {
    for (const run of joinIntoRuns(extents, RUN_BYTES)) {
      throwIfCancelled(options.signal);
      const bytes = (turn++ % 2 === 0 ? pair[0] : pair[1]).subarray(0, run.sizeBytes);
      await readRun(run, bytes, sources, hashes);
      // The next run is read and hashed while this one is written and read back.
      await writing;
      writing = writeAndCompare(run, bytes);
      // Awaited above or below; a failure in between must not count as unhandled.
      writing.catch(() => undefined);
    }
    await writing;
    const changed = hashes.firstWrong();
    if (changed !== null) throw new CachedFileChanged(changed);
    sync();
    await syncing;
  } finally {
    await Promise.allSettled([writing, syncing]);
    await sources.close();
  }
}

/** Part by part, each hashed before the next is read: the manifest names what came before it. */
async function readRun(run: Run<PlannedFile>, bytes: Uint8Array, sources: Sources, hashes: Hashes): Promise<void> {
  for (const part of run.parts) {
    const place = bytes.subarray(part.at, part.at + part.sizeBytes);
    const got = await sources.read(part, place);
    if (got.buffer !== place.buffer || got.byteOffset !== place.byteOffset) place.set(got);
    place.fill(0, got.length);
    hashes.add(part, bytes);
  }
}

type Part = Run<PlannedFile>['parts'][number];

type Hashes = { add(part: Part, run: Uint8Array): void; firstWrong(): string | null };

/** Hashes files as their parts go by; a file's extent is one and its parts come in order. */
function hashSources(): Hashes {
  const open = new Map<PlannedFile, Hash>();
  let wrong: string | null = null;
  return {
    add({ extent, at, from, sizeBytes }, run) {
      if (extent.kind !== 'source') return;
      const { source } = extent;
      const hash = open.get(source) ?? createHash('sha256');
      open.set(source, hash);
      hash.update(run.subarray(at, at + Math.max(Math.min(sizeBytes, extent.sizeBytes - from), 0)));
      if (from + sizeBytes < extent.paddedBytes) return;
      open.delete(source);
      const digest = hash.digest('hex');
      source.hash.sha256 ??= digest;
      if (digest !== source.hash.sha256) wrong ??= source.path;
    },
    firstWrong: () => wrong,
  };
}

/** `into`: where the bytes may go. */
type Sources = { read(part: Part, into: Uint8Array): Promise<Uint8Array>; close(): Promise<void> };

/** Reads parts of files; the file at hand stays open. */
function openSources(files: MediaFiles): Sources {
  let open: { readonly source: PlannedFile; readonly file: Pick<ReadableFile, 'read' | 'close'> } | null = null;
  const close = async (): Promise<void> => {
    await open?.file.close();
    open = null;
  };
  return {
    close,
    async read({ extent, from, sizeBytes }, into) {
      if (extent.kind === 'bytes') return extent.bytes.subarray(from, from + sizeBytes);
      if (extent.kind === 'zeros') return NOTHING;
      const { source } = extent.source;
      const wanted = Math.min(sizeBytes, Math.max(extent.sizeBytes - from, 0));
      if (source.kind === 'bytes') return source.bytes.subarray(from, from + wanted);
      if (open?.source !== extent.source) {
        await close();
        open = { source: extent.source, file: source.kind === 'parts' ? await openParts(files, source.parts) : inMemory(source.make()) };
      }
      return open.file.read(from, wanted, into);
    },
  };
}

const inMemory = (bytes: Uint8Array): Pick<ReadableFile, 'read' | 'close'> => ({ read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)), close: () => Promise.resolve() });
const NOTHING = new Uint8Array();
