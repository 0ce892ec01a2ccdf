// A small file in place of another at once: whoever looks finds the old one or the new one, whole.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { AppError } from '../core/app-error.ts';

/** Writes beside the file, forces it to the disk, then renames. AppError `disk-full`: nothing of the new one is left. */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.new`;
  try {
    const file = openSync(beside, 'w', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT') ? new AppError('disk-full', { path }, { cause }) : cause;
  }
}
