import { beforeEach, describe, expect, test } from 'vitest';
import { blockHost, closeHost, reopenHost, unblockHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { verifyAudit } from '../../../electron/core/audit/audit.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from './test-desk.ts';

let desk: TestDesk;
beforeEach(() => { desk = openTestDesk(); });

const host = (hostId: number) => desk.db.prepare<[number], { state: string; blocked_reason: string | null; closed_as: string | null; state_at: string }>('SELECT state, blocked_reason, closed_as, state_at FROM hosts WHERE host_id = ?').get(hostId);
const events = (hostId: number) => desk.db.prepare<[number], { kind: string; operator: string; detail: string | null }>('SELECT kind, operator, detail FROM host_events WHERE host_id = ? ORDER BY host_event_id').all(hostId);

describe('an act on a host', () => {
  test('writes state, event and audit together', () => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'repaired' });
    desk.advance(60_000);
    verifyHost(desk, hostId, 'sign-in screen seen by the ward');
    expect(host(hostId)).toMatchObject({ state: 'verified', blocked_reason: null, state_at: '2024-07-19T08:01:00.000Z' });
    expect(events(hostId)).toEqual([{ kind: 'verified', operator: 'test', detail: 'sign-in screen seen by the ward' }]);
    expect(desk.db.prepare('SELECT act, subject, details FROM audit_entries').all()).toEqual([
      { act: 'hosts.verify', subject: 'KI-SURG-0417', details: JSON.stringify({ hostId, from: 'repaired', to: 'verified', note: 'sign-in screen seen by the ward' }) },
    ]);
    expect(verifyAudit(desk.db).intact).toBe(true);
    expect(desk.told).toEqual(['hosts', 'audit']);
  });

  test('gives a blocked host its reason and takes it away again', () => {
    const withKey = addHost(desk, 'KI-SURG-0418', { state: 'reported' });
    addKeyRecord(desk, { hostId: withKey });
    const without = addHost(desk, 'KI-SURG-0419', { state: 'reported' });
    for (const hostId of [withKey, without]) blockHost(desk, hostId, 'not-reachable', 'room locked until Monday');
    expect(host(withKey)).toMatchObject({ state: 'blocked', blocked_reason: 'not-reachable' });
    for (const hostId of [withKey, without]) unblockHost(desk, hostId);
    expect(host(withKey)).toMatchObject({ state: 'ready', blocked_reason: null });
    expect(host(without)).toMatchObject({ state: 'reported', blocked_reason: null });
  });

  test('that the state forbids changes nothing and leaves no line', () => {
    const hostId = addHost(desk, 'KI-SURG-0420', { state: 'ready' });
    closeHost(desk, hostId, 'reimaged', 'new disk');
    const lines = desk.db.prepare('SELECT count(*) AS n FROM audit_entries').get();
    for (const act of [() => verifyHost(desk, hostId, 'seen'), () => blockHost(desk, hostId, 'hardware'), () => unblockHost(desk, hostId)]) {
      expect(act).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
    }
    expect(host(hostId)).toMatchObject({ state: 'closed', closed_as: 'reimaged' });
    expect(desk.db.prepare('SELECT count(*) AS n FROM audit_entries').get()).toEqual(lines);
    reopenHost(desk, hostId, 'the disk was another one');
    expect(host(hostId)).toMatchObject({ state: 'reported', closed_as: null });
  });

  test('on a host that is not there is refused', () => {
    expect(() => verifyHost(desk, 99, 'seen')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});
