// The built agent as files beside the application.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { AppError } from '../core/app-error.ts';

/**
 * @returns start.cmd, agent.js, probe.js, manual.cmd and README.txt as `npm run build` left them. AppError `file-not-found` naming the folder when they were not built.
 */
export async function readBuiltAgent(folder: string = defaultFolder()): Promise<{ name: string; bytes: Uint8Array }[]> {
  if (!existsSync(join(folder, 'agent.js'))) throw new AppError('file-not-found', { path: join(folder, 'agent.js') });
  return readdirSync(folder).sort().map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

/** dist/media, seen from the sources (electron/desk) as well as from a bundle (dist/electron). */
function defaultFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return here.includes(`${join('dist', 'electron')}`) ? join(here, '..', 'media') : join(here, '..', '..', 'dist', 'media');
}
