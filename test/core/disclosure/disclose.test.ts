import { expect, test } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { listDisclosures } from '../../../electron/core/disclosure/disclosure-list.ts';
import { listKeysOfHost } from '../../../electron/core/keys/key-list.ts';
import { csv, idText, importText, passwordText } from '../keys/import-desk.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

async function openDeskWithKey(): Promise<TestDesk> {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }, { host: 'PC-1', password: 20 }]));
  return desk;
}
const request = { keyRecordId: 1, reason: 'mass-incident', way: 'shown' } as const;
const traces = (desk: TestDesk): number[] => ['disclosures', "audit_entries WHERE act = 'disclosures.disclose'"].map((from) => Number(desk.db.prepare(`SELECT count(*) FROM ${from}`).pluck().get()));

test('shows a recovery password and has who, which, which host, why, ticket and how on record', async () => {
  const desk = await openDeskWithKey();
  expect(disclose(desk, { ...request, ticket: 'INC-7', way: 'spoken' })).toEqual({ disclosureId: 1, recoveryPassword: passwordText(10), hideAfterMs: 120_000, at: '2024-07-19T08:00:00.000Z' });
  expect(listDisclosures(desk.db, { offset: 0, limit: 10 })).toEqual({ total: 1, rows: [{
    disclosureId: 1, at: '2024-07-19T08:00:00.000Z', operator: 'test', way: 'spoken', reason: 'mass-incident', ticket: 'INC-7', keyProtectorId: idText(1), hostname: 'PC-1', mediaId: null, laps: false, keyRecords: 1,
  }] });
  const [line] = listAudit(desk.db, { offset: 0, limit: 1 }).rows;
  expect(line).toMatchObject({ act: 'disclosures.disclose', operator: 'test', subject: idText(1) });
  expect(JSON.parse(line?.details ?? '')).toEqual({ disclosureId: 1, keyRecordId: 1, way: 'spoken', reason: 'mass-incident', ticket: 'INC-7', hostname: 'PC-1' });
  expect(listKeysOfHost(desk.db, 1).map(({ disclosedAt }) => disclosedAt)).toEqual([null, '2024-07-19T08:00:00.000Z']);
});

test('showing it again is a disclosure of its own', async () => {
  const desk = await openDeskWithKey();
  disclose(desk, request);
  desk.advance(1000);
  expect(disclose(desk, request).disclosureId).toBe(2);
  expect(traces(desk)).toEqual([2, 2]);
  expect(desk.told).toContain('disclosures');
});

test('a key without an ID can be disclosed too', async () => {
  const desk = await openDeskWithKey();
  expect(disclose(desk, { ...request, keyRecordId: 2 }).recoveryPassword).toBe(passwordText(20));
  expect(listDisclosures(desk.db, { offset: 0, limit: 1 }).rows[0]?.keyProtectorId).toBeNull();
});

test('answers nothing when the disclosure can not be put on record', async () => {
  for (const table of ['disclosures', 'audit_entries']) {
    const desk = await openDeskWithKey();
    desk.db.exec(`CREATE TRIGGER full BEFORE INSERT ON ${table} BEGIN SELECT raise(ABORT, 'full'); END`);
    expect(() => disclose(desk, request)).toThrow('full');
    expect(traces(desk)).toEqual([0, 0]);
  }
});

test('who does not hold the key of recovery passwords gets none, and nothing is on record', async () => {
  const desk = await openDeskWithKey();
  expect(() => disclose({ ...desk, keys: { ...desk.keys, key2Private: null } }, request)).toThrow(expect.objectContaining({ code: 'cannot-read-recovery-passwords' }));
  expect(() => disclose(desk, { ...request, keyRecordId: 99 })).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(traces(desk)).toEqual([0, 0]);
});

test('a page that was altered is said to be damaged and discloses nothing', async () => {
  const desk = await openDeskWithKey();
  desk.db.prepare('UPDATE sealed_pages SET sealed = zeroblob(length(sealed))').run();
  expect(() => disclose(desk, request)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
  expect(traces(desk)).toEqual([0, 0]);
});
