import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ATTEMPT_OUTCOMES, ATTEMPT_PROOFS, BLOCKED_REASONS, CLOSED_AS, HOST_STATES, type HostState } from '../../../electron/core/codes.ts';
import { EVENT_KEYS, eventKey, transition, TRANSITIONS, type HostEvent, type Standing } from '../../../electron/core/remediation/transitions.ts';

const at = (state: HostState): Standing => ({ state, blockedReason: state === 'blocked' ? 'owner-away' : null, closedAs: state === 'closed' ? 'retired' : null });
const led = (from: HostState | Standing, event: HostEvent): string => {
  const result = transition(typeof from === 'string' ? at(from) : from, event);
  if (result.status === 'refused') return 'refused';
  const { state, blockedReason, closedAs } = result.standing;
  return [state, blockedReason ?? closedAs].filter((part) => part !== null).join(' ');
};
const blockedForNoKey: Standing = { state: 'blocked', blockedReason: 'no-key', closedAs: null };
const attempt = (outcome: (typeof ATTEMPT_OUTCOMES)[number], proof: (typeof ATTEMPT_PROOFS)[number] = 'signed'): HostEvent =>
  ({ kind: 'attempt', outcome, proof, blockedReason: outcome === 'blocked' ? 'hibernated' : null });

const events: fc.Arbitrary<HostEvent> = fc.oneof(
  fc.record({ kind: fc.constant('reported' as const), hasKey: fc.boolean() }),
  fc.constant({ kind: 'key-found' } as const),
  fc.record({ kind: fc.constant('blocked' as const), reason: fc.constantFrom(...BLOCKED_REASONS) }),
  fc.record({ kind: fc.constant('unblocked' as const), hasKey: fc.boolean() }),
  fc.tuple(fc.constantFrom(...ATTEMPT_OUTCOMES), fc.constantFrom(...BLOCKED_REASONS), fc.constantFrom(...ATTEMPT_PROOFS))
    .map(([outcome, reason, proof]) => ({ kind: 'attempt' as const, outcome, proof, blockedReason: outcome === 'blocked' ? reason : null })),
  fc.record({ kind: fc.constant('verified' as const), evidence: fc.constantFrom('', '  ', 'seen at the sign-in screen') }),
  fc.record({ kind: fc.constant('closed' as const), as: fc.constantFrom(...CLOSED_AS), note: fc.constantFrom('', 'new image') }),
  fc.record({ kind: fc.constant('reopened' as const), hasKey: fc.boolean() }),
);

describe('the way of a host', () => {
  test('has a cell for every state and every event', () => {
    expect(Object.keys(TRANSITIONS)).toEqual([...HOST_STATES]);
    for (const state of HOST_STATES) expect(Object.keys(TRANSITIONS[state]).toSorted()).toEqual([...EVENT_KEYS].toSorted());
  });

  test('begins when somebody says that a host is down: ready with a key, reported without', () => {
    expect(led('known', { kind: 'reported', hasKey: true })).toBe('ready');
    expect(led('known', { kind: 'reported', hasKey: false })).toBe('reported');
    for (const state of ['ready', 'blocked', 'in-progress', 'repaired', 'verified', 'closed'] as const) expect(led(state, { kind: 'reported', hasKey: false })).toBe(led(state, attempt('inspected')));
  });

  test('goes on when a key comes in for a host that waited for one', () => {
    expect(led('reported', { kind: 'key-found' })).toBe('ready');
    expect(led(blockedForNoKey, { kind: 'key-found' })).toBe('ready');
    expect(led('blocked', { kind: 'key-found' })).toBe('blocked owner-away');
    expect(led('known', { kind: 'key-found' })).toBe('known');
  });

  test.each([
    ['repaired', 'repaired'], ['blocked', 'blocked hibernated'], ['nothing-to-do', 'blocked recipe-not-found'], ['inspected', 'ready'], ['safe-boot-set', 'in-progress'],
  ] as const)('takes an attempt that was %s to %s, signed or unsigned', (outcome, expected) => {
    expect(led('ready', attempt(outcome, 'signed'))).toBe(expected);
    expect(led('ready', attempt(outcome, 'unsigned'))).toBe(expected);
  });

  test('stays repaired when a later boot finds nothing to do', () => {
    expect(led('repaired', attempt('nothing-to-do'))).toBe('repaired');
  });

  test('leaves verified and closed to people', () => {
    for (const outcome of ATTEMPT_OUTCOMES) for (const state of ['verified', 'closed'] as const) expect(led(state, attempt(outcome))).toBe(led(state, attempt('inspected')));
    expect(led('verified', { kind: 'blocked', reason: 'hardware' })).toBe('refused');
    expect(led('closed', { kind: 'verified', evidence: 'seen' })).toBe('refused');
    expect(led('closed', { kind: 'reopened', hasKey: true })).toBe('ready');
    expect(led('verified', { kind: 'reopened', hasKey: false })).toBe('reported');
  });

  test('verifies a host nobody has repaired, with evidence, and none without', () => {
    expect(led('reported', { kind: 'verified', evidence: 'user works on it' })).toBe('verified');
    expect(led('reported', { kind: 'verified', evidence: ' ' })).toBe('refused');
  });

  test('holds its rules over every sequence of events', () => {
    fc.assert(fc.property(fc.array(events, { maxLength: 40 }), (sequence) => {
      let standing: Standing = { state: 'known', blockedReason: null, closedAs: null };
      for (const event of sequence) {
        const result = transition(standing, event);
        const before = standing;
        if (result.status === 'ok') standing = result.standing;
        expect(standing.blockedReason !== null).toBe(standing.state === 'blocked');
        expect(standing.closedAs !== null).toBe(standing.state === 'closed');
        if (result.status === 'ok') expect(result.changed).toBe(JSON.stringify(before) !== JSON.stringify(standing));
        if (standing.state === before.state) continue;
        // What each state is entered by, and by nothing else.
        if (standing.state === 'verified') expect(event.kind === 'verified' && event.evidence.trim() !== '').toBe(true);
        if (standing.state === 'closed') expect(event.kind === 'closed' && event.note.trim() !== '').toBe(true);
        if (standing.state === 'repaired') expect(event.kind === 'attempt' && event.outcome === 'repaired' && event.proof !== 'claim').toBe(true);
        if (before.state === 'verified' || before.state === 'closed') expect(['reopened', 'closed']).toContain(event.kind);
        if (event.kind === 'attempt') expect(event.proof).not.toBe('claim');
        expect(standing.state).not.toBe('known');
        if (standing.state === 'in-progress') expect(event.kind === 'attempt' && event.outcome === 'safe-boot-set' && event.proof !== 'claim').toBe(true);
      }
    }), { numRuns: 2000 });
  });

  test('calls every claim a claim, whatever outcome it tells', () => {
    for (const outcome of ATTEMPT_OUTCOMES) expect(eventKey(attempt(outcome, 'claim'))).toBe('attempt-claim');
  });
});
