// A host that is down again: what repaired it the last time, in another incident maybe, comes back late and says nothing of today.
import { beforeEach, expect, test } from 'vitest';
import { reopenHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from './test-desk.ts';
import { addMedium, attemptIdOf, lockedVolume, makeRecord, openedVolume, writeRecord } from './test-records.ts';

const DAY_MS = 24 * 60 * 60_000;
let desk: TestDesk;
let hostId: number;
beforeEach(() => {
  desk = openTestDesk();
  addMedium(desk);
  hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
  addKeyRecord(desk, { hostId, keyProtectorId: 1 });
  desk.advance(DAY_MS);
  verifyHost(desk, hostId, 'seen running');
  desk.advance(60 * DAY_MS);
  reopenHost(desk, hostId, 'down again, another fault');
});

const state = () => desk.db.prepare<[number], { state: string }>('SELECT state FROM hosts WHERE host_id = ?').get(hostId)?.state;
const at = (days: number): Parameters<typeof makeRecord>[0] => ({ volumes: [openedVolume(1)], startedAtMs: Date.parse('2024-07-19T09:15:00Z') + days * DAY_MS, finishedAtMs: Date.parse('2024-07-19T09:16:00Z') + days * DAY_MS });

test('the record of a stick that was lost since is on record, and the host stays down', () => {
  expect(takeAttempt(desk, writeRecord(makeRecord(at(0))))).toMatchObject({ status: 'imported', proof: 'signed', hostname: 'KI-SURG-0417', hostState: 'ready' });
  expect(state()).toBe('ready');
  expect(desk.db.prepare("SELECT count(*) FROM host_events WHERE kind = 'attempt'").pluck().get()).toBe(1);
});

test('a repair after it was found down again counts, whichever of the two comes home first', () => {
  desk.advance(2 * DAY_MS);
  takeAttempt(desk, writeRecord(makeRecord({ ...at(62), attemptId: attemptIdOf(2) })));
  expect(state()).toBe('repaired');
  takeAttempt(desk, writeRecord(makeRecord({ ...at(0), attemptId: attemptIdOf(3), volumes: [lockedVolume(1)], outcome: 'blocked', blockedReason: 'no-key', removedCount: 0 })));
  expect(state()).toBe('repaired');
});

test('a failure from before explains nothing either, though an attempt of today is known already', () => {
  desk.advance(2 * DAY_MS);
  takeAttempt(desk, writeRecord(makeRecord(at(0))));
  takeAttempt(desk, writeRecord(makeRecord({ ...at(62), attemptId: attemptIdOf(2), outcome: 'nothing-to-do', removedCount: 0 })));
  expect(state()).toBe('blocked');
});

test('a repair right after it was found down again counts, though the clock of its time zone says hours before', () => {
  desk.advance(DAY_MS / 24);
  takeAttempt(desk, writeRecord(makeRecord({ ...at(61 - 1 / 3), attemptId: attemptIdOf(2) })));
  expect(state()).toBe('repaired');
});
