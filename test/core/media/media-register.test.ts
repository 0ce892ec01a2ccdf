import { expect, test } from 'vitest';
import { getMedium, listLeftOut, listMedia, orderMedium, readRecordKeys, recordMedium, type NewMedium } from '../../../electron/core/media/media-register.ts';
import { getHostRow } from '../../../electron/core/hosts/host-list.ts';
import { addHost, addKeyRecord, openTestDesk } from '../remediation/test-desk.ts';
import { addMedium, attemptIdOf, makeRecord, writeRecord } from '../remediation/test-records.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';

const medium = (more: Partial<NewMedium> = {}): NewMedium => ({
  mediaId: 'M-0001', builtAt: '2024-07-19T08:00:00.000Z', expiresAt: null, scope: 'all', language: 'de', recipeId: 'channel-file-291', incidentId: 1, recipeVersion: 1, architecture: 'arm64', payload: '7C1E 90B4 D2F8 53A6',
  manifestSha256: 'ab'.repeat(32), imageName: 'm.img', imageSizeBytes: 5, hosts: 1, keyRecordIds: [], leftOut: [], slots: [{ slot: 1, technician: 'test', recordKey: new Uint8Array(32).fill(9) }], ...more,
});

test('media are numbered one after another, and no number is given twice', () => {
  const desk = openTestDesk();
  expect([orderMedium(desk, {}), orderMedium(desk, {})]).toEqual(['M-0001', 'M-0002']);
  addMedium(desk, 'M-9999');
  expect([orderMedium(desk, {}), orderMedium(desk, {})]).toEqual(['M-10000', 'M-10001']);
});

test('what a medium carries is disclosed with it, and its technician can be asked for', async () => {
  const desk = openTestDesk();
  const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
  const record = addKeyRecord(desk, { hostId });
  await recordMedium(desk, medium({ keyRecordIds: [record], leftOut: [{ hostname: 'B', reason: 'no-key' }, { hostname: 'A', reason: 'not-in-store' }] }), async () => {});
  expect(getHostRow(desk.db, hostId).disclosed).toBe(true);
  expect(getMedium(desk.db, 'M-0001')).toMatchObject({ keyRecords: 1, leftOut: 2, technicians: ['test'], recipe: 'channel-file-291 1', architecture: 'arm64', results: 0 });
  expect(listLeftOut(desk.db, 'M-0001', 1)).toEqual([{ hostname: 'A', reason: 'not-in-store' }]);
  expect([...readRecordKeys(desk.db, 'M-0001')]).toEqual([[1, new Uint8Array(32).fill(9)]]);
  expect([...readRecordKeys(desk.db, 'M-0002')]).toEqual([]);
  takeAttempt(desk, writeRecord(makeRecord({ attemptId: attemptIdOf(1), computerName: 'KI-SURG-0417' }), new Uint8Array(32).fill(9)));
  expect(getMedium(desk.db, 'M-0001').results).toBe(1);
  expect(() => getMedium(desk.db, 'M-0404')).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('a large medium lets others have their turn while it is entered', async () => {
  const desk = openTestDesk();
  const hostId = addHost(desk, 'KI-SURG-0417');
  const records = desk.db.transaction(() => Array.from({ length: 5000 }, () => addKeyRecord(desk, { hostId })))();
  let breaths = 0;
  await recordMedium(desk, medium({ keyRecordIds: records }), async () => { breaths += 1; });
  expect(breaths).toBeGreaterThan(2);
  expect(desk.db.prepare('SELECT count(*) FROM media_members').pluck().get()).toBe(5000);
  expect(listMedia(desk.db, { offset: 0, limit: 10 }).total).toBe(1);
});
