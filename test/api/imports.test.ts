import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contract, type Output } from '../../electron/api/contract.ts';
import { disclosureHandlers } from '../../electron/api/handlers/disclosures.ts';
import { importHandlers } from '../../electron/api/handlers/imports.ts';
import { keyHandlers } from '../../electron/api/handlers/keys.ts';
import { takeTurn } from '../../electron/core/keys/import-turn.ts';
import { csv, idText, keptKeys, lend, memoryFile, passwordText } from '../core/keys/import-desk.ts';
import { openTestDesk } from '../core/remediation/test-desk.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'bluelift-imports-')); });
afterEach(() => rmSync(folder, { recursive: true }));

test('files of a folder go from disk to a disclosed key, every answer as the contract says', async () => {
  const desk = openTestDesk();
  const handlers = { ...importHandlers(() => desk), ...keyHandlers(() => desk), ...disclosureHandlers(() => desk) };
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'a.csv'), csv([{ host: 'PC-1', id: 1, password: 10 }, { host: 'PC-2', id: 2, password: 20 }]));
  writeFileSync(join(folder, 'site', 'b.csv'), csv([{ host: 'PC-1', id: 1, password: 11 }]).replace(/\r\n$/, `\r\n"PC-3","${idText(3)}","${passwordText(3).slice(0, 20)}","Entra"\r\n`));
  writeFileSync(join(folder, 'site', 'empty.txt'), '');

  const events: Output<'imports.run'>[] = [];
  for await (const event of handlers['imports.run']({ paths: [folder, join(folder, 'none.csv')], mappings: [] }, new AbortController().signal)) events.push(contract['imports.run'].output.parse(event));
  const done = events.at(-1);
  expect(done).toMatchObject({ kind: 'done', cancelled: false, files: [
    { name: 'a.csv', kind: 'crowdstrike-csv', rows: 2, imported: 2, error: null },
    { name: 'b.csv', rows: 2, imported: 0, conflicts: 1, rejectedCount: 1, rejected: [{ row: 3, reason: 'recovery-password-cut-off' }] },
    { name: 'empty.txt', kind: 'not-recognised', rows: 0, error: { code: 'file-not-recognised', row: null } },
    { path: join(folder, 'none.csv'), error: { code: 'file-not-found', row: null } },
  ] });
  expect(events.some(({ kind }) => kind === 'progress')).toBe(true);

  const imports = contract['imports.list'].output.parse(await handlers['imports.list']({ offset: 0, limit: 10 }));
  expect(imports).toMatchObject([{ importId: 1, operator: 'test', imported: 2, conflicts: 1, rejected: 1, hosts: 3, cancelled: false }]);
  expect(contract['imports.get'].output.parse(await handlers['imports.get']({ importId: 1 })).conflicts).toHaveLength(1);

  const found = contract['keys.lookUp'].output.parse(await handlers['keys.lookUp']({ query: idText(2).slice(0, 8), limit: 50, nearest: false, settled: false }));
  expect(found.keyRecords).toMatchObject([{ keyProtectorId: idText(2), hostname: 'PC-2', match: [0, 8] }]);
  contract['keys.ofHost'].output.parse(await handlers['keys.ofHost']({ hostId: 1 }));
  expect(contract['keys.count'].output.parse(await handlers['keys.count']({}))).toMatchObject({ keyRecords: 3, sources: 2 });

  const disclosed = contract['disclosures.disclose'].output.parse(await handlers['disclosures.disclose']({ keyRecordId: found.keyRecords[0]?.keyRecordId ?? 0, reason: 'mass-incident', way: 'shown' }));
  expect(disclosed.recoveryPassword).toBe(passwordText(20));
  expect(contract['disclosures.list'].output.parse(await handlers['disclosures.list']({ offset: 0, limit: 10 })).total).toBe(1);
  for (const name of ['imports.get', 'imports.list', 'keys.lookUp'] as const) expect(contract[name].kind).toBe('call');
});

test('an import that is not there is not found', () => {
  expect(() => importHandlers(() => openTestDesk())['imports.get']({ importId: 7 })).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('a file that takes its time, and an import that waits for another, leave nobody in silence', async () => {
  const desk = openTestDesk();
  let goOn = (): void => undefined;
  const heardEnough = new Promise<void>((resolve) => { goOn = resolve; });
  const file = memoryFile('/media/slow.csv', csv([{ host: 'PC-1', id: 1, password: 1 }]));
  const slow = { ...file, async *chunks() { await heardEnough; yield* file.chunks(); } };
  const leave = await takeTurn(desk.db);
  const told: string[] = [];
  for await (const event of importHandlers(() => desk, { files: lend(slow) })['imports.run']({ paths: ['/media/slow.csv'], mappings: [] }, new AbortController().signal)) {
    if (event.kind === 'progress') told.push(event.file);
    if (told.length === 3) leave(); // heard three times before its turn had come
    if (told.filter((name) => name === 'slow.csv').length === 3) goOn();
  }
  expect(told.slice(0, 3)).toEqual(['', '', '']);
  expect(keptKeys(desk)).toHaveLength(1);
});
