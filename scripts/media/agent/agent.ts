// The agent: runs once for every turn of the conversation, started by start.cmd with Windows Script Host.
import { takeTurn } from './flow.ts';
import { NEXT } from './next.ts';
import { echo, environment, makeFileSystemObject, makeShell, quit, scriptFolder } from './script-host.ts';
import { watchMedium } from './watch.ts';
import { makeConsole } from './wsh-console.ts';
import { makeFiles } from './wsh-files.ts';
import { makeVolumes } from './wsh-volumes.ts';

let next: number = NEXT.failed;
try {
  next = run();
} catch (error) {
  // The engine's own sentence; it never holds a value. Script host itself would end with 0, whatever happened, here too.
  try {
    echo((error as { readonly message?: string }).message || 'fault'); // script host throws objects with a message, nothing else
  } catch (mute) {
    // Nobody hears it; the launcher says that the agent stopped.
  }
}
quit(next);

function run(): number {
  const fso = makeFileSystemObject();
  const shell = makeShell();
  const files = makeFiles(fso, shell);
  const place = { home: scriptFolder() };
  if (environment(shell, 'BLUELIFT_WATCH') === '') return takeTurn({ console: makeConsole(fso, shell), volumes: makeVolumes(fso, shell, files, place.home), files: files, place: place });
  watchMedium(files, place, shell);
  return NEXT.restart;
}
