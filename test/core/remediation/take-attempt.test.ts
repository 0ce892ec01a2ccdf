import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../../electron/core/audit/audit.ts';
import { verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { listAttempts } from '../../../electron/core/remediation/attempt-list.ts';
import { readHostHistory } from '../../../electron/core/hosts/host-history.ts';
import { verifySeenAlive } from '../../../electron/core/remediation/seen-alive.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from './test-desk.ts';
import { addMedium, attemptIdOf, lockedVolume, makeRecord, openedVolume, writeRecord } from './test-records.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
  addMedium(desk);
});

const state = (hostId: number) => desk.db.prepare<[number], { state: string; blocked_reason: string | null }>('SELECT state, blocked_reason FROM hosts WHERE host_id = ?').get(hostId);
const count = (table: string): number => desk.db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;

describe('a signed attempt', () => {
  test('repairs the host whose volume it opened, whatever name the computer has', () => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
    addHost(desk, 'KI-SURG-0999', { state: 'ready' });
    addKeyRecord(desk, { hostId, keyProtectorId: 1 });
    const bytes = writeRecord(makeRecord({ volumes: [openedVolume(1)], computerName: 'KI-SURG-0999' }));
    expect(takeAttempt(desk, bytes)).toEqual({ attemptId: makeRecord().attemptId, status: 'imported', proof: 'signed', outcome: 'repaired', hostname: 'KI-SURG-0417', hostState: 'repaired', reason: null });
    expect(state(hostId)).toEqual({ state: 'repaired', blocked_reason: null });
    expect(desk.db.prepare('SELECT media_id, slot, host_id, proof, removed, record, finished_at FROM attempts').get())
      .toEqual({ media_id: 'M-0001', slot: 1, host_id: hostId, proof: 'signed', removed: 1, record: Buffer.from(bytes).toString('latin1'), finished_at: '2024-07-19T09:16:00.000Z' });
    expect(verifyAudit(desk.db)).toMatchObject({ entries: 1, intact: true });
  });

  test('read again changes nothing, not even the audit', () => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
    const bytes = writeRecord(makeRecord({ computerName: 'ki-surg-0417' }));
    takeAttempt(desk, bytes);
    verifyHost(desk, hostId, 'seen running');
    const before = [count('attempts'), count('host_events'), count('audit_entries')];
    expect(takeAttempt(desk, bytes)).toMatchObject({ status: 'unchanged', proof: 'signed', hostname: 'KI-SURG-0417', hostState: 'verified' });
    expect([count('attempts'), count('host_events'), count('audit_entries')]).toEqual(before);
  });

  test('with a blocked reason blocks the host it could not open, known by the key ID it saw', () => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
    addKeyRecord(desk, { hostId, keyProtectorId: 7 });
    takeAttempt(desk, writeRecord(makeRecord({ outcome: 'blocked', blockedReason: 'key-rejected', volumes: [lockedVolume(7)], removedCount: 0 })));
    expect(state(hostId)).toEqual({ state: 'blocked', blocked_reason: 'key-rejected' });
  });

  test('lets the name decide between hosts that share a key protector ID', () => {
    const one = addHost(desk, 'KI-SURG-0001', { state: 'ready' });
    const two = addHost(desk, 'KI-SURG-0002', { state: 'ready' });
    addKeyRecord(desk, { hostId: one, keyProtectorId: 3, conflict: true });
    addKeyRecord(desk, { hostId: two, keyProtectorId: 3, conflict: true });
    takeAttempt(desk, writeRecord(makeRecord({ volumes: [openedVolume(3)], computerName: 'KI-SURG-0001' })));
    expect([state(one)?.state, state(two)?.state]).toEqual(['repaired', 'ready']);
  });

  test('of a machine that holds a Windows of another host as well moves the host whose machine it is, whatever the order of the letters', () => {
    for (const order of [[1, 2], [2, 1]]) {
      const { db } = (desk = openTestDesk());
      addMedium(desk);
      const [own, other] = [addHost(desk, 'KI-SURG-0001', { state: 'ready' }), addHost(desk, 'KI-SURG-0002', { state: 'ready' })];
      addKeyRecord(desk, { hostId: own, keyProtectorId: 1 });
      addKeyRecord(desk, { hostId: other, keyProtectorId: 2 });
      db.prepare("INSERT INTO host_ids (host_id, kind, value, first_row, last_row) VALUES (?, 'serial-number', 'PC1TX4Q7', 1, 1)").run(own);
      expect(takeAttempt(desk, writeRecord(makeRecord({ volumes: order.map(openedVolume) })))).toMatchObject({ hostname: 'KI-SURG-0001', hostState: 'repaired' });
      expect([state(own)?.state, state(other)?.state]).toEqual(['repaired', 'ready']);
    }
  });

  test('brings in a host that no list had', () => {
    expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'HH-NEW-0001' })))).toMatchObject({ status: 'imported', hostname: 'HH-NEW-0001', hostState: 'repaired' });
    const host = desk.db.prepare<[], { host_id: number }>("SELECT host_id, maker, model, serial_number, import_file_id FROM hosts WHERE hostname = 'HH-NEW-0001'").get();
    expect(host).toMatchObject({ maker: 'LENOVO', model: 'ThinkCentre M70q', serial_number: 'PC1TX4Q7', import_file_id: null });
    expect(desk.db.prepare('SELECT kind, subject, detail FROM host_events ORDER BY host_event_id').all()).toEqual([
      { kind: 'reported', subject: 'M-0001', detail: 'found-in-the-field' }, { kind: 'attempt', subject: makeRecord().attemptId, detail: null },
    ]);
    expect(desk.db.prepare(`SELECT rowid FROM hosts_search WHERE hosts_search MATCH '"NEW-0"'`).all()).toEqual([{ rowid: host?.host_id }]);
  });

  test('of which nobody can say the host is kept without one', () => {
    expect(takeAttempt(desk, writeRecord(makeRecord()))).toMatchObject({ status: 'imported', hostname: null, hostState: null, reason: null });
    expect(count('hosts')).toBe(0);
  });
});

test('an attempt of a medium without a passcode is unsigned however well it is signed: everybody has that key', () => {
  const desk = openTestDesk();
  addMedium(desk);
  addHost(desk, 'KI-SURG-0417', { state: 'ready' });
  desk.db.exec("UPDATE media SET without_passcode = 1");
  expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417' })))).toMatchObject({ status: 'imported', proof: 'unsigned' });
});

describe('an unsigned attempt', () => {
  test('is a normal class of its own', () => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
    expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417', outcome: 'nothing-to-do', removedCount: 0 }), null))).toMatchObject({ proof: 'unsigned', hostState: 'blocked', reason: null });
    expect(state(hostId)).toEqual({ state: 'blocked', blocked_reason: 'recipe-not-found' });
  });

  test('gives way to the signed record of the same attempt, and not the other way round', () => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
    takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417', outcome: 'blocked', blockedReason: 'media-refused' }), null));
    expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417' })))).toMatchObject({ status: 'imported', proof: 'signed', reason: 'replaces-claim' });
    expect(state(hostId)?.state).toBe('repaired');
    expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417', wrongPasscodes: 2 }), null))).toMatchObject({ status: 'rejected', proof: 'claim', reason: 'attempt-id-taken' });
    expect(count('attempts')).toBe(1);
  });
});

describe('a claim', () => {
  test.each([
    ['wrong-hmac', (): Uint8Array => writeRecord(makeRecord({ computerName: 'KI-SURG-0417' }), new Uint8Array(32).fill(1))],
    ['unknown-slot', (): Uint8Array => writeRecord(makeRecord({ computerName: 'KI-SURG-0417', slot: 9 }))],
    ['unknown-medium', (): Uint8Array => writeRecord(makeRecord({ computerName: 'KI-SURG-0417', mediaId: 'M-9999' }))],
    ['unknown-medium', (): Uint8Array => writeRecord(makeRecord({ computerName: 'KI-SURG-0417', mediaId: 'M-9999' }), null)],
  ])('(%s) is flagged at its host and moves nothing', (doubt, write) => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
    expect(takeAttempt(desk, write())).toMatchObject({ status: 'imported', proof: 'claim', hostname: 'KI-SURG-0417', hostState: 'ready', reason: doubt });
    expect(state(hostId)?.state).toBe('ready');
    expect(desk.db.prepare("SELECT details FROM audit_entries WHERE act = 'attempts.import'").get()).toMatchObject({ details: expect.stringContaining(`"doubt":"${doubt}"`) });
  });

  test('makes no host', () => {
    expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'HH-NEW-0001' }), new Uint8Array(32)))).toMatchObject({ proof: 'claim', hostname: null });
    expect(count('hosts')).toBe(0);
  });

  test('that comes first does not keep the true record out', () => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
    takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417', outcome: 'blocked', blockedReason: 'hardware' }), new Uint8Array(32)));
    expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417' })))).toMatchObject({ proof: 'signed', hostState: 'repaired' });
    expect(state(hostId)?.state).toBe('repaired');
    expect(count('attempts')).toBe(1);
    expect(desk.db.prepare("SELECT count(*) AS n FROM audit_entries WHERE details LIKE '%\"replaces\":\"%'").get()).toEqual({ n: 1 });
  });

  test('under the ID of a signed record is rejected and audited', () => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
    takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417' })));
    for (const other of [writeRecord(makeRecord({ computerName: 'KI-SURG-0417', outcome: 'inspected' })), writeRecord(makeRecord({ computerName: 'KI-SURG-0417', outcome: 'inspected' }), new Uint8Array(32))]) {
      expect(takeAttempt(desk, other)).toMatchObject({ status: 'rejected', proof: 'claim', hostname: null, reason: 'attempt-id-taken' });
    }
    expect(count('attempts')).toBe(1);
    expect(state(hostId)?.state).toBe('repaired');
    expect(desk.db.prepare("SELECT count(*) AS n FROM audit_entries WHERE act = 'attempts.rejected'").get()).toEqual({ n: 2 });
  });
});

describe('a file from a stick', () => {
  test.each([
    ['not-a-record', Buffer.alloc(0)], ['not-a-record', Buffer.from([0, 1, 2, 0xff])], ['too-large', Buffer.alloc(65_537, 0x20)], ['newer-version', Buffer.from('bluelift-attempt 2\r\nhmac=none\r\n')],
    ['cut-off', Buffer.from(writeRecord(makeRecord())).subarray(0, 400)],
  ])('that is no record is rejected as %s', (reason, bytes) => {
    expect(takeAttempt(desk, bytes)).toEqual({ attemptId: null, status: 'rejected', proof: null, outcome: null, hostname: null, hostState: null, reason });
    expect([count('attempts'), count('audit_entries')]).toEqual([0, 0]);
  });

  test('with any byte changed never repairs a host', () => {
    const good = writeRecord(makeRecord({ computerName: 'KI-SURG-0417', volumes: [openedVolume(1)] }));
    fc.assert(fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
      desk = openTestDesk();
      addMedium(desk);
      const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
      const bytes = new Uint8Array(good);
      bytes[place] = (bytes[place] ?? 0) ^ change;
      const taken = takeAttempt(desk, bytes);
      expect(taken.proof).not.toBe('signed');
      expect(state(hostId)?.state).toBe('ready');
    }), { numRuns: 150 });
  });
});

describe('a host with several Windows', () => {
  test('is blocked when one of them failed, and the list says which', () => {
    const hostId = addHost(desk, 'KI-SURG-0417', { state: 'ready' });
    const windows = (name: string, failed: boolean) => ({ volume: 1, kind: 'windows' as const, root: 'Windows', computerName: name, hibernated: 'no' as const, safeBoot: 'not-set' as const, outcome: failed ? 'blocked' as const : 'repaired' as const, blockedReason: failed ? 'repair-failed' as const : null });
    const record = makeRecord({ computerName: 'KI-SURG-0417', outcome: 'blocked', blockedReason: 'repair-failed', windows: [windows('KI-SURG-0417', false), windows('OLD-IMAGE', true)] });
    expect(takeAttempt(desk, writeRecord(record))).toMatchObject({ hostname: 'KI-SURG-0417', hostState: 'blocked' });
    expect(state(hostId)).toEqual({ state: 'blocked', blocked_reason: 'repair-failed' });
    expect(listAttempts(desk.db, { offset: 0, limit: 10 }).rows[0]?.windows).toEqual([
      { name: 'KI-SURG-0417', kind: 'windows', outcome: 'repaired', blockedReason: null }, { name: 'OLD-IMAGE', kind: 'windows', outcome: 'blocked', blockedReason: 'repair-failed' },
    ]);
  });
});

describe('a machine with the Windows of two hosts', () => {
  type Came = readonly ['repaired' | 'nothing-to-do' | 'blocked' | 'inspected', ('repair-failed' | 'hibernated')?];
  const windows = (volume: number, [outcome, blockedReason]: Came, kind: 'windows' | 'data' = 'windows') => ({ volume, kind, root: 'Windows', computerName: null, hibernated: 'no' as const, safeBoot: 'not-set' as const, outcome, blockedReason: blockedReason ?? null });
  /** Own machine KI-SURG-0001 with key 1, the other host KI-SURG-0002 with key 2. */
  function twoHosts(): { own: number; other: number } {
    const [own, other] = [addHost(desk, 'KI-SURG-0001', { state: 'ready' }), addHost(desk, 'KI-SURG-0002', { state: 'ready' })];
    addKeyRecord(desk, { hostId: own, keyProtectorId: 1 });
    addKeyRecord(desk, { hostId: other, keyProtectorId: 2 });
    desk.db.prepare("INSERT INTO host_ids (host_id, kind, value, first_row, last_row) VALUES (?, 'serial-number', 'PC1TX4Q7', 1, 1)").run(own);
    return { own, other };
  }
  const recordOf = (own: Came, other: Came, more: Parameters<typeof makeRecord>[0] = {}) => makeRecord({ outcome: other[0] === 'blocked' ? 'blocked' : own[0], blockedReason: other[1] ?? own[1] ?? null, volumes: [openedVolume(1), openedVolume(2)], windows: [windows(1, own), windows(2, other)], ...more });

  test('moves both, each by what its own Windows came to, and both have it in their history', () => {
    const { own, other } = twoHosts();
    expect(takeAttempt(desk, writeRecord(recordOf(['repaired'], ['repaired'])))).toMatchObject({ hostname: 'KI-SURG-0001', hostState: 'repaired' });
    expect([state(own)?.state, state(other)?.state]).toEqual(['repaired', 'repaired']);
    for (const host of [own, other]) expect(readHostHistory(desk.db, host).filter(({ kind }) => kind === 'attempt')).toMatchObject([{ outcome: 'repaired', blockedReason: null, proof: 'signed' }]);
    expect(desk.db.prepare<[], { details: string }>("SELECT details FROM audit_entries WHERE act = 'attempts.import'").get()?.details).toContain('KI-SURG-0002 repaired');
    expect(verifyAudit(desk.db)).toMatchObject({ intact: true });
  });

  test('blocks the one whose Windows failed or is hibernated, and not the one that was repaired', () => {
    for (const reason of ['repair-failed', 'hibernated'] as const) {
      desk = openTestDesk();
      addMedium(desk);
      const { own, other } = twoHosts();
      takeAttempt(desk, writeRecord(recordOf(['repaired'], ['blocked', reason])));
      expect([state(own), state(other)]).toEqual([{ state: 'repaired', blocked_reason: null }, { state: 'blocked', blocked_reason: reason }]);
      expect(readHostHistory(desk.db, own).find(({ kind }) => kind === 'attempt')).toMatchObject({ outcome: 'repaired', blockedReason: null });
      // An older attempt that comes later is weighed against what this one came to for each.
      const older = (n: number) => writeRecord(makeRecord({ attemptId: attemptIdOf(n), outcome: 'blocked', blockedReason: 'no-key', volumes: [lockedVolume(n)], removedCount: 0, startedAtMs: Date.parse('2024-07-19T08:00:00Z'), finishedAtMs: Date.parse('2024-07-19T08:01:00Z') }));
      for (const n of [1, 2]) takeAttempt(desk, older(n));
      expect([state(own)?.state, state(other)?.blocked_reason]).toEqual(['repaired', reason]);
    }
  });

  test('leaves the other host as it is where its volume stayed locked, was open before, or only holds data, and where the key is of several hosts', () => {
    for (const volume of [lockedVolume(2), { ...openedVolume(2), openedBy: 'was-open' as const, openedWith: null, keyProtectorIds: [] }, 'data', 'shared'] as const) {
      desk = openTestDesk();
      addMedium(desk);
      const { own, other } = twoHosts();
      if (volume === 'shared') addKeyRecord(desk, { hostId: addHost(desk, 'KI-SURG-0003', { state: 'ready' }), keyProtectorId: 2, conflict: true });
      const isRead = volume === 'data' || volume === 'shared' || volume.state === 'unlocked';
      takeAttempt(desk, writeRecord(recordOf(['repaired'], ['repaired'], { volumes: [openedVolume(1), typeof volume === 'string' ? openedVolume(2) : volume], windows: [windows(1, ['repaired']), ...(isRead ? [windows(2, ['repaired'], volume === 'data' ? 'data' : 'windows')] : [])] })));
      expect([state(own)?.state, state(other)?.state]).toEqual(['repaired', 'ready']);
    }
  });

  test('moves neither by a claim, and both once the signed record takes its place', () => {
    const { own, other } = twoHosts();
    takeAttempt(desk, writeRecord(recordOf(['repaired'], ['repaired']), new Uint8Array(32).fill(1)));
    expect([state(own)?.state, state(other)?.state]).toEqual(['ready', 'ready']);
    takeAttempt(desk, writeRecord(recordOf(['repaired'], ['repaired'])));
    expect([state(own)?.state, state(other)?.state]).toEqual(['repaired', 'repaired']);
    expect(count('host_events')).toBe(2);
  });

  test('takes a list that saw the other host running later for evidence of it, too', () => {
    const { other } = twoHosts();
    takeAttempt(desk, writeRecord(recordOf(['repaired'], ['repaired'])));
    const source = { name: 'intune.csv', operator: 'test', at: '2024-07-20T09:00:00.000Z' };
    expect(verifySeenAlive(desk.db, source, other, { lastSeenAt: '2024-07-19T09:00:00.000Z', affected: null }, 2)).toBe(false);
    expect(verifySeenAlive(desk.db, source, other, { lastSeenAt: '2024-07-20T08:00:00.000Z', affected: null }, 2)).toBe(true);
    expect(state(other)?.state).toBe('verified');
  });
});

test('a host set for safe boot is in progress, and repaired when the second record comes', () => {
  const hostId = addHost(desk, 'KI-SURG-0417', { state: 'blocked', blockedReason: 'no-key' });
  addKeyRecord(desk, { hostId, keyProtectorId: 1 });
  const first = makeRecord({ mode: 'safe-boot', outcome: 'safe-boot-set', volumes: [lockedVolume(1)], removedCount: 0, safeBootEntries: ['{1afa9c49-16ab-4a5c-901b-212802da9460}'] });
  expect(takeAttempt(desk, writeRecord(first))).toMatchObject({ proof: 'signed', hostState: 'in-progress' });
  const second = makeRecord({ attemptId: attemptIdOf(2), mode: 'safe-boot', follows: first.attemptId, computerName: 'KI-SURG-0417', finishedAtMs: Date.parse('2024-07-19T09:40:00Z') });
  expect(takeAttempt(desk, writeRecord(second, null))).toMatchObject({ proof: 'unsigned', hostname: 'KI-SURG-0417', hostState: 'repaired' });
  expect(listAttempts(desk.db, { offset: 0, limit: 10 }).rows.map(({ outcome }) => outcome)).toEqual(['repaired', 'safe-boot-set']);
});

test('attempts of many hosts are each put down to their own', () => {
  for (let n = 1; n <= 20; n += 1) addKeyRecord(desk, { hostId: addHost(desk, `KI-LAB-${String(n).padStart(4, '0')}`, { state: 'ready' }), keyProtectorId: n });
  for (let n = 20; n >= 1; n -= 1) {
    expect(takeAttempt(desk, writeRecord(makeRecord({ attemptId: attemptIdOf(n), volumes: [lockedVolume(50), openedVolume(n)] })))).toMatchObject({ hostname: `KI-LAB-${String(n).padStart(4, '0')}` });
  }
});
