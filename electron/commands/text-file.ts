// Small text files: given to a command (a recovery sheet, a list of hosts), and made by one (a script, a label).
import { chmodSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { AppError } from '../core/app-error.ts';

const LARGEST_BYTES = 64 * 1024 * 1024;

/** @returns The text, UTF-8 or UTF-16 with a byte order mark. AppError `file-not-found`, `file-is-a-directory`, `file-unreadable`. */
export function readTextFile(path: string): string {
  let bytes: Buffer;
  try {
    const facts = statSync(path);
    if (facts.isDirectory()) throw new AppError('file-is-a-directory', { path });
    if (facts.size > LARGEST_BYTES) throw new AppError('file-unreadable', { path });
    bytes = readFileSync(path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new AppError(missing ? 'file-not-found' : 'file-unreadable', { path }, { cause });
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

/** Never over a file that is there; of one that can not be written whole nothing is left. AppError `file-exists`, `disk-full`, `folder-not-writable`. */
export function writeNewFile(path: string, content: string | Uint8Array): void {
  writeWhole(path, content, 'wx');
}

/** The same over what is there. AppError `file-is-a-directory`, `disk-full`, `folder-not-writable`. */
export function writeFileOver(path: string, content: string): void {
  writeWhole(path, content, 'w');
}

function writeWhole(path: string, content: string | Uint8Array, flag: 'w' | 'wx'): void {
  const isNew = !existsSync(path);
  try {
    writeFileSync(path, content, { flag });
  } catch (cause) {
    if (isNew) rmSync(path, { force: true });
    throw errorOfWriting(path, cause);
  }
}

/**
 * Makes a file with room for what is told only once (a recovery sheet, a script for hosts that count as asked from then on), so that no disk is full when it comes. For its owner only.
 *
 * @param sizeBytes More than will come. @returns `fill` writes the content in its place, `drop` takes the file away. AppError `file-exists`, `disk-full`, `folder-not-writable`.
 */
export function reserveFile(path: string, sizeBytes: number): { fill(content: string): void; drop(): void } {
  try {
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    throw errorOfWriting(path, cause);
  }
  const drop = (): void => rmSync(path, { force: true });
  const write = (content: string | Uint8Array): void => {
    try {
      writeFileSync(path, content, { flag: 'r+', flush: true });
      truncateSync(path, Buffer.byteLength(content));
    } catch (cause) {
      throw errorOfWriting(path, cause);
    }
  };
  try {
    chmodSync(path, 0o600);
    write(Buffer.alloc(sizeBytes, ' '));
  } catch (error) {
    drop();
    throw error;
  }
  return { fill: write, drop };
}

function errorOfWriting(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return new AppError(code === 'EEXIST' ? 'file-exists' : code === 'EISDIR' ? 'file-is-a-directory' : code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'folder-not-writable', { path }, { cause });
}
