// Lists, finds and counts among 100,000 hosts with 300,000 key records and 40,000 attempts, in an encrypted store on disk.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { listHosts, type HostListQuery } from '../../../electron/core/hosts/host-list.ts';
import type { Desk } from '../../../electron/core/desk.ts';
import { estimateEta } from '../../../electron/core/eta/eta.ts';
import { readCourse } from '../../../electron/core/hosts/course.ts';
import { makeReport } from '../../../electron/core/reports/make-report.ts';
import { reportHtml } from '../../../electron/core/reports/report-document.ts';
import { readReportFigures } from '../../../electron/core/reports/report-facts.ts';
import { NO_LISTS } from '../../../electron/core/reports/report-lists.ts';
import { reportCodes } from '../../../electron/api/report-codes.ts';
import { KEPT_FROM_STEPS } from '../../../electron/store/migrations/0018-kept-course.ts';
import { readWatchList } from '../../../electron/core/hosts/watch-list.ts';
import { readCourseBySite } from '../../../electron/core/hosts/course-by-site.ts';
import { readStatus } from '../../../electron/core/hosts/status.ts';
import { orderMedium, recordMedium } from '../../../electron/core/media/media-register.ts';
import { resolveScope } from '../../../electron/core/media/scope.ts';
import { createDatabase, type Database } from '../../../electron/store/database.ts';
import { makeKeys } from '../../../electron/store/vault.ts';
import { fillFleet, NOW_MS } from './fleet.ts';

const ROUNDS = 40;

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-hosts-'));
  const db = createDatabase(join(folder, 'store.db'), randomBytes(32));
  try {
    fillFleet(db);
    const page = { query: '', states: [], blockedReasons: [], sort: 'stateAt', descending: true, offset: 0, limit: 100 } satisfies HostListQuery;
    report('first page, newest first', () => listHosts(db, page));
    report('page at 50,000', () => listHosts(db, { ...page, offset: 50_000 }));
    report('by name', () => listHosts(db, { ...page, sort: 'hostname', descending: false }));
    report('by state', () => listHosts(db, { ...page, sort: 'state', descending: false }));
    report('blocked: no key', () => listHosts(db, { ...page, states: ['blocked'], blockedReasons: ['no-key'] }));
    report('ready and blocked, by name', () => listHosts(db, { ...page, states: ['ready', 'blocked'], sort: 'hostname', descending: false }));
    report('"DESKTOP" (every host)', () => listHosts(db, { ...page, query: 'DESKTOP' }));
    report('"A7F" (some)', () => listHosts(db, { ...page, query: 'A7F' }));
    report('"DE" (prefix, every host)', () => listHosts(db, { ...page, query: 'DE' }));
    const now = new Date(NOW_MS).toISOString();
    const estimate = (): string => estimateEta({ nowMs: NOW_MS, offsetMinutes: 0, sites: readCourseBySite(db, NOW_MS) }).status;
    report('overview: figures', () => readStatus(db, NOW_MS));
    report('overview: course', () => readCourse(db, NOW_MS));
    report('overview: what to look after', () => readWatchList(db, now));
    report('overview: estimate', estimate);
    report('overview, all of it', () => [readStatus(db, NOW_MS), readCourse(db, NOW_MS), readWatchList(db, now), estimate()]);
    const rows = (table: string): number => db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
    process.stdout.write(`from ${rows('host_events')} events of ${rows('hosts')} hosts, kept as ${rows('host_counts')} counts, ${rows('course_hours')} hours of sites and waves, ${rows('work_hours')} hours of people; the estimate: ${estimate()}\n`);
    for (const [table, sql] of Object.entries(KEPT_FROM_STEPS)) report(`told anew: ${table}`, () => db.prepare(sql).all(), 3);
    for (const [what, at] of [['now', NOW_MS], ['a day ago', NOW_MS - 86_400_000]] as const) {
      report(`report, situation, ${what}`, () => reportHtml(makeReport({ ...NO_LISTS, ...readReportFigures(db, new Date(at).toISOString()) }, { kind: 'situation', language: 'de' }, reportCodes('de'), true)), 5);
    }
    await reportMedium(db);
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

/** Time by the clock, and of the processor: the first is what a person waits on this machine, the second does not count what others do on it. */
function report(what: string, act: () => unknown, rounds = ROUNDS): void {
  const times = Array.from({ length: rounds }, () => {
    const [start, busy] = [performance.now(), process.cpuUsage()];
    act();
    const { user, system } = process.cpuUsage(busy);
    return { clock: performance.now() - start, processor: (user + system) / 1000 };
  });
  const quantile = (of: 'clock' | 'processor', share: number): string => (times.map((time) => time[of]).toSorted((a, b) => a - b)[Math.floor((rounds - 1) * share)] ?? 0).toFixed(1).padStart(6);
  process.stdout.write(`${what.padEnd(34)} median ${quantile('clock', 0.5)} ms   most ${quantile('clock', 1)} ms   of the processor ${quantile('processor', 0.5)} ms\n`);
}

/** A medium for every host: what is on it, and its entry into the register; neither may hold others up for long. */
async function reportMedium(db: Database): Promise<void> {
  let turnAt = performance.now();
  let longest = 0;
  const breathe = async (): Promise<void> => {
    longest = Math.max(longest, performance.now() - turnAt);
    await new Promise((resolve) => { setImmediate(resolve); });
    turnAt = performance.now();
  };
  const measured = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    const start = turnAt = performance.now();
    longest = 0;
    const result = await act();
    longest = Math.max(longest, performance.now() - turnAt);
    process.stdout.write(`${what.padEnd(34)} ${(performance.now() - start).toFixed(0).padStart(13)} ms   at a stretch ${longest.toFixed(0)} ms\n`);
    return result;
  };
  const scope = await measured('scope: all', () => resolveScope(db, { kind: 'all' }, breathe));
  const desk: Desk = {
    db, keys: makeKeys('bench'), operator: { operatorId: 1, name: 'bench', roles: [], mustChangePassphrase: false }, clock: () => Date.parse('2024-07-21T03:00:00Z'), random: (count) => randomBytes(count), changed: () => {},
  };
  await measured(`register ${scope.keyRecordIds.length} key records`, () => recordMedium(desk, {
    mediaId: orderMedium(desk, {}), builtAt: '2024-07-21T03:00:00.000Z', expiresAt: null, scope: scope.label, language: 'en', recipeId: 'channel-file-291', incidentId: 1, recipeVersion: 1, architecture: 'x64', payload: '', manifestSha256: '', imageName: '',
    imageSizeBytes: 1, hosts: scope.hosts, keyRecordIds: scope.keyRecordIds, leftOut: scope.leftOut, slots: [{ slot: 1, technician: 'bench', recordKey: new Uint8Array(32) }],
  }, breathe));
}
