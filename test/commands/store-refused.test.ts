// A store that is not this desk's, not of this version or not whole, met at the command line: named, exit code 8, and not one byte of it altered.
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, readdirSync, truncateSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { importText, csv } from '../core/keys/import-desk.ts';
import { bluelift } from '../support/command-line.ts';
import { openNewDesk, PASSPHRASE, signInPorts } from '../support/open-desk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 240_000 }); // every command is a process of its own

/** @returns The folder of a desk with one host and key, closed. */
async function closedDesk(alter: (desk: Awaited<ReturnType<typeof openNewDesk>>['desk']) => void = () => {}): Promise<string> {
  const folder = temporaryFolder();
  const { desk } = await openNewDesk(signInPorts(folder));
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]));
  alter(desk);
  desk.db.pragma('wal_checkpoint(TRUNCATE)');
  desk.db.close();
  return folder;
}

const hashes = (folder: string): Record<string, string> => Object.fromEntries(['store.db', 'keys.json'].map((name) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]));

async function refusal(folder: string): Promise<unknown> {
  const before = hashes(folder);
  const passphrase = join(temporaryFolder(), 'passphrase');
  writeFileSync(passphrase, `${PASSPHRASE}\n`);
  const run = await bluelift(['status', '--desk', folder, '--operator', 'first', '--passphrase-file', passphrase, '--json']);
  expect(hashes(folder)).toEqual(before);
  expect(readdirSync(folder).filter((name) => /^store\.db-wal$/.test(name) && statSync(join(folder, name)).size > 0)).toEqual([]);
  expect(run.err).not.toMatch(/\n\s+at |node:/);
  return { code: run.code, error: (run.json()['error'] as { code: string }).code }; // our own output
}

describe('a store that is refused', () => {
  it('because it is another desk’s is named as that', async () => {
    const [own, other] = [await closedDesk(), await closedDesk()];
    copyFileSync(join(other, 'store.db'), join(own, 'store.db'));
    expect(await refusal(own)).toEqual({ code: 8, error: 'store-foreign' });
  });

  it('because a newer version wrote it is named as that', async () => {
    expect(await refusal(await closedDesk((desk) => { desk.db.pragma('user_version = 9999'); }))).toEqual({ code: 8, error: 'store-from-newer-version' });
  });

  it.each([['to nothing', () => 0], ['within its first page', () => 1000], ['in the middle of a page', (size: number) => Math.floor(size / 2) + 100], ['by its last page', (size: number) => size - 4096]] as const)('because it was cut off %s is named as damaged', async (_where, to) => {
    const folder = await closedDesk();
    const path = join(folder, 'store.db');
    truncateSync(path, to(statSync(path).size));
    expect(await refusal(folder)).toEqual({ code: 8, error: 'store-damaged' });
  });
});
