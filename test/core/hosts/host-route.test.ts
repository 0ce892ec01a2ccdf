import { expect, test } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { readHostRoute, setHostRoute } from '../../../electron/core/hosts/host-route.ts';
import { addHost, openTestDesk } from '../remediation/test-desk.ts';

const stateOf = (desk: ReturnType<typeof openTestDesk>, hostId: number) => desk.db.prepare('SELECT state, blocked_reason AS reason FROM hosts WHERE host_id = ?').get(hostId);

test('a host that was blocked for want of a key is so no longer once it goes by safe boot; another block stays', () => {
  const desk = openTestDesk();
  const [noKey, away] = [addHost(desk, 'PC-1', { state: 'blocked', blockedReason: 'no-key' }), addHost(desk, 'PC-2', { state: 'blocked', blockedReason: 'owner-away' })];
  setHostRoute(desk, noKey, 'safe-boot');
  setHostRoute(desk, away, 'safe-boot');
  expect([stateOf(desk, noKey), stateOf(desk, away)]).toEqual([{ state: 'reported', reason: null }, { state: 'blocked', reason: 'owner-away' }]);
  expect(readHostRoute(desk.db, noKey)).toBe('safe-boot');
  expect(listAudit(desk.db, { offset: 0, limit: 9 }).rows.filter(({ act }) => act === 'hosts.setRoute').map(({ subject }) => subject).toSorted()).toEqual(['PC-1', 'PC-2']);
  setHostRoute(desk, noKey, 'attached-disk');
  expect(readHostRoute(desk.db, noKey)).toBe('attached-disk');
});

test('a host whose way has ended gets no route', () => {
  const desk = openTestDesk();
  expect(() => setHostRoute(desk, addHost(desk, 'PC-1', { state: 'verified' }), 'stick')).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
  expect(() => setHostRoute(desk, 99, 'stick')).toThrow(expect.objectContaining({ code: 'not-found' }));
});
