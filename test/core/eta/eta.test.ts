import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateEta, type EtaHour, type EtaInput, type EtaSite } from '../../../electron/core/eta/eta.ts';

const BEGAN_MS = Date.parse('2024-07-19T05:00:00Z');
const HOUR_MS = 3_600_000;
const quiet = { down: 0, done: 0, blocked: 0, unblocked: 0, people: 0 };

/** A site that brings so many hosts back in each of so many hours, and unblocks some in the third. */
function site({ name = 'Kiel', hours = 12, perHour = 10, free = 100, blocked = {}, unblocked = 0 }: { name?: string; hours?: number; perHour?: number; free?: number; blocked?: EtaSite['blocked']; unblocked?: number }): EtaSite {
  const blockedNow = Object.values(blocked).reduce((sum, count) => sum + count, 0);
  return { site: name, free, blocked, hours: Array.from({ length: hours }, (_, hour): EtaHour => ({ ...quiet, startMs: BEGAN_MS + hour * HOUR_MS, done: perHour, people: 2, ...(hour === 0 ? { down: hours * perHour + free + blockedNow, blocked: blockedNow + unblocked } : hour === 2 ? { unblocked } : {}) })) };
}
const after = (hours: number, ...sites: EtaSite[]): EtaInput => ({ nowMs: BEGAN_MS + hours * HOUR_MS, offsetMinutes: 120, sites });

describe('the estimate of the end', () => {
  test('is done when no host is open', () => {
    expect(estimateEta(after(12, site({ free: 0 })))).toEqual({ status: 'done' });
  });

  test.each([
    ['few-hours', after(2, site({ hours: 2 }))], ['few-done', after(12, site({ perHour: 1, free: 5000 }))], ['standstill', after(80, site({ hours: 12 }))],
  ] as const)('says that it is too early: %s', (reason, input) => {
    expect(estimateEta(input)).toEqual({ status: 'too-early', reason });
  });

  test('looks later the more hosts are left, and the more of them are blocked', () => {
    const likely = (one: EtaSite): number => { const eta = estimateEta(after(12, one)); return eta.status === 'estimated' ? eta.likelyMs : Number.NaN; };
    expect(likely(site({ free: 400, perHour: 100 }))).toBeGreaterThan(likely(site({ free: 300, perHour: 100 })));
    expect(likely(site({ free: 300, perHour: 100, blocked: { 'no-key': 100 }, unblocked: 10 }))).toBeGreaterThan(likely(site({ free: 400, perHour: 100 })));
  });

  test('takes a host whose blocking nobody saw as blocked from the first hour on, and not for ever', () => {
    const seen = site({ blocked: { 'no-key': 20 } });
    const unseen = { ...seen, hours: seen.hours.map((hour) => ({ ...hour, blocked: 0 })) };
    const half = (one: EtaSite): number => { const eta = estimateEta(after(12, one)); return eta.status === 'estimated' ? eta.blockedHalfHours : Number.NaN; };
    expect(half(unseen) / half(seen)).toBeCloseTo(1, 0);
  });

  test('names the site that is behind, and the reason that holds most, as what would bring the end closer', () => {
    const behind = estimateEta(after(24, site({ name: 'Kiel', hours: 24, perHour: 4, free: 300 }), site({ name: 'Lübeck', hours: 24, perHour: 40, free: 10 })));
    expect(behind.status === 'estimated' ? behind.movers.find(({ kind }) => kind === 'people') : null).toMatchObject({ kind: 'people', site: 'Kiel', people: 2 });
    const held = estimateEta(after(24, site({ hours: 24, perHour: 40, free: 4, blocked: { 'no-key': 120, 'owner-away': 2 }, unblocked: 10 })));
    expect(held.status === 'estimated' ? held.movers[0] : null).toMatchObject({ kind: 'unblock', reason: 'no-key', hosts: 120 });
  });

  test('of all but the blocked hosts hangs on the work that is there, not on how many are blocked, and is none when all are', () => {
    const seen = (one: EtaSite) => { const eta = estimateEta(after(24, one)); if (eta.status !== 'estimated' && eta.status !== 'blocked') throw new Error(eta.status); return eta; };
    const few = seen(site({ hours: 24, perHour: 20, free: 100, blocked: { hardware: 4 } }));
    const more = seen(site({ hours: 24, perHour: 20, free: 200, blocked: { hardware: 4 } }));
    expect(more.free?.likelyMs).toBeGreaterThan(few.free?.likelyMs ?? Infinity);
    expect(few.free?.latestMs).toBeLessThan(few.status === 'estimated' ? few.latestMs : 0);
    expect(few.freeBySite).toMatchObject([{ site: 'Kiel' }]);
    expect(seen(site({ hours: 24, perHour: 20, free: 0, blocked: { hardware: 40 } }))).toMatchObject({ free: null, freeBySite: [] });
  });

  test('tells no end where blocked hosts decide it and hardly any came free, and says how many they are; that of the others stays', () => {
    const seen = (some: Parameters<typeof site>[0]) => estimateEta(after(48, site({ hours: 48, perHour: 40, free: 60, blocked: { 'no-key': 2000, hardware: 10 }, ...some })));
    const untold = seen({});
    expect(untold).toMatchObject({ status: 'blocked', hosts: 2010, free: { likelyMs: expect.any(Number) }, freeBySite: [{ site: 'Kiel' }] });
    // Nobody believes how much sooner it would be over if some came free.
    if (untold.status === 'blocked') expect([untold.movers.every(({ hoursSooner, freeSooner }) => hoursSooner === 0 && freeSooner >= 1), untold.path[0]?.left, Math.round(untold.path.at(-1)?.left ?? 0) >= 2010]).toEqual([true, 2070, true]);
    expect(seen({ free: 0 })).toMatchObject({ status: 'blocked', hosts: 2010, free: null, path: [], movers: [] });
    expect(seen({ unblocked: 600 }).status).toBe('estimated'); // they do come free
    expect(seen({ free: 0, blocked: { hardware: 4 } }).status).toBe('estimated'); // a few are seen to
  });

  test('says of what moves it which of both ends it moves: people the work, a reason its blocked hosts', () => {
    const movers = (one: EtaSite) => { const eta = estimateEta(after(24, one)); return eta.status === 'estimated' ? eta.movers : []; };
    expect(movers(site({ hours: 24, perHour: 4, free: 300, blocked: { 'no-key': 120 }, unblocked: 10 })).find(({ kind }) => kind === 'people')?.freeSooner).toBeGreaterThan(1);
    expect(movers(site({ hours: 24, perHour: 40, free: 4, blocked: { 'no-key': 120 }, unblocked: 10 })).find(({ kind }) => kind === 'unblock')).toMatchObject({ freeSooner: 0 });
    // Of a site that is through with all that is not blocked, nobody says that more people help.
    expect(movers(site({ hours: 24, perHour: 40, free: 0, blocked: { 'no-key': 120 }, unblocked: 10 })).filter(({ freeSooner }) => freeSooner > 0)).toEqual([]);
  });

  test('gives no end to a site at which nothing has come of a host for a day, and again one when something does', () => {
    const seen = (hours: number, ...sites: EtaSite[]) => { const eta = estimateEta(after(hours, ...sites)); return eta.status === 'estimated' ? [eta.freeBySite.map((one) => one.site), eta.idleSites] : eta.status; };
    const [working, idle] = [site({ name: 'Kiel', hours: 30 }), site({ name: 'Husum', hours: 1, perHour: 0, free: 12 })];
    expect(seen(30, working, idle)).toEqual([['Kiel'], ['Husum']]);
    expect(seen(30, working, { ...idle, free: 11, hours: [...idle.hours, { ...quiet, startMs: BEGAN_MS + 20 * HOUR_MS, done: 1, people: 1 }] })).toEqual([['Kiel', 'Husum'], []]);
    expect(seen(30, working, { ...idle, free: 0, blocked: { hardware: 12 } })).toEqual([['Kiel'], []]); // nothing to do there but to unblock
    expect(seen(50, site({ name: 'Kiel', hours: 50 }), { ...idle, free: 11, hours: [...idle.hours, { ...quiet, startMs: BEGAN_MS + 20 * HOUR_MS, done: 1, people: 1 }] })).toEqual([['Kiel'], ['Husum']]);
  });

  test('is an interval after now, with the likely end inside, whatever was counted', () => {
    const count = fc.nat(60);
    const hour = fc.record({ down: count, done: count, blocked: count, unblocked: count, people: fc.nat(9) });
    const anySite = fc.record({ hours: fc.array(hour, { maxLength: 60 }), free: fc.nat(500), noKey: count });
    fc.assert(fc.property(fc.array(anySite, { maxLength: 4 }), fc.integer({ min: 0, max: 90 }), (sites, hours) => {
      const input = after(hours, ...sites.map(({ hours: seen, free, noKey }, index): EtaSite => ({ site: `S${String(index)}`, free, blocked: { 'no-key': noKey }, hours: seen.map((one, at) => ({ ...one, startMs: BEGAN_MS + at * HOUR_MS })) })));
      const eta = estimateEta(input);
      if (eta.status !== 'estimated' && eta.status !== 'blocked') return;
      if (eta.status === 'estimated') expect([input.nowMs < eta.earliestMs, eta.earliestMs < eta.likelyMs, eta.likelyMs < eta.latestMs]).toEqual([true, true, true]);
      expect(eta.movers.every(({ hoursSooner, freeSooner }) => Math.max(hoursSooner, freeSooner) >= 1 && freeSooner >= 0)).toBe(true);
      const open = sites.filter(({ free }) => free > 0).length;
      expect([eta.free === null, eta.freeBySite.length + eta.idleSites.length]).toEqual([open === 0, open]);
      for (const interval of [eta.free, ...eta.freeBySite]) if (interval !== null) expect([input.nowMs < interval.earliestMs, interval.earliestMs < interval.likelyMs, interval.likelyMs < interval.latestMs]).toEqual([true, true, true]);
    }), { numRuns: 200 });
  });
});
