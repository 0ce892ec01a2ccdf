// A repaired host is verified by a list that saw it later. "Later" is told by two clocks, and that of a dead host may be off by years.
import { beforeEach, describe, expect, test } from 'vitest';
import { verifySeenAlive } from '../../../electron/core/remediation/seen-alive.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { addHost, openTestDesk, type TestDesk } from './test-desk.ts';
import { addMedium, attemptIdOf, makeRecord, writeRecord } from './test-records.ts';

let desk: TestDesk;
let hostId: number;
beforeEach(() => {
  desk = openTestDesk();
  addMedium(desk); // built on the 19th at 08:00
  hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
  desk.advance(6 * 60 * 60_000);
});

const repairedBy = (clock: string): void => {
  const ended = Date.parse(clock);
  expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417', startedAtMs: ended - 60_000, finishedAtMs: ended })))).toMatchObject({ hostState: 'repaired' });
};
const isVerifiedBySeen = (lastSeenAt: string): boolean => verifySeenAlive(desk.db, { name: 'intune.csv', operator: 'test', at: '2024-07-22T09:00:00.000Z' }, hostId, { lastSeenAt, affected: null }, 2);

describe('a host whose clock stands in the past', () => {
  test('is not verified by a list that saw it before it crashed', () => {
    repairedBy('2020-01-01T00:03:00Z');
    expect(isVerifiedBySeen('2024-07-19T04:10:00.000Z')).toBe(false);
    expect(isVerifiedBySeen('2024-07-19T13:00:00.000Z')).toBe(false);
  });

  test('is verified by one that saw it after its record came to the desk', () => {
    repairedBy('2020-01-01T00:03:00Z');
    expect(isVerifiedBySeen('2024-07-19T15:00:00.000Z')).toBe(true);
    expect(desk.db.prepare("SELECT detail FROM host_events WHERE kind = 'verified'").get()).toEqual({ detail: 'intune.csv:2 last seen 2024-07-19T15:00:00.000Z, repaired 2024-07-19T14:00:00.000Z' });
  });
});

describe('a host whose clock is years ahead', () => {
  test('is verified by a list that saw it after its record came to the desk, and by none before', () => {
    repairedBy('2031-05-01T12:00:00Z');
    expect(isVerifiedBySeen('2024-07-19T13:00:00.000Z')).toBe(false);
    expect(isVerifiedBySeen('2024-07-19T15:00:00.000Z')).toBe(true);
  });
});

test('a clock that is off by its time zone still counts: WinPE may take local time for that of another zone', () => {
  repairedBy('2024-07-19T20:00:00Z');
  expect(isVerifiedBySeen('2024-07-19T19:00:00.000Z')).toBe(false);
  expect(isVerifiedBySeen('2024-07-19T21:00:00.000Z')).toBe(true);
});

test('a repair after a failed attempt counts, though the clock was set back to the year of the board between them', () => {
  takeAttempt(desk, writeRecord(makeRecord({ attemptId: attemptIdOf(2), computerName: 'KI-SURG-0417', outcome: 'blocked', blockedReason: 'repair-failed', startedAtMs: Date.parse('2024-07-19T12:00:00Z'), finishedAtMs: Date.parse('2024-07-19T12:05:00Z') })));
  repairedBy('2020-01-01T00:03:00Z');
});
