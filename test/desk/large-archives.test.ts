// Archives of very many files: nobody waits for their directory to be read, and nobody is asked about each.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { previewFiles } from '../../electron/desk/preview-files.ts';
import { openZip } from '../../electron/desk/zip-archive.ts';
import { constructZip } from '../support/construct-zip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MEMBERS = 3000;
const note = (n: number): { readonly name: string; readonly bytes: string } => ({ name: `${n}.txt`, bytes: 'Ask the helpdesk for this one.' });
const table = { name: 'tabelle.csv', bytes: 'Rechner;Kennung;Schluessel\r\nPC-1;;\r\n' };

function save(members: Parameters<typeof constructZip>[0]): string {
  const path = join(temporaryFolder(), 'hand-over.zip');
  writeFileSync(path, constructZip(members));
  return path;
}

test('lets others have their turn while its directory is read', async () => {
  const path = save(Array.from({ length: MEMBERS }, (_, n) => note(n)));
  const state = { turns: 0, on: true };
  const watch = (): void => { state.turns += 1; if (state.on) setImmediate(watch); };
  setImmediate(watch);
  const archive = await openZip(path, path);
  state.on = false;
  archive.close();
  expect(archive.members).toHaveLength(MEMBERS);
  expect(state.turns).toBeGreaterThan(10);
});

test('is read no further when whoever asked has gone', async () => {
  const path = save(Array.from({ length: MEMBERS }, (_, n) => note(n)));
  const signal = { aborted: false };
  setImmediate(() => { signal.aborted = true; });
  const archive = await openZip(path, path, signal);
  archive.close();
  expect(archive.members.length).toBeGreaterThan(0);
  expect(archive.members.length).toBeLessThan(MEMBERS);
});

test('has its first files looked at for tables before it is taken in, never all', async () => {
  const notes = Array.from({ length: 400 }, (_, n) => note(n));
  const first = save([table, ...notes]);
  expect((await previewFiles([first], [])).map(({ path }) => path)).toEqual([`${first}/tabelle.csv`]);
  expect(await previewFiles([save([...notes, table])], [])).toEqual([]);
});
