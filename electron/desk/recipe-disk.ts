// Reads the folder a recipe names out of an image or an attached disk, in every volume that has it: a host may hold several Windows. Never writes.
import { AppError } from '../core/app-error.ts';
import type { SeenFile, SeenFolder, SeenFolders, WantedFiles } from '../core/recipes/dry-run.ts';
import { openFat, type ReadAt } from '../formats/fat/read.ts';
import { readPartitions } from '../formats/gpt/read.ts';
import { openNtfs, sniffNtfs } from '../formats/ntfs/read.ts';
import { openDiskReader } from './disk-reader.ts';

/**
 * @param path A raw image, a fixed VHD, or a device (`/dev/sdb`, `\\.\PhysicalDrive1`: needs an administrator).
 * @returns Folders in the order of the disk's table; none when no volume has it and all could be read. AppError where none was found: `volume-locked` (one is locked by BitLocker),
 *          `volume-unreadable` (no NTFS or FAT32 volume there, or one is damaged); and `file-not-found`, `file-unreadable`. A file that fits and is compressed or encrypted:
 *          `volume-unreadable`. Containers such as VHDX have no partitions that can be seen: `volume-unreadable`.
 */
export async function readRecipeDisk(path: string, wanted: WantedFiles): Promise<SeenFolders> {
  const reader = await openDiskReader(path);
  try {
    const folders: SeenFolder[] = [];
    const faults: AppError[] = [];
    let [volumes, locked] = [0, 0];
    const partitions = await readPartitions(reader.readAt, reader.sizeBytes);
    for (const [at, { offset }] of partitions.entries()) {
      try {
        const seen = await lookInto(reader.readAt, offset, wanted);
        if (seen === 'locked') locked += 1;
        else if (seen !== 'other') volumes += 1;
        if (typeof seen === 'object' && seen !== null) folders.push({ partition: partitions.length === 1 && offset === 0 ? null : at + 1, ...seen });
      } catch (error) {
        if (!isDamage(error)) throw error;
        faults.push(error);
      }
    }
    if (folders.length === 0) {
      const [damage] = faults;
      if (locked > 0) throw new AppError('volume-locked', { path });
      if (damage !== undefined) throw damage;
      if (volumes === 0) throw new AppError('volume-unreadable', { path, reason: 'no-volume' });
    }
    return { folders, locked, damaged: faults.length };
  } catch (error) {
    throw error instanceof AppError && error.code === 'volume-unreadable' ? new AppError('volume-unreadable', { path, ...error.facts }, { cause: error }) : error;
  } finally {
    await reader.close();
  }
}

/** A damaged volume hides nothing of its neighbours; a file that fits and can not be judged is no damage, and no answer either. */
const isDamage = (error: unknown): error is AppError => error instanceof AppError && error.code === 'volume-unreadable' && error.facts['reason'] === 'damaged';

/** @returns Null: a volume without the folder. `other`: no volume that is known here. */
async function lookInto(readAt: ReadAt, offset: number, { path, fits, headerBytes }: WantedFiles): Promise<Omit<SeenFolder, 'partition'> | 'locked' | 'other' | null> {
  const kind = await sniffNtfs(readAt, offset);
  if (kind === 'locked') return 'locked';
  if (kind === 'ntfs') {
    const volume = await openNtfs(readAt, offset);
    return lookAtFitting(await volume.list(path), fits, async (entry) => {
      const { sizeBytes, modifiedAtMs, head } = await volume.look(entry, headerBytes);
      return { name: entry.name, sizeBytes, modifiedAtMs, headerBytes: head };
    });
  }
  const fat = await openFat(readAt, offset).catch(() => null);
  if (fat === null) return 'other';
  return lookAtFitting(await fat.list(path.replaceAll('\\', '/')), fits, async (entry) => {
    const head: Uint8Array[] = [];
    for await (const part of fat.readFile(entry)) { head.push(part); break; }
    return { name: entry.name, sizeBytes: entry.sizeBytes, modifiedAtMs: entry.modifiedAtMs ?? Number.NaN, headerBytes: (head[0] ?? new Uint8Array()).subarray(0, headerBytes) };
  });
}

/** @returns The files whose name fits, looked at, and how many others; null where there is no folder. */
async function lookAtFitting<T extends { readonly name: string; readonly isFolder: boolean }>(entries: readonly T[] | null, fits: (name: string) => boolean, look: (entry: T) => Promise<SeenFile>): Promise<Omit<SeenFolder, 'partition'> | null> {
  if (entries === null) return null;
  const files: SeenFile[] = [];
  let others = 0;
  for (const entry of entries.filter(({ isFolder }) => !isFolder)) {
    if (fits(entry.name)) files.push(await look(entry));
    else others += 1;
  }
  return { files, others };
}
