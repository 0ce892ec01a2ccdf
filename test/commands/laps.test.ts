import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bluelift, newDesk } from '../support/command-line.ts';

it('takes LAPS passwords in, lets one out on record by the host it is of, and rotates it', async () => {
  const { folder, first } = await newDesk();
  const path = join(folder, 'laps.csv');
  const row = (host: string, account: string, password: string, status = 'Success'): string => `"${host}","${account}","${password}","2024-07-01T00:00:00Z","2024-08-01T00:00:00Z","${status}"`;
  writeFileSync(path, ['"ComputerName","Account","Password","PasswordUpdateTime","ExpirationTimestamp","DecryptionStatus"', row('PC-1', 'Administrator', 'b5K!0Oq'), row('PC-2', 'one', 'first-secret'), row('PC-2', 'two', 'second-secret'), row('PC-3', '', '', 'Unauthorized'), ''].join('\r\n'));
  const imported = await bluelift(['import', path, ...first]);
  expect([imported.code, imported.out]).toEqual([0, expect.stringMatching(/LAPS passwords: 3 new, 0 unchanged, 0 in contradiction, 1 encrypted .*-AsPlainText/)]);

  const disclosed = await bluelift(['disclose', '--laps', 'pc-1', '--reason', 'mass-incident', '--ticket', 'INC-1', ...first]);
  expect([disclosed.code, disclosed.out]).toEqual([0, 'b5K!0Oq\n']);
  expect(disclosed.err).toMatch(/Administrator.*\n.*PC-1/);
  expect((await bluelift(['disclose', '--laps', 'PC-2', '--reason', 'other', ...first])).err).toMatch(/two, one.*--account/);
  expect((await bluelift(['disclose', '--laps', 'PC-2', '--account', 'TWO', '--reason', 'other', ...first, '--json'])).json()).toMatchObject({ hostname: 'PC-2', account: 'two', lapsPassword: 'second-secret', disclosureId: 2 });
  expect(await bluelift(['disclose', '--laps', 'PC-3', '--reason', 'other', ...first])).toMatchObject({ code: 3, out: '' });
  expect(await bluelift(['disclose', '--laps', 'PC-1', ...first])).toMatchObject({ code: 2, out: '' });

  const list = await bluelift(['rotation', 'list', ...first]);
  expect(list.out).toContain('LAPS Administrator  PC-1');
  expect(`${imported.out}${list.out}${list.err}`).not.toMatch(/b5K!|secret/);
  const script = join(folder, 'rotate.ps1');
  expect((await bluelift(['rotation', 'export', '--for', 'manage-bde', '--out', script, ...first, '--json'])).json()).toMatchObject({ keyRecords: 0, lapsPasswords: 2, hosts: 2 });
  expect((await bluelift(['rotation', 'confirm', '--laps', 'PC-1', '--reason', 'reset at the host', ...first, '--json'])).json()).toEqual({ confirmed: 1 });
  expect(await bluelift(['rotation', 'confirm', '--laps', 'PC-3', '--reason', 'never disclosed', ...first])).toMatchObject({ code: 3 });
  expect(await bluelift(['audit', 'verify', ...first])).toMatchObject({ code: 0 });
}, 300_000);
