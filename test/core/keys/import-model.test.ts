import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTestDesk } from '../remediation/test-desk.ts';
import { csv, idText, importText, keptKeys, passwordText, type Line } from './import-desk.ts';

/** What the store should come to, told in the plainest way: one row after another against a list. Of several hosts that are named as the owner of a key, the first by name has it. */
interface Kept { id: string | null; hosts: Set<string>; readonly password: string }

function takeIn(kept: Kept[], line: Line): 'imported' | 'unchanged' | 'conflict' {
  const { host } = line;
  const id = line.id === undefined ? null : idText(line.id);
  const password = passwordText(line.password);
  const withPassword = kept.filter((other) => other.password === password);
  const nameless = withPassword.find((other) => other.id === null && (host === undefined ? other.hosts.size === 0 : other.hosts.has(host)));
  const same = id === null ? nameless ?? (host === undefined ? undefined : withPassword.find((other) => other.hosts.has(host))) : withPassword.find((other) => other.id === id);
  const contradicts = id !== null && kept.some((other) => other.id === id && other.password !== password);
  const twin = id === null || host === undefined ? undefined : nameless;
  const one = same ?? twin;
  if (one === undefined) {
    kept.push({ id, hosts: new Set(host === undefined ? [] : [host]), password });
    return contradicts ? 'conflict' : 'imported';
  }
  one.id ??= id;
  if (host !== undefined) one.hosts.add(host);
  if (same !== undefined && twin !== undefined && twin !== same) kept.splice(kept.indexOf(twin), 1);
  return same === undefined && contradicts ? 'conflict' : 'unchanged';
}

const line = fc.record({ host: fc.constantFrom('PC-1', 'PC-2', 'PC-3', undefined), id: fc.constantFrom(1, 2, 3, 4, undefined), password: fc.integer({ min: 1, max: 4 }) })
  .map(({ host, id, password }): Line => ({ ...(host === undefined ? {} : { host }), ...(id === undefined ? {} : { id }), password }));

test('whatever comes in which order, the store holds each key once, marks every contradiction, and each row is counted', async () => {
  await fc.assert(fc.asyncProperty(
    // Every row of a file of its own, so that files come in one after another as the model's rows do.
    fc.array(line, { maxLength: 12 }),
    async (lines) => {
      const desk = openTestDesk();
      const kept: Kept[] = [];
      for (const [n, each] of lines.entries()) {
        const outcome = takeIn(kept, each);
        const report = await importText(desk, csv([each]), `${n}.csv`);
        expect([report.imported, report.unchanged, report.conflicts]).toEqual([Number(outcome === 'imported'), Number(outcome === 'unchanged'), Number(outcome === 'conflict')]);
      }
      const contradicts = ({ id, password }: Kept): boolean => id !== null && kept.some((other) => other.id === id && other.password !== password);
      const found = keptKeys(desk).map(({ id, hostname, password, conflict }) => ({ id, host: hostname, password, conflict }));
      const text = (keys: readonly object[]): string[] => keys.map((key) => JSON.stringify(key)).toSorted();
      expect(text(found)).toEqual(text(kept.map(({ id, hosts, password }) => ({ id, host: [...hosts].toSorted()[0] ?? null, password, conflict: contradicts({ id, hosts, password }) }))));
      desk.db.close();
    },
  ), { numRuns: 80 });
}, 120_000);

test('one file in runs of any size comes to the same keys, and rows are the sum of what became of them', async () => {
  await fc.assert(fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 20 }), async (lines, runRows) => {
    const text = csv(lines);
    const whole = openTestDesk();
    const cut = openTestDesk();
    const report = await importText(whole, text);
    const inRuns = await importText(cut, text, 'keys.csv', { runRows });
    for (const each of [report, inRuns]) {
      expect(each.rows).toBe(each.imported + each.unchanged + each.conflicts + each.rejectedCount);
      expect(each.rows).toBe(lines.length);
    }
    const withId = (desk: typeof whole): string[] => keptKeys(desk).filter(({ id }) => id !== null).map(({ id, password, conflict }) => `${id} ${password} ${conflict}`).sort();
    expect(withId(cut)).toEqual(withId(whole));
    const again = await importText(cut, text, 'keys.csv', { runRows });
    expect([again.imported, again.conflicts]).toEqual([0, 0]);
    // SQLite does not look after these two (migration 0040).
    for (const { db } of [whole, cut]) expect(db.prepare('SELECT key_record_id FROM key_records WHERE import_file_id NOT IN (SELECT import_file_id FROM import_files) OR page_id NOT IN (SELECT page_id FROM sealed_pages)').all()).toEqual([]);
    for (const desk of [whole, cut]) desk.db.close();
  }), {
    numRuns: 80,
    // A record of an earlier run gets its ID from two rows of a later one.
    examples: [[[{ host: 'PC-2', id: 1, password: 1 }, { host: 'PC-1', password: 4 }, { host: 'PC-1', id: 4, password: 4 }, { host: 'PC-1', id: 4, password: 4 }, { host: 'PC-1', id: 1, password: 1 }], 5]],
  });
}, 120_000);
