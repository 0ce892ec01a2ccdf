// Reads the folder a recipe names out of an image or an attached disk: the first Windows volume that has it. Never writes.
import { AppError } from '../core/app-error.ts';
import type { SeenFile } from '../core/recipes/dry-run.ts';
import { openFat, type ReadAt } from '../formats/fat/read.ts';
import { readPartitions } from '../formats/gpt/read.ts';
import { openNtfs, sniffNtfs } from '../formats/ntfs/read.ts';
import { openDiskReader } from './disk-reader.ts';

/**
 * @param path A raw image, a fixed VHD, or a device (`/dev/sdb`, `\\.\PhysicalDrive1`: needs an administrator).
 * @returns Files only; null when no volume has the folder. AppError `volume-locked` (one is locked by BitLocker, and none that can be read has the folder), `volume-unreadable`
 *          (no NTFS or FAT32 volume there, or damaged), `file-not-found`, `file-unreadable`. Containers such as VHDX have no partitions that can be seen: `volume-unreadable`.
 */
export async function readRecipeDisk(path: string, folder: string, headerBytes: number): Promise<readonly SeenFile[] | null> {
  const reader = await openDiskReader(path);
  try {
    const seen = { volumes: 0, locked: 0 };
    for (const { offset } of await readPartitions(reader.readAt, reader.sizeBytes)) {
      const files = await lookInto(reader.readAt, offset, folder, headerBytes, seen);
      if (files !== null) return files;
    }
    if (seen.locked > 0) throw new AppError('volume-locked', { path });
    if (seen.volumes === 0) throw new AppError('volume-unreadable', { path, reason: 'no-volume' });
    return null;
  } catch (error) {
    throw error instanceof AppError && error.code === 'volume-unreadable' ? new AppError('volume-unreadable', { path, ...error.facts }, { cause: error }) : error;
  } finally {
    await reader.close();
  }
}

async function lookInto(readAt: ReadAt, offset: number, folder: string, headerBytes: number, seen: { volumes: number; locked: number }): Promise<readonly SeenFile[] | null> {
  const kind = await sniffNtfs(readAt, offset);
  if (kind === 'locked') seen.locked += 1;
  if (kind === 'ntfs') {
    seen.volumes += 1;
    const volume = await openNtfs(readAt, offset);
    const entries = await volume.list(folder);
    if (entries === null) return null;
    const files: SeenFile[] = [];
    for (const entry of entries.filter(({ isFolder }) => !isFolder)) {
      const { sizeBytes, modifiedAtMs, head } = await volume.look(entry, headerBytes);
      files.push({ name: entry.name, sizeBytes, modifiedAtMs, headerBytes: head });
    }
    return files;
  }
  if (kind !== null) return null;
  const fat = await openFat(readAt, offset).catch(() => null);
  if (fat === null) return null;
  seen.volumes += 1;
  const entries = await fat.list(folder.replaceAll('\\', '/'));
  if (entries === null) return null;
  const files: SeenFile[] = [];
  for (const entry of entries.filter(({ isFolder }) => !isFolder)) {
    const head: Uint8Array[] = [];
    for await (const part of fat.readFile(entry)) { head.push(part); break; }
    files.push({ name: entry.name, sizeBytes: entry.sizeBytes, modifiedAtMs: entry.modifiedAtMs ?? Number.NaN, headerBytes: (head[0] ?? new Uint8Array()).subarray(0, headerBytes) });
  }
  return files;
}
