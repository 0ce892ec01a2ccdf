import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listCalls } from '../../../electron/core/calls/calls.ts';
import { BLOCKED_REASONS, HOST_STATES, MACHINE_KINDS } from '../../../electron/core/codes.ts';
import { listDisclosures } from '../../../electron/core/disclosure/disclosure-list.ts';
import { readCourse } from '../../../electron/core/hosts/course.ts';
import { listFilteredIds } from '../../../electron/core/hosts/host-filter.ts';
import { listHosts, type HostListQuery } from '../../../electron/core/hosts/host-list.ts';
import { readStatus } from '../../../electron/core/hosts/status.ts';
import { readWatchList } from '../../../electron/core/hosts/watch-list.ts';
import { listMedia } from '../../../electron/core/media/media-register.ts';
import { readReportFacts } from './report-facts-of.ts';
import { listRotations } from '../../../electron/core/rotation/rotations.ts';
import { listWaves } from '../../../electron/core/waves/waves.ts';
import { anyCourse, happen, instantOf, openCourse } from './any-course.ts';

const everyHost: HostListQuery = { query: '', states: [], blockedReasons: [], sort: 'hostname', descending: false, offset: 0, limit: 500 };
const DOWN = ['reported', 'ready', 'blocked', 'in-progress'] as const;

test('overview, status, the filter of hosts, the lists and the situation report say the same number, after any acts', async () => {
  await fc.assert(fc.asyncProperty(anyCourse, async (acts) => {
    const desk = await openCourse();
    for (const act of acts) await happen(desk, act);
    const { db } = desk;
    const status = readStatus(db, desk.clock());
    const course = readCourse(db, desk.clock());
    const report = { ...readReportFacts(db, instantOf(desk), 'rotation'), disclosures: readReportFacts(db, instantOf(desk), 'disclosures').disclosures };
    const hosts = listHosts(db, everyHost);
    const filtered = (filter: Partial<HostListQuery>): number => listFilteredIds(db, { ...everyHost, ...filter }).length;

    // Hosts by state and by reason.
    expect([status.hosts, report.all.hosts]).toEqual([hosts.total, hosts.total]);
    expect([status.states, report.states]).toEqual([hosts.states, hosts.states]);
    expect(status.states.map(({ state }) => filtered({ states: [state] }))).toEqual(hosts.states.map(({ count }) => count));
    expect(status.blockedReasons).toEqual(hosts.blockedReasons);
    expect(report.blocked).toEqual(hosts.blockedReasons.filter(({ count }) => count > 0));
    expect(new Map(readWatchList(db, instantOf(desk)).unblock.map(({ reason, count }) => [reason, count]))).toEqual(new Map(report.blocked.map(({ reason, count }) => [reason, count])));
    expect(BLOCKED_REASONS.map((reason) => filtered({ states: ['blocked'], blockedReasons: [reason] }))).toEqual(status.blockedReasons.map(({ count }) => count));

    // Down and affected: in one figure, by kind, by site, by wave, at the end of the burn-down, and by the filter.
    const sum = (parts: readonly { readonly down: number; readonly affected: number }[]): number[] => [parts.reduce((total, { down }) => total + down, 0), parts.reduce((total, { affected }) => total + affected, 0)];
    const whole = [filtered({ states: [...DOWN] }), report.all.affected];
    expect([status.stillDown, report.all.down, course.burnDown.at(-1)?.down ?? 0]).toEqual([whole[0], whole[0], whole[0]]);
    expect(course.burnDown.at(-1)?.blocked ?? 0).toBe(filtered({ states: ['blocked'] }));
    expect([sum(course.kinds), sum(course.sites), sum(course.waves), sum(MACHINE_KINDS.map((kind) => report.kinds[kind])), sum(report.sites.map(({ group }) => group))]).toEqual([whole, whole, whole, whole, whole]);
    for (const { kind, affected, down } of course.kinds) expect([kind, report.kinds[kind].affected, report.kinds[kind].down]).toEqual([kind, affected, down]);
    for (const { site, affected, down, states } of course.sites) {
      expect(report.sites.find((one) => one.site === site)?.group).toMatchObject({ affected, down, repaired: states.find(({ state }) => state === 'repaired')?.count, verified: states.find(({ state }) => state === 'verified')?.count });
      if (site !== null) expect(filtered({ sites: [site], states: [...DOWN] })).toBe(down);
    }
    for (const { name, down, repaired, done } of listWaves(db)) {
      const ofWave = course.waves.find(({ wave }) => wave === name);
      if (ofWave !== undefined) expect([ofWave.down, ...(['repaired', 'verified', 'closed'] as const).map((state) => ofWave.states.find((one) => one.state === state)?.count)]).toEqual([down, repaired, filtered({ waves: [name], states: ['verified'] }), filtered({ waves: [name], states: ['closed'] })]);
      expect([filtered({ waves: [name], states: [...DOWN] }), filtered({ waves: [name], states: ['verified', 'closed'] })]).toEqual([down, done]);
    }
    expect(HOST_STATES.reduce((total, state) => total + filtered({ states: [state] }), 0)).toBe(hosts.total);

    // Keys, rotations, disclosures, media, attempts, calls.
    expect([report.keyRecords, report.downWithoutKey]).toEqual([status.keyRecords, status.hostsWithoutKey]);
    const rotations = listRotations(db, { states: [], offset: 0, limit: 500 });
    const inState = (...states: readonly string[]): number => rotations.states.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
    expect([status.rotationDue, report.rotations.due, report.openRotations.length]).toEqual([inState('due', 'asked'), inState('due', 'asked'), inState('due', 'asked')]);
    expect([report.rotations.asked, report.rotations.confirmed]).toEqual([inState('asked'), inState('confirmed')]);
    const disclosures = listDisclosures(db, { offset: 0, limit: 500 });
    expect([status.disclosures, report.disclosed, report.disclosures.length]).toEqual([disclosures.total, disclosures.total, disclosures.total]);
    expect(report.disclosures.map(({ way, at }) => [way, at])).toEqual(disclosures.rows.toReversed().map(({ way, at }) => [way, at]));
    const media = listMedia(db, { offset: 0, limit: 500 }).rows;
    const out = media.filter(({ state }) => state === 'built' || state === 'issued').map(({ mediaId, state, holder }) => ({ mediaId, state, holder }));
    expect([status.media, status.mediaOut + status.mediaNotIssued, report.media]).toEqual([media.length, out.length, media.length]);
    expect(report.mediaOut.map(({ mediaId }) => mediaId).toSorted()).toEqual(out.map(({ mediaId }) => mediaId).toSorted());
    expect([status.attempts, status.repairedLastHour]).toEqual([report.attempts.total, report.repairedLastHour]);
    expect(report.openCalls.length).toBe(listCalls(db, { open: true, offset: 0, limit: 100 }).total);
    db.close();
  }), { numRuns: Number(process.env['BLUELIFT_RUNS'] ?? 20) });
}, 600_000);
