import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bluelift, newDesk } from '../support/command-line.ts';
import { idText, passwordText } from '../core/keys/import-desk.ts';

it('tags and blocks every host a filter finds, never all of them by a forgotten filter, and writes the list as a file without secrets', async () => {
  const { folder, first } = await newDesk();
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
}, 180_000);

it('gives hosts to a technician of any name, one called none too, and takes them off again', async () => {
  const { folder, first } = await newDesk();
  writeFileSync(join(folder, 'console.txt'), 'PC-1\nPC-2\n');
  await bluelift(['import', join(folder, 'console.txt'), ...first]);
  expect((await bluelift(['hosts', 'assign', 'none', '--query', 'PC-1', ...first, '--json'])).json()).toEqual({ found: 1, changed: 1 });
  expect((await bluelift(['hosts', '--technician', 'none', ...first, '--json'])).json()).toMatchObject({ total: 1, hosts: [{ hostname: 'PC-1' }] });
  expect((await bluelift(['hosts', 'unassign', '--technician', 'none', ...first, '--json'])).json()).toEqual({ found: 1, changed: 1 });
  expect((await bluelift(['hosts', '--technician', 'none', ...first, '--json'])).json()).toMatchObject({ error: { code: 'not-found', facts: { technician: 'none' } } });
}, 120_000);

it('names the waves, sites and tags there are instead of answering 0 hosts for one that is none', async () => {
  const { folder, first } = await newDesk();
  const failure = async (...words: string[]): Promise<unknown> => { const run = await bluelift([...words, ...first, '--json']); return [run.code, run.json()['error']]; };
  writeFileSync(join(folder, 'console.csv'), 'Hostname,Site\r\nPC-1,Kiel\r\nPC-2,Hamburg\r\n');
  await bluelift(['import', join(folder, 'console.csv'), ...first]);
  await bluelift(['waves', 'create', 'Canary', ...first]);
  await bluelift(['hosts', 'tag', 'ward', '--query', 'PC-1', ...first]);

  expect(await failure('hosts', '--site', 'Keil')).toEqual([3, { code: 'not-found', facts: { site: 'Keil', known: ['Kiel', 'Hamburg'] } }]);
  expect(await failure('hosts', '--wave', 'Cannery')).toEqual([3, { code: 'not-found', facts: { wave: 'Cannery', known: ['Canary'] } }]);
  expect(await failure('hosts', '--tag', 'floor')).toEqual([3, { code: 'not-found', facts: { tag: 'floor', known: ['ward'] } }]);
  expect(await failure('hosts', 'block-all', '--reason', 'not-reachable', '--site', 'Keil')).toMatchObject([3, { facts: { site: 'Keil' } }]);
  expect(await failure('report', 'situation', '--wave', 'Cannery', '--out', join(folder, 'r.html'))).toMatchObject([3, { facts: { wave: 'Cannery', known: ['Canary'] } }]);
  expect(await bluelift(['hosts', '--site', 'Keil', '--language', 'de', ...first])).toMatchObject({ code: 3, err: 'Nicht gefunden: Keil. Es gibt: Kiel, Hamburg.\n' });
  // A wave that is empty, and an operator who has no host yet, are no mistakes; a site is meant in any case.
  expect((await bluelift(['hosts', '--wave', 'canary', ...first, '--json'])).json()).toMatchObject({ total: 0 });
  expect((await bluelift(['hosts', '--technician', 'FIRST', ...first, '--json'])).json()).toMatchObject({ total: 0 });
  expect((await bluelift(['hosts', '--site', 'kiel', ...first, '--json'])).json()).toMatchObject({ total: 1, hosts: [{ hostname: 'PC-1' }] });
}, 180_000);

it('writes no list over a file that is there, unless that is what was asked for, and then before anything else is done', async () => {
  const { folder, first } = await newDesk();
  const file = join(folder, 'list.csv');
  writeFileSync(file, 'what somebody worked out by hand');
  writeFileSync(join(folder, 'console.txt'), 'PC-1\nPC-2\n');
  for (const words of [['hosts'], ['keys', 'conflicts'], ['reconcile', join(folder, 'console.txt')]]) {
    const run = await bluelift([...words, '--out', file, ...first, '--json']);
    expect([words.join(' '), run.code, run.json()]).toEqual([words.join(' '), 10, { error: { code: 'file-exists', facts: { path: file, option: '--overwrite' } } }]);
  }
  expect(readFileSync(file, 'utf8')).toBe('what somebody worked out by hand');
  expect((await bluelift(['hosts', ...first, '--json'])).json()).toMatchObject({ total: 0 }); // reconcile took nothing in
  expect(await bluelift(['hosts', '--out', file, ...first])).toMatchObject({ err: `There is a file of this name already: ${file}. Choose another name, or replace it with --overwrite.\n` });
  expect(await bluelift(['hosts', '--out', file, '--overwrite', ...first])).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).toMatch(/^\ufeff"host"/);
}, 180_000);
