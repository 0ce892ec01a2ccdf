import { expect, test } from 'vitest';
import { readWatchList } from '../../../electron/core/hosts/watch-list.ts';
import { blockHost, reopenHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { nowOf } from '../../../electron/core/desk.ts';
import { importText } from '../keys/import-desk.ts';
import { addHost, addKeyRecord, openTestDesk } from '../remediation/test-desk.ts';
import { addMedium } from '../remediation/test-records.ts';

test('the oldest open host comes first: a host that was up in between waits from when it was down again, a change of its state moves nothing', async () => {
  const desk = openTestDesk();
  await importText(desk, 'PC-1\nPC-2\nPC-3\n', 'down.txt');
  desk.advance(3_600_000);
  verifyHost(desk, 1, 'seen running');
  blockHost(desk, 2, 'hardware');
  desk.advance(3_600_000);
  reopenHost(desk, 1, 'down again');
  verifyHost(desk, 3, 'seen running');
  expect(readWatchList(desk.db, nowOf(desk)).oldest).toEqual([
    { hostId: 2, hostname: 'PC-2', site: null, state: 'blocked', blockedReason: 'hardware', since: '2024-07-19T08:00:00.000Z' }, { hostId: 1, hostname: 'PC-1', site: null, state: 'reported', blockedReason: null, since: '2024-07-19T10:00:00.000Z' },
  ]);
});

test('a stick that was handed over and is not back is out, with how long and whether it has expired; one that nobody took yet is only counted', () => {
  const desk = openTestDesk();
  for (const id of ['M-0001', 'M-0002', 'M-0003']) addMedium(desk, id);
  desk.db.exec("UPDATE media SET state = 'built', built_at = '2024-07-19T06:00:00.000Z' WHERE media_id = 'M-0001'; UPDATE media SET holder = 'Karla', state_at = '2024-07-19T07:00:00.000Z', expires_at = '2024-07-19T07:30:00.000Z' WHERE media_id = 'M-0002'; UPDATE media SET state = 'wiped' WHERE media_id = 'M-0003'");
  expect(readWatchList(desk.db, nowOf(desk))).toMatchObject({
    sticks: [{ mediaId: 'M-0002', holder: 'Karla', since: '2024-07-19T07:00:00.000Z', keyRecords: 1, results: 0, expired: true }], moreSticks: 0, notIssued: 1,
  });
});

test('what would unblock hosts is counted: users to call, models that need a driver, another key to try', () => {
  const desk = openTestDesk();
  const add = (name: string, reason: 'no-disk-seen' | 'owner-away' | 'key-rejected', more: { model?: string; user?: string; keys?: number }): void => {
    const host = addHost(desk, name, { state: 'blocked', blockedReason: reason });
    desk.db.prepare('UPDATE hosts SET model = ?, user_name = ? WHERE host_id = ?').run(more.model ?? null, more.user ?? null, host);
    for (let key = 0; key < (more.keys ?? 0); key += 1) addKeyRecord(desk, { hostId: host });
  };
  add('PC-1', 'no-disk-seen', { model: 'M70q' });
  add('PC-2', 'no-disk-seen', { model: 'X1' });
  add('PC-3', 'no-disk-seen', { model: 'X1', user: 'anna' });
  add('PC-4', 'owner-away', { user: 'berta' });
  add('PC-5', 'key-rejected', { keys: 1 });
  add('PC-6', 'key-rejected', { keys: 3 });
  expect(readWatchList(desk.db, nowOf(desk)).unblock).toEqual([
    { reason: 'no-disk-seen', count: 3, withUser: 1, withOtherKey: 0, models: 2, topModel: 'X1' }, { reason: 'key-rejected', count: 2, withUser: 0, withOtherKey: 1, models: 0, topModel: null }, { reason: 'owner-away', count: 1, withUser: 1, withOtherKey: 0, models: 0, topModel: null },
  ]);
});
