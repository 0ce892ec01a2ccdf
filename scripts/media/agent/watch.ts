// After a result that may be followed by a restart: waits beside the prompt until the stick is taken out, then restarts.
import type { Files, Place } from './ports.ts';
import { sleep } from './script-host.ts';
import type { Shell } from './script-host.ts';

const EVERY_MS = 1000;
const LETTERS = 'CDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Says to the watcher that taking the stick out now means a restart.
 *
 * A file whose name says it all: the watcher runs beside the conversation, and a file that both open is refused to one of them.
 */
export function mayBeTakenOut(files: Files, place: Place, mediumLetter: string): void {
  files.write(flagOf(place, mediumLetter), '');
}

/** From here on it does not: what comes next may be work on the host. */
export function mayNotBeTakenOut(files: Files, place: Place): void {
  for (let i = 0; i < LETTERS.length; i++) {
    const flag = flagOf(place, LETTERS.charAt(i));
    if (files.hasFile(flag)) files.remove(flag);
  }
}

/** Never returns before it has restarted the host: after another way through the conversation there may be a result again. */
export function watchMedium(files: Files, place: Place, shell: Shell): void {
  while (!isTakenOut(files, place)) sleep(EVERY_MS);
  shell.Run('cmd /c wpeutil reboot', 0, true);
}

/** @returns Whether a stick is gone that was to be taken out. */
export function isTakenOut(files: Files, place: Place): boolean {
  for (let i = 0; i < LETTERS.length; i++) {
    const letter = LETTERS.charAt(i);
    if (files.hasFile(flagOf(place, letter)) && !files.hasFile(`${letter}:\\bluelift\\medium.txt`)) return true;
  }
  return false;
}

function flagOf(place: Place, letter: string): string {
  return `${place.home}take-out-${letter}.txt`;
}
