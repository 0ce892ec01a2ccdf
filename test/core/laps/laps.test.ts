import { describe, expect, it } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { saveCall, closeCall, listCalls } from '../../../electron/core/calls/calls.ts';
import { discloseLaps } from '../../../electron/core/disclosure/disclose-laps.ts';
import { listDisclosures } from '../../../electron/core/disclosure/disclosure-list.ts';
import { joinHosts, undoDecision } from '../../../electron/core/hosts/host-decisions.ts';
import { readHostHistory } from '../../../electron/core/hosts/host-history.ts';
import { listIncidents, listStillOpen } from '../../../electron/core/incidents/incidents.ts';
import { getImport } from '../../../electron/core/keys/import-report.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { listLapsOfHost } from '../../../electron/core/laps/laps-list.ts';
import { readReportFigures } from '../../../electron/core/reports/report-facts.ts';
import { readReportFacts } from '../reports/report-facts-of.ts';
import { handOverRotations } from '../../../electron/core/rotation/hand-over.ts';
import { confirmByStatement, listRotations } from '../../../electron/core/rotation/rotations.ts';
import { importText, keptLaps, storeContent } from '../keys/import-desk.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

type Line = { readonly host?: string; readonly account?: string; readonly password: string; readonly updated?: string; readonly expires?: string; readonly status?: string };
/** As Get-LapsADPassword -AsPlainText | Export-Csv writes it, with dates that have one meaning. */
const csv = (lines: readonly Line[]): string => ['"ComputerName","DistinguishedName","Account","Password","PasswordUpdateTime","ExpirationTimestamp","Source","DecryptionStatus","AuthorizedDecryptor"',
  ...lines.map(({ host = 'PC-1', account = 'Administrator', password, updated = '2024-07-01T00:00:00Z', expires = '2024-08-01T00:00:00Z', status = 'Success' }) =>
    `"${host}","CN=${host},OU=Laptops,DC=corp,DC=example","${account}","${password.replaceAll('"', '""')}","${updated}","${expires}","EncryptedPassword","${status}","CORP\\Helpdesk"`), ''].join('\r\n');
const take = (desk: TestDesk, lines: readonly Line[], name = 'laps.csv') => importText(desk, csv(lines), name);
const all = { states: [], offset: 0, limit: 50 } as const;
const shown = (desk: TestDesk, lapsPasswordId: number) => discloseLaps(desk, { lapsPasswordId, reason: 'mass-incident', ticket: 'INC-1', way: 'shown' });

describe('LAPS passwords of a hand-over', () => {
  it('come in sealed, several of a host, each with its own date; the same file again changes nothing', async () => {
    const desk = openTestDesk();
    const lines = [{ password: 'new one' , updated: '2024-07-10T00:00:00Z' }, { password: 'old one', updated: '2024-06-10T00:00:00Z' }, { host: 'PC-2', password: 'other host' }, { host: 'PC-1', account: 'svc-admin', password: 'other account' }];
    expect(await take(desk, lines)).toMatchObject({ kind: 'laps-csv', rejectedCount: 0, laps: { imported: 4, unchanged: 0, conflicts: 0, encrypted: 0 } });
    expect(keptLaps(desk).map(({ hostname, account, password }) => [hostname, account, password])).toEqual([['PC-1', 'Administrator', 'new one'], ['PC-1', 'Administrator', 'old one'], ['PC-1', 'svc-admin', 'other account'], ['PC-2', 'Administrator', 'other host']]);
    const hostId = Number(desk.db.prepare("SELECT host_id FROM hosts WHERE hostname = 'PC-1'").pluck().get());
    expect(listLapsOfHost(desk.db, hostId).map(({ account, updatedAt, latest }) => [account, updatedAt, latest])).toEqual([['Administrator', '2024-07-10T00:00:00Z', true], ['svc-admin', '2024-07-01T00:00:00Z', true], ['Administrator', '2024-06-10T00:00:00Z', false]]);
    const before = storeContent(desk)['laps_passwords'];
    expect(await take(desk, lines)).toMatchObject({ laps: { imported: 0, unchanged: 4 } });
    expect(storeContent(desk)['laps_passwords']).toEqual(before);
    expect(desk.db.prepare('SELECT state FROM hosts').pluck().all()).toEqual(['known', 'known']); // nobody said that they are down
  });

  it('of one account and moment that differ are a contradiction; of different moments they are not', async () => {
    const desk = openTestDesk();
    await take(desk, [{ password: 'one' }]);
    expect(await take(desk, [{ password: 'two' }, { password: 'three', updated: '2024-07-02T00:00:00Z' }], 'other.csv')).toMatchObject({ laps: { imported: 1, conflicts: 1 } });
    expect(keptLaps(desk).map(({ password, conflict }) => [password, conflict])).toEqual([['one', 1], ['two', 1], ['three', 0]]);
  });

  it('that are encrypted, or exported as a SecureString, are named as such and nothing else is lost', async () => {
    const desk = openTestDesk();
    const report = await take(desk, [{ password: '', status: 'Unauthorized' }, { host: 'PC-2', password: 'System.Security.SecureString' }, { host: 'PC-3', password: 'plain' }]);
    expect(report).toMatchObject({ rows: 4, imported: 3, rejectedCount: 1, rejected: [{ row: 3, reason: 'laps-password-not-plain' }], laps: { imported: 1, encrypted: 1 } });
    expect(keptLaps(desk)).toHaveLength(1);
  });

  it('stand in no list, no report, no rejection and no line of the audit trail', async () => {
    const desk = openTestDesk();
    const secret = 'Zq7!lapsSecret';
    await take(desk, [{ password: secret }, { host: 'PC-2', password: `${secret}\u0001` }, { host: '?', password: secret }]);
    const { lapsPassword: _given, ...rest } = shown(desk, 1);
    const hostId = 1;
    const said = JSON.stringify([rest, getImport(desk.db, 1), listAudit(desk.db, { offset: 0, limit: 99 }), listDisclosures(desk.db, { offset: 0, limit: 9 }), listRotations(desk.db, all), listLapsOfHost(desk.db, hostId), readHostHistory(desk.db, hostId), handOverRotations(desk, { target: 'configmgr', again: true }), storeContent(desk)]);
    expect(said).not.toContain('lapsSecret');
  });
});

describe('the disclosure of a LAPS password', () => {
  it('is on record with reason, ticket and call in the same transaction, and its rotation is due', async () => {
    const desk = openTestDesk();
    await take(desk, [{ password: 'B5k!0O' }]);
    const { callId } = saveCall(desk, undefined, { hostId: 1, identity: 'called-back', reason: 'mass-incident' });
    const disclosed = discloseLaps(desk, { lapsPasswordId: 1, reason: 'mass-incident', ticket: 'INC-1', way: 'spoken', callId });
    expect(disclosed).toMatchObject({ lapsPassword: 'B5k!0O', account: 'Administrator', disclosureId: 1 });
    expect(listDisclosures(desk.db, { offset: 0, limit: 9 }).rows).toMatchObject([{ hostname: 'PC-1', laps: true, keyProtectorId: null, way: 'spoken', ticket: 'INC-1', keyRecords: 1 }]);
    expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ act: 'disclosures.disclose', subject: 'PC-1', details: expect.stringContaining('"account":"Administrator"') });
    expect(listRotations(desk.db, all)).toMatchObject({ total: 1, rows: [{ keyRecordId: null, lapsPasswordId: 1, account: 'Administrator', hostname: 'PC-1', state: 'due', risk: 'spoken' }] });
    expect(listCalls(desk.db, { open: true, offset: 0, limit: 9 }).rows).toMatchObject([{ lapsPasswordId: 1, keyRecordId: null, hostname: 'PC-1' }]);
    expect(closeCall(desk, { callId, outcome: 'unlocked' })).toMatchObject({ outcome: 'unlocked' }); // the policy asks for the key ID, which a LAPS password has none of
    expect(readHostHistory(desk.db, 1)).toContainEqual(expect.objectContaining({ kind: 'laps-disclosed', subject: 'Administrator', detail: 'spoken mass-incident INC-1' }));
    expect(readReportFacts(desk.db, '2024-07-19T09:00:00.000Z', 'disclosures')).toMatchObject({ disclosed: 1, disclosures: [{ hostname: 'PC-1' }], rotations: { due: 1 } });
    expect(readReportFacts(desk.db, '2024-07-19T09:00:00.000Z', 'rotation')).toMatchObject({ disclosed: 1, rotations: { due: 1 }, openRotations: [{ hostname: 'PC-1', keyProtectorId: null }] });
  });

  it('is refused, and nothing is written, without the identity that the policy asks for, without key 2, or when the page was altered', async () => {
    const desk = openTestDesk();
    await take(desk, [{ password: 'B5k!0O' }]);
    const { callId } = saveCall(desk, undefined, { hostId: 1 });
    expect(() => discloseLaps(desk, { lapsPasswordId: 1, reason: 'other', way: 'shown', callId })).toThrow(expect.objectContaining({ code: 'call-step-missing', facts: { step: 'identity' } }));
    expect(() => discloseLaps({ ...desk, keys: { ...desk.keys, key2Private: null } }, { lapsPasswordId: 1, reason: 'other', way: 'shown' })).toThrow(expect.objectContaining({ code: 'cannot-read-recovery-passwords' }));
    expect(() => shown(desk, 99)).toThrow(expect.objectContaining({ code: 'not-found' }));
    desk.db.prepare('UPDATE sealed_pages SET sealed = zeroblob(length(sealed))').run();
    expect(() => shown(desk, 1)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    expect(listDisclosures(desk.db, { offset: 0, limit: 9 }).total).toBe(0);
    expect(listRotations(desk.db, all).total).toBe(0);
  });
});

describe('the rotation of a disclosed LAPS password', () => {
  it('is confirmed by a newer one of the same account that came in since, and by nothing older', async () => {
    const desk = openTestDesk();
    await take(desk, [{ password: 'first' }]);
    shown(desk, 1);
    desk.advance(3600_000);
    await take(desk, [{ password: 'before it', updated: '2024-06-01T00:00:00Z' }, { password: 'of another', account: 'svc-admin', updated: '2024-07-19T08:30:00Z' }], 'older.csv');
    expect(listRotations(desk.db, all).rows[0]).toMatchObject({ state: 'due' });
    await take(desk, [{ password: 'second', updated: '2024-07-19T08:30:00Z' }], 'newer.csv');
    expect(listRotations(desk.db, all).rows[0]).toMatchObject({ state: 'confirmed', confirmedHow: 'evidence' });
    await undoImport(desk, 3);
    expect(listRotations(desk.db, all).rows[0]).toMatchObject({ state: 'due', confirmedHow: null });
  });

  it('is confirmed by one under the other name of a host that was renamed and joined, before or after the newer one came in, until they are two again', async () => {
    const desk = openTestDesk();
    await take(desk, [{ host: 'OLD-1', password: 'first' }, { host: 'OLD-2', password: 'first here' }]);
    const hostOf = (hostname: string): number => Number(desk.db.prepare('SELECT host_id FROM hosts WHERE hostname = ?').pluck().get(hostname));
    for (const lapsPasswordId of [1, 2]) shown(desk, lapsPasswordId);
    desk.advance(3600_000);
    await take(desk, [{ host: 'NEW-1', password: 'second', updated: '2024-07-19T08:30:00Z' }, { host: 'NEW-2', password: 'before it', updated: '2024-06-01T00:00:00Z' }], 'renamed.csv');
    const states = (): readonly unknown[] => [1, 2].map((id) => desk.db.prepare('SELECT state FROM laps_rotations WHERE laps_password_id = ?').pluck().get(id));
    expect(states()).toEqual(['due', 'due']);
    const decisions = ['1', '2'].map((n) => joinHosts(desk, { hostId: hostOf(`NEW-${n}`), otherHostId: hostOf(`OLD-${n}`), reason: 'renamed' }));
    expect(states()).toEqual(['confirmed', 'due']);
    await take(desk, [{ host: 'NEW-2', password: 'second here', updated: '2024-07-19T08:30:00Z' }], 'later.csv');
    expect(states()).toEqual(['confirmed', 'confirmed']);
    const between = new Date(desk.clock()).toISOString();
    desk.advance(60_000);
    undoDecision(desk, { decisionId: decisions[0] ?? 0, reason: 'two after all' });
    expect(states()).toEqual(['due', 'confirmed']);
    expect(readReportFigures(desk.db, between).rotations.confirmed).toBe(2);
  });

  it('of legacy LAPS, which keeps no time of update, is confirmed by one that ends later', async () => {
    const desk = openTestDesk();
    const legacy = (password: string, expires: string): string => `"Name","ms-Mcs-AdmPwd","ms-Mcs-AdmPwdExpirationTime"\r\n"PC-1","${password}","${expires}"\r\n`;
    await importText(desk, legacy('first', '133680000000000000'), 'laps.csv');
    shown(desk, 1);
    desk.advance(3600_000);
    await importText(desk, legacy('same end', '133680000000000000'), 'other.csv');
    expect(listRotations(desk.db, all).rows[0]).toMatchObject({ state: 'due' });
    await importText(desk, legacy('second', '133700000000000000'), 'later.csv');
    expect(listRotations(desk.db, all).rows[0]).toMatchObject({ state: 'confirmed', confirmedHow: 'evidence' });
  });

  it('is in the script that is handed over, counts as asked, keeps the incident open, and ends with a statement', async () => {
    const desk = openTestDesk();
    await take(desk, [{ password: 'first' }]);
    shown(desk, 1);
    const [incident] = listIncidents(desk.db);
    expect(listStillOpen(desk.db, incident?.incidentId ?? 0).rotations).toMatchObject({ count: 1, rows: [{ keyProtectorId: null, hostname: 'PC-1' }] });
    expect(handOverRotations(desk, { target: 'intune', again: false })).toMatchObject({ script: null, lapsPasswords: 0, leftOut: [{ reason: 'no-device-id', count: 1 }] });
    const handedOver = handOverRotations(desk, { target: 'manage-bde', again: false });
    expect(handedOver).toMatchObject({ keyRecords: 0, lapsPasswords: 1, hosts: 1, remaining: 0 });
    expect(handedOver.script).toContain('Reset-LapsPassword');
    expect(listRotations(desk.db, all)).toMatchObject({ states: [{ count: 0 }, { count: 1 }, { count: 0 }], rows: [{ state: 'asked', askedOf: 'manage-bde' }] });
    expect(confirmByStatement(desk, [], 'reset by hand', [1])).toEqual({ confirmed: 1 });
    expect(listStillOpen(desk.db, incident?.incidentId ?? 0).rotations.count).toBe(0);
    expect(() => confirmByStatement(desk, [], 'again', [1])).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
  });
});

describe('undoing an import with LAPS passwords', () => {
  it('takes back what only it brought; what was disclosed, or came from elsewhere too, stays', async () => {
    const desk = openTestDesk();
    await take(desk, [{ password: 'shared' }], 'first.csv');
    await take(desk, [{ password: 'shared' }, { host: 'PC-2', password: 'only here' }, { host: 'PC-3', password: 'shown' }], 'second.csv');
    shown(desk, Number(desk.db.prepare("SELECT laps_password_id FROM laps_passwords JOIN hosts USING (host_id) WHERE hostname = 'PC-3'").pluck().get()));
    expect(await undoImport(desk, 2)).toMatchObject({ lapsPasswordsRemoved: 1, keyRecordsRemoved: 0, stayed: expect.arrayContaining([{ keyProtectorId: null, hostname: 'PC-3', because: 'disclosed' }]) });
    expect(keptLaps(desk).map(({ hostname, password }) => [hostname, password])).toEqual([['PC-1', 'shared'], ['PC-3', 'shown']]);
    expect(desk.db.prepare('SELECT hostname FROM hosts ORDER BY 1').pluck().all()).toEqual(['PC-1', 'PC-3']);
    expect(await undoImport(desk, 1)).toMatchObject({ lapsPasswordsRemoved: 1 });
  });

  it('keeps what another import gives as well, under that source', async () => {
    const desk = openTestDesk();
    await take(desk, [{ password: 'shared' }], 'first.csv');
    await take(desk, [{ password: 'shared' }], 'second.csv');
    expect(await undoImport(desk, 1)).toMatchObject({ lapsPasswordsRemoved: 0, stayed: expect.arrayContaining([{ keyProtectorId: null, hostname: 'PC-1', because: 'other-source' }]) });
    expect(listLapsOfHost(desk.db, 1)).toMatchObject([{ source: 'second.csv' }]);
    expect(await undoImport(desk, 2)).toMatchObject({ lapsPasswordsRemoved: 1, pagesRemoved: 1 });
    expect(desk.db.prepare('SELECT (SELECT count(*) FROM sealed_pages) + (SELECT count(*) FROM data_keys) AS n').get()).toEqual({ n: 0 });
  });
});
