// Lists, finds and counts among 100,000 hosts with 300,000 key records and 40,000 attempts, in an encrypted store on disk.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { BLOCKED_REASONS } from '../../../electron/core/codes.ts';
import { listHosts, type HostListQuery } from '../../../electron/core/hosts/host-list.ts';
import type { Desk } from '../../../electron/core/desk.ts';
import { estimateEta } from '../../../electron/core/eta/eta.ts';
import { readCourse } from '../../../electron/core/hosts/course.ts';
import { makeReport } from '../../../electron/core/reports/make-report.ts';
import { reportHtml } from '../../../electron/core/reports/report-document.ts';
import { readReportFacts } from '../../../electron/core/reports/report-facts.ts';
import { reportCodes } from '../../../electron/api/report-codes.ts';
import { KEPT_FROM_STEPS } from '../../../electron/store/migrations/0018-kept-course.ts';
import { readWatchList } from '../../../electron/core/hosts/watch-list.ts';
import { readCourseBySite } from '../../../electron/core/hosts/course-by-site.ts';
import { readStatus } from '../../../electron/core/hosts/status.ts';
import { orderMedium, recordMedium } from '../../../electron/core/media/media-register.ts';
import { resolveScope } from '../../../electron/core/media/scope.ts';
import { createDatabase, type Database } from '../../../electron/store/database.ts';
import { makeKeys } from '../../../electron/store/vault.ts';

const HOSTS = 100_000;
const ROUNDS = 40;
const EVENTS = 500_000;
/** Some large and many small. */
const SITES = Array.from({ length: 400 }, (_, index) => `Site ${String(Math.floor(index ** 1.5 / 90))}`);
const NOW_MS = Date.parse('2024-07-21T03:00:00Z');

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-hosts-'));
  const db = createDatabase(join(folder, 'store.db'), randomBytes(32));
  try {
    fill(db);
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
      report(`report, situation, ${what}`, () => reportHtml(makeReport(readReportFacts(db, new Date(at).toISOString()), { kind: 'situation', language: 'de' }, reportCodes('de'), true)), 5);
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

function fill(db: Database): void {
  const states = ['ready', 'ready', 'ready', 'reported', 'blocked', 'repaired', 'repaired', 'verified', 'verified', 'closed'];
  db.transaction(() => {
    db.prepare("INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'bench', '2024-07-19T06:00:00Z')").run();
    db.prepare("INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'x', 'x', 'x')").run();
    db.prepare('INSERT INTO data_keys (data_key_id, sealed) VALUES (1, ?)').run(randomBytes(80));
    db.prepare('INSERT INTO sealed_pages (page_id, data_key_id, page_uid, sealed) VALUES (1, 1, ?, ?)').run(randomBytes(16), randomBytes(4096));
    db.prepare("INSERT INTO media (media_id, state, built_at, built_by, expires_at, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records, holder, state_at) VALUES ('M-0001', 'built', '2024-07-19T06:00:00Z', 'b', NULL, 'all', 'en', 'r', 1, 'x64', 'p', 'm', 'i', 1, 1, 1, NULL, NULL)").run();
    const host = db.prepare("INSERT INTO hosts (host_id, hostname, created_at, state, state_at, site, model) VALUES (?, ?, ?, 'known', ?, ?, ?)");
    const search = db.prepare('INSERT INTO hosts_search (rowid, hostname) VALUES (?, ?)');
    const record = db.prepare('INSERT INTO key_records (key_protector_id, host_id, imported_at, import_file_id, source_row, page_id, place, fingerprint) VALUES (?, ?, ?, 1, ?, 1, 0, ?)');
    const rotation = db.prepare("INSERT INTO rotations (key_record_id, state, risk, due_at) VALUES (?, 'due', 0, '2024-07-19T06:00:00Z')");
    const member = db.prepare("INSERT INTO media_members (media_id, key_record_id) VALUES ('M-0001', ?)");
    const event = db.prepare('INSERT INTO host_events (host_id, at, kind, blocked_reason, operator) VALUES (?, ?, ?, ?, ?)');
    const move = db.prepare('UPDATE hosts SET state = ?, blocked_reason = ?, closed_as = ?, state_at = ? WHERE host_id = ?');
    const attempt = db.prepare('INSERT INTO attempts (attempt_id, host_id, outcome, proof, imported_at, imported_by, removed, record) VALUES (?, ?, ?, ?, ?, ?, 1, ?)');
    for (let n = 1; n <= HOSTS; n += 1) {
      const name = `DESKTOP-${randomBytes(4).toString('hex').toUpperCase().slice(0, 7)}${n % 7}`;
      const state = states[n % 10] ?? 'known';
      const at = new Date(Date.parse('2024-07-19T06:00:00Z') + n * 1500).toISOString();
      if (host.run(n, `${name}${n}`, at, at, SITES[(n * n) % SITES.length], 'OptiPlex 7090').changes !== 1) continue;
      search.run(n, `${name}${n}`);
      for (let k = 0; k < 3 && state !== 'reported'; k += 1) {
        const id = record.run(randomBytes(16), n, at, n, randomBytes(16)).lastInsertRowid;
        if (k !== 0) continue;
        member.run(id);
        rotation.run(id);
      }
      // Down, blocked and free again, then where it stands: each on record, at hours of its own.
      const hour = (e: number): string => new Date(NOW_MS - 172_800_000 + ((n * 7 + e * 31_337) % 43_000) * 1000 + e * 21_600_000).toISOString();
      for (let e = 0; e < EVENTS / HOSTS; e += 1) {
        const kind = e === 0 ? 'reported' : e % 2 === 1 ? 'blocked' : 'unblocked';
        event.run(n, hour(e), kind, kind === 'blocked' ? 'hardware' : null, `technician-${String((n * 13 + e) % 60)}`);
        move.run(kind === 'reported' ? 'reported' : kind === 'blocked' ? 'blocked' : 'ready', kind === 'blocked' ? 'hardware' : null, null, hour(e), n);
      }
      move.run(state, state === 'blocked' ? (BLOCKED_REASONS[n % 14] ?? null) : null, state === 'closed' ? 'retired' : null, at, n);
      if (n % 5 < 2) attempt.run(randomBytes(16).toString('hex'), n, 'repaired', n % 1000 === 0 ? 'claim' : 'signed', at, 'bench', 'x'.repeat(2500));
    }
  })();
}
