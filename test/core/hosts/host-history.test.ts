import { expect, test } from 'vitest';
import { readHostFacts, readHostHistory } from '../../../electron/core/hosts/host-history.ts';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { blockHost, closeHost, reopenHost, unblockHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { writeHostEvent } from '../../../electron/core/remediation/host-standing.ts';
import { csv, lend, memoryFile } from '../keys/import-desk.ts';
import { addHost, addImportFile, addKeyRecord, keyProtectorIdOf, openTestDesk } from '../remediation/test-desk.ts';

test('the history of a host is told from the list it stood in to the day it ran again', () => {
  const desk = openTestDesk();
  const minute = (): void => desk.advance(60_000);
  const list = addImportFile(desk, 'down-kiel.csv');
  const hostId = addHost(desk, 'KI-SURG-0417', { importFileId: list, state: 'reported' });
  const other = addHost(desk, 'KI-SURG-0418', { importFileId: list, state: 'reported' });
  writeHostEvent(desk.db, { hostId, at: '2024-07-19T08:00:00.000Z', kind: 'reported', operator: 'test', subject: 'down-kiel.csv', detail: '12' });
  minute();
  const keyRecordId = addKeyRecord(desk, { hostId, keyProtectorId: 1, importFileId: addImportFile(desk, 'keys.csv'), row: 7 });
  addKeyRecord(desk, { hostId: other });
  minute();
  desk.db.prepare("INSERT INTO media (media_id, state, built_at, built_by, expires_at, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records, holder, state_at) VALUES ('M-0001', 'built', '2024-07-19T08:02:00.000Z', 'test', NULL, 'all', 'en', 'channel-file-291', 1, 'x64', 'p', 'm', 'a.img', 1, 1, 1, NULL, NULL)").run();
  for (const [slot, name] of ['tech-ki-04', 'tech-ki-05'].entries()) desk.db.prepare('INSERT INTO media_slots VALUES (?, ?, ?, ?)').run('M-0001', slot + 1, name, Buffer.alloc(32));
  desk.db.prepare("INSERT INTO media_members VALUES ('M-0001', ?)").run(keyRecordId);
  desk.db.prepare(`INSERT INTO attempts (attempt_id, media_id, slot, host_id, outcome, blocked_reason, proof, imported_at, imported_by, removed, record)
    VALUES ('aa', 'M-0001', 1, ?, 'blocked', 'no-disk-seen', 'signed', '2024-07-19T08:03:00.000Z', 'test', 0, '')`).run(hostId);
  writeHostEvent(desk.db, { hostId, at: '2024-07-19T08:03:00.000Z', kind: 'attempt', operator: 'test', subject: 'aa' });
  desk.db.prepare("INSERT INTO disclosures (at, operator, way, reason, ticket, key_record_id) VALUES ('2024-07-19T08:04:00.000Z', 'hd-1', 'spoken', 'mass-incident', 'INC-7', ?)").run(keyRecordId);
  desk.advance(180_000);
  blockHost(desk, hostId, 'owner-away');
  unblockHost(desk, hostId, 'owner is back');
  verifyHost(desk, hostId, 'sign-in screen seen');
  closeHost(desk, hostId, 'retired', 'old');
  reopenHost(desk, hostId, 'was another one');

  expect(readHostHistory(desk.db, hostId).map(({ at, kind, operator, subject, detail, blockedReason, outcome, proof }) => [at.slice(11, 16), kind, operator, subject, detail, blockedReason, outcome, proof])).toEqual([
    ['08:00', 'imported', 'test', 'down-kiel.csv', null, null, null, null],
    ['08:00', 'reported', 'test', 'down-kiel.csv', '12', null, null, null],
    ['08:01', 'key-found', 'test', keyProtectorIdOf(1), 'keys.csv:7', null, null, null],
    ['08:02', 'on-medium', 'test', 'M-0001', 'tech-ki-04, tech-ki-05', null, null, null],
    ['08:03', 'attempt', 'test', 'M-0001', 'aa', 'no-disk-seen', 'blocked', 'signed'],
    ['08:04', 'disclosed', 'hd-1', keyProtectorIdOf(1), 'spoken mass-incident INC-7', null, null, null],
    ['08:05', 'blocked', 'test', null, null, 'owner-away', null, null],
    ['08:05', 'unblocked', 'test', null, 'owner is back', null, null, null],
    ['08:05', 'verified', 'test', null, 'sign-in screen seen', null, null, null],
    ['08:05', 'closed', 'test', null, 'retired: old', null, null, null],
    ['08:05', 'reopened', 'test', null, 'was another one', null, null, null],
  ]);
  expect(readHostHistory(desk.db, other).map(({ kind }) => kind)).toEqual(['imported', 'key-found']);
  expect(readHostHistory(desk.db, 999)).toEqual([]);
});

test('all that an import brings has the time at which it began, and moves no host back to before what was done meanwhile', async () => {
  const desk = openTestDesk();
  const met = addHost(desk, 'KI-SURG-0418');
  const list = memoryFile('/media/down.txt', 'KI-SURG-0417\nKI-SURG-0418\n');
  const keys = memoryFile('/media/keys.csv', csv([{ host: 'KI-SURG-0417', id: 1, password: 1 }, { host: 'KI-SURG-0418', id: 2, password: 2 }]));
  const taking = importKeys(desk, ['/media/down.txt', '/media/keys.csv'], { files: lend(list, keys), signal: new AbortController().signal });
  for await (const event of taking) {
    if (event.kind === 'progress' && event.fileNumber === 0) {
      desk.advance(60_000);
      blockHost(desk, met, 'no-key');
      desk.advance(60_000);
    } else if (event.kind === 'file') desk.advance(60_000);
  }
  const history = (hostId: number) => readHostHistory(desk.db, hostId).map(({ at, kind }) => [at.slice(11, 16), kind]);
  const other = desk.db.prepare<[], { id: number }>("SELECT host_id AS id FROM hosts WHERE hostname = 'KI-SURG-0417'").get()?.id ?? 0;
  expect(history(other)).toEqual([['08:00', 'imported'], ['08:00', 'reported'], ['08:00', 'key-found']]);
  expect(history(met)).toEqual([['08:00', 'key-found'], ['08:01', 'blocked']]);
  expect(desk.db.prepare('SELECT state, state_at FROM hosts WHERE host_id = ?').get(met)).toEqual({ state: 'ready', state_at: '2024-07-19T08:01:00.000Z' });
});

test('facts of a host nobody knows are not made up', () => {
  const desk = openTestDesk();
  const hostId = addHost(desk, 'KI-SURG-0417');
  expect(readHostFacts(desk.db, hostId)).toEqual({ dnsName: null, domain: null, serialNumber: null, maker: null, userName: null, assetTag: null, description: null, lastSeenAt: null });
  expect(() => readHostFacts(desk.db, 999)).toThrow(expect.objectContaining({ code: 'not-found' }));
});
