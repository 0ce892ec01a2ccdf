// Where a page may write a file on the desk: it can not look around there, so it gets a proposal to edit.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { safeName } from './received-files.ts';

/** @returns A path in the person's download folder (else the home folder) that does not exist yet: `name.img`, `name-2.img`, … */
export function proposeSavePath(suggestedName: string, home: string = homedir()): string {
  const downloads = join(home, 'Downloads');
  const folder = existsSync(downloads) ? downloads : home;
  const name = safeName(suggestedName);
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : `${stem}-${number}${ending}`);
    if (!existsSync(path)) return path;
  }
}
