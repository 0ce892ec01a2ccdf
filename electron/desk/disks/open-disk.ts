// A whole disk opened for nobody else, written and read past the system's cache.
import { constants } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../core/app-error.ts';
import type { OpenDisk } from '../../core/media/disk-write.ts';

export interface ClosableDisk extends OpenDisk { readonly direct: boolean; close(): Promise<void> }

const PAGE_BYTES = 65_536;
/** Linux counts a disk's size in these whatever its sectors are. */
const BLOCK_BYTES = 512;

/**
 * Opens a disk on Linux. O_EXCL on a block device is the kernel's own guard: it refuses while a partition is mounted or held by another layer.
 *
 * @throws AppError `disk-busy`; `disk-gone` when nothing is there; `disk-refused` when it is no disk; `not-elevated` when the system does not let this process.
 */
export async function openDisk(path: string): Promise<ClosableDisk> {
  const { handle, direct } = await openHandle(path);
  try {
    const facts = await handle.stat({ bigint: true });
    if (!facts.isBlockDevice()) throw new AppError('disk-refused', { disk: path, reasons: ['not-a-stick'] });
    // Through the open handle: whatever was plugged in meanwhile under this name is not what is asked for here.
    const [major, minor] = deviceNumbers(facts.rdev);
    const sizeBytes = Number((await readFile(`/sys/dev/block/${major}:${minor}/size`, 'utf8')).trim()) * BLOCK_BYTES;
    return {
      direct, sizeBytes, buffer, sync: () => handle.sync(), close: () => handle.close(),
      write: (offset, bytes) => every(bytes, (from, length) => handle.write(bytes, from, length, offset + from).then(({ bytesWritten }) => bytesWritten)),
      read: (offset, bytes) => every(bytes, (from, length) => handle.read(bytes, from, length, offset + from).then(({ bytesRead }) => bytesRead)),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openHandle(path: string): Promise<{ readonly handle: FileHandle; readonly direct: boolean }> {
  const exclusive = constants.O_RDWR | constants.O_EXCL;
  try {
    return { handle: await open(path, exclusive | constants.O_DIRECT), direct: true };
  } catch (error) {
    // Not every driver can pass the cache; what is read back then may come out of it, and the report says so.
    if (errnoOf(error) === 'EINVAL') return { handle: await open(path, exclusive).catch((again: unknown) => { throw whyNot(path, again); }), direct: false };
    throw whyNot(path, error);
  }
}

function whyNot(path: string, cause: unknown): unknown {
  switch (errnoOf(cause)) {
    case 'EBUSY': return new AppError('disk-busy', { disk: path }, { cause });
    case 'ENOENT': case 'ENXIO': case 'ENODEV': case 'ENOMEDIUM': return new AppError('disk-gone', { disk: path }, { cause });
    case 'EACCES': case 'EPERM': return new AppError('not-elevated', { disk: path }, { cause });
    case 'EROFS': return new AppError('disk-refused', { disk: path, reasons: ['read-only'] }, { cause });
    default: return cause;
  }
}

export const errnoOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** As glibc's `major` and `minor` take a device number apart. */
const deviceNumbers = (rdev: bigint): readonly [bigint, bigint] => [((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xfffff000n), (rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n)];

/** Memory of WebAssembly begins at a page: what O_DIRECT demands, without a native library. */
const buffer = (sizeBytes: number): Uint8Array => new Uint8Array(new WebAssembly.Memory({ initial: Math.ceil(sizeBytes / PAGE_BYTES) }).buffer, 0, sizeBytes);

async function every(bytes: Uint8Array, act: (from: number, length: number) => Promise<number>): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const count = await act(done, bytes.length - done);
    if (count === 0) throw Object.assign(new Error('the disk ends here'), { code: 'ENXIO' }); // a disk that shrank was pulled
    done += count;
  }
}
