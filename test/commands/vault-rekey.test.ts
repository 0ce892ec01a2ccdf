import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { constructKeys, writeConstructedCsv } from '../../scripts/dev/construct-keys.ts';
import { asOperator, bluelift } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 240_000 }); // every command is a process of its own
const PASSPHRASE = 'constructed passphrase';
const KEYS = { records: 300, hosts: 30, seed: 'rekey' } as const;

async function deskWithKeys(): Promise<{ folder: string; first: string[]; sheet: string }> {
  const place = temporaryFolder();
  const first = asOperator(place, 'first', PASSPHRASE);
  const sheet = join(temporaryFolder(), 'sheet.txt');
  expect((await bluelift(['init', ...first, '--recovery-sheet', sheet])).code).toBe(0);
  const csv = join(temporaryFolder(), 'keys.csv');
  writeConstructedCsv(csv, KEYS);
  expect((await bluelift(['import', csv, ...first])).code).toBe(0);
  return { folder: join(place, 'desk'), first, sheet };
}

const [some] = constructKeys(KEYS);

it('changes the keys from the command line, with a new recovery sheet in a file of its owner', async () => {
  const { folder, first, sheet } = await deskWithKeys();
  const before = readFileSync(join(folder, 'store.db'));
  const next = join(temporaryFolder(), 'sheet-2.txt');
  const changed = await bluelift(['vault', 'rekey', '--recovery-sheet', next, ...first, '--json']);
  expect(changed).toMatchObject({ code: 0 });
  expect(changed.json()).toEqual({ operators: ['first'], recoverySheet: next });
  expect(`${changed.out}${changed.err}`).not.toContain(/(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}/.exec(readFileSync(next, 'utf8'))?.[0]);
  expect(readFileSync(join(folder, 'store.db')).subarray(0, 4096).equals(before.subarray(0, 4096))).toBe(false);
  expect((await bluelift(['audit', 'verify', ...first])).code).toBe(0);
  expect((await bluelift(['disclose', some?.keyProtectorId ?? '', '--reason', 'mass-incident', ...first, '--json'])).json()).toMatchObject({ recoveryPassword: some?.recoveryPassword });
  const backup = join(temporaryFolder(), 'desk.backup');
  expect((await bluelift(['backup', backup, ...first])).code).toBe(0);
  const elsewhere = (): string[] => asOperator(temporaryFolder(), 'first', 'another passphrase');
  expect((await bluelift(['restore', backup, '--recovery-sheet', sheet, ...elsewhere()])).code).toBe(4);
  expect((await bluelift(['restore', backup, '--recovery-sheet', next, ...elsewhere()])).code).toBe(0);
  expect((await bluelift(['vault', 'rekey', '--recovery-sheet', next, ...first])).code).toBe(10); // never over a sheet
});
