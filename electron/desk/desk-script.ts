// Where the desk's PowerShell scripts lie.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../core/app-error.ts';

/** @returns A file of scripts/desk, seen from the sources (electron/desk) as well as from a bundle (dist/electron). AppError `file-not-found`. */
export function deskScript(name: string): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const path = here.includes(join('dist', 'electron')) ? join(here, '..', 'desk', name) : join(here, '..', '..', 'scripts', 'desk', name);
  if (!existsSync(path)) throw new AppError('file-not-found', { path });
  return path;
}
