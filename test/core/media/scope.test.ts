import { beforeEach, expect, test } from 'vitest';
import { resolveScope, type Scope } from '../../../electron/core/media/scope.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

let desk: TestDesk;
let breaths = 0;
const resolve = (scope: Scope) => resolveScope(desk.db, scope, async () => { breaths += 1; });
beforeEach(() => {
  desk = openTestDesk();
  breaths = 0;
});

test('a list of hosts becomes their key records, and says which hosts stay out and why', async () => {
  const one = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
  const records = [addKeyRecord(desk, { hostId: one }), addKeyRecord(desk, { hostId: one })];
  addKeyRecord(desk, { hostId: one, keyProtectorId: null });
  const nameless = addHost(desk, 'KI-SURG-0418', { state: 'ready' });
  addKeyRecord(desk, { hostId: nameless, keyProtectorId: null });
  addHost(desk, 'KI-SURG-0419', { state: 'reported' });
  addKeyRecord(desk, { hostId: addHost(desk, 'HH-ER-0007') });
  expect(await resolve({ kind: 'hosts', hostnames: ['ki-surg-0417', 'KI-SURG-0417.corp.example', 'CORP\\KI-SURG-0418$', ' KI-SURG-0419 ', 'hh-gone-1', '???'] })).toEqual({
    label: 'hosts 5', hosts: 1, keyRecordIds: records,
    leftOut: [{ hostname: '???', reason: 'not-in-store' }, { hostname: 'HH-GONE-1', reason: 'not-in-store' }, { hostname: 'KI-SURG-0418', reason: 'no-key-protector-id' }, { hostname: 'KI-SURG-0419', reason: 'no-key' }],
  });
});

test('all means every host that still needs a medium, and keys that belong to nobody', async () => {
  const expected = [
    addKeyRecord(desk, { hostId: addHost(desk, 'A-0001') }), addKeyRecord(desk, { hostId: addHost(desk, 'A-0002', { state: 'repaired' }) }), addKeyRecord(desk, { hostId: null }),
  ];
  addKeyRecord(desk, { hostId: addHost(desk, 'A-0003', { state: 'verified' }) });
  addKeyRecord(desk, { hostId: addHost(desk, 'A-0004', { state: 'closed' }) });
  addHost(desk, 'A-0005', { state: 'reported' });
  expect(await resolve({ kind: 'all' })).toEqual({ label: 'all', hosts: 2, keyRecordIds: expected, leftOut: [{ hostname: 'A-0005', reason: 'no-key' }] });
});

test('a verified host that is named is on the medium: whoever names it has a reason', async () => {
  const record = addKeyRecord(desk, { hostId: addHost(desk, 'A-0003', { state: 'verified' }) });
  expect((await resolve({ kind: 'hosts', hostnames: ['A-0003'] })).keyRecordIds).toEqual([record]);
});

test('of records that contradict each other the one dated latest is taken, once', async () => {
  const hostId = addHost(desk, 'A-0001');
  addKeyRecord(desk, { hostId, keyProtectorId: 1, conflict: true, createdAt: '2023-01-01T00:00:00.000Z' });
  const latest = addKeyRecord(desk, { hostId, keyProtectorId: 1, conflict: true, createdAt: '2024-01-01T00:00:00.000Z' });
  addKeyRecord(desk, { hostId: null, keyProtectorId: 1, conflict: true });
  expect((await resolve({ kind: 'all' })).keyRecordIds).toEqual([latest]);
});

test('an empty desk gives an empty scope, and a large one lets others have their turn', async () => {
  expect(await resolve({ kind: 'all' })).toEqual({ label: 'all', hosts: 0, keyRecordIds: [], leftOut: [] });
  desk.db.transaction(() => { for (let n = 0; n < 3000; n += 1) addHost(desk, `B-${n}`); })();
  expect(await resolve({ kind: 'all' })).toMatchObject({ hosts: 0, leftOut: { length: 3000 } });
  expect(breaths).toBeGreaterThan(6);
});

test('hosts of a large scope, and their names, are asked for some hundred at a time', async () => {
  const hostnames = Array.from({ length: 1200 }, (_, n) => `C-${n}`);
  desk.db.transaction(() => { for (const hostname of hostnames) addKeyRecord(desk, { hostId: addHost(desk, hostname) }); })();
  let asked = 0;
  const counting = <T extends object>(statement: T): T => new Proxy(statement, { get: (_, name) => (...values: unknown[]) => {
    const answer: unknown = Reflect.apply(Reflect.get(statement, name) as () => unknown, statement, values);
    if (answer === statement) return counting(statement); // raw()
    asked += 1;
    return answer;
  } });
  const counted = { inTransaction: false, prepare: ((sql: string) => counting(desk.db.prepare(sql))) as typeof desk.db.prepare };
  for (const scope of [{ kind: 'hosts', hostnames }, { kind: 'all' }] as const) {
    asked = 0;
    expect(await resolveScope(counted, scope, () => Promise.resolve())).toMatchObject({ hosts: 1200, leftOut: [], keyRecordIds: { length: 1200 } });
    expect(asked).toBeLessThan(40);
  }
});

test('a site means its hosts that still need a medium, in any spelling; one that nobody knows is said', async () => {
  const record = addKeyRecord(desk, { hostId: addHost(desk, 'KI-0001', { site: 'Kiel' }) });
  addKeyRecord(desk, { hostId: addHost(desk, 'KI-0002', { site: 'Kiel', state: 'verified' }) });
  addKeyRecord(desk, { hostId: addHost(desk, 'HH-0001', { site: 'Hamburg' }) });
  expect(await resolve({ kind: 'site', site: 'kiel' })).toEqual({ label: 'site kiel', hosts: 1, keyRecordIds: [record], leftOut: [] });
  await expect(resolve({ kind: 'site', site: 'Bremen' })).rejects.toMatchObject({ code: 'not-found', facts: { site: 'Bremen' } });
});
