import { describe, expect, it } from 'vitest';
import { countHostsByPart, FEW_BEYOND, findHostsByPart, findHostsByStart, indexHostnames, mergeHostSearch } from '../../../electron/core/keys/host-search.ts';
import { openMemoryDatabase } from '../../../electron/store/database.ts';

const AT = '2024-07-19T05:00:00.000Z';

describe('the search of host names while an import makes hosts', () => {
  it('finds each host at once, and has all of them in its index in the end', () => {
    const db = openMemoryDatabase();
    const insert = db.prepare("INSERT INTO hosts (hostname, state, state_at, created_at) VALUES (?, 'known', ?, ?)");
    const indexed = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM hosts_search_docsize');
    const beyond: number[] = [];
    const step = 400;
    for (let hosts = 0; hosts < 5 * step; hosts += step) {
      db.transaction(() => {
        for (let n = hosts; n < hosts + step; n += 1) insert.run(`BER-${String(n).padStart(4, '0')}-NB`, AT, AT);
        indexHostnames(db, FEW_BEYOND);
      })();
      const newest = hosts + step;
      expect(findHostsByPart(db, `${String(newest - 1).padStart(4, '0')}-N`, 5)).toEqual([newest]);
      expect(findHostsByStart(db, 'BER-0000', 5)).toEqual([1]);
      expect(findHostsByPart(db, 'BER-', 3)).toEqual([newest, newest - 1, newest - 2]);
      expect(countHostsByPart(db, '-NB', 10_000)).toBe(newest);
      beyond.push(newest - (indexed.get()?.n ?? 0));
    }
    expect(beyond).toEqual([400, 800, 0, 400, 800]);
    for (const _ of mergeHostSearch(db));
    expect(indexed.get()?.n).toBe(5 * step);
    expect(countHostsByPart(db, '-NB', 10_000)).toBe(5 * step);
  });
});
