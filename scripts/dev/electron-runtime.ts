// Finds the Electron runtime by its files. Asking the package itself (`require('electron')`) would try to download it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param root        Folder with node_modules.
 * @param environment ELECTRON_OVERRIDE_DIST_PATH names a folder with another runtime, as Electron itself understands it.
 * @returns Path of the executable, or null when there is none.
 */
export function findElectron(root: string, environment: NodeJS.ProcessEnv): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null;
  const { ELECTRON_OVERRIDE_DIST_PATH } = environment;
  const executable = ELECTRON_OVERRIDE_DIST_PATH !== undefined && ELECTRON_OVERRIDE_DIST_PATH !== ''
    ? join(ELECTRON_OVERRIDE_DIST_PATH, named ?? 'electron')
    : named === null ? null : join(folder, 'dist', named);
  return executable !== null && existsSync(executable) ? executable : null;
}
