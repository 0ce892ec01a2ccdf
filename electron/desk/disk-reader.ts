// Reads a disk, a partition or an image file, and only reads: the file is opened read-only and there is no way to write through this.
import { open, stat } from 'node:fs/promises';
import { readFileSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { platform } from 'node:process';
import { AppError } from '../core/app-error.ts';
import type { ReadAt } from '../formats/fat/read.ts';

export interface DiskReader {
  readonly readAt: ReadAt;
  readonly sizeBytes: number;
  close(): Promise<void>;
}

/** Raw disks are read in whole sectors (Windows and macOS refuse anything else). */
const ALIGNMENT = 4096;
const WINDOWS_DEVICE = /^\\\\[.?]\\/;

/**
 * @param path A file, or a device such as `/dev/sdb2` or `\\.\PhysicalDrive1` (devices need the rights of an administrator).
 * @returns AppError `file-not-found`, `file-is-a-directory`, `file-unreadable`.
 */
export async function openDiskReader(path: string): Promise<DiskReader> {
  try {
    // Windows has no facts about a raw disk but its first bytes.
    const facts = WINDOWS_DEVICE.test(path) ? null : await stat(path);
    if (facts?.isDirectory() === true) throw new AppError('file-is-a-directory', { path });
    if (facts?.isFIFO() === true || facts?.isSocket() === true) throw new AppError('file-unreadable', { path, why: 'not-a-file' }); // would wait for somebody who writes
    const file = await open(path, 'r');
    const sizeBytes = facts === null || facts.isBlockDevice() || (platform === 'darwin' && facts.isCharacterDevice()) ? deviceBytes(path) : facts.size;
    return {
      sizeBytes,
      async readAt(offset, length) {
        if (offset < 0 || offset >= sizeBytes || length <= 0) return new Uint8Array();
        const from = Math.floor(offset / ALIGNMENT) * ALIGNMENT;
        const wanted = Math.ceil((offset + length - from) / ALIGNMENT) * ALIGNMENT;
        try {
          const { bytesRead, buffer } = await file.read(Buffer.alloc(wanted), 0, wanted, from);
          return buffer.subarray(offset - from, Math.min(bytesRead, offset - from + length));
        } catch (cause) {
          throw new AppError('file-unreadable', { path, offset }, { cause });
        }
      },
      close: () => file.close(),
    };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown';
    const isDevice = WINDOWS_DEVICE.test(path) || path.startsWith('/dev/');
    const why = isDevice && (code === 'EACCES' || code === 'EPERM') ? 'device-needs-administrator' : code;
    throw new AppError(code === 'ENOENT' ? 'file-not-found' : 'file-unreadable', { path, ...(code === 'ENOENT' && !isDevice ? {} : { why }) }, { cause });
  }
}

/** Linux tells a device's size in sectors of 512 bytes, whatever its own are; elsewhere the end is found by the reads that come back short. */
function deviceBytes(path: string): number {
  try {
    return Number(readFileSync(`/sys/class/block/${basename(realpathSync(path))}/size`, 'utf8')) * 512;
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}
