// Where a desk is kept when nobody says where: the place the operating system has for an application's data.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** @returns BLUELIFT_DESK, or the folder by the convention of the operating system. */
export function defaultDeskFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const { BLUELIFT_DESK, LOCALAPPDATA, XDG_DATA_HOME } = environment;
  if (BLUELIFT_DESK !== undefined && BLUELIFT_DESK !== '') return BLUELIFT_DESK;
  if (platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Bluelift');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Bluelift');
  return join(XDG_DATA_HOME !== undefined && XDG_DATA_HOME !== '' ? XDG_DATA_HOME : join(homedir(), '.local', 'share'), 'bluelift');
}
