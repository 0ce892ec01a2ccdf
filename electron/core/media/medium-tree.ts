// The files of a medium, whether it comes as an image, a stick that is mounted, or a copy of its folder. Nothing on it is trusted.

import { AppError } from '../app-error.ts';
import type { FatVolume } from '../../formats/fat/read.ts';
import { openFat } from '../../formats/fat/read.ts';
import { foldName } from '../../formats/fat/names.ts';
import { readPartitions } from '../../formats/gpt/read.ts';
import { PIECE_BYTES } from './hash-file.ts';
import type { FolderEntry, MediaFiles } from './media-ports.ts';

/** Paths from the medium's root, with `/`, in any case. */
export type MediumTree = {
  readonly kind: 'image' | 'folder';
  /** @returns Files and folders directly inside; empty when there is no such folder. `modifiedAtMs` of an image is its wall clock as UTC. */
  list(folder: string): Promise<readonly FolderEntry[]>;
  /** Yields a file's bytes; null when there is no such file. */
  read(path: string): Promise<AsyncIterable<Uint8Array> | null>;
  close(): Promise<void>;
};

/**
 * Opens an image file or a folder.
 *
 * @param has Of an image with several partitions the first FAT32 one that has this file is taken, else the first FAT32 one.
 * @throws AppError `image-unreadable` (`path`, `reason`: not-fat32, damaged), or as the file says.
 */
export async function openMediumTree(path: string, files: MediaFiles, has: string): Promise<MediumTree> {
  return await files.isFolder(path) ? openFolder(path, files) : openImage(path, files, has);
}

/** @returns The whole file, or null when it is not there or larger than `mostBytes`. */
export async function readSmallFile(tree: MediumTree, path: string, mostBytes: number): Promise<Uint8Array | null> {
  const chunks = await tree.read(path);
  if (chunks === null) return null;
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of chunks) {
    sizeBytes += piece.length;
    if (sizeBytes > mostBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function openImage(path: string, files: MediaFiles, has: string): Promise<MediumTree> {
  const file = await files.open(path);
  const withPath = (error: unknown): unknown => (error instanceof AppError && error.code === 'image-unreadable' ? new AppError(error.code, { path, ...error.facts }, { cause: error }) : error);
  try {
    const volume = await findVolume((offset, length) => file.read(offset, length), file.sizeBytes, has);
    return {
      kind: 'image',
      async list(folder) {
        try {
          return ((await volume.list(folder)) ?? []).map(({ name, isFolder, sizeBytes, modifiedAtMs }) => ({ name, isFolder, sizeBytes, modifiedAtMs: modifiedAtMs ?? 0 }));
        } catch (error) { throw withPath(error); }
      },
      async read(inner) {
        const entry = await volume.find(inner).catch((error: unknown) => { throw withPath(error); });
        return entry === null || entry.isFolder ? null : volume.readFile(entry);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw withPath(error);
  }
}

async function findVolume(readAt: Parameters<typeof readPartitions>[0], diskBytes: number, has: string): Promise<FatVolume> {
  const volumes: FatVolume[] = [];
  let failure: unknown = new AppError('image-unreadable', { reason: 'not-fat32' });
  for (const { offset } of await readPartitions(readAt, diskBytes)) {
    try { volumes.push(await openFat(readAt, offset)); } catch (error) { failure = error; }
  }
  const first = volumes[0];
  if (first === undefined) throw failure;
  for (const volume of volumes) if (await volume.find(has) !== null) return volume;
  return first;
}

function openFolder(path: string, files: MediaFiles): MediumTree {
  /** The file system of the desk may care about case; FAT, where it comes from, does not. */
  async function find(inner: string): Promise<{ readonly path: string; readonly isFolder: boolean } | null> {
    let at = { path, isFolder: true };
    for (const part of inner.split('/').filter((name) => name !== '')) {
      const entry = (await files.listFolder(at.path)).find(({ name }) => foldName(name) === foldName(part));
      if (entry === undefined) return null;
      at = { path: files.join(at.path, entry.name), isFolder: entry.isFolder };
    }
    return at;
  }
  async function* chunksOf(filePath: string): AsyncGenerator<Uint8Array> {
    const file = await files.open(filePath);
    try {
      for (let done = 0; done < file.sizeBytes;) {
        const bytes = await file.read(done, Math.min(PIECE_BYTES, file.sizeBytes - done));
        if (bytes.length === 0) return;
        yield bytes;
        done += bytes.length;
      }
    } finally { await file.close(); }
  }
  return {
    kind: 'folder',
    async list(folder) {
      const found = await find(folder);
      return found === null || !found.isFolder ? [] : files.listFolder(found.path);
    },
    async read(inner) {
      const found = await find(inner);
      return found === null || found.isFolder ? null : chunksOf(found.path);
    },
    close: () => Promise.resolve(),
  };
}
