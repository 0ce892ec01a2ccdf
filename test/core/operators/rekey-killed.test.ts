import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifyAudit } from '../../../electron/core/audit/audit.ts';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { importFiles } from '../../../electron/desk/import-files.ts';
import { openUnsealer } from '../../../electron/store/sealed-pages.ts';
import { constructKeys, writeConstructedCsv } from '../../../scripts/dev/construct-keys.ts';
import { openNewDesk, signIn, signInPorts } from '../../support/open-desk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const KEYS = { records: 20_000, hosts: 2000, seed: 'rekey' } as const;
const CHILD = join(import.meta.dirname, '../../support/rekey-in-child.ts');
const [some] = constructKeys(KEYS);

/** @param afterMs From its `begun` to the kill; null lets it end. */
function changeKeysInChild(folder: string, afterMs: number | null): Promise<{ cut: boolean; tookMs: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let begunMs = 0;
    let timer: NodeJS.Timeout | undefined;
    child.stdout.once('data', () => {
      begunMs = performance.now();
      if (afterMs !== null) timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0 || signal === 'SIGKILL') resolve({ cut: signal === 'SIGKILL', tookMs: performance.now() - begunMs });
      else reject(new Error(`the child ended with ${String(code)}`));
    });
  });
}

it('killed at any moment, leaves the old desk or the new one, whole, and the keys are changed again', { timeout: 120_000 }, async () => {
  const { desk, ports } = await openNewDesk();
  const folder = ports.folder.path;
  const csv = join(temporaryFolder(), 'keys.csv');
  writeConstructedCsv(csv, KEYS);
  for await (const _ of importKeys(desk, [csv], { files: importFiles, signal: new AbortController().signal }));
  desk.db.close();
  const { tookMs } = await changeKeysInChild(folder, null);
  let cuts = 0;
  let changed = 1;
  for (const share of [0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 1, 1.1]) {
    if ((await changeKeysInChild(folder, tookMs * share)).cut) cuts += 1;
    const now = await signIn(signInPorts(folder), 'first');
    const { page, place } = now.db.prepare<[string], { page: number; place: number }>('SELECT page_id AS page, place FROM key_records WHERE lower(hex(key_protector_id)) = ?').get((some?.keyProtectorId ?? '').replaceAll('-', '').toLowerCase()) ?? { page: 0, place: 0 };
    const numbers = Buffer.from(openUnsealer(now.db, now.keys).unseal(page, place));
    expect((some?.recoveryPassword ?? '').split('-').map((group) => Number(group) / 11)).toEqual(Array.from({ length: 8 }, (_, at) => numbers.readUInt16LE(2 * at)));
    expect(verifyAudit(now.db).intact).toBe(true);
    expect(now.db.pragma('integrity_check', { simple: true })).toBe('ok');
    const { n } = now.db.prepare<[], { n: number }>("SELECT count(*) AS n FROM audit_entries WHERE act = 'vault.rekey'").get() ?? { n: 0 };
    expect([changed, changed + 1]).toContain(n); // all of it or nothing
    changed = n;
    expect(now.db.prepare('SELECT count(*) AS n FROM key_records').get()).toEqual({ n: KEYS.records });
    expect(readdirSync(folder).filter((name) => name.includes('next'))).toEqual([]);
    now.db.close();
  }
  expect(cuts).toBeGreaterThan(0);
});
