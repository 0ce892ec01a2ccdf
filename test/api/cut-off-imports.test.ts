// What becomes of an import in whose middle the vault was closed, or the desk went out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createChanges } from '../../electron/api/changes.ts';
import { signBeside } from '../../electron/api/second-operator.ts';
import { createVaultKeeper, type VaultKeeper } from '../../electron/api/vault-keeper.ts';
import { listAudit, verifyAudit } from '../../electron/core/audit/audit.ts';
import { beginImport, enterFile } from '../../electron/core/keys/import-register.ts';
import { getImport } from '../../electron/core/keys/import-report.ts';
import { openVault } from '../../electron/core/operators/sign-in.ts';
import { openNewDesk, PASSPHRASE } from '../support/open-desk.ts';

async function openKeeper(): Promise<{ readonly vault: VaultKeeper; readonly open: () => Promise<void>; readonly begin: () => number }> {
  const { desk, ports } = await openNewDesk();
  desk.db.close();
  const vault = createVaultKeeper({ ...ports, changes: createChanges(), idleCloseAfterMs: 0 });
  const open = async (): Promise<void> => { vault.open(await openVault(ports, 'first', PASSPHRASE)); };
  await open();
  return {
    vault, open,
    begin() {
      const { importId } = beginImport(vault.get(), ['all-keys.csv'], 1);
      enterFile(vault.get(), importId, { path: '/handed-over/all-keys.csv' });
      return importId;
    },
  };
}

const summaryOf = ({ vault }: { readonly vault: VaultKeeper }, importId: number) => getImport(vault.get().db, importId).summary;

test('the next opening of the vault ends it: as cancelled, on record, and once', async () => {
  const keeper = await openKeeper();
  const importId = keeper.begin();
  keeper.vault.close();
  await keeper.open();
  expect(summaryOf(keeper, importId)).toMatchObject({ cancelled: true, finishedAt: '2024-07-20T12:00:00.000Z', files: ['all-keys.csv'] });
  keeper.vault.close();
  await keeper.open();
  const { db } = keeper.vault.get();
  expect(listAudit(db, { offset: 0, limit: 100 }).rows.filter(({ act }) => act === 'imports.run').map(({ details }) => details)).toEqual([expect.stringContaining('"cancelled"'), expect.stringContaining('"started"')]);
  expect(verifyAudit(db).intact).toBe(true);
});

test('a second operator who signs for something meanwhile ends none', async () => {
  const keeper = await openKeeper();
  const importId = keeper.begin();
  expect(await signBeside(keeper.vault, { secondOperator: 'first', secondPassphrase: PASSPHRASE }, { needed: true, roles: ['supervisor'] })).toBe('first');
  expect(summaryOf(keeper, importId)).toMatchObject({ finishedAt: null, cancelled: false });
});

test('what another process is at, as the command line beside the window, goes on until that is gone', async () => {
  const keeper = await openKeeper();
  const importId = keeper.begin();
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const gone = once(other, 'exit');
  keeper.vault.get().db.prepare('UPDATE imports SET process = ?, started_at = ?').run(String(other.pid), new Date().toISOString());
  await keeper.open();
  expect(summaryOf(keeper, importId)).toMatchObject({ finishedAt: null });
  other.kill();
  await gone;
  await keeper.open();
  expect(summaryOf(keeper, importId)).toMatchObject({ cancelled: true });
});

test('what began before the machine was started is cut off, whoever has the number of its process now', async () => {
  const keeper = await openKeeper();
  const importId = keeper.begin();
  keeper.vault.get().db.prepare("UPDATE imports SET process = ?, started_at = '2001-01-01T00:00:00.000Z'").run(String(process.ppid));
  await keeper.open();
  expect(summaryOf(keeper, importId)).toMatchObject({ cancelled: true });
});
