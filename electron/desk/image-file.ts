// Files for building and reading media: an image appears under its name only when it is whole and on the disk.

import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { copyFile, mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { AppError } from '../core/app-error.ts';
import type { FileInTheMaking, FolderEntry, FolderInTheMaking, MediaFiles, ReadableFile } from '../core/media/media-ports.ts';
import { openDiskReader } from './disk-reader.ts';

/** Writing 4 MiB at once into a new file of ext4 costs ten times the processor time of four times 1 MiB (measured, Linux 6). */
const MOST_WRITE_BYTES = 1024 * 1024;

/** @param uniqueName Lent: makes the temporary name beside the final one, so that two builds to one name do not meet. */
export function mediaFiles(uniqueName: () => string): MediaFiles {
  return {
    join,
    isFolder: async (path) => (await translated(path, () => stat(path))).isDirectory(),
    listFolder,
    open: openFile,
    create: (path, overwrite) => create(resolve(path), `${resolve(path)}.${uniqueName()}.part`, overwrite),
    createFolder: (path, overwrite, mark) => createFolder(resolve(path), `${resolve(path)}.${uniqueName()}.part`, overwrite, mark),
    async writeSmall(path, bytes, isPassing = false) {
      await translated(path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, bytes, { flush: !isPassing });
      });
    },
    copy: (from, to) => translated(from, () => copyFile(from, to, constants.COPYFILE_FICLONE)),
    move: (from, to) => translated(from, () => rename(from, to)),
  };
}

async function listFolder(path: string): Promise<readonly FolderEntry[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return [];
    throw translate(path, error);
  });
  const found = entries.filter((entry) => entry.isFile() || entry.isDirectory());
  const listed = await Promise.all(found.map(async (entry): Promise<FolderEntry | null> => {
    const facts = await stat(join(path, entry.name)).catch(() => null); // it may have gone meanwhile
    return facts === null ? null : { name: entry.name, isFolder: entry.isDirectory(), sizeBytes: facts.size, modifiedAtMs: facts.mtimeMs };
  }));
  return listed.filter((entry) => entry !== null);
}

async function openFile(path: string): Promise<ReadableFile> {
  return translated(path, async () => {
    const kind = await stat(path).catch(() => null);
    if (kind?.isFIFO() === true || kind?.isSocket() === true) throw new AppError('file-unreadable', { path }); // would wait for somebody who writes
    const handle = await open(path, 'r');
    const { size, isDirectory, isDevice } = await handle.stat().then((facts) => ({ size: facts.size, isDirectory: facts.isDirectory(), isDevice: facts.isBlockDevice() }));
    if (isDirectory) {
      await handle.close();
      throw new AppError('file-is-a-directory', { path });
    }
    if (isDevice) {
      await handle.close();
      return openDevice(path);
    }
    return { sizeBytes: size, read: (offset, length, into) => translated(path, () => readAll(handle, offset, length, into)), close: () => handle.close() };
  });
}

/** A stick as it is, read only: its size is not where a file's is. */
async function openDevice(path: string): Promise<ReadableFile> {
  const { readAt, sizeBytes, close } = await openDiskReader(path);
  return { sizeBytes, read: readAt, close };
}

async function create(path: string, temporary: string, overwrite: boolean): Promise<FileInTheMaking> {
  return translated(path, async () => {
    const old = await stat(path).catch(() => null);
    // What is renamed over a device's name takes its place in /dev: no disk is written, and it says it was.
    if (/^(?:\/dev\/(?!shm\/)|[\\/]{2}[.?][\\/])/.test(path) || old?.isBlockDevice() === true || old?.isCharacterDevice() === true) throw new AppError('invalid-input', { fields: [`${path}: a-device`] });
    if (old?.isDirectory() === true) throw new AppError('file-is-a-directory', { path });
    if (old !== null && !overwrite) throw new AppError('file-exists', { path });
    const handle = await open(temporary, 'wx+').catch((error: unknown) => { throw isNoPlace(error) ? new AppError('folder-not-writable', { path: dirname(path) }, { cause: error }) : error; });
    let reader: FileHandle | null = null;
    let isOpen = true;
    let isDone = false;
    const close = async (): Promise<void> => {
      if (!isOpen) return;
      isOpen = false;
      await Promise.all([handle.close(), reader?.close()]);
    };
    const guarded = <T>(act: () => Promise<T>): Promise<T> => translated(path, act);
    return {
      reserve: (sizeBytes, neededBytes) => guarded(async () => {
        const { bavail, bsize } = await statfs(dirname(path));
        if (bavail * bsize < neededBytes) throw new AppError('disk-full', { path, neededBytes, freeBytes: bavail * bsize });
        await handle.truncate(sizeBytes);
      }),
      write: (offset, bytes) => guarded(() => writeAll(handle, offset, bytes)),
      // Mostly out of the operating system's cache: for a file this proves that plan and writes agree, not that the disk is sound.
      readBack: (offset, length, into) => guarded(async () => {
        reader ??= await open(temporary, 'r');
        return readAll(reader, offset, length, into);
      }),
      sync: () => guarded(() => handle.sync()),
      commit: () => guarded(async () => {
        await close();
        // Another file may have taken the name meanwhile.
        if (!overwrite && await stat(path).then(() => true, () => false)) throw new AppError('file-exists', { path });
        await rename(temporary, path);
        isDone = true;
        await syncFolder(dirname(path));
      }),
      async discard() {
        await close().catch(() => undefined);
        if (!isDone) await rm(temporary, { force: true }).catch(() => undefined);
      },
    };
  });
}

async function createFolder(path: string, temporary: string, overwrite: boolean, mark: string): Promise<FolderInTheMaking> {
  return translated(path, async () => {
    const isThere = await stat(path).then(() => true, () => false);
    const isOurs = async (): Promise<boolean> => stat(join(path, ...mark.split('/'))).then((facts) => facts.isFile(), () => false);
    if (isThere && !(overwrite && await isOurs())) throw new AppError('file-exists', { path });
    await mkdir(temporary).catch((error: unknown) => { throw isNoPlace(error) ? new AppError('folder-not-writable', { path: dirname(path) }, { cause: error }) : error; });
    let isDone = false;
    return {
      path: temporary,
      commit: () => translated(path, async () => {
        const away = `${temporary}.old`;
        // Two steps where something is replaced: in between the old one has another name, and is given back when the second fails.
        if (isThere) await rename(path, away);
        try { await rename(temporary, path); } catch (error) {
          if (isThere) await rename(away, path).catch(() => undefined);
          throw isErrno(error, 'ENOTEMPTY') || isErrno(error, 'EEXIST') ? new AppError('file-exists', { path }, { cause: error }) : error;
        }
        isDone = true;
        await syncFolder(dirname(path));
        if (isThere) await rm(away, { recursive: true, force: true }).catch(() => undefined);
      }),
      async discard() {
        if (!isDone) await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
      },
    };
  });
}

/** A new name is on the disk only when its folder is. Windows can not open folders and does not need it. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

async function readAll(handle: FileHandle, offset: number, length: number, into?: Uint8Array): Promise<Uint8Array> {
  const bytes = into ?? Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await handle.read(bytes, got, length - got, offset + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return bytes.subarray(0, got);
}

async function writeAll(handle: FileHandle, offset: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, Math.min(MOST_WRITE_BYTES, bytes.length - done), offset + done);
    done += bytesWritten;
  }
}

async function translated<T>(path: string, act: () => Promise<T>): Promise<T> {
  try { return await act(); } catch (error) { throw translate(path, error); }
}

function translate(path: string, error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (isErrno(error, 'ENOENT')) return new AppError('file-not-found', { path }, { cause: error });
  if (isErrno(error, 'EISDIR')) return new AppError('file-is-a-directory', { path }, { cause: error });
  // EFBIG: the limit of this file system or of this process is reached; for the person it is the same.
  if (isErrno(error, 'ENOSPC') || isErrno(error, 'EDQUOT') || isErrno(error, 'EFBIG')) return new AppError('disk-full', { path }, { cause: error });
  return error instanceof Error && 'code' in error ? new AppError('file-unreadable', { path }, { cause: error }) : error;
}

const isErrno = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

/** The folder of a new file is missing, is a file, or may not be written in. */
const isNoPlace = (error: unknown): boolean => ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS'].some((code) => isErrno(error, code));
