import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { idText, passwordText } from '../core/keys/import-desk.ts';
import { bluelift, newDesk } from '../support/command-line.ts';

it('tries and adds a recipe, has a second operator approve it, and closes an incident only when nothing is open', async () => {
  const { folder, first } = await newDesk();
  mkdirSync(join(folder, 'root', 'Windows', 'Temp'), { recursive: true });
  writeFileSync(join(folder, 'root', 'Windows', 'Temp', 'bad-1.sys'), Uint8Array.of(0xaa, 0xbb, 1));
  const fields = ['--title', 'Another file', '--path', 'Windows\\Temp', '--pattern', 'bad-*.sys', '--header', 'aabb'];
  expect((await bluelift(['recipe', 'try', 'other-file', ...fields, '--folder', join(folder, 'root'), ...first, '--json'])).json()).toMatchObject({ found: true, removed: 1, files: [{ name: 'bad-1.sys', act: 'remove' }] });
  expect((await bluelift(['recipe', 'add', 'other-file', ...fields, ...first, '--json'])).json()).toMatchObject({ recipeId: 'other-file', version: 1, approvedBy: null });
  expect(await bluelift(['recipe', 'add', 'other-file', '--title', 'Everything', '--path', 'Windows', '--pattern', '*.*', ...first])).toMatchObject({ code: 2 });
  expect(await bluelift(['recipe', 'approve', 'other-file', '1', ...first])).toMatchObject({ code: 6 });
  expect((await bluelift(['recipe', 'show', 'channel-file-291', ...first, '--json'])).json()).toMatchObject({ version: 1, approvedBy: 'Bluelift', header: 'aaaaaaaa01002301' });

  expect((await bluelift(['incident', 'create', 'Other', '--recipe', 'other-file', ...first, '--json'])).json()).toMatchObject({ name: 'Other', recipeVersion: null });
  writeFileSync(join(folder, 'keys.csv'), `"ComputerName","KeyProtectorId","RecoveryPassword"\r\n"PC-1","${idText(1)}","${passwordText(1)}"\r\n`);
  await bluelift(['import', join(folder, 'keys.csv'), ...first]);
  await bluelift(['disclose', idText(1), '--reason', 'mass-incident', ...first]);
  const refused = await bluelift(['incident', 'close', 'other', ...first, '--json']);
  expect([refused.code, refused.json()]).toMatchObject([6, { closedAt: null, stillOpen: { rotations: { count: 1, rows: [{ hostname: 'PC-1', keyProtectorId: idText(1) }] } } }]);
  await bluelift(['rotation', 'confirm', idText(1), '--reason', 'new disk', ...first]);
  const archive = join(folder, 'end.archive');
  expect(await bluelift(['incident', 'close', 'other', '--purge', ...first])).toMatchObject({ code: 6 }); // the one the desk began with is open
  expect((await bluelift(['incident', 'close', 'other', '--archive', archive, ...first, '--json'])).json()).toMatchObject({ closedBy: 'first', stillOpen: null, purged: false, archive: { path: archive, operators: ['first'], recoverySheet: false } });
  expect(await bluelift(['incident', 'close', 'other', ...first])).toMatchObject({ code: 6 });
  expect((await bluelift(['incident', 'list', ...first, '--json'])).json()).toMatchObject({ incidents: [{ closedAt: null }, { name: 'Other' }] });
}, 180_000);
