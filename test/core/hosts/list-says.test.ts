import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import { joinHosts } from '../../../electron/core/hosts/host-decisions.ts';
import { sayOfList } from '../../../electron/core/hosts/list-says.ts';
import { getImport } from '../../../electron/core/keys/import-report.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { blockHost } from '../../../electron/core/remediation/host-acts.ts';
import { csv, importFiles, importText, memoryFile } from '../keys/import-desk.ts';
import { openTestDesk } from '../remediation/test-desk.ts';

const lines = (...rows: readonly string[]): string => [...rows, ''].join('\r\n');
const serviceNow = (...names: readonly string[]): string => lines('sys_id,name,serial_number,os', ...names.map((name, n) => `${String(n).padStart(32, '0')},${name},SN${n}X,Windows 11`));
const states = (desk: Desk): Record<string, string> => Object.fromEntries(desk.db.prepare<[], { hostname: string; state: string }>('SELECT hostname, state FROM hosts ORDER BY hostname').all().map(({ hostname, state }) => [hostname, state]));
const reported = (desk: Desk): number => desk.db.prepare<[], { n: number }>("SELECT count(*) AS n FROM host_events WHERE kind = 'reported'").get()?.n ?? -1;
const acts = (desk: Desk): unknown[] => desk.db.prepare<[], { act: string; details: string }>("SELECT act, details FROM audit_entries WHERE act LIKE 'imports.say%' ORDER BY rowid").all().map(({ act, details }) => [act, (JSON.parse(details) as { step: string; changed?: number }).step, (JSON.parse(details) as { changed?: number }).changed]); // written by the act

describe('two lists of the same hosts', () => {
  it('set nobody down once a person said of both that they are inventories, or undid the one that said it first', async () => {
    for (const takeBack of ['inventory', 'undo'] as const) {
      const desk = openTestDesk();
      const first = await importText(desk, 'hostname\nPC-1\n', 'first.txt');
      desk.advance(60_000);
      const second = await importText(desk, 'hostname\nPC-1\n', 'second.txt');
      if (takeBack === 'undo') await undoImport(desk, 1);
      else expect((await sayOfList(desk, first.importFileId, 'inventory')).changed).toBe(0);
      expect(states(desk)).toEqual({ 'PC-1': 'reported' });
      expect((await sayOfList(desk, second.importFileId, 'inventory')).changed).toBe(1);
      expect([states(desk), reported(desk)]).toEqual([{ 'PC-1': 'known' }, 0]);
    }
  });
});

describe('a list that looks like an inventory', () => {
  it('sets nobody down, says so in its report, and sets them down when a person says that they are', async () => {
    const desk = openTestDesk();
    await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]));
    const { importFileId, list } = await importText(desk, serviceNow('PC-1', 'PC-2'), 'incident.csv');
    expect([states(desk), list]).toEqual([{ 'PC-1': 'known', 'PC-2': 'known' }, { hosts: 2, down: 0, said: null, saidAt: null, saidBy: null }]);
    expect(await sayOfList(desk, importFileId, 'down')).toMatchObject({ hosts: 2, changed: 2 });
    expect([states(desk), reported(desk)]).toEqual([{ 'PC-1': 'ready', 'PC-2': 'reported' }, 2]);
    expect(getImport(desk.db, 2).files[0]?.list).toMatchObject({ hosts: 2, down: 2, said: 'down', saidBy: desk.operator.name });
    expect(acts(desk)).toEqual([['imports.sayDown', 'started', undefined], ['imports.sayDown', 'finished', 2]]);
  });

  it('is told its answer once: the same again changes nothing, the contrary takes it back', async () => {
    const desk = openTestDesk();
    const { importFileId } = await importText(desk, serviceNow('PC-1', 'PC-2'), 'incident.csv');
    await sayOfList(desk, importFileId, 'down');
    expect((await sayOfList(desk, importFileId, 'down')).changed).toBe(0);
    expect((await sayOfList(desk, importFileId, 'inventory')).changed).toBe(2);
    expect([states(desk), reported(desk)]).toEqual([{ 'PC-1': 'known', 'PC-2': 'known' }, 0]);
    expect((await sayOfList(desk, importFileId, 'down')).changed).toBe(2);
  });

  it('takes with it what was said of it when its import is undone', async () => {
    const desk = openTestDesk();
    await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]));
    const { importFileId } = await importText(desk, serviceNow('PC-1', 'PC-2'), 'incident.csv');
    desk.advance(3_600_000);
    await sayOfList(desk, importFileId, 'down');
    await undoImport(desk, 2);
    expect([states(desk), reported(desk), getImport(desk.db, 2).files[0]?.list]).toEqual([{ 'PC-1': 'known' }, 0, null]);
    await expect(sayOfList(desk, importFileId, 'down')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leaves alone who is back, closed or joined into another', async () => {
    const desk = openTestDesk();
    await importText(desk, 'PC-1\nPC-2\n', 'down.txt');
    joinHosts(desk, { hostId: 1, otherHostId: 2, reason: 'one machine' });
    const { importFileId } = await importText(desk, serviceNow('PC-1', 'PC-2', 'PC-3'), 'incident.csv');
    expect(await sayOfList(desk, importFileId, 'down')).toMatchObject({ hosts: 2, changed: 1 });
    expect(states(desk)).toEqual({ 'PC-1': 'reported', 'PC-2': 'closed', 'PC-3': 'reported' });
  });
});

describe('a list that was taken for one of hosts that are down', () => {
  it('sets nobody down any more when a person says that it is an inventory, but for hosts that are down all the same', async () => {
    const desk = openTestDesk();
    const all = ['PC-1', 'PC-2', 'PC-3', 'PC-4'];
    const { importFileId, list } = await importText(desk, lines(...all), 'everything.txt');
    expect(list).toMatchObject({ hosts: 4, down: 4 });
    await importText(desk, 'hostname\nPC-2\n', 'phone.txt');
    blockHost(desk, 3, 'owner-away', 'back on Monday');
    await importText(desk, csv([{ host: 'PC-4', id: 4, password: 4 }]));
    expect(await sayOfList(desk, importFileId, 'inventory')).toMatchObject({ hosts: 4, changed: 2 });
    expect(states(desk)).toEqual({ 'PC-1': 'known', 'PC-2': 'reported', 'PC-3': 'blocked', 'PC-4': 'known' });
  });

  it('does not take from a host what another list of the same import says, nor what comes later', async () => {
    const desk = openTestDesk();
    const [all] = await importFiles(desk, [memoryFile('/a/everything.txt', 'PC-1\nPC-2\n'), memoryFile('/a/console.txt', 'PC-2\n')]);
    await sayOfList(desk, all?.importFileId ?? 0, 'inventory');
    expect(states(desk)).toEqual({ 'PC-1': 'known', 'PC-2': 'reported' });
    await importText(desk, 'PC-1\n', 'later.txt');
    expect(states(desk)).toEqual({ 'PC-1': 'reported', 'PC-2': 'reported' });
  });

  it('gives its word to the other list when it is undone', async () => {
    const desk = openTestDesk();
    await importText(desk, serviceNow('PC-1', 'PC-2'), 'inventory.csv');
    await importText(desk, 'PC-1\nPC-2\n', 'first.txt');
    await importText(desk, 'PC-1\n', 'second.txt');
    await undoImport(desk, 2);
    expect(states(desk)).toEqual({ 'PC-1': 'reported', 'PC-2': 'known' });
  });
});

describe('what is no list of hosts', () => {
  it('is not in question', async () => {
    const desk = openTestDesk();
    const { importFileId, list } = await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]));
    expect(list).toBeNull();
    await expect(sayOfList(desk, importFileId, 'down')).rejects.toMatchObject({ code: 'not-found' });
  });
});
