// Reads the folder a recipe names below a folder of this machine that stands for the root of a Windows volume. Never writes.
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../core/app-error.ts';
import type { SeenFile, SeenFolders, WantedFiles } from '../core/recipes/dry-run.ts';
import { readRecipeDisk } from './recipe-disk.ts';

/** @param root A folder, an image or a device. @returns Files only, no folders; none when a step of the path is not there. AppError `file-not-found` (the root), `file-unreadable`, and what `readRecipeDisk` refuses. */
export async function readRecipeFolder(root: string, wanted: WantedFiles): Promise<SeenFolders> {
  if (!(await stat(root).then((found) => found.isDirectory(), () => false))) return readRecipeDisk(root, wanted);
  try {
    let folder = root;
    for (const segment of wanted.path.split('\\')) {
      const entry = (await readdir(folder, { withFileTypes: true })).find((one) => one.isDirectory() && one.name.toLowerCase() === segment.toLowerCase());
      if (entry === undefined) return { folders: [], locked: 0, damaged: 0 };
      folder = join(folder, entry.name);
    }
    const names = (await readdir(folder, { withFileTypes: true })).filter((one) => one.isFile()).map((one) => one.name);
    const seen: SeenFile[] = [];
    for (const name of names.filter(wanted.fits)) seen.push(await look(join(folder, name), name, wanted.headerBytes));
    return { folders: [{ partition: null, files: seen, others: names.length - seen.length }], locked: 0, damaged: 0 };
  } catch (cause) {
    throw new AppError('file-unreadable', { path: root }, { cause });
  }
}

async function look(path: string, name: string, count: number): Promise<SeenFile> {
  const file = await open(path, 'r');
  try {
    const { size, mtimeMs } = await file.stat();
    const { buffer, bytesRead } = await file.read(new Uint8Array(count), 0, count, 0);
    return { name, sizeBytes: size, modifiedAtMs: mtimeMs, headerBytes: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}
