import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import { listHostLists, reconcile, type HostGroup } from '../../../electron/core/hosts/reconcile.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { blockHost, closeHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { openNewDesk } from '../../support/open-desk.ts';
import { csv, importText } from '../keys/import-desk.ts';
import { addMedium, makeRecord, writeRecord } from '../remediation/test-records.ts';

const mdm = (...names: readonly string[]): string => ['Device ID,Device name,Serial number,Last check-in', ...names.map((name, n) => `x${n},${name},S${n},2024-07-18T10:00:00Z`), ''].join('\r\n');
const console_ = (...rows: readonly (readonly [name: string, seen: string, details: string])[]): string =>
  ['cid,aid,ComputerName,LastSeen,CFVersion,LastSeenDelta,Details', ...rows.map(([name, seen, details], n) => `c,a${n},${name},${seen},30,1,${details}`), ''].join('\r\n');
const names = ({ rows }: HostGroup): string[] => rows.map(({ hostname }) => hostname);
const state = (desk: Desk, name: string): string | undefined => desk.db.prepare<[string], { state: string }>('SELECT state FROM hosts WHERE hostname = ?').get(name)?.state;
const newest = (desk: Desk, count: number): number[] => listHostLists(desk.db).slice(0, count).map(({ importFileId }) => importFileId).reverse();

describe('reconciling lists', () => {
  it('says in both directions what the console has and the device management lacks', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, console_(['PC-1', '2024-07-19 05:00:00', 'CHECK: down'], ['PC-2', '2024-07-19 05:00:00', 'CHECK: down']), 'impacted.csv');
    await importText(desk, mdm('pc-2.corp.example', 'PC-3'), 'mdm.csv');
    const result = await reconcile(desk, { importFileIds: newest(desk, 2), limit: 10 });
    expect(result.lists.map(({ name, hosts, lacks }) => [name, hosts, names(lacks)])).toEqual([['impacted.csv', 2, ['PC-3']], ['mdm.csv', 2, ['PC-1']]]);
    expect(names(result.withoutKey)).toEqual(['PC-1', 'PC-2']);
  });

  it('takes an inventory as what exists, not as what is down', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, mdm('PC-3'), 'mdm.csv');
    await importText(desk, console_(['PC-4', '2024-07-19 05:00:00', 'OK: fine']), 'impacted.csv');
    expect([state(desk, 'PC-3'), state(desk, 'PC-4')]).toEqual(['known', 'known']);
  });

  it('finds who is still out and no longer in the newer list, and who was met in the field only', async () => {
    const { desk, ports } = await openNewDesk();
    addMedium(desk);
    await importText(desk, console_(['PC-1', '2024-07-19 05:00:00', 'CHECK'], ['PC-2', '2024-07-19 05:00:00', 'CHECK']), 'first.csv');
    takeAttempt(desk, writeRecord(makeRecord({ computerName: 'FIELD-1' })));
    ports.time.now += 3_600_000;
    const seen = new Date(ports.time.now - 60_000).toISOString().slice(0, 19).replace('T', ' ');
    await importText(desk, console_(['PC-2', seen, 'CHECK']), 'second.csv');
    const result = await reconcile(desk, { importFileIds: newest(desk, 1), limit: 10 });
    expect(names(result.lists[0]?.lacks ?? { count: 0, rows: [] })).toEqual(['FIELD-1', 'PC-1']);
    expect(names(result.foundInTheField)).toEqual(['FIELD-1']);
    expect(names(result.seenSince)).toEqual(['PC-2']);
  });

  it('loses nothing that people entered when a newer list comes in', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, console_(['PC-1', '2024-07-19 05:00:00', 'CHECK']), 'first.csv');
    await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]));
    const hostId = desk.db.prepare<[], { id: number }>("SELECT host_id AS id FROM hosts WHERE hostname = 'PC-1'").get()?.id ?? 0;
    blockHost(desk, hostId, 'owner-away', 'back on Monday');
    const events = desk.db.prepare('SELECT * FROM host_events').all();
    await importText(desk, console_(['PC-1', '2024-07-20 05:00:00', 'CHECK']), 'second.csv');
    expect(state(desk, 'PC-1')).toBe('blocked');
    expect(desk.db.prepare('SELECT * FROM host_events').all()).toEqual(events);
  });

  it('names hosts that were verified or closed and that a newer list says are down, and changes nothing about them', async () => {
    const { desk, ports } = await openNewDesk();
    const first = console_(['PC-1', '2024-07-19 05:00:00', 'CHECK'], ['PC-2', '2024-07-19 05:00:00', 'CHECK'], ['PC-3', '2024-07-19 05:00:00', 'CHECK']);
    await importText(desk, first, 'first.csv');
    const id = (name: string): number => desk.db.prepare<[string], { id: number }>('SELECT host_id AS id FROM hosts WHERE hostname = ?').get(name)?.id ?? 0;
    closeHost(desk, id('PC-1'), 'reimaged', 'new image');
    for (const name of ['PC-2', 'PC-3']) verifyHost(desk, id(name), 'seen by a person');
    ports.time.now += 3_600_000;
    const seen = new Date(ports.time.now - 60_000).toISOString().slice(0, 19).replace('T', ' ');
    await importText(desk, console_(['PC-1', seen, 'CHECK'], ['PC-2', seen, 'CHECK'], ['PC-3', seen, 'OK']), 'second.csv');
    expect(names((await reconcile(desk, { importFileIds: newest(desk, 1), limit: 10 })).saidDownSince)).toEqual(['PC-1', 'PC-2']);
    await importText(desk, first, 'first-again.csv'); // says what was known when the hosts were decided
    expect(names((await reconcile(desk, { importFileIds: newest(desk, 1), limit: 10 })).saidDownSince)).toEqual([]);
    expect(['PC-1', 'PC-2', 'PC-3'].map((name) => state(desk, name))).toEqual(['closed', 'verified', 'verified']);
  });

  it('forgets a list that was undone', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, 'PC-1\r\n', 'down.txt');
    const [list] = newest(desk, 1);
    await undoImport(desk, 1);
    expect(listHostLists(desk.db)).toEqual([]);
    await expect(reconcile(desk, { importFileIds: [list ?? 0], limit: 5 })).rejects.toMatchObject({ code: 'not-found' });
  });
});
