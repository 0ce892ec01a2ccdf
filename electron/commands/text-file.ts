// Small text files: given to a command (a recovery sheet, a list of hosts), and made by one (a script, a label).
import { readFileSync, statSync, writeFileSync } from 'node:fs';
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

/** Never over a file that is there. AppError `file-exists`, `folder-not-writable`. */
export function writeTextFile(path: string, content: string): void {
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (cause) {
    throw new AppError(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST' ? 'file-exists' : 'folder-not-writable', { path }, { cause });
  }
}
