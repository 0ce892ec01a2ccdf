// A disk as the target of a build. What is built waits in a file of its own, as small as what is used of the disk; a process of its own writes it.
import { createHash } from 'node:crypto';
import { open, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../core/app-error.ts';
import { cutAreas, withoutAreas, type Area } from '../../core/media/areas.ts';
import { EDGE_BYTES, MOST_RUN_BYTES, type DiskRun } from '../../core/media/disk-write.ts';
import type { CommitOptions, FileInTheMaking } from '../../core/media/media-ports.ts';
import type { ReadAt } from '../../formats/fat/read.ts';
import { handToWriter, requestFor, waitingFolder, type WantedDisk } from './hand-to-writer.ts';

/** What a disk that is written over may keep, and what of it must go. */
export interface DiskBefore {
  /** Reads the disk as it is: what is to be written and is there already stays. Null: everything is written. */
  readonly readAt: ReadAt | null;
  /** Areas that hold zeros afterwards wherever nothing new is written. */
  readonly erase: readonly Area[];
}

/**
 * @param folder Where waiting bytes may lie; made when it is not there.
 * @param keep   Paths that must survive.
 * @param before Left out: everything is written.
 * @throws AppError `disk-not-found`, `disk-refused` as the disk is now; `disk-writing-unavailable` on a system it is not written for. Nothing is touched before `commit`.
 */
export async function createDiskTarget(wanted: WantedDisk, folder: string, keep: readonly string[], before?: DiskBefore): Promise<FileInTheMaking> {
  const own = await waitingFolder(wanted, folder, keep);
  const readAt = before?.readAt ?? null;
  const kept: Area[] = [];
  /** The first and the last MiB are always written: the writer clears them before all else. */
  const isThere = async (offset: number, piece: Uint8Array): Promise<boolean> =>
    readAt !== null && offset >= EDGE_BYTES && offset + piece.length <= wanted.sizeBytes - EDGE_BYTES && Buffer.compare(await readAt(offset, piece.length), piece) === 0;
  const spool = join(own, 'spool');
  const handle = await open(spool, 'wx+', 0o600);
  const runs: DiskRun[] = [];
  let end = 0;
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  return {
    async reserve(_sizeBytes, neededBytes) {
      const { bavail, bsize } = await statfs(own);
      if (bavail * bsize < neededBytes) throw new AppError('disk-full', { path: folder, neededBytes, freeBytes: bavail * bsize });
      runs.length = 0; // a build may begin again
      kept.length = 0;
      end = 0;
      await handle.truncate(0);
    },
    async write(offset, bytes) {
      for (let from = 0; from < bytes.length; from += MOST_RUN_BYTES) {
        const piece = bytes.subarray(from, from + MOST_RUN_BYTES);
        if (await isThere(offset + from, piece)) {
          kept.push({ offset: offset + from, sizeBytes: piece.length });
          continue;
        }
        await handle.write(piece, 0, piece.length, end);
        runs.push({ offset: offset + from, sizeBytes: piece.length, at: end, sha256: createHash('sha256').update(piece).digest('hex') });
        end += piece.length;
      }
    },
    async readBack(offset, length, into = new Uint8Array(length)) {
      const bytes = into.subarray(0, length).fill(0);
      for (const area of kept) {
        const from = Math.max(offset, area.offset);
        const to = Math.min(offset + length, area.offset + area.sizeBytes);
        if (readAt !== null && from < to) bytes.set(await readAt(from, to - from), from - offset);
      }
      for (const { offset: at, sizeBytes, at: waitsAt } of runs) {
        const from = Math.max(offset, at);
        const to = Math.min(offset + length, at + sizeBytes);
        if (from < to) await handle.read(bytes, from - offset, to - from, waitsAt + from - at);
      }
      return bytes;
    },
    // What waits need not outlive a power cut: the writer has the hash of every run.
    sync: () => Promise.resolve(),
    async commit(options) {
      const gone = zeroRuns(withoutAreas(before?.erase ?? [], [...runs, ...kept]), end);
      if (gone.length > 0) await handle.write(ZEROS, 0, ZEROS.length, end);
      await close();
      await handToWriter(own, requestFor(wanted, keep, spool, [...runs, ...gone].sort((a, b) => a.offset - b.offset)), options?.signal, options?.onProgress);
    },
    async discard() {
      await close().catch(() => undefined);
      await rm(own, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}

/**
 * Overwrites areas of a disk with zeros and reads them back; its first and last MiB, where tables are, too.
 *
 * @returns How many bytes are proven to be gone, the first and last MiB not counted.
 * @throws AppError as `createDiskTarget` and its `commit`.
 */
export async function eraseOnDisk(wanted: WantedDisk, areas: readonly Area[], folder: string, keep: readonly string[], options: CommitOptions): Promise<number> {
  const own = await waitingFolder(wanted, folder, keep);
  try {
    const spool = join(own, 'spool');
    await writeFile(spool, ZEROS, { mode: 0o600, flag: 'wx' });
    const runs = zeroRuns(areas, 0);
    await handToWriter(own, requestFor(wanted, keep, spool, runs), options.signal, options.onProgress);
    return runs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  } finally {
    await rm(own, { recursive: true, force: true }).catch(() => undefined);
  }
}

const ZEROS = new Uint8Array(MOST_RUN_BYTES);

/** @param at Where `ZEROS` wait. Clusters and seals are whole sectors. */
const zeroRuns = (areas: readonly Area[], at: number): DiskRun[] => cutAreas(areas, MOST_RUN_BYTES).map(({ offset, sizeBytes }) => ({ offset, sizeBytes, at, sha256: createHash('sha256').update(ZEROS.subarray(0, sizeBytes)).digest('hex') }));
