// The agent: runs once for every turn of the conversation, started by start.cmd with Windows Script Host.
import { takeTurn } from './flow.ts';
import { makeFileSystemObject, makeShell, quit, scriptFolder, environment } from './script-host.ts';
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
// An error that nobody caught ends with script host's own exit code, which is none of NEXT: the launcher shows it and goes to manual.cmd.
quit(takeTurn({ console: makeConsole(fso, shell), volumes: makeVolumes(fso, shell, files, home), files: files, place: place }));
