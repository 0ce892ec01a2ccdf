// After a result that may be followed by a restart: waits beside the prompt until the stick is taken out, then restarts.
import type { Files, Place } from './ports.ts';
import { sleep } from './script-host.ts';
import type { Shell } from './script-host.ts';
import { loadState } from './state.ts';

const EVERY_MS = 1000;

/** Returns at once when the record is not on the stick: such a host never restarts by itself. */
export function watchMedium(files: Files, place: Place, shell: Shell): void {
  const state = loadState(files, place);
  if (!state.isSaved || state.mediumLetter === '') return;
  const marker = `${state.mediumLetter}:\\bluelift\\medium.txt`;
  while (files.hasFile(marker)) {
    sleep(EVERY_MS);
    // The person went on another way meanwhile.
    if (loadState(files, place).step !== 'finished') return;
  }
  shell.Run('cmd /c wpeutil reboot', 0, true);
}
