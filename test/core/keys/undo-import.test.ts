import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listAudit, verifyAudit } from '../../../electron/core/audit/audit.ts';
import type { Desk } from '../../../electron/core/desk.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { readHostHistory } from '../../../electron/core/hosts/host-history.ts';
import { readCoverage } from '../../../electron/core/keys/coverage.ts';
import { getImport, listImportRejections } from '../../../electron/core/keys/import-report.ts';
import { takeTurn } from '../../../electron/core/keys/import-turn.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { lookUp } from '../../../electron/core/keys/look-up.ts';
import { openNewDesk } from '../../support/open-desk.ts';
import { openTestDesk } from '../remediation/test-desk.ts';
import { csv, idText, importFiles, importText, keptKeys, memoryFile, storeContent } from './import-desk.ts';

const lastImport = (desk: Desk): number => desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports').get()?.id ?? 0;
const count = (desk: Desk, table: string): number => desk.db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;
const states = (desk: Desk): Record<string, string> => Object.fromEntries(desk.db.prepare<[], { hostname: string; state: string }>('SELECT hostname, state FROM hosts').all().map(({ hostname, state }) => [hostname, state]));
const recordOf = (desk: Desk, id: number): number => desk.db.prepare<[Buffer], { n: number }>('SELECT key_record_id AS n FROM key_records WHERE key_protector_id = ?').get(Buffer.from(idText(id).replaceAll('-', ''), 'hex'))?.n ?? 0;

describe('undoing an import', () => {
  it('leaves the store as it was before, row for row', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'KEEP-1', id: 1, password: 1 }, { host: 'KEEP-2', id: 2, password: 2 }, { id: 3, password: 3 }]), 'first.csv');
    const before = { ...storeContent(desk), dataKeys: desk.db.prepare('SELECT * FROM data_keys').all() };
    await importText(desk, csv([
      { host: 'WRONG-1', id: 11, password: 11 }, { host: 'WRONG-2', id: 12, password: 12 }, { host: 'KEEP-1', id: 13, password: 13 }, { host: 'KEEP-2', id: 2, password: 99 }, { host: 'KEEP-1', id: 1, password: 1 },
    ]), 'mistake.csv');
    expect(keptKeys(desk).filter(({ conflict }) => conflict)).toHaveLength(2);
    const report = await undoImport(desk, lastImport(desk));
    expect(report).toMatchObject({ keyRecordsRemoved: 4, pagesRemoved: 1, hostsRemoved: 2, conflictsSettled: 1, keyRecordsStayed: 0, hostsStayed: 0, stayed: [] });
    expect({ ...storeContent(desk), dataKeys: desk.db.prepare('SELECT * FROM data_keys').all() }).toEqual(before);
    expect(lookUp(desk.db, { query: idText(11).slice(0, 8), limit: 10 }).keyRecords).toEqual([]);
    expect(lookUp(desk.db, { query: 'WRONG', limit: 10 }).hosts).toEqual([]);
    expect(getImport(desk.db, lastImport(desk)).summary.undone).toMatchObject({ by: 'first' });
  });

  it('leaves no row that refers to nothing, and a store that refuses such rows', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'KEEP-1', id: 1, password: 1 }]), 'first.csv');
    await importText(desk, csv(Array.from({ length: 600 }, (_, n) => ({ host: `WRONG-${n}`, id: 1000 + n, password: 1000 + n }))), 'mistake.csv');
    expect(await undoImport(desk, lastImport(desk))).toMatchObject({ keyRecordsRemoved: 600, pagesRemoved: 3 });
    expect(desk.db.pragma('foreign_key_check')).toEqual([]);
    expect(desk.db.prepare('SELECT k.key_record_id FROM key_records k LEFT JOIN sealed_pages USING (page_id) LEFT JOIN import_files f USING (import_file_id) WHERE sealed IS NULL OR f.name IS NULL').all()).toEqual([]); // what SQLite does not look after (migration 0040)
    expect(() => desk.db.exec('DELETE FROM data_keys')).toThrow('FOREIGN KEY');
  });

  it('can be followed by the same import again', async () => {
    const { desk } = await openNewDesk();
    const text = csv([{ host: 'AGAIN-1', id: 1, password: 1 }, { host: 'AGAIN-2', id: 2, password: 2 }]);
    await importText(desk, text);
    await undoImport(desk, lastImport(desk));
    expect([count(desk, 'key_records'), count(desk, 'key_ids'), count(desk, 'hosts'), count(desk, 'sealed_pages'), count(desk, 'data_keys')]).toEqual([0, 0, 0, 0, 0]);
    expect(await importText(desk, text)).toMatchObject({ imported: 2, unchanged: 0, hosts: 2 });
    expect(keptKeys(desk)).toHaveLength(2);
    expect(lookUp(desk.db, { query: 'again-2', limit: 10 }).hosts).toHaveLength(1);
  });

  it('keeps what was disclosed meanwhile, with its host, and says so', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'SEEN', id: 1, password: 1 }, { host: 'UNSEEN', id: 2, password: 2 }]));
    disclose(desk, { keyRecordId: recordOf(desk, 1), reason: 'other', way: 'shown' });
    const report = await undoImport(desk, lastImport(desk));
    expect(report).toMatchObject({ keyRecordsRemoved: 1, pagesRemoved: 0, hostsRemoved: 1, keyRecordsStayed: 1, hostsStayed: 1 });
    expect(report.stayed).toEqual([{ keyProtectorId: idText(1), hostname: 'SEEN', because: 'disclosed' }, { keyProtectorId: null, hostname: 'SEEN', because: 'has-keys' }]);
    expect(keptKeys(desk)).toMatchObject([{ id: idText(1), hostname: 'SEEN' }]);
    expect(count(desk, 'disclosures')).toBe(1);
  });

  it('keeps what another source says too, under that source', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'BOTH', id: 1, password: 1 }, { host: 'ONE', id: 2, password: 2 }]), 'mistake.csv');
    const mistake = lastImport(desk);
    await importText(desk, csv([{ host: 'BOTH', id: 1, password: 1 }]), 'other.csv');
    expect(await undoImport(desk, mistake)).toMatchObject({ keyRecordsRemoved: 1, keyRecordsStayed: 1, hostsRemoved: 1, hostsStayed: 1 });
    expect(keptKeys(desk)).toMatchObject([{ id: idText(1), hostname: 'BOTH', source: 'other.csv', row: 2 }]);
    expect(count(desk, 'key_record_sources')).toBe(0);
  });

  it('gives a key that another import brought too the time of that import', async () => {
    const desk = openTestDesk();
    await importText(desk, csv([{ host: 'BOTH', id: 1, password: 1 }]), 'mistake.csv');
    desk.advance(60_000);
    await importText(desk, csv([{ host: 'BOTH', id: 1, password: 1 }]), 'other.csv');
    const came = () => readHostHistory(desk.db, 1).filter(({ kind }) => kind === 'key-found').map(({ at, detail }) => [at.slice(11, 16), detail]);
    expect(came()).toEqual([['08:00', 'mistake.csv:2']]);
    await undoImport(desk, 1);
    expect(came()).toEqual([['08:01', 'other.csv:2']]);
  });

  it('of a file that was imported twice takes the keys back with the second undo only', async () => {
    const { desk } = await openNewDesk();
    const text = csv([{ host: 'TWICE', id: 1, password: 1 }]);
    await importText(desk, text);
    await importText(desk, text);
    expect(await undoImport(desk, 1)).toMatchObject({ keyRecordsRemoved: 0, keyRecordsStayed: 1 });
    expect(await undoImport(desk, 2)).toMatchObject({ keyRecordsRemoved: 1, keyRecordsStayed: 0 });
    expect(count(desk, 'key_records')).toBe(0);
  });

  it('takes a host with it that an import brought which was undone before, and that only this one has kept', async () => {
    const { desk } = await openNewDesk();
    const mistake = await importText(desk, csv([{ host: 'FIRST', id: 1, password: 1 }, { host: 'GONE', id: 2, password: 2 }]), 'mistake.csv').then(() => lastImport(desk));
    await importText(desk, csv([{ host: 'FIRST', id: 3, password: 3 }, { host: 'OWN', id: 4, password: 4 }]), 'second.csv');
    expect(await undoImport(desk, mistake)).toMatchObject({ hostsRemoved: 1, hostsStayed: 1 });
    expect(Object.keys(states(desk))).toEqual(['FIRST', 'OWN']);
    expect(await undoImport(desk, lastImport(desk))).toMatchObject({ keyRecordsRemoved: 2, hostsRemoved: 2, hostsStayed: 0, stayed: [] });
    expect(states(desk)).toEqual({});
  });

  it('leaves a host whose import was undone before to whoever else still knows it', async () => {
    const { desk } = await openNewDesk();
    const mistake = await importText(desk, csv([{ host: 'FIRST', id: 1, password: 1 }]), 'mistake.csv').then(() => lastImport(desk));
    await importText(desk, 'FIRST\n', 'down.txt');
    await importText(desk, csv([{ host: 'FIRST', id: 3, password: 3 }]), 'second.csv');
    await undoImport(desk, mistake);
    expect(await undoImport(desk, lastImport(desk))).toMatchObject({ keyRecordsRemoved: 1, hostsRemoved: 0, hostsStayed: 0 });
    expect(states(desk)).toEqual({ FIRST: 'reported' });
  });

  it('leaves nobody down by lists that were all undone, whichever of them said it first', async () => {
    for (const order of [[1, 2, 3], [3, 2, 1], [2, 1, 3], [1, 3, 2]]) {
      const desk = openTestDesk();
      for (const names of ['PC-1\nPC-2\n', 'PC-2\nPC-3\n', 'PC-1\nPC-2\n']) {
        await importText(desk, `hostname\n${names}`, 'console.txt');
        desk.advance(60_000);
      }
      for (const [at, importId] of order.entries()) {
        expect([order, at, Object.values(states(desk)).every((state) => state === 'reported')]).toEqual([order, at, true]);
        await undoImport(desk, importId);
      }
      expect([order, states(desk), count(desk, 'host_events')]).toEqual([order, {}, 0]);
    }
  });

  it('takes back that hosts were said to be down, and that a key made them ready', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'OWNED', id: 1, password: 1 }]), 'keys.csv');
    await importText(desk, 'OWNED\r\nBARE\r\n', 'down.txt');
    const list = lastImport(desk);
    await importText(desk, csv([{ host: 'BARE', id: 2, password: 2 }]), 'late.csv');
    const late = lastImport(desk);
    expect(states(desk)).toEqual({ OWNED: 'ready', BARE: 'ready' });
    expect(await undoImport(desk, late)).toMatchObject({ keyRecordsRemoved: 1, hostsPutBack: 1, hostsRemoved: 0 });
    expect(states(desk)).toEqual({ OWNED: 'ready', BARE: 'reported' });
    expect(await undoImport(desk, list)).toMatchObject({ hostsPutBack: 1, hostsRemoved: 1 });
    expect(states(desk)).toEqual({ OWNED: 'known' });
    expect(count(desk, 'host_events')).toBe(0);
  });

  it('keeps a host that somebody acted on', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, 'ACTED\r\nIDLE\r\n', 'down.txt');
    desk.db.prepare("INSERT INTO host_events (host_id, at, kind, operator, subject) SELECT host_id, state_at, 'blocked', 'first', NULL FROM hosts WHERE hostname = 'ACTED'").run();
    expect(await undoImport(desk, lastImport(desk))).toMatchObject({ hostsRemoved: 1, stayed: [{ hostname: 'ACTED', because: 'has-events' }] });
    expect(Object.keys(states(desk))).toEqual(['ACTED']);
  });

  it('is on the audit trail, happens once, and knows its imports', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'A', id: 1, password: 1 }]));
    await undoImport(desk, 1);
    await expect(undoImport(desk, 1)).rejects.toMatchObject({ code: 'import-already-undone' });
    await expect(undoImport(desk, 7)).rejects.toMatchObject({ code: 'not-found' });
    const lines = listAudit(desk.db, { offset: 0, limit: 10 }).rows.filter(({ act }) => act === 'imports.undo');
    expect(lines.map(({ details }) => (JSON.parse(details ?? '{}') as { step: string }).step)).toEqual(['finished', 'started']);
    expect(verifyAudit(desk.db)).toMatchObject({ intact: true });
  });
});

describe('undoing an import of many files', () => {
  /** Each in a folder of its own, as a script at logon leaves them: all of one name. */
  const folders = (count: number): Parameters<typeof importFiles>[1] => Array.from({ length: count }, (_, n) => memoryFile(`/media/${n}/BitLocker.csv`, csv([{ host: `MANY-${n % 40}`, id: 100 + n, password: 100 + n }, ...(n % 3 === 0 ? [{ host: 'KEEP-1', id: 1, password: 1 }] : [])])));
  const settled = async (): Promise<Desk> => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'KEEP-1', id: 1, password: 1 }, { host: 'KEEP-2', id: 2, password: 2 }]), 'first.csv');
    return desk;
  };
  const steps = (desk: Desk): string[] => listAudit(desk.db, { offset: 0, limit: 50 }).rows.filter(({ act }) => act === 'imports.undo').map(({ details }) => (JSON.parse(details ?? '{}') as { step: string }).step).reverse();
  const unfit = (desk: Desk): Record<string, number> => ({
    pages: count(desk, 'sealed_pages p WHERE NOT EXISTS (SELECT 1 FROM key_records k WHERE k.page_id = p.page_id)'),
    ready: count(desk, "hosts h WHERE state = 'ready' AND NOT EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id)"),
    ids: count(desk, 'key_ids i WHERE NOT EXISTS (SELECT 1 FROM key_records k WHERE k.key_record_id = i.key_record_id)'),
    sources: count(desk, 'key_record_sources s WHERE NOT EXISTS (SELECT 1 FROM key_records k WHERE k.key_record_id = s.key_record_id)'),
  });

  it('of one name leaves the store as it was before, whether it stood alone or was brought twice', async () => {
    const desk = await settled();
    const before = storeContent(desk);
    await importFiles(desk, folders(60));
    expect(await undoImport(desk, 2)).toMatchObject({ keyRecordsRemoved: 60, hostsRemoved: 40, keyRecordsStayed: 0, cancelled: false });
    expect(storeContent(desk)).toEqual(before);
    await importFiles(desk, folders(60));
    const once = keptKeys(desk);
    await importFiles(desk, folders(60));
    expect(await undoImport(desk, 3)).toMatchObject({ keyRecordsRemoved: 0, keyRecordsStayed: 60 });
    expect(keptKeys(desk).map(({ id, password }) => [id, password])).toEqual(once.map(({ id, password }) => [id, password]));
    expect(await undoImport(desk, 4)).toMatchObject({ keyRecordsRemoved: 60 });
    expect(keptKeys(desk)).toHaveLength(2);
    expect([count(desk, 'sealed_pages'), count(desk, 'key_record_sources')]).toEqual([1, 0]);
  });

  it('may be broken off wherever it is: the desk is sound, the audit trail says so, and undone again it ends where it would have', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.nat(25), { minLength: 1, maxLength: 3 }), async (patience) => {
      const desk = await settled();
      const before = storeContent(desk);
      await importFiles(desk, folders(150));
      await importText(desk, 'MANY-1\r\nMANY-2\r\nMANY-41\r\n', 'down.txt'); // down, so that keys make them ready
      expect(unfit(desk)).toEqual({ pages: 0, ready: 0, ids: 0, sources: 0 });
      await undoImport(desk, 3);
      let said: string[] = ['started', 'finished'];
      for (const tells of patience) {
        const stop = new AbortController();
        let left = tells;
        let last = 0;
        const report = await undoImport(desk, 2, { signal: stop.signal, tell(progress) {
          expect(progress.keyRecords).toBeGreaterThanOrEqual(last);
          expect(progress.keyRecords).toBeLessThanOrEqual(progress.ofKeyRecords);
          last = progress.keyRecords;
          if (left === 0) stop.abort();
          left -= 1;
        } });
        expect(unfit(desk)).toEqual({ pages: 0, ready: 0, ids: 0, sources: 0 });
        expect(verifyAudit(desk.db)).toMatchObject({ intact: true });
        said = [...said, 'started', report.cancelled ? 'cancelled' : 'finished'];
        expect(steps(desk)).toEqual(said);
        if (!report.cancelled) break;
        expect(getImport(desk.db, 2).summary.undone).toBeNull();
      }
      if (said.at(-1) === 'cancelled') await undoImport(desk, 2);
      expect(storeContent(desk)).toEqual(before);
    }), { numRuns: Number(process.env['BLUELIFT_RUNS'] ?? 8) });
  });

  it('that waits for another one can be called off before it has begun', async () => {
    const desk = await settled();
    const leave = await takeTurn(desk.db);
    const stop = new AbortController();
    const waiting = undoImport(desk, 1, { signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(steps(desk)).toEqual([]);
    leave();
    expect(await undoImport(desk, 1)).toMatchObject({ cancelled: false, keyRecordsRemoved: 2 });
  });
});

describe('the rows an import rejected', () => {
  it('come page by page over all its files, without a value of theirs', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, `${csv([{ host: 'A', id: 1, password: 1 }])}"B","","System.Object[]","ActiveDirectory"\r\n"C","","NULL","ActiveDirectory"\r\n`);
    expect(listImportRejections(desk.db, 1, { offset: 1, limit: 5 })).toEqual({ total: 2, rows: [{ path: '/media/keys.csv', row: 4, reason: 'exporter-found-no-key' }] });
    expect(() => listImportRejections(desk.db, 9, { offset: 0, limit: 5 })).toThrow('not-found');
  });
});

describe('key coverage', () => {
  it('counts every host once, by its newest key, and lists what is missing on both sides', async () => {
    const { desk, ports } = await openNewDesk();
    const day = (n: number): string => new Date(ports.time.now - n * 86_400_000).toISOString();
    await importText(desk, csv([{ host: 'NEW', id: 1, password: 1 }, { host: 'NEW', id: 2, password: 2 }, { host: 'OLD', id: 3, password: 3 }, { host: 'UNDATED', id: 4, password: 4 }, { id: 5, password: 5 }]));
    await importText(desk, 'BARE-2\r\nBARE-1\r\n', 'down.txt');
    const date = desk.db.prepare('UPDATE key_records SET created_at = ? WHERE key_record_id = ?');
    desk.db.prepare('UPDATE key_records SET tested_at = ? WHERE host_id IS NOT NULL AND key_record_id = ?').run(day(1), recordOf(desk, 3));
    for (const [id, days] of [[1, 400], [2, 3], [3, 31]] as const) date.run(day(days), recordOf(desk, id));
    const coverage = await readCoverage(desk, { newerThanDays: 30, limit: 10 });
    expect(coverage).toMatchObject({ hosts: 5, withKey: 3, withoutKey: 2, withTestedKey: 1, age: { days: 30, newer: 1, older: 1, undated: 1 }, keyRecords: 5, keyRecordsWithoutHost: 1 });
    expect(coverage.hostsWithoutKey.map(({ hostname, state }) => [hostname, state])).toEqual([['BARE-1', 'reported'], ['BARE-2', 'reported']]);
    expect(coverage.keysWithoutHost).toMatchObject([{ keyProtectorId: idText(5), source: 'keys.csv', sourceRow: 6 }]);
    expect((await readCoverage(desk, { limit: 1 }))).toMatchObject({ age: null, hostsWithoutKey: [{ hostname: 'BARE-1' }] });
    expect(await readCoverage((await openNewDesk()).desk, { limit: 5 })).toMatchObject({ hosts: 0, withKey: 0, hostsWithoutKey: [] });
  });
});
