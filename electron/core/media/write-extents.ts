// Writes a plan into an image, reads it back and compares: only what is used, in ascending writes of 4 MiB.

import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';

import { AppError } from '../app-error.ts';
import type { Extent, Run } from '../../formats/fat/extent.ts';
import { extentBytes, joinIntoRuns } from '../../formats/fat/extent.ts';
import { PIECE_BYTES, throwIfCancelled } from './hash-file.ts';
import type { FileInTheMaking, MediaFiles, Progress, ReadableFile } from './media-ports.ts';
import type { PlannedFile } from './medium-plan.ts';

export type PlannedExtent = Extent<PlannedFile>;
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
 * Writes every extent. Returns when it is on the disk.
 *
 * @throws CachedFileChanged when a file's bytes do not have the SHA-256 it was planned with; AppError `disk-full`, `cancelled`.
 */
export async function writeExtents(extents: readonly PlannedExtent[], target: FileInTheMaking, files: MediaFiles, options: Options): Promise<void> {
  const total = plannedBytes(extents);
  const sources = openSources(files);
  const hashes = hashSources();
  let done = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    for (const run of joinIntoRuns(extents, PIECE_BYTES)) {
      throwIfCancelled(options.signal);
      const bytes = Buffer.alloc(run.sizeBytes);
      for (const part of run.parts) bytes.set(await sources.read(part), part.at);
      hashes.add(run, bytes);
      // The next run is read while this one is written.
      await writing;
      writing = target.write(run.offset, bytes);
      // Awaited above or below; a failure in between must not count as unhandled.
      writing.catch(() => undefined);
      done += run.sizeBytes;
      options.onProgress?.(done, total);
    }
    await writing;
    const changed = hashes.firstWrong();
    if (changed !== null) throw new CachedFileChanged(changed);
    await target.sync();
  } finally {
    await writing.catch(() => undefined);
    await sources.close();
  }
}

/**
 * Reads everything back and compares: tables and folders byte by byte, files by their SHA-256.
 *
 * @throws AppError `image-unreadable` (`reason`: not-as-written) when the disk gives back something else.
 */
export async function verifyExtents(extents: readonly PlannedExtent[], target: FileInTheMaking, options: Options): Promise<void> {
  const total = plannedBytes(extents);
  const hashes = hashSources();
  let done = 0;
  for (const run of joinIntoRuns(extents, PIECE_BYTES)) {
    throwIfCancelled(options.signal);
    const bytes = await target.readBack(run.offset, run.sizeBytes);
    if (bytes.length !== run.sizeBytes || !run.parts.every((part) => isAsPlanned(part, bytes))) throw notAsWritten();
    hashes.add(run, bytes);
    done += run.sizeBytes;
    options.onProgress?.(done, total);
  }
  if (hashes.firstWrong() !== null) throw notAsWritten();
}

type Part = Run<PlannedFile>['parts'][number];

function isAsPlanned({ extent, at, from, sizeBytes }: Part, bytes: Uint8Array): boolean {
  if (extent.kind === 'bytes') return Buffer.compare(bytes.subarray(at, at + sizeBytes), extent.bytes.subarray(from, from + sizeBytes)) === 0;
  // Of a file only the rest of its last cluster is looked at here.
  const zerosFrom = extent.kind === 'zeros' ? 0 : Math.max(extent.sizeBytes - from, 0);
  const rest = bytes.subarray(at + Math.min(zerosFrom, sizeBytes), at + sizeBytes);
  return Buffer.compare(rest, ZEROS.subarray(0, rest.length)) === 0;
}

/** Hashes files as their parts go by; a file's extent is one and its parts come in order. */
function hashSources(): { add(run: Run<PlannedFile>, bytes: Uint8Array): void; firstWrong(): string | null } {
  const open = new Map<PlannedFile, Hash>();
  let wrong: string | null = null;
  return {
    add(run, bytes) {
      for (const { extent, at, from, sizeBytes } of run.parts) {
        if (extent.kind !== 'source') continue;
        const hash = open.get(extent.source) ?? createHash('sha256');
        open.set(extent.source, hash);
        hash.update(bytes.subarray(at, at + Math.max(Math.min(sizeBytes, extent.sizeBytes - from), 0)));
        if (from + sizeBytes < extent.paddedBytes) continue;
        open.delete(extent.source);
        if (hash.digest('hex') !== extent.source.sha256) wrong ??= extent.source.path;
      }
    },
    firstWrong: () => wrong,
  };
}

/** Reads parts of files; the file at hand stays open. */
function openSources(files: MediaFiles): { read(part: Part): Promise<Uint8Array>; close(): Promise<void> } {
  let open: { readonly path: string; readonly file: ReadableFile } | null = null;
  const close = async (): Promise<void> => {
    await open?.file.close();
    open = null;
  };
  return {
    close,
    async read({ extent, from, sizeBytes }) {
      if (extent.kind === 'bytes') return extent.bytes.subarray(from, from + sizeBytes);
      if (extent.kind === 'zeros') return NOTHING;
      const { source } = extent.source;
      const wanted = Math.min(sizeBytes, Math.max(extent.sizeBytes - from, 0));
      if (source.kind === 'bytes') return source.bytes.subarray(from, from + wanted);
      if (open?.path !== source.file.path) {
        await close();
        open = { path: source.file.path, file: await files.open(source.file.path) };
      }
      return open.file.read(from, wanted);
    },
  };
}

const NOTHING = new Uint8Array();
const ZEROS = new Uint8Array(PIECE_BYTES);
const notAsWritten = (): AppError => new AppError('image-unreadable', { reason: 'not-as-written' });
