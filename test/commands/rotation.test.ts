import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { idText, passwordText } from '../core/keys/import-desk.ts';
import { bluelift, newDesk } from '../support/command-line.ts';

it('lists what was disclosed, hands it over once, and takes a newer key or a reason as its end', async () => {
  const { folder, first } = await newDesk();
  const keys = (name: string, rows: readonly string[]): string => { const path = join(folder, name); writeFileSync(path, ['"ComputerName","KeyProtectorId","RecoveryPassword","VolumeId","Created"', ...rows, ''].join('\r\n')); return path; };
  const volume = '11111111-1111-4111-8111-111111111111';
  await bluelift(['import', keys('before.csv', [1, 2].map((n) => `"PC-${n}","${idText(n)}","${passwordText(n)}","${volume}","2024-01-01T00:00:00Z"`)), ...first]);
  for (const n of [1, 2]) await bluelift(['disclose', idText(n), '--reason', 'mass-incident', ...first]);
  const list = async (...more: string[]): Promise<unknown> => (await bluelift(['rotation', 'list', ...more, ...first, '--json'])).json();
  expect(await list('--state', 'due')).toMatchObject({ total: 2, rotations: [{ hostname: 'PC-1', keyProtectorId: idText(1), risk: 'shown' }, { hostname: 'PC-2' }] });

  const script = join(folder, 'rotate.ps1');
  expect((await bluelift(['rotation', 'export', '--for', 'manage-bde', '--out', script, ...first, '--json'])).json()).toMatchObject({ keyRecords: 2, hosts: 2, out: script });
  expect(readFileSync(script, 'utf8')).toContain(`'PC-1' = @('${idText(1)}')`);
  expect(await bluelift(['rotation', 'export', '--for', 'manage-bde', '--out', script, ...first])).toMatchObject({ code: 10 });
  expect(await bluelift(['rotation', 'export', '--for', 'fax', '--out', join(folder, 'other.ps1'), ...first])).toMatchObject({ code: 2 });
  expect(existsSync(join(folder, 'other.ps1'))).toBe(false);
  expect((await bluelift(['rotation', 'export', '--for', 'manage-bde', '--out', join(folder, 'other.ps1'), ...first, '--json'])).json()).toMatchObject({ keyRecords: 0, out: null }); // all are asked for
  expect(existsSync(join(folder, 'other.ps1'))).toBe(false);

  await bluelift(['import', keys('after.csv', [`"PC-1","${idText(3)}","${passwordText(3)}","${volume}","${new Date(Date.now() + 60_000).toISOString()}"`]), ...first]);
  expect(await bluelift(['rotation', 'confirm', idText(2), ...first])).toMatchObject({ code: 2 });
  expect(await bluelift(['rotation', 'confirm', idText(3), '--reason', 'never disclosed', ...first])).toMatchObject({ code: 3 });
  expect(await bluelift(['rotation', 'confirm', idText(2), '--reason', 'new disk', ...first])).toMatchObject({ code: 0 });
  expect(await list()).toMatchObject({ states: [{ count: 0 }, { count: 0 }, { count: 2 }], rotations: [{ confirmedHow: 'evidence', evidence: idText(3) }, { confirmedHow: 'statement', statement: 'new disk' }] });
  expect(await bluelift(['audit', 'verify', ...first])).toMatchObject({ code: 0 });
}, 180_000);
