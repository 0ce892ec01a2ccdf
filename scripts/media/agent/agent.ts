// The agent: runs once for every turn of the conversation, started by start.cmd with Windows Script Host.
import { NEXT, takeTurn } from './flow.ts';
import { echo, environment, makeFileSystemObject, makeShell, quit, scriptFolder } from './script-host.ts';
import { watchMedium } from './watch.ts';
import { makeConsole } from './wsh-console.ts';
import { makeFiles } from './wsh-files.ts';
import { makeVolumes } from './wsh-volumes.ts';

const fso = makeFileSystemObject();
const shell = makeShell();
const home = scriptFolder();
const files = makeFiles(fso, shell);
const place = { home: home };

if (environment(shell, 'BLUELIFT_WATCH') !== '') {
  watchMedium(files, place, shell);
  quit(0);
}

let next: number = NEXT.failed;
try {
  next = takeTurn({ console: makeConsole(fso, shell), volumes: makeVolumes(fso, shell, files, home), files: files, place: place });
} catch (error) {
  // The engine's own sentence; it never holds a value. Wine would say nothing and end with 0.
  echo((error as { readonly message?: string }).message || 'fault'); // script host throws objects with a message, nothing else
}
quit(next);
