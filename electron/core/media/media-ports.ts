// What building and reading media is lent from the desk's machine: files, archives, a cache. electron/desk implements them.

import type { Area } from './areas.ts';

/** A file open for reading at any place. */
export type ReadableFile = {
  readonly sizeBytes: number;
  /**
   * @param into Memory to read into, at least `length`, where the same is used again and again: fresh memory costs as much as reading.
   * @returns The bytes there; fewer than asked only at the end of the file. A failure is AppError `file-unreadable`.
   */
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** A stretch of a file. Several in a row are read as one file. */
export type FilePart = { readonly path: string; readonly offset: number; readonly sizeBytes: number };

export type CommitOptions = { readonly signal?: AbortSignal | undefined; readonly onProgress?: ((step: 'write' | 'verify', doneBytes: number, totalBytes: number) => void) | undefined };

/**
 * A file that exists under a temporary name until `commit`, and not at all after `discard`.
 * A disk that is full is AppError `disk-full` from any of these.
 */
export type FileInTheMaking = {
  /**
   * Gives it its size; the part that is not written stays a hole where the file system can do that.
   * @throws AppError `disk-full` when less than `neededBytes` is free.
   */
  reserve(sizeBytes: number, neededBytes: number): Promise<void>;
  /** The bytes may be others once it is done. */
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** Reads back what was written; of a disk, past the operating system's cache. `into` as for `ReadableFile.read`. */
  readBack(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  /** Returns when everything written is on the disk. */
  sync(): Promise<void>;
  /** Gives the file its final name in one step. A disk is written here, which takes a while and tells how far it is. */
  commit(options?: CommitOptions): Promise<void>;
  /** Removes it. Never throws; does nothing after `commit`. */
  discard(): Promise<void>;
};

/** A folder that exists under a temporary name until `commit`, and not at all after `discard`. */
export type FolderInTheMaking = {
  /** Where it lies meanwhile. */
  readonly path: string;
  /** Gives it its final name in one step; what it replaces is gone then. */
  commit(): Promise<void>;
  /** Removes it. Never throws; does nothing after `commit`. */
  discard(): Promise<void>;
};

export type FolderEntry = { readonly name: string; readonly isFolder: boolean; readonly sizeBytes: number; readonly modifiedAtMs: number };

export type MediaFiles = {
  isFolder(path: string): Promise<boolean>;
  /** @returns Files and folders directly inside, by name; empty for a folder that is not there. */
  listFolder(path: string): Promise<readonly FolderEntry[]>;
  join(folder: string, ...names: readonly string[]): string;
  /** AppError `file-not-found`, `file-is-a-directory` or `file-unreadable`, each with `path`. */
  open(path: string): Promise<ReadableFile>;
  /** @throws AppError `file-exists` unless `overwrite`; `file-is-a-directory`; `folder-not-writable` when its folder is not there or takes no file. */
  create(path: string, overwrite: boolean): Promise<FileInTheMaking>;
  /** Makes a folder beside the final one. AppError `file-exists` when something is there that may not be replaced: without `overwrite`, or without the file `mark` in it. */
  createFolder(path: string, overwrite: boolean, mark: string): Promise<FolderInTheMaking>;
  /** Writes a small file, making the folders above it. `isPassing`: it need not outlive a power cut. */
  writeSmall(path: string, bytes: Uint8Array, isPassing?: boolean): Promise<void>;
  /** A copy of a file; shares blocks with the original where the file system can. */
  copy(from: string, to: string): Promise<void>;
  move(from: string, to: string): Promise<void>;
};

export type ArchiveEntry = { readonly path: string; readonly isFolder: boolean; readonly sizeBytes: number };

/** `kind` is the archive's own format in lower case: `wim`, `udf`, `iso`. Paths use `/`. */
export type ArchiveListing = { readonly kind: string; readonly entries: readonly ArchiveEntry[] };

export type Progress = (doneBytes: number, totalBytes: number) => void;
export type ArchiveOptions = { readonly signal?: AbortSignal | undefined; readonly onProgress?: Progress | undefined };

/** A file, or what a file's stretches make: the WIM inside an ISO need not be taken out. */
export type Archive = string | readonly FilePart[];
/** `pieces`: ascending, none over another; what lies in none of them is not known. */
export type UpdatedArchive = { readonly sizeBytes: number; readonly pieces: readonly { readonly offset: number; readonly bytes: Uint8Array }[] };

/** Reading ISO and WIM, adding to a WIM. A file it can not read is AppError `file-unreadable`; an abort is `cancelled`. */
export type Archives = {
  list(archive: Archive, options?: ArchiveOptions): Promise<ArchiveListing>;
  /** Writes these entries under `folder`, with the folders they stand in. */
  extract(archive: Archive, entries: readonly ArchiveEntry[], folder: string, options?: ArchiveOptions): Promise<void>;
  /**
   * Adds or replaces files: `names` relative to `folder`, the same inside the archive. Nothing is written: what comes back is the archive as it would be.
   *
   * @param bones Where of the archive is more than bytes to be carried over. Nothing else of it is read, and what is carried over is in no piece.
   */
  update(archive: readonly FilePart[], bones: readonly Area[], folder: string, names: readonly string[], options?: ArchiveOptions): Promise<UpdatedArchive>;
};

/** Things worth keeping between builds, each under a name that says what it was made from. Nothing half-written is ever found. */
export type BaseCache = {
  /** @returns A name for this file as it is now; another one as soon as it was replaced, written or renamed over. */
  identify(path: string): Promise<string>;
  /** @returns The path of what is kept under that name, or null. */
  find(name: string): Promise<string | null>;
  /** Lends an empty folder, beside the kept things, that is gone afterwards. */
  withWorkspace<T>(use: (folder: string) => Promise<T>): Promise<T>;
  /** Moves a file or folder out of a workspace under that name, in one step. What is there already wins. */
  keep(path: string, name: string): Promise<string>;
  drop(name: string): Promise<void>;
};

export type MediaPorts = { readonly files: MediaFiles; readonly archives: Archives; readonly cache: BaseCache };
