// A tenant asked for one host while somebody is on the telephone, and Intune asked to rotate: against the stand-in with the documented shapes and faults.
import { describe, expect, test } from 'vitest';
import { contract, type Output } from '../../electron/api/contract.ts';
import { liveQuestionHandlers } from '../../electron/api/handlers/live-questions.ts';
import { rotationHandlers } from '../../electron/api/handlers/rotations.ts';
import { listAudit } from '../../electron/core/audit/audit.ts';
import { discloseLaps } from '../../electron/core/disclosure/disclose-laps.ts';
import { disclose } from '../../electron/core/disclosure/disclose.ts';
import { listRotations } from '../../electron/core/rotation/rotations.ts';
import { idText, importText, keptKeys, keptLaps, passwordText } from '../core/keys/import-desk.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from '../core/remediation/test-desk.ts';
import { startTenant, type StandInOptions, type TenantStandIn } from '../support/tenant-stand-in.ts';

const CLIENT = '11111111-2222-4333-8444-555555555555';
const device = (n: number) => ({ deviceId: `dddddddd-0000-4000-8000-${String(n).padStart(12, '0')}`, displayName: `PC-${n}` });
const key = (n: number, of = n) => ({ id: idText(n).toLowerCase(), deviceId: device(of).deviceId, key: passwordText(n) });
const FIVE: StandInOptions = {
  devices: [1, 2, 3, 4, 5].map(device), keys: [...[1, 2, 3, 4, 5].map((n) => key(n)), key(12, 2)],
  laps: { [device(2).deviceId]: [{ accountName: 'Administrator', password: 'b5K!0Oq', backupDateTime: '2024-07-01T00:00:00Z' }] },
};
const lent = (tenant: TenantStandIn, waits: number[] = []) => ({ fetch: tenant.fetch, sleep: (ms: number) => { waits.push(ms); return Promise.resolve(); } });

type Asked = Output<'tenants.ask'>;
async function ask(handlers: ReturnType<typeof liveQuestionHandlers>, about: { hostId?: number; hostname?: string; keyId?: string }): Promise<{ events: Asked[]; done: Extract<Asked, { kind: 'done' }> }> {
  const events: Asked[] = [];
  for await (const event of handlers['tenants.ask']({ about, tenant: 'corp.example', client: CLIENT }, new AbortController().signal)) events.push(contract['tenants.ask'].output.parse(event));
  const done = events.at(-1);
  if (done?.kind !== 'done') throw new Error('the question did not end');
  return { events, done };
}

describe('a tenant asked for one host', () => {
  test('gives all its keys and its LAPS password and reads nothing of any other; the next question needs no sign-in', async () => {
    const tenant = await startTenant(FIVE);
    const desk = openTestDesk();
    const hostId = addHost(desk, 'PC-2', { state: 'blocked', blockedReason: 'no-key' });
    const handlers = liveQuestionHandlers(() => desk, lent(tenant));
    const first = await ask(handlers, { hostId });
    expect(first.events[0]).toMatchObject({ kind: 'device-code', userCode: 'ABCD-EFGH' });
    expect(first.done.files).toMatchObject([{ kind: 'tenant', imported: 2, unchanged: 1, rejectedCount: 0, notes: [], laps: { imported: 1 }, error: null }]);
    expect(keptKeys(desk).map(({ id, hostname }) => [id, hostname])).toEqual([[idText(2), 'PC-2'], [idText(12), 'PC-2']]);
    expect(keptLaps(desk)).toMatchObject([{ hostname: 'PC-2', account: 'Administrator', password: 'b5K!0Oq', updatedAt: '2024-07-01T00:00:00Z', expiresAt: '2099-01-01T00:00:00Z' }]);
    expect(tenant.read.toSorted()).toEqual([key(2).id, key(12).id].toSorted());
    expect(tenant.scopes).toContain('https://graph.microsoft.com/DeviceLocalCredential.Read.All');
    expect(listAudit(desk.db, { offset: 0, limit: 20 }).rows.map(({ act, subject }) => [act, subject])).toContainEqual(['tenants.ask', 'PC-2']);
    const again = await ask(handlers, { keyId: idText(5).slice(0, 8) });
    expect(again.events.some(({ kind }) => kind === 'device-code')).toBe(false);
    expect(keptKeys(desk).at(-1)).toMatchObject({ id: idText(5), hostname: 'PC-5', password: passwordText(5) });
  }, 60_000);

  test('finds a host by the ID of its device whatever it is called now, and says when it knows nothing', async () => {
    const tenant = await startTenant(FIVE);
    const desk = openTestDesk();
    const renamed = addHost(desk, 'OLD-NAME');
    desk.db.prepare('UPDATE hosts SET entra_device_id = ? WHERE host_id = ?').run(device(3).deviceId.toUpperCase(), renamed);
    const handlers = liveQuestionHandlers(() => desk, lent(tenant));
    await ask(handlers, { hostId: renamed });
    expect(keptKeys(desk)).toMatchObject([{ id: idText(3), hostname: 'PC-3' }]);
    const nobody = await ask(handlers, { hostId: addHost(desk, "O'NEIL-1") });
    expect(nobody.done.files[0]?.error).toMatchObject({ code: 'file-not-recognised', facts: { why: 'nothing-there' } });
    expect(tenant.asked.at(-1)).toContain("displayName eq 'O''NEIL-1'");
  }, 60_000);

  test('finds a host that is in no list here by its name, and takes it in with its keys', async () => {
    const desk = openTestDesk();
    const handlers = liveQuestionHandlers(() => desk, lent(await startTenant(FIVE)));
    await ask(handlers, { hostname: 'pc-2.corp.example' });
    expect(keptKeys(desk).map(({ id, hostname }) => [id, hostname])).toEqual([[idText(2), 'PC-2'], [idText(12), 'PC-2']]);
    expect(listAudit(desk.db, { offset: 0, limit: 20 }).rows.map(({ act, subject }) => [act, subject])).toContainEqual(['tenants.ask', 'PC-2']);
    await expect(ask(handlers, { hostname: '12345' })).rejects.toMatchObject({ code: 'invalid-input', facts: { fields: ['about.hostname: invalid_format'] } });
  }, 60_000);

  test('that may not show LAPS passwords, or not keys, gives the rest and says so', async () => {
    const desk = openTestDesk();
    const handlers = liveQuestionHandlers(() => desk, lent(await startTenant({ ...FIVE, fault: (path) => (path.includes('deviceLocalCredentials') ? { status: 403 } : null) })));
    expect((await ask(handlers, { hostId: addHost(desk, 'PC-2') })).done.files[0]).toMatchObject({ imported: 2, notes: ['laps-not-readable'] });
    const closed = openTestDesk();
    const shut = liveQuestionHandlers(() => closed, lent(await startTenant({ ...FIVE, fault: (path) => (path.includes('$select=key') ? { status: 403 } : null) })));
    expect((await ask(shut, { hostId: addHost(closed, 'PC-2') })).done.files[0]).toMatchObject({ rejectedCount: 2, notes: ['tenant-keys-not-readable'], laps: { imported: 1 } });
  }, 60_000);

  test('that wants to be left alone says until when while it is waited for, in each question anew, and lets go whoever gives up meanwhile', async () => {
    const tenant = await startTenant({ ...FIVE, fault: (path, times) => (path.includes('$select=key') && times === 1 ? { status: 429, headers: { 'retry-after': '1200' } } : null) });
    const desk = openTestDesk();
    const waits: number[] = [];
    const handlers = liveQuestionHandlers(() => desk, lent(tenant, waits));
    const first = await ask(handlers, { hostname: 'PC-2' });
    expect(first.events.filter(({ kind }) => kind === 'waiting')).toHaveLength(1); // both keys within the same seconds: one pause
    expect(first.done.files[0]).toMatchObject({ imported: 3, error: null });

    const forEver = liveQuestionHandlers(() => desk, { fetch: tenant.fetch, sleep: (ms, signal) => new Promise((_, reject) => { expect(ms).toBe(1_200_000); signal.addEventListener('abort', () => reject(new Error('aborted'))); }) });
    for (const hostname of ['PC-3', 'PC-4']) { // the second question goes on with the sign-in of the first
      const giveUp = new AbortController();
      const kinds: string[] = [];
      for await (const event of forEver['tenants.ask']({ about: { hostname }, tenant: 'corp.example', client: CLIENT }, giveUp.signal)) {
        kinds.push(event.kind);
        if (event.kind === 'waiting') giveUp.abort();
      }
      expect(kinds.at(-1)).toBe('done');
      expect(kinds).toContain('waiting');
    }
    expect(waits).toEqual([1_200_000, 1_200_000]);
  }, 60_000);

  test('that breaks off at the second key, or wants to be left alone for hours, has given the first: it is in the tenant’s audit log', async () => {
    const tenant = await startTenant({ ...FIVE, fault: (path) => (path.includes(key(12).id) ? { status: 429, headers: { 'retry-after': '7200' } } : null) });
    const desk = openTestDesk();
    const { done } = await ask(liveQuestionHandlers(() => desk, lent(tenant)), { hostname: 'PC-2' });
    expect(done.files).toMatchObject([{ error: { code: 'source-failed', facts: { why: 'left-alone' } } }]);
    expect(keptKeys(desk)).toMatchObject([{ id: idText(2), hostname: 'PC-2', password: passwordText(2) }]);
  }, 60_000);

  test('whose sign-in is not taken any more is signed in to anew with the next question', async () => {
    let isOver = false;
    const tenant = await startTenant({ ...FIVE, fault: () => (isOver ? { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } } : null) });
    const desk = openTestDesk();
    const same = liveQuestionHandlers(() => desk, lent(tenant));
    await ask(same, { hostname: 'PC-1' });
    isOver = true;
    expect((await ask(same, { hostname: 'PC-3' })).done.files[0]?.error).toMatchObject({ code: 'source-refused-sign-in', facts: { why: 'not-taken' } });
    isOver = false;
    const anew = await ask(same, { hostname: 'PC-3' });
    expect(anew.events[0]).toMatchObject({ kind: 'device-code' });
    expect(anew.done.files[0]).toMatchObject({ imported: 2, error: null });
  }, 60_000);

  test('that may not list devices is still asked for a key ID, and for the keys of a device whose ID is known', async () => {
    const tenant = await startTenant({ ...FIVE, fault: (path) => (path.includes('/devices?') ? { status: 403 } : null) });
    const desk = openTestDesk();
    const handlers = liveQuestionHandlers(() => desk, lent(tenant));
    const known = await ask(handlers, { keyId: idText(5) });
    expect(known.done.files[0]).toMatchObject({ imported: 1, notes: ['tenant-devices-not-readable'], error: null });
    const hostId = addHost(desk, 'PC-2');
    desk.db.prepare('UPDATE hosts SET entra_device_id = ? WHERE host_id = ?').run(device(2).deviceId.toUpperCase(), hostId);
    await ask(handlers, { hostId });
    expect(keptKeys(desk).map(({ id }) => id).toSorted()).toEqual([2, 5, 12].map(idText).toSorted());
    expect((await ask(handlers, { hostname: 'PC-1' })).done.files[0]?.error).toMatchObject({ code: 'source-rights-missing', facts: { rights: 'Device.Read.All' } });
  }, 60_000);

  test('is not asked about nothing', async () => {
    const desk = openTestDesk();
    await expect(ask(liveQuestionHandlers(() => desk, lent(await startTenant(FIVE))), {})).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

type Requested = Output<'rotations.request'>;
async function request(desk: TestDesk, tenant: TenantStandIn, again = false, waits: number[] = []): Promise<{ hosts: (readonly [string, string, string, string | null])[]; last: Requested | undefined }> {
  const hosts: (readonly [string, string, string, string | null])[] = [];
  let last: Requested | undefined;
  for await (const event of rotationHandlers(() => desk, lent(tenant, waits))['rotations.request']({ tenant: 'corp.example', client: CLIENT, again }, new AbortController().signal)) {
    last = contract['rotations.request'].output.parse(event);
    if (last.kind === 'host') hosts.push([last.request.hostname, last.request.what, last.request.outcome, last.request.why]);
  }
  return { hosts, last };
}

/** PC-1 … PC-4 with a disclosed key each, the first three enrolled; of PC-2 also a disclosed LAPS password. */
async function deskWithDisclosures(): Promise<TestDesk> {
  const desk = openTestDesk();
  for (const n of [1, 2, 3, 4]) {
    const hostId = addHost(desk, `PC-${n}`);
    if (n < 4) desk.db.prepare('UPDATE hosts SET entra_device_id = ? WHERE host_id = ?').run(device(n).deviceId.toUpperCase(), hostId);
    disclose(desk, { keyRecordId: addKeyRecord(desk, { hostId, keyProtectorId: n }), reason: 'mass-incident', way: 'shown' });
  }
  await importText(desk, 'ComputerName,Account,Password,ExpirationTimestamp\r\nPC-2,Administrator,b5K!0Oq,2024-08-01T00:00:00Z\r\n', 'laps.csv');
  discloseLaps(desk, { lapsPasswordId: 1, reason: 'mass-incident', way: 'shown' });
  return desk;
}
const MANAGED = [1, 2].map((n) => ({ id: `managed-${n}`, azureADDeviceId: device(n).deviceId }));
const statesOf = (desk: TestDesk) => listRotations(desk.db, { states: [], offset: 0, limit: 50 }).rows.map(({ hostname, lapsPasswordId, state, askedOf }) => [hostname, lapsPasswordId === null ? 'key' : 'laps', state, askedOf]).toSorted();

describe('Intune asked to rotate what was disclosed', () => {
  test('is asked device by device; only what it accepted counts as asked, and every other host is named with the reason', async () => {
    const tenant = await startTenant({ ...FIVE, managed: MANAGED });
    const desk = await deskWithDisclosures();
    const { hosts, last } = await request(desk, tenant);
    expect(hosts.toSorted()).toEqual([
      ['PC-1', 'recovery-passwords', 'asked', null], ['PC-2', 'laps-password', 'asked', null], ['PC-2', 'recovery-passwords', 'asked', null], ['PC-3', 'recovery-passwords', 'not-enrolled', null], ['PC-4', 'recovery-passwords', 'no-device-id', null],
    ]);
    expect(last).toEqual({ kind: 'done', asked: 3, notAsked: 2, cancelled: false });
    expect(tenant.acted.toSorted()).toEqual(['rotateBitLockerKeys managed-1', 'rotateBitLockerKeys managed-2', 'rotateLocalAdminPassword managed-2']);
    expect(statesOf(desk)).toEqual([['PC-1', 'key', 'asked', 'graph'], ['PC-2', 'key', 'asked', 'graph'], ['PC-2', 'laps', 'asked', 'graph'], ['PC-3', 'key', 'due', null], ['PC-4', 'key', 'due', null]]);
    expect(tenant.scopes).toEqual(expect.arrayContaining(['https://graph.microsoft.com/DeviceManagementManagedDevices.PrivilegedOperations.All', 'https://graph.microsoft.com/DeviceManagementManagedDevices.Read.All']));
    expect(listAudit(desk.db, { offset: 0, limit: 50 }).rows.filter(({ act }) => act === 'rotations.request').map(({ subject }) => subject).toSorted()).toEqual(['PC-1', 'PC-2', 'PC-2']);
    expect((await request(desk, tenant)).hosts.map(([hostname]) => hostname).toSorted()).toEqual(['PC-3', 'PC-4']); // what was asked is not asked again by itself
    expect((await request(desk, tenant, true)).hosts).toHaveLength(5);
  }, 60_000);

  test('that wants to be left alone is asked again after the time it said, and nothing it took is asked twice', async () => {
    const waits: number[] = [];
    const tenant = await startTenant({ ...FIVE, managed: MANAGED, fault: (path, times) => (path.includes('rotate') && times <= 2 ? { status: times === 1 ? 429 : 503, headers: { 'retry-after': '9' } } : null) });
    const { last } = await request(await deskWithDisclosures(), tenant, false, waits);
    expect(last).toMatchObject({ asked: 3 });
    expect(waits).toEqual(Array<number>(6).fill(9000));
    expect(tenant.acted).toHaveLength(3);
  }, 60_000);

  test('that wants to be left alone says until when, can be given up meanwhile, and one that says hours ends it with what was accepted on record', async () => {
    const tenant = await startTenant({ ...FIVE, managed: MANAGED, fault: (path, times) => (path.includes('managed-2/rotateBitLockerKeys') && times === 1 ? { status: 429, headers: { 'retry-after': '1200' } } : null) });
    const desk = await deskWithDisclosures();
    const stop = new AbortController();
    const events: Requested[] = [];
    const handlers = rotationHandlers(() => desk, { fetch: tenant.fetch, sleep: (_ms, signal) => new Promise((_, reject) => { signal.addEventListener('abort', () => reject(new Error('aborted'))); }) });
    for await (const event of handlers['rotations.request']({ tenant: 'corp.example', client: CLIENT, again: false }, stop.signal)) {
      events.push(contract['rotations.request'].output.parse(event));
      if (event.kind === 'waiting') stop.abort();
    }
    expect(events.filter(({ kind }) => kind === 'waiting')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ kind: 'done', asked: 1, cancelled: true });
    expect(statesOf(desk)).toContainEqual(['PC-2', 'key', 'due', null]);

    const busy = await startTenant({ ...FIVE, managed: MANAGED, fault: (path) => (path.includes('managed-2/rotateBitLockerKeys') ? { status: 429, headers: { 'retry-after': '7200' } } : null) });
    const other = await deskWithDisclosures();
    await expect(request(other, busy)).rejects.toMatchObject({ code: 'source-failed', facts: { why: 'left-alone', during: 'rotations.request' } });
    expect(statesOf(other)).toContainEqual(['PC-1', 'key', 'asked', 'graph']);
  }, 60_000);

  test('without the right is named, and what was accepted before stays on record', async () => {
    const tenant = await startTenant({ ...FIVE, managed: MANAGED, fault: (path) => (path.includes('managed-2/rotateBitLockerKeys') ? { status: 403 } : null) });
    const desk = await deskWithDisclosures();
    await expect(request(desk, tenant)).rejects.toMatchObject({ code: 'source-rights-missing', facts: { rights: 'DeviceManagementManagedDevices.PrivilegedOperations.All' } });
    expect(statesOf(desk)).toContainEqual(['PC-1', 'key', 'asked', 'graph']);
    expect(statesOf(desk)).toContainEqual(['PC-2', 'key', 'due', null]);
    const blind = await startTenant({ ...FIVE, managed: MANAGED, fault: (path) => (path.includes('managedDevices?') ? { status: 403 } : null) });
    await expect(request(await deskWithDisclosures(), blind)).rejects.toMatchObject({ code: 'source-rights-missing', facts: { rights: 'DeviceManagementManagedDevices.Read.All' } });
  }, 60_000);

  test('that refuses one device leaves it due, with the code and not the words of the service; an answer lost on the way is not taken for a yes', async () => {
    const tenant = await startTenant({ ...FIVE, managed: MANAGED, fault: (path) => (path.includes('managed-1/') ? { status: 400, body: { error: { code: 'BadRequest', message: 'words in any language' } } } : null) });
    const desk = await deskWithDisclosures();
    expect((await request(desk, tenant)).hosts).toContainEqual(['PC-1', 'recovery-passwords', 'refused', 'BadRequest']);
    expect(statesOf(desk)).toContainEqual(['PC-1', 'key', 'due', null]);
    const broken = await startTenant({ ...FIVE, managed: MANAGED, fault: (path) => (path.includes('rotate') ? { status: 500 } : null) });
    expect((await request(await deskWithDisclosures(), broken)).last).toMatchObject({ asked: 0, notAsked: 5 });
    expect(broken.asked.filter((path) => path.includes('rotate'))).toHaveLength(3); // once each: it may have been taken
  }, 60_000);
});
