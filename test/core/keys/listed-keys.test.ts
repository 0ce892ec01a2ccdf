// Keys that a list of a tenant names without their recovery passwords: the ID leads to its host, and a password that comes later finds its host by it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import { readCoverage } from '../../../electron/core/keys/coverage.ts';
import { LISTED_IN_RANGE, LISTED_OF_HOST, listListedKeysOf } from '../../../electron/core/keys/listed-keys.ts';
import { lookUp } from '../../../electron/core/keys/look-up.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { openNewDesk } from '../../support/open-desk.ts';
import { csv, idText, importText, keptKeys, passwordText } from './import-desk.ts';

const device = (n: number): string => `DDDDDDDD-0000-4000-8000-${String(n).padStart(12, '0')}`;
interface Listed { readonly id: number; readonly of?: number }
const list = (...keys: readonly Listed[]): string => JSON.stringify({ value: keys.map(({ id, of }) => ({ '@odata.type': '#microsoft.graph.bitlockerRecoveryKey', id: idText(id).toLowerCase(), createdDateTime: '2024-05-06T07:08:09.1234567Z', volumeType: '1', deviceId: of === undefined ? '00000000-0000-0000-0000-000000000000' : device(of).toLowerCase() })) });
const devices = (...numbers: readonly number[]): string => ['"displayName","Microsoft Entra Device ID","deviceTrustType","approximateLastSignInDateTime"', ...numbers.map((n) => `"PC-${n}","${device(n)}","AzureAd","2024-07-01T00:00:00Z"`), ''].join('\r\n');
/** As `Get-MgInformationProtectionBitlockerRecoveryKey | Select Id, Key`: no host, no device. */
const idAndKey = (...keys: readonly (readonly [id: number, password: number])[]): string => ['"Id","Key"', ...keys.map(([id, password]) => `"${idText(id).toLowerCase()}","${passwordText(password)}"`), ''].join('\r\n');
const find = (desk: Desk, n: number): ReturnType<typeof lookUp> => lookUp(desk.db, { query: idText(n).slice(0, 8), limit: 10 });
const lastImport = (desk: Desk): number => desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports').get()?.id ?? 0;
const coverageOf = async (desk: Desk): Promise<object> => { const { withKey, withoutKey, keyRecords, listedKeys, withListedKeyOnly } = await readCoverage(desk, { limit: 10 }); return { withKey, withoutKey, keyRecords, listedKeys, withListedKeyOnly }; };

describe('a list of keys without their recovery passwords', () => {
  it('leads from a key ID to its host, in whichever order list and devices come, and is counted apart from keys that are held', async () => {
    for (const texts of [[list({ id: 1, of: 1 }, { id: 2, of: 9 }), devices(1, 2)], [devices(1, 2), list({ id: 1, of: 1 }, { id: 2, of: 9 })]]) {
      const { desk } = await openNewDesk();
      const reports = [];
      for (const [index, text] of texts.entries()) reports.push(await importText(desk, text, `file-${index}`));
      expect(reports).toContainEqual(expect.objectContaining({ kind: 'graph-json', rows: 2, imported: 0, listed: 2, rejectedCount: 0, error: null }));
      expect(find(desk, 1)).toMatchObject({ keyRecords: [], guessed: false, hosts: [{ hostname: 'PC-1', foundBy: { fact: 'listed-key', text: idText(1) } }], listedKeys: [{ keyProtectorId: idText(1), hostname: 'PC-1', createdAt: '2024-05-06T07:08:09Z', sourceRow: 1 }] });
      expect(find(desk, 2)).toMatchObject({ keyRecords: [], hosts: [], listedKeys: [{ keyProtectorId: idText(2), hostname: null, entraDeviceId: device(9) }] });
      expect(await coverageOf(desk)).toEqual({ withKey: 0, withoutKey: 2, keyRecords: 0, listedKeys: 2, withListedKeyOnly: 1 });
    }
  });

  it('is what a directory gives to an account that may not read passwords, and says where to ask', async () => {
    const { desk } = await openNewDesk();
    const dn = (n: number): string => `CN=2024-05-06T09:08:09\\+02:00{${idText(n)}},CN=PC-${n},OU=Clients,DC=corp,DC=example`;
    const report = await importText(desk, ['"DistinguishedName","Name","ObjectClass"', ...[1, 2].map((n) => `"${dn(n)}","2024-05-06T09:08:09+02:00{${idText(n)}}","msFVE-RecoveryInformation"`), ''].join('\r\n'));
    expect(report).toMatchObject({ kind: 'ad-csv', rows: 2, imported: 0, listed: 2, rejectedCount: 0, notes: ['directory-keys-not-readable'] });
    expect(find(desk, 1)).toMatchObject({ hosts: [{ hostname: 'PC-1' }], listedKeys: [{ hostname: 'PC-1', createdAt: '2024-05-06T07:08:09Z', keptIn: 'directory' }] });
    await importText(desk, idAndKey([1, 1]));
    expect(keptKeys(desk)).toMatchObject([{ id: idText(1), hostname: 'PC-1' }]);
  });

  it('keeps the ID of a key whose password was lost on its way, beside the reason', async () => {
    const { desk } = await openNewDesk();
    const report = await importText(desk, `Computer,Key ID,Recovery Key\r\nPC-1,${idText(1)},System.Object[]\r\nPC-2,${idText(2)},"4,78E+47"\r\nPC-3,${idText(3)},${passwordText(3)}\r\n`);
    expect(report).toMatchObject({ imported: 1, listed: 2, rejected: [{ row: 2, reason: 'exporter-lost-list' }, { row: 3, reason: 'spreadsheet-number' }] });
    expect(find(desk, 2)).toMatchObject({ hosts: [{ hostname: 'PC-2' }], listedKeys: [{ hostname: 'PC-2', keptIn: null, sourceRow: 3 }] });
  });

  it('joins with the recovery password that comes later, or came before, without a host of its own', async () => {
    for (const turned of [false, true]) {
      const { desk } = await openNewDesk();
      const texts = [list({ id: 1, of: 1 }), idAndKey([1, 1])];
      for (const text of [devices(1), ...(turned ? texts.toReversed() : texts)]) await importText(desk, text);
      expect(keptKeys(desk)).toMatchObject([{ id: idText(1), hostname: 'PC-1' }]);
      expect(find(desk, 1)).toMatchObject({ keyRecords: [{ hostname: 'PC-1' }], listedKeys: [] });
      expect(await coverageOf(desk)).toEqual({ withKey: 1, withoutKey: 0, keyRecords: 1, listedKeys: 0, withListedKeyOnly: 0 });
    }
  });

  it('wakes a host that was reported down: it is ready as soon as the password is there', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, 'PC-1\n', 'down.txt');
    await importText(desk, devices(1));
    await importText(desk, list({ id: 1, of: 1 }));
    const state = (): unknown => desk.db.prepare("SELECT state FROM hosts WHERE hostname = 'PC-1'").pluck().get();
    expect(state()).toBe('reported');
    await importText(desk, idAndKey([1, 1]));
    expect(state()).toBe('ready');
  });

  it('takes no key away from the host that its own row names', async () => {
    const { desk } = await openNewDesk();
    for (const text of [devices(1), list({ id: 1, of: 1 }), csv([{ host: 'PC-7', id: 1, password: 1 }])]) await importText(desk, text);
    expect(keptKeys(desk)).toMatchObject([{ hostname: 'PC-7' }]);
  });

  it('is no party to a conflict: two passwords of one listed key both go to its host', async () => {
    const { desk } = await openNewDesk();
    for (const text of [devices(1), idAndKey([1, 1]), idAndKey([1, 2]), list({ id: 1, of: 1 })]) await importText(desk, text);
    expect(keptKeys(desk)).toMatchObject([{ hostname: 'PC-1', conflict: true }, { hostname: 'PC-1', conflict: true }]);
  });

  it('shows the other keys of a host neither as that one nor beside it', async () => {
    const { desk } = await openNewDesk();
    for (const text of [devices(1), csv([{ host: 'PC-1', id: 5, password: 5 }]), list({ id: 1, of: 1 })]) await importText(desk, text);
    expect(find(desk, 1)).toMatchObject({ keyRecords: [], keyRecordCount: 0, hosts: [{ hostname: 'PC-1' }] });
    expect(listListedKeysOf(desk.db, 1)).toMatchObject([{ keyProtectorId: idText(1) }]);
    expect(await coverageOf(desk)).toMatchObject({ listedKeys: 1, withListedKeyOnly: 0 });
  });

  it('is followed by its last version, and undone without taking what another list says', async () => {
    const { desk } = await openNewDesk();
    for (const text of [devices(1, 2), list({ id: 1, of: 1 }), list({ id: 1, of: 1 }), list({ id: 1, of: 2 }, { id: 2 })]) await importText(desk, text);
    expect(desk.db.prepare('SELECT count(*) FROM listed_keys').pluck().get()).toBe(3); // of one key the first and the last list
    expect(find(desk, 1).listedKeys).toMatchObject([{ hostname: 'PC-2' }]);
    expect(await undoImport(desk, lastImport(desk))).toMatchObject({ listedKeysRemoved: 2, keyRecordsRemoved: 0 });
    expect(find(desk, 1).listedKeys).toMatchObject([{ hostname: 'PC-1' }]);
    expect(find(desk, 2)).toMatchObject({ listedKeys: [], hosts: [] });
  });

  it('of a table of PowerShell names its keys too, also with an empty column for them', async () => {
    const { desk } = await openNewDesk();
    const rows = [[1, 1], [2, 2]].map(([id = 0, of = 0]) => `"${idText(id)}","5/6/2024 7:08:09 AM","1","${device(of)}"`);
    expect(await importText(desk, ['"Id","CreatedDateTime","VolumeType","DeviceId"', ...rows, ''].join('\r\n'))).toMatchObject({ kind: 'entra-csv', rows: 2, listed: 2, rejectedCount: 0 });
    expect(await importText(desk, ['"AdditionalProperties","CreatedDateTime","DeviceId","Id","Key","VolumeType"', `"System.Collections.Generic.Dictionary","","${device(3)}","${idText(3)}",,"1"`, `"","","${device(4)}","${idText(4)}","${passwordText(4)}","1"`, ''].join('\r\n'))).toMatchObject({ rows: 2, listed: 1, imported: 1 });
    expect(find(desk, 1).listedKeys).toMatchObject([{ entraDeviceId: device(1), createdAt: null }]); // whose 5 June is it
  });

  it('leaves the same store whatever comes first, and never counts a key twice', async () => {
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(['devices', 'list', 'keys'] as const, { minLength: 3 }), fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1 }), fc.uniqueArray(fc.integer({ min: 1, max: 6 })), async (order, listed, held) => {
      const { desk } = await openNewDesk();
      const texts = { devices: devices(1, 2, 3), list: list(...listed.map((id) => ({ id, of: id }))), keys: idAndKey(...held.map((id) => [id, id] as const)) };
      for (const name of order) await importText(desk, texts[name], name);
      expect(new Map(keptKeys(desk).map(({ id, hostname }) => [id, hostname]))).toEqual(new Map(held.map((id) => [idText(id), listed.includes(id) && id <= 3 ? `PC-${id}` : null])));
      expect(await coverageOf(desk)).toMatchObject({ keyRecords: held.length, listedKeys: listed.filter((id) => !held.includes(id)).length, withListedKeyOnly: listed.filter((id) => !held.includes(id) && id <= 3).length });
    }), { numRuns: Number(process.env['BLUELIFT_RUNS'] ?? 8) });
  }, 120_000);

  it('is looked up by its indexes', async () => {
    const { desk } = await openNewDesk();
    const plan = (sql: string, ...bind: unknown[]): string => JSON.stringify(desk.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bind));
    expect(plan(LISTED_IN_RANGE, Buffer.alloc(16), Buffer.alloc(16, 255))).toContain('SEARCH l USING PRIMARY KEY (key_protector_id>? AND key_protector_id<?)');
    expect(plan(LISTED_OF_HOST, { host: 1 })).toMatch(/listed_keys_by_host.*listed_keys_by_device/);
  });
});
