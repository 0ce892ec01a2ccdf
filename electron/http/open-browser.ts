// Opens the desk's page where there is a browser. Never fails: the address stands in the terminal anyway.
import { spawn } from 'node:child_process';

/**
 * @param environment BROWSER names a command that gets the address as its one argument; CI and a Linux without a display mean: none.
 * @returns The command that is tried, or null.
 */
export function browserCommand(address: string, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly [string, ...string[]] | null {
  const { BROWSER, CI, DISPLAY, WAYLAND_DISPLAY } = environment;
  if (CI !== undefined && CI !== '' && CI !== 'false') return null;
  if (BROWSER === 'none') return null;
  if (BROWSER !== undefined && BROWSER !== '') return [BROWSER, address];
  if (platform === 'darwin') return ['open', address];
  // `start` is the shell's own; the empty string is the window title it would take the address for.
  if (platform === 'win32') return ['cmd', '/c', 'start', '', address];
  return DISPLAY === undefined && WAYLAND_DISPLAY === undefined ? null : ['xdg-open', address];
}

export function openBrowser(address: string, environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): void {
  const command = browserCommand(address, environment, platform);
  if (command === null) return;
  const [program, ...words] = command;
  const child = spawn(program, words, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
