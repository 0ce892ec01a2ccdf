// The console's list again, hours later: over what people entered and sticks brought back meanwhile.
import { expect, test } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import { listHostQuestions } from '../../../electron/core/hosts/host-questions.ts';
import { tagMany } from '../../../electron/core/hosts/many-hosts.ts';
import { listHostLists, reconcile } from '../../../electron/core/hosts/reconcile.ts';
import { blockHost } from '../../../electron/core/remediation/host-acts.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { csv, importText, keptKeys } from '../keys/import-desk.ts';
import { openTestDesk } from '../remediation/test-desk.ts';
import { addMedium, makeRecord, writeRecord } from '../remediation/test-records.ts';

const console_ = (...rows: readonly (readonly [name: string, aid: string, seen: string, details: string])[]): string =>
  ['cid,aid,ComputerName,LastSeen,CFVersion,LastSeenDelta,Details', ...rows.map(([name, aid, seen, details]) => `c,${aid}0fe9d8c7b6a5948372615040312f1e0,${name},${seen},30,1,"${details}"`), ''].join('\r\n');
const standing = (desk: Desk): unknown => Object.fromEntries(desk.db.prepare<[], { hostname: string; state: string }>('SELECT hostname, state FROM hosts ORDER BY hostname').all().map(({ hostname, state }) => [hostname, state]));
const idOf = (desk: Desk, name: string): number => desk.db.prepare<[string], { id: number }>('SELECT host_id AS id FROM hosts WHERE hostname = ?').get(name)?.id ?? 0;

test('a newer console list verifies who is back, asks about who has another name now, and takes nothing from anybody', async () => {
  const desk = openTestDesk();
  addMedium(desk);
  const before = '2024-07-19 04:20:00';
  await importText(desk, console_(['KI-SURG-0417', '1', before, 'CHECK: not seen'], ['PC-AWAY', '2', before, 'CHECK: not seen'], ['PC-OLD', '3', before, 'CHECK: not seen'], ['PC-ANEW', '4', before, 'CHECK: not seen'], ['PC-HEALED', '5', before, 'CHECK: not seen']), 'impacted-0900.csv');
  await importText(desk, csv([{ host: 'PC-AWAY', id: 1, password: 1 }, { host: 'PC-OLD', id: 2, password: 2 }]));
  blockHost(desk, idOf(desk, 'PC-AWAY'), 'owner-away', 'back on Monday, ask Ms Doe');
  tagMany(desk, { filter: { query: 'PC-AWAY', states: [], blockedReasons: [], sites: [], waves: [], tags: [] }, expected: 1 }, 'surgery', false);
  expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417' })))).toMatchObject({ hostState: 'repaired' });
  const entered = desk.db.prepare('SELECT host_id, kind, detail, at FROM host_events ORDER BY host_event_id').all();
  const keys = keptKeys(desk);
  const after = new Date((makeRecord().finishedAtMs ?? 0) + 7 * 60_000).toISOString().slice(0, 19);
  desk.advance(24 * 60 * 60_000);

  await importText(desk, console_(['KI-SURG-0417', '1', after.replace('T', ' '), 'OK: seen'], ['PC-RENAMED', '3', before, 'CHECK: not seen'], ['PC-ANEW', '6', before, 'CHECK: not seen'], ['PC-HEALED', '5', after.replace('T', ' '), 'OK: seen']), 'impacted-1500.csv');

  expect(standing(desk)).toEqual({ 'KI-SURG-0417': 'verified', 'PC-AWAY': 'blocked', 'PC-OLD': 'ready', 'PC-RENAMED': 'reported', 'PC-ANEW': 'reported', 'PC-HEALED': 'reported' });
  expect(desk.db.prepare("SELECT detail FROM host_events WHERE kind = 'verified'").all()).toEqual([{ detail: `impacted-1500.csv:2 last seen ${after}Z, repaired ${new Date(makeRecord().finishedAtMs ?? 0).toISOString()}` }]);
  expect(desk.db.prepare('SELECT host_id, kind, detail, at FROM host_events ORDER BY host_event_id').all().slice(0, entered.length)).toEqual(entered);
  expect(keptKeys(desk)).toEqual(keys);
  expect(desk.db.prepare('SELECT hostname, tag FROM host_tags JOIN hosts USING (host_id)').all()).toEqual([{ hostname: 'PC-AWAY', tag: 'surgery' }]);
  const questions = (await listHostQuestions(desk.db, { offset: 0, limit: 10 })).rows.map(({ guess, hosts }) => `${guess} ${hosts.map(({ hostname }) => hostname).join('+')}`);
  expect(questions).toEqual(['renamed PC-OLD+PC-RENAMED']);
  const [newest] = listHostLists(desk.db);
  const { seenSince, lists } = await reconcile(desk, { importFileIds: [newest?.importFileId ?? 0], limit: 10 });
  expect([seenSince.rows.map(({ hostname }) => hostname), lists[0]?.lacks.rows.map(({ hostname }) => hostname)]).toEqual([['PC-HEALED'], ['PC-AWAY', 'PC-OLD']]);
});
