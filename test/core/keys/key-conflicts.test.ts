import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listKeyConflicts } from '../../../electron/core/keys/key-conflicts.ts';
import { listSourcesOf } from '../../../electron/core/keys/key-sources.ts';
import { lookUp } from '../../../electron/core/keys/look-up.ts';
import { listHostsWithoutKeyPage, listKeysOfNobody } from '../../../electron/core/keys/unmatched.ts';
import { resolveScope } from '../../../electron/core/media/scope.ts';
import { openNewDesk } from '../../support/open-desk.ts';
import { csv, idText, importText, keptKeys, passwordText } from './import-desk.ts';

const FIRST_PAGE = { offset: 0, limit: 100 };
const breathe = (): Promise<void> => Promise.resolve();

describe('a key from several sources', () => {
  it('is kept once, and names every file and row it came from', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]), 'directory.csv');
    await importText(desk, csv([{ host: 'PC-9', id: 9, password: 9 }, { host: 'PC-1', id: 1, password: 1 }]), 'tenant.csv');
    await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]), 'directory.csv');
    const [found] = lookUp(desk.db, { query: idText(1), limit: 10 }).keyRecords;
    expect(found?.sources.map(({ source, sourceRow, kind }) => [source, sourceRow, kind])).toEqual([['directory.csv', 2, 'crowdstrike-csv'], ['tenant.csv', 3, 'crowdstrike-csv']]);
    expect(keptKeys(desk)).toHaveLength(2);
  });

  it('loses no source, tells every conflict and no other, in whatever order the files come in', async () => {
    const line = fc.record({ id: fc.integer({ min: 1, max: 3 }), password: fc.integer({ min: 1, max: 3 }) });
    const files = fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    await fc.assert(fc.asyncProperty(files, async (contents) => {
      const { desk } = await openNewDesk();
      const given = new Map<string, string[]>();
      for (const [n, lines] of contents.entries()) {
        await importText(desk, csv(lines.map((one) => ({ host: 'PC-1', ...one }))), `file-${n}.csv`);
        for (const [at, { id, password }] of lines.entries()) given.set(`${idText(id)} ${passwordText(password)}`, [...(given.get(`${idText(id)} ${passwordText(password)}`) ?? []), `file-${n}.csv:${at + 2}`]);
      }
      const ids = desk.db.prepare<[], { n: number }>('SELECT key_record_id AS n FROM key_records ORDER BY key_record_id').all().map(({ n }) => n);
      const kept = new Map(keptKeys(desk).map(({ id, password }, at) => [`${id ?? ''} ${password}`, listSourcesOf(desk.db, ids[at] ?? 0).map(({ source, sourceRow }) => `${source}:${sourceRow}`)]));
      expect(new Map([...kept].map(([key, sources]) => [key, sources.toSorted()]))).toEqual(new Map([...given].map(([key, sources]) => [key, sources.toSorted()])));

      const { total, rows } = listKeyConflicts(desk, FIRST_PAGE);
      const passwordsOf = (id: string): number => [...given.keys()].filter((key) => key.startsWith(id)).length;
      expect(rows.map(({ keyProtectorId, records }) => [keyProtectorId, records.length])).toEqual([1, 2, 3].map(idText).filter((id) => passwordsOf(id) > 1).toSorted().map((id) => [id, passwordsOf(id)]));
      expect(total).toBe(rows.length);
      for (const { records } of rows) expect([records.filter(({ goesOnMedia }) => goesOnMedia).length, new Set(records.map(({ fingerprint }) => fingerprint)).size]).toEqual([1, records.length]);
    }), { numRuns: 60 });
  });
});

describe('a conflict', () => {
  it('has the same fingerprint for the same password under another ID, and another one at another desk', async () => {
    const fingerprints = [];
    for (const _ of ['one', 'another']) {
      const { desk } = await openNewDesk();
      await importText(desk, csv([{ id: 1, password: 1 }, { id: 1, password: 2 }, { id: 2, password: 1 }, { id: 2, password: 3 }]));
      const [first, second] = listKeyConflicts(desk, FIRST_PAGE).rows.map(({ records }) => records.map(({ fingerprint }) => fingerprint));
      expect(first?.filter((fingerprint) => second?.includes(fingerprint))).toHaveLength(1);
      for (const fingerprint of [...(first ?? []), ...(second ?? [])]) expect(fingerprint).toMatch(/^[0-9B-HJKNPRSTVX]{4}-[0-9B-HJKNPRSTVX]{4}$/);
      fingerprints.push(...(first ?? []));
    }
    expect(new Set(fingerprints).size).toBe(4);
  });

  it('puts the record on media that has opened a volume, before the later one, and says so', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]), 'old.csv');
    await importText(desk, csv([{ host: 'PC-1', id: 1, password: 2 }]), 'new.csv');
    const onMedia = async (): Promise<string[]> => {
      const said = listKeyConflicts(desk, FIRST_PAGE).rows[0]?.records.find(({ goesOnMedia }) => goesOnMedia);
      expect((await resolveScope(desk.db, { kind: 'all' }, breathe)).keyRecordIds).toEqual([said?.keyRecordId]);
      return said?.sources.map(({ source }) => source) ?? [];
    };
    expect(await onMedia()).toEqual(['new.csv']);
    desk.db.prepare("UPDATE key_records SET tested_at = '2024-07-20T12:00:00.000Z' WHERE key_record_id = 1").run();
    expect(await onMedia()).toEqual(['old.csv']);
  });
});

describe('what does not match', () => {
  it('lists keys without a host with their sources and the device they wait for, page by page', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ id: 1, password: 1 }, { host: 'PC-2', id: 2, password: 2 }, { id: 3, password: 3 }]), 'mixed.csv');
    const pages = [0, 1].map((offset) => listKeysOfNobody(desk.db, { offset, limit: 1 }));
    expect(pages.map(({ total, rows }) => [total, rows.map(({ keyProtectorId, sources }) => [keyProtectorId, sources.map(({ sourceRow }) => sourceRow)])])).toEqual([[2, [[idText(1), [2]]]], [2, [[idText(3), [4]]]]]);
  });

  it('lists hosts without a key by name, however many there are', async () => {
    const { desk } = await openNewDesk();
    const names = Array.from({ length: 1203 }, (_, n) => `PC-${String(n).padStart(4, '0')}`);
    await importText(desk, [...names, ''].join('\r\n'), 'down.txt');
    await importText(desk, csv([{ host: 'PC-0600', id: 1, password: 1 }]));
    const { total, rows } = await listHostsWithoutKeyPage(desk.db, { offset: 598, limit: 4 });
    expect([total, rows.map(({ hostname }) => hostname)]).toEqual([1202, ['PC-0598', 'PC-0599', 'PC-0601', 'PC-0602']]);
  });
});
