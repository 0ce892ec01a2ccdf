import { expect, test } from 'vitest';
import { callsAbout, callsSaidAs, type Call } from '../../renderer/screens/lookup/calls-to-go-on.ts';

const at = Date.parse('2024-07-19T08:00:00Z');
const call = (callId: number, sheet: Partial<Call>): Call => ({
  callId, openedAt: new Date(at + callId).toISOString(), operator: 'hd-01', changedAt: new Date(at + callId).toISOString(), hostId: null, hostname: null, keyRecordId: null, keyProtectorId: null, disclosureId: null,
  lapsPasswordId: null, identity: null, caller: null, reason: null, ticket: null, groupsRead: 0, outcome: null, closedAt: null, note: null, ...sheet,
});
const calls = [call(1, { hostId: 7, keyRecordId: 70, caller: 'Jörg Öztürk', ticket: 'INC-204817' }), call(2, { hostId: 7, keyRecordId: 71 }), call(3, { keyRecordId: 72, caller: 'M. Sommer' })];
const idsOf = (found: readonly Call[]): number[] => found.map(({ callId }) => callId);

test.each([['INC-204817', [1]], ['inc 204817', [1]], ['204 817', [1]], ['öztürk', [1]], ['sommer', [3]], ['KI-WARD-0012', []], ['in', []], ['--', []]])('%s, said on the telephone, finds the open calls with that ticket or caller', (said, found) => {
  expect(idsOf(callsSaidAs(calls, said))).toEqual(found);
});

test('an open call is about a host whichever of its keys it was for, and about a key record of no host; the one begun since is in hand', () => {
  expect(idsOf(callsAbout(calls, { hostId: 7, keyRecordId: 70 }, at + 9))).toEqual([1, 2]);
  expect(idsOf(callsAbout(calls, { hostId: 7, keyRecordId: null }, at + 2))).toEqual([1]);
  expect(idsOf(callsAbout(calls, { hostId: null, keyRecordId: 72 }, at + 9))).toEqual([3]);
  expect(callsAbout(calls, { hostId: null, keyRecordId: null }, at + 9)).toEqual([]);
});
