import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCKED_REASONS, HOST_STATES, WALK_IN_ACTS } from '../../../electron/core/codes.ts';
import { nextActOf, type Standing } from '../../../electron/core/walk-ins/next-act.ts';

const standing = (more: Partial<Standing>): Standing => ({ state: 'ready', blockedReason: null, keptOff: null, keyRecords: 1, media: 0, ...more });

test.each<[string, Standing | null, string]>([
  ['a host nobody knows is found out about', null, 'find-out'],
  ['a key on a medium means the stick', standing({ media: 1 }), 'stick'],
  ['a key and no medium means reading it off the desk', standing({}), 'disclose'],
  ['no key means the way by safe boot', standing({ keyRecords: 0 }), 'safe-boot'],
  ['a host of which nobody said it is down came because it is', standing({ state: 'known' }), 'disclose'],
  ['a repaired host is started and watched', standing({ state: 'repaired', media: 1 }), 'watch'],
  ['a verified host needs nothing', standing({ state: 'verified', media: 1 }), 'nothing'],
  ['a closed host stays closed', standing({ state: 'closed' }), 'closed'],
  ['a host that must not be powered on is not', standing({ keptOff: 'key server, order of the board', media: 1 }), 'keep-off'],
  ['what kept people from the host is over when it is here', standing({ state: 'blocked', blockedReason: 'owner-away', media: 1 }), 'stick'],
  ['a host that takes no stick still takes the digits', standing({ state: 'blocked', blockedReason: 'usb-blocked', media: 1 }), 'disclose'],
  ['a host that takes no stick and has no key stays blocked', standing({ state: 'blocked', blockedReason: 'usb-blocked', keyRecords: 0 }), 'unblock'],
  ['a key that came in since unblocks', standing({ state: 'blocked', blockedReason: 'no-key' }), 'disclose'],
  ['still no key means the other ways, which are open to a host at the counter', standing({ state: 'blocked', blockedReason: 'no-key', keyRecords: 0 }), 'safe-boot'],
  ['broken hardware stays blocked', standing({ state: 'blocked', blockedReason: 'hardware', media: 1 }), 'unblock'],
])('%s', (_name, given, act) => expect(nextActOf(given)).toBe(act));

test('never sends anybody to a stick or a key that is not there, and never wakes a host that must stay off', () => {
  const any = fc.record({
    state: fc.constantFrom(...HOST_STATES), blockedReason: fc.constantFrom(...BLOCKED_REASONS), keptOff: fc.option(fc.string({ minLength: 1 })), keyRecords: fc.nat(3), media: fc.nat(3),
  }).map((given): Standing => ({ ...given, blockedReason: given.state === 'blocked' ? given.blockedReason : null, media: given.keyRecords === 0 ? 0 : given.media }));
  fc.assert(fc.property(any, (given) => {
    const act = nextActOf(given);
    expect(WALK_IN_ACTS).toContain(act);
    if (act === 'stick') expect(given.media).toBeGreaterThan(0);
    if (act === 'disclose') expect(given.keyRecords).toBeGreaterThan(0);
    if (given.keptOff !== null) expect(['keep-off', 'nothing', 'closed']).toContain(act);
    if (act === 'unblock') expect(given.blockedReason).not.toBeNull();
  }));
});
