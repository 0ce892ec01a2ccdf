import { expect, test } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { closeCall, getCall, listCalls, readEndedBy, saveCall } from '../../../electron/core/calls/calls.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { listUnusualRates } from '../../../electron/core/disclosure/unusual-rate.ts';
import { setPolicies } from '../../../electron/core/policies/policies.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { csv, idText, importText } from '../keys/import-desk.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

async function openDeskWithKey(): Promise<TestDesk> {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 10 }, { host: 'PC-2', id: 2, password: 20 }]));
  return desk;
}
const open = (desk: TestDesk) => listCalls(desk.db, { open: true, offset: 0, limit: 10 });

test('an interrupted call is on the open list with everything that was entered', async () => {
  const desk = await openDeskWithKey();
  const { callId } = saveCall(desk, undefined, { keyRecordId: 1, identity: 'called-back', caller: 'M. Sommer' });
  desk.advance(1000);
  saveCall(desk, callId, { ticket: 'INC-7' });
  expect(open(desk)).toMatchObject({ total: 1, rows: [{ callId, operator: 'test', hostname: 'PC-1', keyProtectorId: idText(1), identity: 'called-back', caller: 'M. Sommer', ticket: 'INC-7', disclosureId: null, groupsRead: 0, outcome: null, changedAt: '2024-07-19T08:00:01.000Z' }] });
});

test('the disclosure it led to stands on the sheet, and its end is audited', async () => {
  const desk = await openDeskWithKey();
  const { callId } = saveCall(desk, undefined, { keyRecordId: 2, identity: 'known-voice', reason: 'lost-pin' });
  const { disclosureId } = disclose(desk, { keyRecordId: 1, reason: 'lost-pin', way: 'shown', callId });
  saveCall(desk, callId, { groupsRead: 8 });
  expect(closeCall(desk, { callId, outcome: 'unlocked' })).toMatchObject({ disclosureId, hostname: 'PC-1', groupsRead: 8, outcome: 'unlocked', closedAt: '2024-07-19T08:00:00.000Z' });
  expect(open(desk).total).toBe(0);
  const [line] = listAudit(desk.db, { offset: 0, limit: 1 }).rows;
  expect(line).toMatchObject({ act: 'calls.close', subject: idText(1) });
  expect(JSON.parse(line?.details ?? '')).toMatchObject({ outcome: 'unlocked', identity: 'known-voice', hostname: 'PC-1', disclosureId });
});

test('how much of a key was read back stays when it is shown again, and says nothing of another key', async () => {
  const desk = await openDeskWithKey();
  const { callId } = saveCall(desk, undefined, { keyRecordId: 1, identity: 'known-voice', reason: 'lost-pin' });
  disclose(desk, { keyRecordId: 1, reason: 'lost-pin', way: 'shown', callId });
  saveCall(desk, callId, { groupsRead: 5 });
  disclose(desk, { keyRecordId: 1, reason: 'lost-pin', way: 'shown', callId });
  expect(saveCall(desk, callId, { keyRecordId: 1, caller: 'M. Sommer' }).groupsRead).toBe(5);
  expect(saveCall(desk, callId, { keyRecordId: 2 }).groupsRead).toBe(0);
  saveCall(desk, callId, { groupsRead: 8 });
  disclose(desk, { keyRecordId: 1, reason: 'lost-pin', way: 'shown', callId });
  expect(open(desk).rows[0]?.groupsRead).toBe(0);
});

test('a call that ended takes nothing more, and a disclosure for it is refused before anything is shown', async () => {
  const desk = await openDeskWithKey();
  const { callId } = saveCall(desk, undefined, { keyRecordId: 1 });
  closeCall(desk, { callId, outcome: 'broken-off', note: 'line went dead' });
  expect(readEndedBy(desk.db, callId, getCall(desk.db, callId).closedAt ?? '')).toBe('test');
  expect(() => saveCall(desk, callId, { ticket: 'X' })).toThrow(expect.objectContaining({ code: 'not-in-this-state', facts: { callId, state: 'broken-off', endedBy: 'test' } }));
  expect(() => closeCall(desk, { callId, outcome: 'unlocked' })).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
  expect(() => disclose(desk, { keyRecordId: 1, reason: 'other', way: 'shown', callId })).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
  expect(desk.db.prepare('SELECT count(*) FROM disclosures').pluck().get()).toBe(0);
  expect(() => saveCall(desk, 99, {})).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(() => saveCall(desk, undefined, { keyRecordId: 99 })).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(listCalls(desk.db, { open: false, offset: 0, limit: 10 }).total).toBe(1);
});

test('a call in which nothing was shown does not end as if a key had been tried, unless it is said where that came from', async () => {
  const desk = await openDeskWithKey();
  setPolicies(desk, { callSteps: ['identity', 'reason', 'read-back'] }); // of nothing, nothing is read back
  for (const outcome of ['unlocked', 'rejected'] as const) {
    const { callId } = saveCall(desk, undefined, { keyRecordId: 1, identity: 'known-voice', reason: 'mass-incident' });
    for (const note of [undefined, '', '  ']) expect(() => closeCall(desk, { callId, outcome, note })).toThrow(expect.objectContaining({ code: 'call-step-missing', facts: { step: 'note' } }));
    expect(open(desk).total).toBe(1);
    expect(closeCall(desk, { callId, outcome, note: 'from a sheet of paper' })).toMatchObject({ outcome, note: 'from a sheet of paper' });
    expect(JSON.parse(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]?.details ?? '')).toMatchObject({ outcome, disclosureId: null, note: 'from a sheet of paper' });
  }
});

test('undoing the import a call was about leaves the sheet', async () => {
  const desk = await openDeskWithKey();
  saveCall(desk, undefined, { keyRecordId: 1, caller: 'M. Sommer' });
  await undoImport(desk, 1);
  expect(open(desk).rows).toMatchObject([{ keyRecordId: null, hostname: null, caller: 'M. Sommer' }]);
});

test('what the policy requires is asked for before a recovery password is shown, and before the call is ended; one that is broken off may lack anything', async () => {
  const desk = await openDeskWithKey();
  setPolicies(desk, { callSteps: ['identity', 'ticket', 'read-back'] });
  const { callId } = saveCall(desk, undefined, { keyRecordId: 1, identity: 'video' });
  const show = () => disclose(desk, { keyRecordId: 1, reason: 'other', way: 'shown', callId });
  expect(show).toThrow(expect.objectContaining({ code: 'call-step-missing', facts: { step: 'ticket' } }));
  expect(desk.db.prepare('SELECT count(*) FROM disclosures').pluck().get()).toBe(0);
  saveCall(desk, callId, { ticket: 'INC-7' });
  show();
  expect(() => closeCall(desk, { callId, outcome: 'unlocked' })).toThrow(expect.objectContaining({ facts: { step: 'read-back' } }));
  saveCall(desk, callId, { groupsRead: 8 });
  expect(closeCall(desk, { callId, outcome: 'unlocked' }).outcome).toBe('unlocked');
  const other = saveCall(desk, undefined, {});
  expect(closeCall(desk, { callId: other.callId, outcome: 'broken-off' }).outcome).toBe('broken-off');
});

test('more disclosures than usual by one operator are flagged once, on record, and nobody is kept waiting', async () => {
  const desk = await openDeskWithKey();
  setPolicies(desk, { disclosureRateCount: 2, disclosureRateMinutes: 10 });
  const show = () => disclose(desk, { keyRecordId: 1, reason: 'other', way: 'shown' }).disclosureId;
  expect([show(), show(), show(), show()]).toEqual([1, 2, 3, 4]);
  expect(listUnusualRates(desk.db, desk.clock())).toEqual([{ at: '2024-07-19T08:00:00.000Z', operator: 'test', count: 3, minutes: 10 }]);
  desk.advance(11 * 60_000);
  show();
  expect(listUnusualRates(desk.db, desk.clock())).toHaveLength(1);
  setPolicies(desk, { disclosureRateCount: 0 });
  show(); show(); show();
  expect(listUnusualRates(desk.db, desk.clock())).toHaveLength(1);
});
