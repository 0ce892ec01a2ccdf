// A whole disk opened for nobody else, written and read past the system's cache: what all systems have in common.
import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../core/app-error.ts';
import type { OpenDisk } from '../../core/media/disk-write.ts';

export interface ClosableDisk extends OpenDisk { readonly direct: boolean; close(): Promise<void> }

export interface RawDisk {
  /** What is opened: the disk itself, or its unbuffered twin. */
  readonly path: string;
  /** What it is called in errors. */
  readonly id: string;
  readonly sizeBytes: number;
  readonly flags: number;
  /** How long somebody who has it open just now (a virus scanner, the desktop) is waited for. */
  readonly waitMs: number;
}

const PAGE_BYTES = 65_536;
const SECTOR_BYTES = 512;
const AGAIN_AFTER_MS = 500;
const BUSY = ['EBUSY', 'ETXTBSY'];
/** Windows refuses writing where a mounted volume lies as it refuses who has no right to; who could open the disk has it. */
const BUSY_TO_WRITE = [...BUSY, 'EPERM', 'EACCES'];
/** What raw devices say that have no cache to be flushed. */
const NOTHING_TO_SYNC = ['ENOTTY', 'EINVAL', 'ENOTSUP'];

/**
 * Opens a disk where no call tells Node its size: it is looked for where it should end.
 *
 * @throws AppError `disk-busy`, `disk-gone`, `not-elevated`; `disk-not-found` when the disk ends before or after `sizeBytes`.
 */
export async function openRawDisk({ path, id, sizeBytes, flags, waitMs }: RawDisk): Promise<ClosableDisk> {
  const handle = await insistently(waitMs, BUSY, () => open(path, flags)).catch((cause: unknown) => { throw whyNot(id, cause); });
  try {
    if (!await endsAt(handle, sizeBytes)) throw new AppError('disk-not-found', { disk: id, sizeBytes });
    return closable(handle, {
      sizeBytes, direct: true,
      write: (bytes, at) => insistently(waitMs, BUSY_TO_WRITE, () => handle.write(bytes, 0, bytes.length, at)).catch((cause: unknown) => { throw BUSY_TO_WRITE.includes(errnoOf(cause)) ? new AppError('disk-busy', { disk: id, emptied: true }, { cause }) : cause; }),
      sync: () => handle.sync().catch((cause: unknown) => { if (!NOTHING_TO_SYNC.includes(errnoOf(cause))) throw cause; }),
    });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

interface HowToWrite {
  readonly sizeBytes: number;
  readonly direct: boolean;
  readonly write?: (bytes: Uint8Array, at: number) => Promise<{ readonly bytesWritten: number }>;
  readonly sync?: () => Promise<void>;
}

/** @param how `write` and `sync` only where the handle's own will not do. */
export function closable(handle: FileHandle, { sizeBytes, direct, write = (bytes, at) => handle.write(bytes, 0, bytes.length, at), sync = () => handle.sync() }: HowToWrite): ClosableDisk {
  return {
    direct, sizeBytes, buffer, sync, close: () => handle.close(),
    write: (offset, bytes) => every(bytes, (rest, from) => write(rest, offset + from).then(({ bytesWritten }) => bytesWritten)),
    read: (offset, bytes) => every(bytes, (rest, from) => handle.read(rest, 0, rest.length, offset + from).then(({ bytesRead }) => bytesRead)),
  };
}

/** @returns AppError `disk-busy`, `disk-gone`, `not-elevated`, `disk-refused`; what has no word of ours as it is. */
export function whyNot(id: string, cause: unknown): unknown {
  switch (errnoOf(cause)) {
    case 'EBUSY': case 'ETXTBSY': return new AppError('disk-busy', { disk: id }, { cause });
    case 'ENOENT': case 'ENXIO': case 'ENODEV': case 'ENOMEDIUM': return new AppError('disk-gone', { disk: id }, { cause });
    case 'EACCES': case 'EPERM': return new AppError('not-elevated', { disk: id }, { cause });
    case 'EROFS': return new AppError('disk-refused', { disk: id, reasons: ['read-only'] }, { cause });
    default: return cause;
  }
}

/** @returns The system's name for a failure, such as EBUSY; empty when there is none. */
export const errnoOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Memory of WebAssembly begins at a page: what unbuffered writing demands, without a native library. */
const buffer = (sizeBytes: number): Uint8Array => new Uint8Array(new WebAssembly.Memory({ initial: Math.ceil(sizeBytes / PAGE_BYTES) }).buffer, 0, sizeBytes);

async function every(bytes: Uint8Array, act: (rest: Uint8Array, from: number) => Promise<number>): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const count = await act(bytes.subarray(done), done);
    if (count === 0) throw Object.assign(new Error('the disk ends here'), { code: 'ENXIO' }); // a disk that shrank was pulled
    done += count;
  }
}

/** Its last sector can be read, and none behind it: systems say an error or nothing there. */
async function endsAt(handle: FileHandle, sizeBytes: number): Promise<boolean> {
  const sector = buffer(SECTOR_BYTES);
  const readAt = (at: number): Promise<number> => handle.read(sector, 0, SECTOR_BYTES, at).then(({ bytesRead }) => bytesRead, () => 0);
  return sizeBytes >= SECTOR_BYTES && await readAt(sizeBytes - SECTOR_BYTES) === SECTOR_BYTES && await readAt(sizeBytes) === 0;
}

async function insistently<T>(waitMs: number, busy: readonly string[], act: () => Promise<T>): Promise<T> {
  for (const until = performance.now() + waitMs;;) {
    try {
      return await act();
    } catch (error) {
      if (!busy.includes(errnoOf(error)) || performance.now() >= until) throw error;
      await new Promise((resolve) => { setTimeout(resolve, AGAIN_AFTER_MS); });
    }
  }
}
