import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asOperator, bluelift } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { idText, passwordText } from '../core/keys/import-desk.ts';

it('tags and blocks every host a filter finds, never all of them by a forgotten filter, and writes the list as a file without secrets', async () => {
  const folder = temporaryFolder();
  const first = asOperator(folder, 'first', 'constructed passphrase');
  await bluelift(['init', ...first]);
  writeFileSync(join(folder, 'keys.csv'), ['"ComputerName","KeyProtectorId","RecoveryPassword"', ...['PC-1', 'PC-2', 'LAB-1'].map((name, n) => `"${name}","${idText(n + 1)}","${passwordText(n + 1)}"`), ''].join('\r\n'));
  await bluelift(['import', join(folder, 'keys.csv'), ...first]);
  expect((await bluelift(['hosts', 'tag', 'ward', '--query', 'PC-', ...first, '--json'])).json()).toEqual({ found: 2, changed: 2 });
  expect(await bluelift(['hosts', 'tag', 'ward', ...first])).toMatchObject({ code: 2 });
  const file = join(folder, 'hosts.csv');
  expect((await bluelift(['hosts', '--tag', 'WARD', '--out', file, ...first, '--json'])).json()).toMatchObject({ total: 2 });
  expect(readFileSync(file, 'utf8').split('\r\n').map((line) => line.split(',')[0])).toEqual(['\ufeff"host"', '"PC-1"', '"PC-2"', '']);
  expect(readFileSync(file, 'utf8')).not.toContain(passwordText(1));
  expect((await bluelift(['hosts', 'block-all', '--reason', 'not-reachable', '--tag', 'ward', ...first, '--json'])).json()).toMatchObject({ found: 2 });
  expect((await bluelift(['hosts', 'untag', 'ward', '--query', 'PC-1', ...first, '--json'])).json()).toEqual({ found: 1, changed: 1 });
}, 120_000);
