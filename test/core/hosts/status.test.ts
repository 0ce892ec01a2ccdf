import { expect, test } from 'vitest';
import { readStatus } from '../../../electron/core/hosts/status.ts';
import { auditHead } from '../../../electron/core/audit/audit.ts';
import { markDue } from '../../../electron/core/rotation/rotations.ts';
import { addHost, addKeyRecord, openTestDesk } from '../remediation/test-desk.ts';

test('an empty desk has nothing down', () => {
  const desk = openTestDesk();
  expect(readStatus(desk.db, desk.clock())).toMatchObject({ asOf: '2024-07-19T08:00:00.000Z', hosts: 0, stillDown: 0, keyRecords: 0, hostsWithoutKey: 0, rotationDue: 0, auditHead: auditHead(desk.db) });
});

test('status counts hosts by where they stand, keys that are out, and what came back', () => {
  const desk = openTestDesk();
  addHost(desk, 'A-0001');
  addHost(desk, 'A-0002', { state: 'reported' });
  const ready = addHost(desk, 'A-0003', { state: 'ready' });
  addHost(desk, 'A-0004', { state: 'blocked', blockedReason: 'no-key' });
  const [late, early] = [addHost(desk, 'A-0005', { state: 'ready', stateAt: '2024-07-19T06:00:00.000Z' }), addHost(desk, 'A-0006', { state: 'ready', stateAt: '2024-07-19T06:00:00.000Z' })];
  for (const [hostId, at] of [[early, '2024-07-19T06:30:00.000Z'], [late, '2024-07-19T07:30:00.000Z']] as const) {
    desk.db.prepare("INSERT INTO host_events (host_id, at, kind, operator, subject) VALUES (?, ?, 'attempt', 'test', ?)").run(hostId, at, `attempt of ${hostId}`);
    desk.db.prepare("UPDATE hosts SET state = 'repaired', state_at = ? WHERE host_id = ?").run(at, hostId);
  }
  addHost(desk, 'A-0007', { state: 'verified' });
  const [shown, onMedium, both] = [addKeyRecord(desk, { hostId: ready }), addKeyRecord(desk, { hostId: ready }), addKeyRecord(desk, { hostId: early })];
  addKeyRecord(desk, { hostId: early });
  for (const [id, state] of [['M-0001', 'built'], ['M-0002', 'lost'], ['M-0003', 'issued']]) {
    desk.db.prepare("INSERT INTO media (media_id, state, built_at, built_by, expires_at, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records, holder, state_at) VALUES (?, ?, '2024-07-19T08:02:00.000Z', 'test', NULL, 'all', 'en', 'channel-file-291', 1, 'x64', 'p', 'm', 'a.img', 1, 1, 1, NULL, NULL)").run(id, state);
    desk.db.prepare("INSERT INTO disclosures (at, operator, way, reason, media_id) VALUES ('2024-07-19T08:00:00.000Z', 'test', 'medium', 'mass-incident', ?)").run(id);
    for (const record of [onMedium, both]) {
      desk.db.prepare('INSERT INTO media_members VALUES (?, ?)').run(id, record);
      markDue(desk.db, [record], 'sealed', '2024-07-19T08:00:00.000Z');
    }
  }
  for (const record of [shown, shown, both]) markDue(desk.db, [record], 'shown', '2024-07-19T08:00:00.000Z');
  for (const record of [shown, shown, both]) desk.db.prepare("INSERT INTO disclosures (at, operator, way, reason, key_record_id) VALUES ('2024-07-19T08:00:00.000Z', 'test', 'shown', 'mass-incident', ?)").run(record);
  for (const [id, proof] of [['a', 'signed'], ['b', 'claim'], ['c', 'unsigned']]) desk.db.prepare("INSERT INTO attempts (attempt_id, outcome, proof, imported_at, imported_by, removed, record) VALUES (?, 'inspected', ?, '2024-07-19T08:00:00.000Z', 'test', 0, '')").run(id, proof);

  const status = readStatus(desk.db, desk.clock());
  expect(status).toMatchObject({
    hosts: 7, stillDown: 3, keyRecords: 4, hostsWithoutKey: 2, rotationDue: 3, mediaOut: 1, mediaNotIssued: 1, media: 3, attempts: 3, flaggedClaims: 1, disclosures: 6, repairedLastHour: 1,
  });
  expect(status.states.find(({ state }) => state === 'repaired')?.count).toBe(2);
  expect(status.blockedReasons.filter(({ count }) => count > 0)).toEqual([{ reason: 'no-key', count: 1 }]);
});
