// The files of a medium, whether it comes as an image, a stick that is mounted, or a copy of its folder. Nothing on it is trusted.

import { AppError } from '../app-error.ts';
import type { FatVolume } from '../../formats/fat/read.ts';
import { openFat } from '../../formats/fat/read.ts';
import { openIso } from '../../formats/iso/read.ts';
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
  /** The partition behind it, of an image that has one. */
  readonly second: Pick<MediumTree, 'list' | 'read'> | null;
  close(): Promise<void>;
};

/**
 * Opens an image file, of a disk or a disc, or a folder.
 *
 * @param has Of an image with several partitions the first FAT32 one that has this file is taken, else the first FAT32 one.
 * @throws AppError `image-unreadable` (`path`, `reason`: not-fat32, damaged), or as the file says.
 */
export async function openMediumTree(path: string, files: MediaFiles, has: string): Promise<MediumTree> {
  return await files.isFolder(path) ? openFolder(path, files) : openImage(path, files, has);
}

/** @returns The whole file, or null when it is not there or larger than `mostBytes`. */
export async function readSmallFile(tree: Pick<MediumTree, 'read'>, path: string, mostBytes: number): Promise<Uint8Array | null> {
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
  const readAt = (offset: number, length: number): Promise<Uint8Array> => file.read(offset, length);
  try {
    const disc = await openIso(readAt);
    const volumes = disc === null ? (await findVolumes(readAt, file.sizeBytes, has)).map(filesOf) : [filesOf(disc)];
    const [volume, second = null] = volumes;
    if (volume === undefined) throw new AppError('image-unreadable', { reason: 'not-fat32' });
    return {
      kind: 'image', second,
      list: (folder) => volume.list(folder).catch((error: unknown) => { throw withPath(error); }),
      read: (inner) => volume.read(inner).catch((error: unknown) => { throw withPath(error); }),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw withPath(error);
  }
}

type VolumeEntry = { readonly name: string; readonly isFolder: boolean; readonly sizeBytes: number; readonly modifiedAtMs: number | null };

/** What a medium's tree is made of, whichever file system it is. */
function filesOf<E extends VolumeEntry>(volume: { list(path: string): Promise<readonly E[] | null>; find(path: string): Promise<E | null>; readFile(entry: E): AsyncIterable<Uint8Array> }): Pick<MediumTree, 'list' | 'read'> {
  return {
    list: async (folder) => ((await volume.list(folder)) ?? []).map(({ name, isFolder, sizeBytes, modifiedAtMs }) => ({ name, isFolder, sizeBytes, modifiedAtMs: modifiedAtMs ?? 0 })),
    async read(inner) {
      const entry = await volume.find(inner);
      return entry === null || entry.isFolder ? null : volume.readFile(entry);
    },
  };
}

/** @returns The FAT32 volumes in their order, the one with the marker first. AppError `image-unreadable` when there is none. */
async function findVolumes(readAt: Parameters<typeof readPartitions>[0], diskBytes: number, has: string): Promise<readonly FatVolume[]> {
  const volumes: FatVolume[] = [];
  let failure: unknown = new AppError('image-unreadable', { reason: 'not-fat32' });
  for (const { offset } of await readPartitions(readAt, diskBytes)) {
    try { volumes.push(await openFat(readAt, offset)); } catch (error) { failure = error; }
  }
  if (volumes.length === 0) throw failure;
  for (const volume of volumes) if (await volume.find(has) !== null) return [volume, ...volumes.filter((other) => other !== volume)];
  return volumes;
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
    kind: 'folder', second: null,
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
