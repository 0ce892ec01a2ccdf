// What becomes of the vault when the last incident ends: the app as its entries make it, on real files.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createApi, type Api } from '../../electron/api/client.ts';
import { transportOf } from '../../electron/api/in-process.ts';
import { createDeskApp, type DeskApp } from '../../electron/app.ts';
import { openHolder, parseKeysFile, type Holder, type KeysFile } from '../../electron/store/vault.ts';
import { openDeskFolder } from '../../electron/store/desk-folder.ts';
import { idText, passwordText } from '../core/keys/import-desk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PASSPHRASE = 'constructed passphrase';
interface Running { readonly api: Api; readonly app: DeskApp; readonly folder: string }

async function openApp(folder: string): Promise<Running> {
  const app = await createDeskApp({ folder: join(folder, 'desk'), runtime: 'command-line', demo: false, version: '0', agentFiles: () => Promise.resolve([]), idleCloseAfterMs: 0, passphraseCost: 1024, sleep: () => Promise.resolve(), log: () => {} });
  return { app, folder, api: createApi(transportOf(app.dispatcher)) };
}

/** A desk with one key record, disclosed and replaced, and a second supervisor. */
async function openDesk(): Promise<Running> {
  const running = await openApp(temporaryFolder());
  const { api, folder } = running;
  await api.call('desk.create', { operatorName: 'first', passphrase: PASSPHRASE, recoverySheet: true });
  await api.call('operators.add', { name: 'second', roles: ['supervisor'], passphrase: PASSPHRASE });
  writeFileSync(join(folder, 'keys.csv'), `"ComputerName","KeyProtectorId","RecoveryPassword"\r\n"PC-1","${idText(1)}","${passwordText(1)}"\r\n"PC-2","${idText(2)}","${passwordText(2)}"\r\n`);
  for await (const _ of api.stream('imports.run', { paths: [join(folder, 'keys.csv')] })) { /* to its end */ }
  const { keyRecords } = await api.call('keys.lookUp', { query: idText(1) });
  await api.call('disclosures.disclose', { keyRecordId: keyRecords[0]?.keyRecordId ?? 0, reason: 'mass-incident' });
  return running;
}
const confirmAll = async ({ api }: Running): Promise<void> => {
  const { rows } = await api.call('rotations.list', {});
  await api.call('rotations.confirm', { keyRecordIds: rows.flatMap(({ keyRecordId }) => keyRecordId ?? []), statement: 'disk replaced' });
};
const second = { secondOperator: 'second', secondPassphrase: PASSPHRASE };
const holderOf = ({ holders: [first] }: KeysFile): Holder => { if (first === undefined) throw new Error('nobody holds the keys'); return first; };
/** Everything the store holds, as the bytes it would have without its encryption. */
async function plainStore(folder: string): Promise<Buffer> {
  const path = join(folder, 'desk', 'keys.json');
  const file = parseKeysFile(readFileSync(path, 'utf8'), path);
  const keys = await openHolder(file, holderOf(file), PASSPHRASE);
  const db = openDeskFolder(join(folder, 'desk')).openDatabase(keys.key1);
  try {
    return db.serialize();
  } finally {
    db.close();
  }
}

it('destroys nothing as long as something is open, a second signature is missing or its own, or another incident needs the vault', async () => {
  const desk = await openDesk();
  const { api } = desk;
  const archive = join(desk.folder, 'end.archive');
  expect(await api.call('incidents.close', { incidentId: 1, purge: true, archive, ...second })).toMatchObject({ stillOpen: { rotations: { count: 1 } }, purged: false, archive: null });
  expect(statSync(archive, { throwIfNoEntry: false })).toBeUndefined();
  await confirmAll(desk);
  const purge = (more: object): Promise<unknown> => api.call('incidents.close', { incidentId: 1, purge: true, ...more });
  await expect(purge({})).rejects.toMatchObject({ code: 'second-operator-needed' });
  await expect(purge({ secondOperator: 'first', secondPassphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'second-operator-needed' });
  await expect(purge({ ...second, secondPassphrase: 'wrong' })).rejects.toMatchObject({ code: 'wrong-passphrase' });
  const other = await api.call('incidents.create', { name: 'Other', recipeId: 'channel-file-291' });
  await expect(purge(second)).rejects.toMatchObject({ code: 'incidents-open', facts: { incidents: ['Other'] } });
  await api.call('incidents.close', { incidentId: other.incidentId });
  const { keyRecords } = await api.call('keys.lookUp', { query: idText(2) });
  expect(await api.call('disclosures.disclose', { keyRecordId: keyRecords[0]?.keyRecordId ?? 0, reason: 'other' })).toMatchObject({ recoveryPassword: passwordText(2) });
  await desk.app.close();
});

it('destroys every recovery password for good, takes key 2 from everybody, keeps audit and reports, and takes no key in again', async () => {
  const desk = await openDesk();
  await confirmAll(desk);
  const keysPath = join(desk.folder, 'desk', 'keys.json');
  const keysBefore = parseKeysFile(readFileSync(keysPath, 'utf8'), keysPath);
  await desk.app.close();
  const sealedBefore = await plainStore(desk.folder).then(async (bytes) => {
    const keys = await openHolder(keysBefore, holderOf(keysBefore), PASSPHRASE);
    const db = openDeskFolder(join(desk.folder, 'desk')).openDatabase(keys.key1);
    const sealed = db.prepare<[], { sealed: Buffer }>('SELECT sealed FROM data_keys UNION ALL SELECT sealed FROM sealed_pages').all().map((row) => row.sealed);
    db.close();
    expect(sealed.length).toBeGreaterThan(1);
    expect(sealed.every((one) => bytes.includes(one.subarray(0, 32)))).toBe(true);
    return sealed;
  });
  const again = await openApp(desk.folder);
  await again.api.call('vault.open', { operatorName: 'first', passphrase: PASSPHRASE });
  const ended = await again.api.call('incidents.close', { incidentId: 1, purge: true, ...second });
  expect(ended).toMatchObject({ purged: true, stillOpen: null, archive: null, incident: { closedBy: 'first' } });
  expect((await again.api.call('desk.state', {})).vault).toBe('closed');

  const bytes = await plainStore(desk.folder);
  expect(sealedBefore.some((one) => bytes.includes(one.subarray(0, 32)))).toBe(false);
  expect(statSync(join(desk.folder, 'desk', 'store.db-wal'), { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  const keysAfter = parseKeysFile(readFileSync(keysPath, 'utf8'), keysPath);
  expect(keysAfter.holders.map(({ key2 }) => key2)).toEqual(keysAfter.holders.map(() => null));
  expect(keysBefore.holders.some(({ key2 }) => key2 !== null)).toBe(true);

  await again.api.call('vault.open', { operatorName: 'first', passphrase: PASSPHRASE });
  const { keyRecords } = await again.api.call('keys.lookUp', { query: idText(2) });
  await expect(again.api.call('disclosures.disclose', { keyRecordId: keyRecords[0]?.keyRecordId ?? 0, reason: 'other' })).rejects.toMatchObject({ code: 'vault-purged' });
  await expect(again.api.call('incidents.create', { name: 'Next', recipeId: 'channel-file-291' })).rejects.toMatchObject({ code: 'vault-purged' });
  await expect((async () => { for await (const _ of again.api.stream('imports.run', { paths: [join(desk.folder, 'keys.csv')] })) { /* refused */ } })()).rejects.toMatchObject({ code: 'vault-purged' });
  const { rows } = await again.api.call('audit.list', {});
  expect(rows.find(({ act }) => act === 'vault.purge')).toMatchObject({ operator: 'first', subject: expect.any(String) });
  expect(rows.find(({ act }) => act === 'vault.purge')?.details).toContain('second');
  expect(await again.api.call('audit.verify', { head: ended.auditHead })).toMatchObject({ intact: true, headFound: true });
  const report: string[] = [];
  for await (const event of again.api.stream('reports.make', { kind: 'disclosures', format: 'csv', language: 'en' })) if (event.kind === 'piece') report.push(event.content);
  expect(report.join('')).toContain(idText(1));

  // Whoever kept the old keys.json gets nothing either.
  await again.app.close();
  writeFileSync(keysPath, JSON.stringify(keysBefore));
  const thief = await openApp(desk.folder);
  await thief.api.call('vault.open', { operatorName: 'first', passphrase: PASSPHRASE });
  await expect(thief.api.call('disclosures.disclose', { keyRecordId: keyRecords[0]?.keyRecordId ?? 0, reason: 'other' })).rejects.toMatchObject({ code: 'vault-purged' });
  await thief.app.close();
});

it('that was cut off between the store and keys.json is done to its end at the next opening, by whoever it is', async () => {
  const desk = await openDesk();
  await confirmAll(desk);
  const keysPath = join(desk.folder, 'desk', 'keys.json');
  const keysBefore = readFileSync(keysPath, 'utf8');
  await desk.api.call('incidents.close', { incidentId: 1, purge: true, ...second });
  await desk.app.close();
  // As a power cut after the store's transaction leaves it: nothing can be opened any more, and keys.json still hands key 2 on.
  writeFileSync(keysPath, keysBefore);
  const file = parseKeysFile(keysBefore, keysPath);
  const inStore = async <T>(act: (db: ReturnType<ReturnType<typeof openDeskFolder>['openDatabase']>) => T): Promise<T> => {
    const keys = await openHolder(file, holderOf(file), PASSPHRASE);
    const db = openDeskFolder(join(desk.folder, 'desk')).openDatabase(keys.key1);
    try { return act(db); } finally { db.close(); }
  };
  await inStore((db) => db.exec('UPDATE purges SET finished_at = NULL'));
  const holdsKey2 = (): boolean => parseKeysFile(readFileSync(keysPath, 'utf8'), keysPath).holders.some(({ key2 }) => key2 !== null);
  expect(holdsKey2()).toBe(true);

  const again = await openApp(desk.folder);
  await again.api.call('vault.open', { operatorName: 'first', passphrase: PASSPHRASE });
  expect(holdsKey2()).toBe(false);
  expect(await inStore((db) => db.prepare('SELECT finished_at IS NOT NULL AS finished FROM purges').all())).toEqual([{ finished: 1 }]);
  const { keyRecords } = await again.api.call('keys.lookUp', { query: idText(2) });
  await expect(again.api.call('disclosures.disclose', { keyRecordId: keyRecords[0]?.keyRecordId ?? 0, reason: 'other' })).rejects.toMatchObject({ code: 'vault-purged' });
  // What was taken out is proven as before: the next sign-in finds nothing to complain about.
  await again.api.call('vault.close', {});
  await again.api.call('vault.open', { operatorName: 'first', passphrase: PASSPHRASE });
  expect(await again.api.call('audit.verify', {})).toMatchObject({ intact: true });
  await again.app.close();
});

it('puts a sealed archive aside that opens on another desk with its recovery passwords, and then may destroy them here', async () => {
  const desk = await openDesk();
  await confirmAll(desk);
  const archive = join(desk.folder, 'end.archive');
  const ended = await desk.api.call('incidents.close', { incidentId: 1, archive, purge: true, ...second });
  expect(ended).toMatchObject({ purged: true, archive: { path: archive, operators: ['first'], recoverySheet: true } });
  await desk.app.close();
  const elsewhere = await openApp(temporaryFolder());
  expect(await elsewhere.api.call('desk.restore', { path: archive, operatorName: 'first', passphrase: PASSPHRASE })).toMatchObject({ auditHead: ended.archive?.auditHead });
  const { keyRecords } = await elsewhere.api.call('keys.lookUp', { query: idText(2) });
  expect(await elsewhere.api.call('disclosures.disclose', { keyRecordId: keyRecords[0]?.keyRecordId ?? 0, reason: 'other' })).toMatchObject({ recoveryPassword: passwordText(2) });
  await elsewhere.app.close();
});

it('asks nobody to sign beside where the policy does not', async () => {
  const desk = await openDesk();
  await confirmAll(desk);
  await desk.api.call('policies.set', { fourEyesPurge: false });
  expect(await desk.api.call('incidents.close', { incidentId: 1, purge: true })).toMatchObject({ purged: true });
  await desk.app.close();
});
