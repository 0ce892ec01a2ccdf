import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { HOST_STATES } from '../../../electron/core/codes.ts';
import { deleteView, listViews, readFacets, readHostPlan, saveView, type Facet } from '../../../electron/core/hosts/host-facets.ts';
import { listFilteredIds, type HostFilter } from '../../../electron/core/hosts/host-filter.ts';
import { listHosts, type HostListQuery } from '../../../electron/core/hosts/host-list.ts';
import { assignMany, blockMany, hostsMeant, tagMany, type Many } from '../../../electron/core/hosts/many-hosts.ts';
import { assignedTo, blocked, inWave, tagged, UndoBook } from '../../../electron/core/hosts/undo-many.ts';
import { unblockHost } from '../../../electron/core/remediation/host-acts.ts';
import { findHosts } from '../../../electron/core/waves/wave-rule.ts';
import { assignHosts, createWave } from '../../../electron/core/waves/waves.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

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
    expect(readFacets(desk.db, none)).toEqual({ sites: [{ value: 'Kiel', count: 2 }, { value: 'Lübeck', count: 1 }], waves: [{ value: 'Canary', count: 2 }], tags: [{ value: 'VIP', count: 2 }], technicians: [] });
    const [first = 0] = listFilteredIds(desk.db, { ...none, query: 'KI-1' });
    expect(readHostPlan(desk.db, first)).toEqual({ wave: 'Canary', tags: ['VIP'], keptOff: null, technician: null, route: null });
    expect(tagMany(desk, { filter: { ...none, sites: ['Kiel'] }, expected: 2 }, 'vip', true)).toEqual({ found: 2, changed: 1 });
    expect(names({ tags: ['VIP'] })).toEqual(['LB-1']);
  });

  test('are counted for each site, wave, tag and technician as the rest of the filter finds them, as for each state', () => {
    for (const name of ['Canary', 'Second']) createWave(desk, { name });
    assignHosts(desk, 1, { kind: 'hosts', hostnames: ['KI-1', 'LB-1'] });
    tagMany(desk, { filter: { ...none, sites: ['Kiel'] }, expected: 2 }, 'VIP', false);
    assignMany(desk, { filter: { ...none, states: ['ready'] }, expected: 2 }, 'Karla');
    const counted = (filter: Partial<HostFilter>) => Object.fromEntries(Object.entries(readFacets(desk.db, { ...none, ...filter })).map(([kind, facets]) => [kind, (facets as readonly Facet[]).map(({ value, count }) => `${value} ${count}`).join(', ')]));
    expect(counted({ states: ['verified'] })).toEqual({ sites: 'Kiel 1', waves: 'Canary 0, Second 0', tags: 'VIP 1', technicians: '' });
    expect(counted({ sites: ['Lübeck'], technicians: ['KARLA'] })).toEqual({ sites: 'Kiel 1, Lübeck 1', waves: 'Canary 1, Second 0', tags: '', technicians: 'Karla 1' });
    expect(counted({ query: 'ki-', waves: ['canary'] })).toEqual({ sites: 'Kiel 1', waves: 'Canary 1, Second 0', tags: 'VIP 1', technicians: 'Karla 1' });
    expect(counted({ query: 'nobody' })).toEqual({ sites: '', waves: 'Canary 0, Second 0', tags: '', technicians: '' });
  });

  test('have no site that is chosen left out of the count, however many larger ones there are', () => {
    for (let n = 0; n < 210; n++) for (const host of ['A', 'B']) addHost(desk, `S${n}-${host}`, { state: 'ready', site: `S${n}` });
    const sites = readFacets(desk.db, { ...none, sites: ['Lübeck'] }).sites;
    expect([sites.length, sites.at(-1), readFacets(desk.db, none).sites.length]).toEqual([201, { value: 'Lübeck', count: 1 }, 200]);
  });

  test('picked one by one are acted on alone, whatever else stands in the list, and the audit says which', () => {
    const [first = 0, second = 0] = listFilteredIds(desk.db, none);
    const filter = { ...none, hostIds: [second, first, 999_999] };
    expect(() => tagMany(desk, { filter, expected: 3 }, 'VIP', false)).toThrow(expect.objectContaining({ code: 'hosts-changed' }));
    expect(tagMany(desk, { filter, expected: 2 }, 'VIP', false)).toEqual({ found: 2, changed: 2 });
    expect(names({ tags: ['VIP'] })).toEqual(['KI-1', 'KI-2']);
    expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ act: 'hosts.tag', details: expect.stringContaining(`hostIds=${second},${first},999999`) });
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
      const facets = readFacets(desk.db, filter);
      const bySite = sites.map((site) => ({ value: site, count: hosts.filter((host) => host.site === site && (states.length === 0 || states.includes(host.state)) && (!tagged || host.tag)).length })).filter(({ count }) => count > 0);
      const withTag = hosts.filter((host) => host.tag && (wanted.length === 0 || wanted.includes(host.site ?? '')) && (states.length === 0 || states.includes(host.state))).length;
      expect(facets).toMatchObject({ sites: bySite.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)), tags: withTag === 0 ? [] : [{ value: 'VIP', count: withTag }] });
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

describe('hosts of a technician', () => {
  test('are assigned by a filter, found again by the name in any case, and taken back', () => {
    const kiel: Many = { filter: { ...none, sites: ['Kiel'] }, expected: 2 };
    expect(assignMany(desk, kiel, 'Karla')).toEqual({ found: 2, changed: 2 });
    expect(assignMany(desk, kiel, 'karla')).toEqual({ found: 2, changed: 0 });
    expect([names({ technicians: ['KARLA'] }), readFacets(desk.db, none).technicians, readHostPlan(desk.db, 1).technician]).toEqual([['KI-1', 'KI-2'], [{ value: 'Karla', count: 2 }], 'Karla']);
    expect(assignMany(desk, { filter: { ...none, technicians: ['Karla'], states: ['ready'] }, expected: 1 }, null)).toEqual({ found: 1, changed: 1 });
    expect(names({ technicians: ['Karla'] })).toEqual(['KI-2']);
    expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ act: 'hosts.assign', subject: null });
  });
});

describe('an act on many hosts', () => {
  const everyone: Many = { filter: none, expected: 4 };
  const standing = () => desk.db.prepare('SELECT hostname, state, blocked_reason FROM hosts ORDER BY 1').all();

  test('is taken back host by host: whoever was changed since stays, and it is taken back once', async () => {
    const book = new UndoBook('hosts.undoMany');
    tagMany(desk, { filter: { ...none, query: 'KI-1' }, expected: 1 }, 'VIP', false);
    const tag = await book.remember(desk, 'hosts.tag', tagged('VIP'), hostsMeant(desk, everyone), () => tagMany(desk, everyone, 'VIP', false));
    expect(tag).toMatchObject({ found: 4, changed: 3 });
    tagMany(desk, { filter: { ...none, query: 'XX' }, expected: 1 }, 'VIP', true);
    expect(book.undo(desk, tag.undo)).toEqual({ found: 3, changed: 2 });
    expect(names({ tags: ['VIP'] })).toEqual(['KI-1']);
    expect(() => book.undo(desk, tag.undo)).toThrow(expect.objectContaining({ code: 'not-found' }));
    const assigned = await book.remember(desk, 'hosts.assign', assignedTo, hostsMeant(desk, everyone), () => assignMany(desk, everyone, 'Karla'));
    expect([book.undo(desk, assigned.undo), names({ technicians: ['Karla'] })]).toEqual([{ found: 4, changed: 4 }, []]);
    expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ act: 'hosts.undoMany', subject: 'technician' });
  });

  test('that put hosts into a wave puts each back into the one it was in, or none', async () => {
    const book = new UndoBook('waves.undoAssign');
    const [canary, next] = ['Canary', 'Next'].map((name) => createWave(desk, { name }).waveId);
    assignHosts(desk, canary ?? 0, { kind: 'name', value: 'KI-*' });
    const rule = { kind: 'filter', ...everyone } as const;
    const done = await book.remember(desk, 'waves.assign', inWave, findHosts(desk.db, rule).hostIds, () => assignHosts(desk, next ?? 0, rule));
    expect([done, names({ waves: ['Next'] }).length]).toMatchObject([{ assigned: 4, moved: 2 }, 4]);
    assignHosts(desk, null, { kind: 'hosts', hostnames: ['KI-2'] }); // somebody else's hand, meanwhile
    expect(book.undo(desk, done.undo)).toEqual({ found: 4, changed: 3 });
    expect([names({ waves: ['Canary'] }), names({ waves: ['Next'] })]).toEqual([['KI-1'], []]);
    expect(listAudit(desk.db, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ act: 'waves.undoAssign', subject: 'wave' });
    const out = await book.remember(desk, 'waves.assign', inWave, [1], () => assignHosts(desk, null, { kind: 'hosts', hostnames: ['KI-1'] }));
    expect([book.undo(desk, out.undo), names({ waves: ['Canary'] })]).toEqual([{ found: 1, changed: 1 }, ['KI-1']]);
  });

  test('that blocked hosts puts each back where it was, with the reason it had', async () => {
    const book = new UndoBook('hosts.undoMany');
    await blockMany(desk, { filter: { ...none, query: 'LB' }, expected: 1 }, 'hardware', undefined, async () => {});
    addKeyRecord(desk, { hostId: 1 });
    const before = standing();
    const done = await book.remember(desk, 'hosts.blockMany', blocked, hostsMeant(desk, everyone), () => blockMany(desk, everyone, 'owner-away', undefined, async () => {}));
    expect(done).toMatchObject({ found: 4, changed: 3 }); // one is verified
    expect(book.undo(desk, done.undo)).toEqual({ found: 3, changed: 3 });
    expect(standing()).toEqual(before);
    const again = await book.remember(desk, 'hosts.blockMany', blocked, hostsMeant(desk, everyone), () => blockMany(desk, everyone, 'owner-away', undefined, async () => {}));
    unblockHost(desk, 4, 'the owner is back');
    expect(book.undo(desk, again.undo)).toEqual({ found: 3, changed: 2 });
  });
});
