import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { HOST_STATES } from '../../../electron/core/codes.ts';
import { deleteView, listViews, readFacets, readHostPlan, saveView } from '../../../electron/core/hosts/host-facets.ts';
import { listFilteredIds } from '../../../electron/core/hosts/host-filter.ts';
import { listHosts, type HostListQuery } from '../../../electron/core/hosts/host-list.ts';
import { blockMany, tagMany } from '../../../electron/core/hosts/many-hosts.ts';
import { assignHosts, createWave } from '../../../electron/core/waves/waves.ts';
import { addHost, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

const everything: HostListQuery = { query: '', states: [], blockedReasons: [], sort: 'hostname', descending: false, offset: 0, limit: 100 };
const none = { query: '', states: [], blockedReasons: [] } as const;
let desk: TestDesk;
const names = (filter: Partial<HostListQuery>): string[] => listHosts(desk.db, { ...everything, ...filter }).rows.map(({ hostname }) => hostname);

beforeEach(() => {
  desk = openTestDesk();
  addHost(desk, 'KI-1', { state: 'ready', site: 'Kiel' });
  addHost(desk, 'KI-2', { state: 'verified', site: 'Kiel' });
  addHost(desk, 'LB-1', { state: 'ready', site: 'Lübeck' });
  addHost(desk, 'XX-1', { state: 'reported' });
});

describe('many hosts', () => {
  test('are found by site, wave and tag, each of which narrows what the others leave', () => {
    const { waveId } = createWave(desk, { name: 'Canary' });
    assignHosts(desk, waveId, { kind: 'hosts', hostnames: ['KI-1', 'LB-1'] });
    expect(tagMany(desk, { filter: { ...none, states: ['ready'] }, expected: 2 }, 'VIP', false)).toEqual({ found: 2, changed: 2 });
    expect([names({ sites: ['Kiel'] }), names({ sites: ['Kiel', 'Lübeck'] }), names({ waves: ['canary'] }), names({ tags: ['vip'] }), names({ sites: ['Kiel'], waves: ['CANARY'] }), names({ sites: ['Kiel'], states: ['verified'], tags: ['VIP'] }), names({ tags: ['x'] })])
      .toEqual([['KI-1', 'KI-2'], ['KI-1', 'KI-2', 'LB-1'], ['KI-1', 'LB-1'], ['KI-1', 'LB-1'], ['KI-1'], [], []]);
    expect(listHosts(desk.db, { ...everything, sites: ['Kiel'], states: ['ready'] })).toMatchObject({ total: 1, states: expect.arrayContaining([{ state: 'ready', count: 1 }, { state: 'verified', count: 1 }, { state: 'reported', count: 0 }]) });
    expect(readFacets(desk.db)).toEqual({ sites: [{ value: 'Kiel', count: 2 }, { value: 'Lübeck', count: 1 }], waves: [{ value: 'Canary', count: 2 }], tags: [{ value: 'VIP', count: 2 }] });
    const [first = 0] = listFilteredIds(desk.db, { ...none, query: 'KI-1' });
    expect(readHostPlan(desk.db, first)).toEqual({ wave: 'Canary', tags: ['VIP'], keptOff: null });
    expect(tagMany(desk, { filter: { ...none, sites: ['Kiel'] }, expected: 2 }, 'vip', true)).toEqual({ found: 2, changed: 1 });
    expect(names({ tags: ['VIP'] })).toEqual(['LB-1']);
  });

  test('are acted on only when the filter still finds as many as were shown', async () => {
    const many = { filter: { ...none, sites: ['Kiel'] }, expected: 3 };
    expect(() => tagMany(desk, many, 'VIP', false)).toThrow(expect.objectContaining({ code: 'hosts-changed', facts: { seen: 3, found: 2 } }));
    await expect(blockMany(desk, many, 'not-reachable', undefined, async () => {})).rejects.toMatchObject({ code: 'hosts-changed' });
    expect(() => assignHosts(desk, createWave(desk, { name: 'A' }).waveId, { kind: 'filter', ...many })).toThrow(expect.objectContaining({ code: 'hosts-changed' }));
    expect(names({ tags: ['VIP'] })).toEqual([]);
  });

  test('are blocked with one reason, but for those that are at their end', async () => {
    expect(await blockMany(desk, { filter: { ...none, sites: ['Kiel'] }, expected: 2 }, 'not-reachable', 'flood', async () => {})).toEqual({ found: 2, changed: 1 });
    expect(names({ states: ['blocked'], blockedReasons: ['not-reachable'] })).toEqual(['KI-1']);
    expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ act: 'hosts.block', subject: 'KI-1' });
  });

  test('are the same in the list and in a bulk act, whatever the filter', () => {
    const sites = ['Kiel', 'Lübeck', 'Bremen'];
    fc.assert(fc.property(fc.array(fc.record({ state: fc.constantFrom(...HOST_STATES), site: fc.constantFrom(...sites, null), tag: fc.boolean() }), { maxLength: 15 }), fc.subarray(sites), fc.subarray([...HOST_STATES]), fc.boolean(), (hosts, wanted, states, tagged) => {
      desk = openTestDesk();
      hosts.forEach(({ state, site, tag }, n) => {
        const hostId = addHost(desk, `H-${n}`, { state, ...(site === null ? {} : { site }) });
        if (tag) desk.db.prepare("INSERT INTO host_tags VALUES ('VIP', ?)").run(hostId);
      });
      const filter = { query: '', states, blockedReasons: [], sites: wanted, tags: tagged ? ['VIP'] : [] };
      const expected = hosts.flatMap(({ state, site, tag }, n) => ((wanted.length === 0 || wanted.includes(site ?? '')) && (states.length === 0 || states.includes(state)) && (!tagged || tag) ? [`H-${n}`] : [])).sort();
      const list = listHosts(desk.db, { ...everything, ...filter });
      expect([list.rows.map(({ hostname }) => hostname), list.total, listFilteredIds(desk.db, filter).length]).toEqual([expected, expected.length, expected.length]);
    }), { numRuns: 40 });
  });

  test('have views that everybody sees, each name once', () => {
    saveView(desk, 'Kiel', 'site=Kiel');
    saveView(desk, 'KIEL', 'site=Kiel&state=ready');
    expect(listViews(desk.db)).toMatchObject([{ name: 'Kiel', filter: 'site=Kiel&state=ready', savedBy: 'test' }]);
    expect(deleteView(desk, 'kiel')).toEqual([]);
    expect(() => deleteView(desk, 'Kiel')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});
