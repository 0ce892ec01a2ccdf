import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { idText, passwordText } from '../core/keys/import-desk.ts';
import { bluelift, newDesk } from '../support/command-line.ts';

it('plans waves, opens the canary, keeps the next one shut until its gate is met or a reason is given', async () => {
  const { folder, first } = await newDesk();
  const json = async (...words: string[]): Promise<Record<string, unknown>> => (await bluelift([...words, ...first, '--json'])).json();
  writeFileSync(join(folder, 'keys.csv'), ['"ComputerName","KeyProtectorId","RecoveryPassword"', ...['DC-1', 'PC-1', 'PC-2'].map((name, n) => `"${name}","${idText(n + 1)}","${passwordText(n + 1)}"`), ''].join('\r\n'));
  await bluelift(['import', join(folder, 'keys.csv'), ...first]);
  expect(await json('waves', 'create', 'Canary')).toMatchObject({ place: 1, canary: true });
  await bluelift(['waves', 'create', 'Wards', ...first]);
  expect(await json('waves', 'assign', 'Canary', '--name', 'DC-*')).toEqual({ assigned: 1, moved: 0, stayed: 0, unknown: [] });
  expect(await json('waves', 'assign', 'wards', '--host', 'pc-1', '--host', 'nobody')).toEqual({ assigned: 1, moved: 0, stayed: 0, unknown: ['nobody'] });
  expect(await json('waves', 'assign', 'wards', '--name', 'DC-*', '--free-only')).toEqual({ assigned: 0, moved: 0, stayed: 1, unknown: [] });
  expect(await bluelift(['waves', 'assign', 'Wards', '--site', 'Kiel', '--tag', 'x', ...first])).toMatchObject({ code: 2 });
  expect(await bluelift(['waves', 'assign', 'nowhere', '--name', 'DC-*', ...first])).toMatchObject({ code: 3, err: 'Not found: nowhere. There are: Canary, Wards.\n' });
  await bluelift(['waves', 'create', 'none', ...first]);
  expect(await json('waves', 'assign', 'none', '--name', 'PC-2')).toMatchObject({ assigned: 1 });
  expect(await json('waves', 'unassign', '--name', 'PC-2')).toMatchObject({ assigned: 1 });
  expect(await json('waves', 'remove', 'none')).toEqual({ removed: 'none' });
  expect(await bluelift(['waves', 'up', 'Canary', ...first])).toMatchObject({ code: 6, err: expect.stringContaining('Wave Canary keeps its place') });
  expect(await json('waves', 'create', 'Backwards', '--begins', '2026-01-02', '--ends', '2026-01-01')).toMatchObject({ error: { code: 'invalid-input', facts: { fields: ['--ends: not-after-begin'] } } });
  expect(await json('waves', 'open', 'Canary')).toMatchObject({ opened: true });
  const refused = await bluelift(['waves', 'open', 'Wards', ...first]);
  expect([refused.code, refused.out]).toMatchObject([6, expect.stringContaining('0 of 1 host verified')]);
  expect(await bluelift(['hosts', 'verify', 'DC-1', '--evidence', 'answers ping', ...first])).toMatchObject({ code: 0 });
  expect(await json('waves', 'open', 'Wards')).toMatchObject({ opened: true, gate: { met: true, verified: 1 } });
  expect(await bluelift(['waves', 'keep-off', 'PC-2', ...first])).toMatchObject({ code: 2 });
  expect(await json('waves', 'keep-off', 'PC-2', '--reason', 'water damage')).toEqual({ changed: 1, unknown: [] });
  expect(await json('waves', 'list')).toMatchObject({ waves: [{ name: 'Canary', done: 1 }, { name: 'Wards', hosts: 1 }], keptOff: [{ hostname: 'PC-2' }] });
}, 300_000); // every command is a process of its own
