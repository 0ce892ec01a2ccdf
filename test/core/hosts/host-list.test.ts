import { beforeEach, describe, expect, test } from 'vitest';
import { BLOCKED_REASONS, HOST_STATES } from '../../../electron/core/codes.ts';
import { getHostRow, listHosts, type HostListQuery } from '../../../electron/core/hosts/host-list.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

const everything: HostListQuery = { query: '', states: [], blockedReasons: [], sort: 'hostname', descending: false, offset: 0, limit: 100 };
let desk: TestDesk;
const names = (query: Partial<HostListQuery>): string[] => listHosts(desk.db, { ...everything, ...query }).rows.map(({ hostname }) => hostname);

beforeEach(() => {
  desk = openTestDesk();
  addHost(desk, 'KI-SURG-0417', { state: 'ready', stateAt: '2024-07-19T09:00:00.000Z' });
  addHost(desk, 'KI-SURG-0418', { state: 'blocked', blockedReason: 'no-key', stateAt: '2024-07-19T10:00:00.000Z' });
  addHost(desk, 'KI-LAB-0031', { state: 'blocked', blockedReason: 'pin-needed', stateAt: '2024-07-19T08:00:00.000Z' });
  addHost(desk, 'HH-ER-0007', { state: 'repaired', stateAt: '2024-07-19T11:00:00.000Z' });
  addHost(desk, 'HH-ER-0008', { state: 'closed', closedAs: 'reimaged', stateAt: '2024-07-19T07:00:00.000Z' });
});

describe('the list of hosts', () => {
  test('finds a part of a name from three characters on, and its beginning before', () => {
    expect(names({ query: 'surg' })).toEqual(['KI-SURG-0417', 'KI-SURG-0418']);
    expect(names({ query: ' ER-0 ' })).toEqual(['HH-ER-0007', 'HH-ER-0008']);
    expect(names({ query: 'hh' })).toEqual(['HH-ER-0007', 'HH-ER-0008']);
    expect(names({ query: 'ER' })).toEqual([]);
    for (const odd of ['%', '_', '"', "'", '*', 'KI-%', 'SURG" OR "ER', '0417\u0000', 'ß', '\u{1f9ef}\u{1f9ef}\u{1f9ef}']) expect(names({ query: odd })).toEqual([]);
  });

  test('marks what was typed', () => {
    expect(listHosts(desk.db, { ...everything, query: 'lab' }).rows[0]?.match).toEqual([3, 3]);
    expect(listHosts(desk.db, everything).rows[0]?.match).toBeNull();
  });

  test('filters by states and reasons and counts what the choice would find', () => {
    const list = listHosts(desk.db, { ...everything, query: 'KI-', states: ['blocked'], blockedReasons: ['no-key'] });
    expect(list.rows.map(({ hostname }) => hostname)).toEqual(['KI-SURG-0418']);
    expect(list.total).toBe(1);
    expect(list.states.map(({ state }) => state)).toEqual([...HOST_STATES]);
    expect(list.states.filter(({ count }) => count > 0)).toEqual([{ state: 'ready', count: 1 }, { state: 'blocked', count: 2 }]);
    expect(list.blockedReasons.map(({ reason }) => reason)).toEqual([...BLOCKED_REASONS]);
    expect(list.blockedReasons.filter(({ count }) => count > 0)).toEqual([{ reason: 'no-key', count: 1 }, { reason: 'pin-needed', count: 1 }]);
    expect(names({ states: ['ready', 'closed'] })).toEqual(['HH-ER-0008', 'KI-SURG-0417']);
    expect(names({ states: ['ready'], blockedReasons: ['no-key'] })).toEqual([]);
  });

  test('sorts by name, by time and by the order of the way, both ways', () => {
    const byName = names({});
    expect(byName).toEqual(['HH-ER-0007', 'HH-ER-0008', 'KI-LAB-0031', 'KI-SURG-0417', 'KI-SURG-0418']);
    expect(names({ descending: true })).toEqual(byName.toReversed());
    const byTime = ['HH-ER-0008', 'KI-LAB-0031', 'KI-SURG-0417', 'KI-SURG-0418', 'HH-ER-0007'];
    expect(names({ sort: 'stateAt' })).toEqual(byTime);
    expect(names({ sort: 'stateAt', descending: true })).toEqual(byTime.toReversed());
    expect(names({ sort: 'state' })).toEqual(['KI-SURG-0417', 'KI-LAB-0031', 'KI-SURG-0418', 'HH-ER-0007', 'HH-ER-0008']);
  });

  test('cuts pages that together are the whole', () => {
    expect([0, 2, 4].flatMap((offset) => names({ offset, limit: 2 }))).toEqual(names({}));
    expect(listHosts(desk.db, { ...everything, offset: 90 })).toMatchObject({ total: 5, rows: [] });
  });

  test('tells keys, disclosure and flagged claims of a host', () => {
    const hostId = addHost(desk, 'KI-SURG-0500', { state: 'ready' });
    const keyRecordId = addKeyRecord(desk, { hostId });
    addKeyRecord(desk, { hostId });
    expect(getHostRow(desk.db, hostId)).toMatchObject({ keyRecords: 2, disclosed: false, flaggedClaim: false, closedAs: null });
    desk.db.prepare("INSERT INTO disclosures (at, operator, way, reason, key_record_id) VALUES ('2024-07-19T08:00:00.000Z', 'test', 'shown', 'mass-incident', ?)").run(keyRecordId);
    desk.db.prepare("INSERT INTO attempts (attempt_id, host_id, outcome, proof, imported_at, imported_by, removed, record) VALUES ('a', ?, 'repaired', 'claim', '2024-07-19T08:00:00.000Z', 'test', 1, '')").run(hostId);
    expect(getHostRow(desk.db, hostId)).toMatchObject({ disclosed: true, flaggedClaim: true });
    expect(() => getHostRow(desk.db, 999)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('reads counts and pages from indices alone', () => {
    const plan = (sql: string): string => desk.db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all().map(({ detail }) => detail).join('; ');
    expect(plan('SELECT state, blocked_reason, count(*) FROM hosts INDEXED BY hosts_by_standing GROUP BY state, blocked_reason')).toBe('SCAN hosts USING COVERING INDEX hosts_by_standing');
    expect(plan('SELECT host_id FROM hosts ORDER BY state_at DESC, host_id DESC LIMIT 100')).toBe('SCAN hosts USING COVERING INDEX hosts_by_state_at');
    expect(plan("SELECT state, blocked_reason, count(*) FROM hosts INDEXED BY hosts_by_standing WHERE instr(hostname, 'ER-') > 0 GROUP BY state, blocked_reason")).toBe('SCAN hosts USING COVERING INDEX hosts_by_standing');
  });
});
