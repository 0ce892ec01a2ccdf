import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listAudit, verifyAudit } from '../../../electron/core/audit/audit.ts';
import { CALL_STEPS } from '../../../electron/core/codes.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { readPolicies, setPolicies, type Policies } from '../../../electron/core/policies/policies.ts';
import { addHost, addKeyRecord, openTestDesk } from '../remediation/test-desk.ts';

it('begins a desk with the values that ask for most care', () => {
  expect(readPolicies(openTestDesk().db)).toEqual({
    callSteps: ['identity', 'key-id', 'reason', 'outcome'], fourEyesPrinting: true, fourEyesPurge: true, disclosureRateCount: 20, disclosureRateMinutes: 10, hideAfterS: 120, clipboardAllowed: false, mediaWithoutPasscodeAllowed: false,
  });
});

it('hides a disclosed recovery password after the time that was set', () => {
  const desk = openTestDesk();
  const keyRecordId = addKeyRecord(desk, { hostId: addHost(desk, 'PC-1') });
  setPolicies(desk, { hideAfterS: 45 });
  expect(disclose(desk, { keyRecordId, reason: 'mass-incident', way: 'shown' }).hideAfterMs).toBe(45_000);
});

it('audits each changed policy with what it was and is, and nothing that stayed', () => {
  const desk = openTestDesk();
  setPolicies(desk, { clipboardAllowed: true, hideAfterS: 120 });
  setPolicies(desk, { clipboardAllowed: true });
  setPolicies(desk, { callSteps: ['ticket', 'identity'] });
  expect(listAudit(desk.db, { offset: 0, limit: 9 }).rows.map(({ subject, details }) => [subject, JSON.parse(details ?? '')])).toEqual([
    ['callSteps', { from: 'identity key-id reason outcome', to: 'identity ticket' }], ['clipboardAllowed', { from: 'false', to: 'true' }],
  ]);
});

const anyPolicies = fc.record<Policies>({
  callSteps: fc.subarray([...CALL_STEPS]), fourEyesPrinting: fc.boolean(), fourEyesPurge: fc.boolean(), disclosureRateCount: fc.integer({ min: 0, max: 10_000 }), disclosureRateMinutes: fc.integer({ min: 1, max: 1440 }),
  hideAfterS: fc.integer({ min: 10, max: 600 }), clipboardAllowed: fc.boolean(), mediaWithoutPasscodeAllowed: fc.boolean(),
}, { requiredKeys: [] });

it('keeps whatever was set last, policy by policy', () => {
  const desk = openTestDesk();
  let expected = readPolicies(desk.db);
  fc.assert(fc.property(anyPolicies, (wanted) => {
    expected = { ...expected, ...wanted };
    expect(setPolicies(desk, wanted)).toEqual(expected);
    expect(readPolicies(desk.db)).toEqual(expected);
  }));
  expect(verifyAudit(desk.db).intact).toBe(true);
});
