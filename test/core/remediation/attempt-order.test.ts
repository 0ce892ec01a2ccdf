import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ATTEMPT_OUTCOMES, ATTEMPT_PROOFS, BLOCKED_REASONS } from '../../../electron/core/codes.ts';
import { standingAfterAttempt, type HappenedAttempt } from '../../../electron/core/remediation/attempt-order.ts';
import type { Standing } from '../../../electron/core/remediation/transitions.ts';

const ready: Standing = { state: 'ready', blockedReason: null, closedAs: null };
const happened = (minute: number, outcome: HappenedAttempt['outcome'], more: Partial<HappenedAttempt> = {}): HappenedAttempt => ({
  attemptId: String(minute).padStart(32, '0'), happenedAt: `2024-07-19T10:${String(minute).padStart(2, '0')}:00Z`, outcome, proof: 'signed', blockedReason: outcome === 'blocked' ? 'pin-needed' : null, ...more,
});
const arrive = (attempts: readonly HappenedAttempt[], from: Standing = ready): Standing => {
  const known: HappenedAttempt[] = [];
  return attempts.reduce((standing, next) => {
    const result = standingAfterAttempt(standing, known.map((attempt) => ({ ...attempt, isWeighed: false })), next);
    known.push(next);
    return result;
  }, from);
};

test('leaves a repaired host repaired when an older failure comes in late', () => {
  expect(arrive([happened(30, 'repaired'), happened(10, 'blocked')]).state).toBe('repaired');
});

test('takes a newer failure for what it is', () => {
  expect(arrive([happened(10, 'repaired'), happened(30, 'blocked')])).toEqual({ state: 'blocked', blockedReason: 'pin-needed', closedAs: null });
});

test('learns from an older repair why a later boot had nothing to do', () => {
  expect(arrive([happened(30, 'nothing-to-do')]).blockedReason).toBe('recipe-not-found');
  expect(arrive([happened(30, 'nothing-to-do'), happened(10, 'repaired')]).state).toBe('repaired');
});

test('does not throw a host back that got its key in the meantime', () => {
  const failed = happened(30, 'blocked', { blockedReason: 'no-key' });
  expect(standingAfterAttempt(ready, [{ ...failed, isWeighed: false }], happened(10, 'blocked'))).toEqual(ready);
});

test('does not hold an old failure against a host that a person has freed since', () => {
  const weighed = { ...happened(30, 'repaired'), isWeighed: true };
  expect(standingAfterAttempt(ready, [weighed], happened(10, 'blocked'))).toEqual(ready);
  expect(standingAfterAttempt(ready, [weighed], happened(40, 'blocked')).state).toBe('blocked');
  expect(standingAfterAttempt(ready, [{ ...weighed, proof: 'claim' }], happened(10, 'blocked')).state).toBe('blocked');
});

test('never undoes what a person has verified', () => {
  const verified: Standing = { state: 'verified', blockedReason: null, closedAs: null };
  expect(arrive([happened(30, 'blocked'), happened(10, 'repaired')], verified)).toEqual(verified);
});

test('comes to the same standing in whatever order the sticks come back', () => {
  const attempts = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 59 }), fc.constantFrom(...ATTEMPT_OUTCOMES), fc.constantFrom(...BLOCKED_REASONS), fc.constantFrom(...ATTEMPT_PROOFS))
    .map(([minute, outcome, reason, proof]) => happened(minute, outcome, { proof, blockedReason: outcome === 'blocked' ? reason : null })), { selector: ({ attemptId }) => attemptId, maxLength: 7 });
  const shuffled = attempts.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })));
  fc.assert(fc.property(shuffled, ([list, order]) => {
    expect(arrive(order)).toEqual(arrive(list.toSorted((a, b) => (a.happenedAt < b.happenedAt ? -1 : 1))));
  }), { numRuns: 3000 });
});
