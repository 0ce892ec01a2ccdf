import fc from 'fast-check';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { BLOCKED_REASONS } from '../../../electron/core/codes.ts';
import { tellSteps } from '../../../electron/core/hosts/course-steps.ts';
import { joinHosts, undoDecision } from '../../../electron/core/hosts/host-decisions.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { blockHost, closeHost, reopenHost, unblockHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { assignHosts, createWave } from '../../../electron/core/waves/waves.ts';
import type { Database } from '../../../electron/store/database.ts';
import { KEPT_FROM_STEPS } from '../../../electron/store/migrations/0018-kept-course.ts';
import { migrate } from '../../../electron/store/migrations.ts';
import { csv, importText } from '../keys/import-desk.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';
import { addMedium, attemptIdOf, makeRecord, RECORD_KEY, writeRecord } from '../remediation/test-records.ts';

const NAMES = ['KI-1', 'KI-2', 'KI-3', 'HL-4', 'HL-5', 'HH-6'];
const idOf = (desk: TestDesk, host: number): number => desk.db.prepare<[string], { id: number }>('SELECT host_id AS id FROM hosts WHERE hostname = ?').get(NAMES[host] ?? '')?.id ?? 0;

/** Rows that count something, by columns in their order: taking back leaves zeros. */
const rowsOf = (db: Database, sql: string, keys: number): string[] => db.prepare<[], unknown[]>(sql).raw().all().filter((row) => row.slice(keys).some((value) => value !== 0)).map((row) => JSON.stringify(row)).toSorted();
const KEYS = { host_counts: 5, course_hours: 3, work_hours: 3, hosts_open: 1 } as const;
function expectKept(db: Database): void {
  for (const [table, keys] of Object.entries(KEYS) as [keyof typeof KEYS, number][]) expect(rowsOf(db, `SELECT * FROM ${table}`, keys), table).toEqual(rowsOf(db, KEPT_FROM_STEPS[table], keys)); // the keys of our own object
}

const act = fc.record({
  host: fc.integer({ min: 0, max: NAMES.length - 1 }), other: fc.integer({ min: 0, max: NAMES.length - 1 }), minutes: fc.integer({ min: 1, max: 90 }), reason: fc.constantFrom(...BLOCKED_REASONS), outcome: fc.constantFrom('repaired', 'blocked', 'nothing-to-do', 'inspected'), signed: fc.boolean(),
  kind: fc.constantFrom('block', 'unblock', 'verify', 'close', 'reopen', 'attempt'),
});
const more = fc.record({ host: fc.integer({ min: 0, max: NAMES.length - 1 }), other: fc.integer({ min: 0, max: NAMES.length - 1 }), minutes: fc.integer({ min: 1, max: 90 }), kind: fc.constantFrom('wave', 'no-wave', 'site', 'report', 'undo', 'join', 'part', 'key', 'claim', 'late') });
type Act = { readonly host: number; readonly other: number; readonly minutes: number; readonly kind: string; readonly reason?: (typeof BLOCKED_REASONS)[number]; readonly outcome?: string; readonly signed?: boolean };

let drawn = 0;
async function happen(desk: TestDesk, { host, other, minutes, kind, reason = 'hardware', outcome = 'repaired', signed = true }: Act): Promise<void> {
  desk.advance(minutes * 60_000);
  const hostId = idOf(desk, host);
  const record = (more: Parameters<typeof makeRecord>[0] = {}) => makeRecord({ attemptId: attemptIdOf((drawn += 1)), startedAtMs: desk.clock() - 60_000, finishedAtMs: desk.clock(), computerName: NAMES[host] ?? '', ...more });
  try {
    switch (kind) {
      case 'block': blockHost(desk, hostId, reason); break;
      case 'unblock': unblockHost(desk, hostId); break;
      case 'verify': verifyHost(desk, hostId, 'seen running'); break;
      case 'close': closeHost(desk, hostId, 'retired', 'gone'); break;
      case 'reopen': reopenHost(desk, hostId, 'back'); break;
      case 'attempt': takeAttempt(desk, writeRecord(record({ outcome: outcome as 'repaired', blockedReason: outcome === 'blocked' ? reason : null, removedCount: outcome === 'repaired' ? 1 : 0 }), signed ? RECORD_KEY : null)); break;
      case 'claim': takeAttempt(desk, writeRecord(record(), new Uint8Array(32).fill(9))); break;
      case 'late': takeAttempt(desk, writeRecord(record({ startedAtMs: desk.clock() - 7_200_000, finishedAtMs: desk.clock() - 7_000_000 }))); break;
      case 'wave': assignHosts(desk, 1 + (other % 2), { kind: 'hosts', hostnames: [NAMES[host] ?? ''] }); break;
      case 'no-wave': assignHosts(desk, null, { kind: 'hosts', hostnames: [NAMES[host] ?? ''] }); break;
      case 'site': await importText(desk, `Hostname,Site,OS\r\n${NAMES[host] ?? ''},${other % 2 === 0 ? 'Flensburg' : 'Husum'},${other % 3 === 0 ? 'Windows Server 2022' : 'Windows 11'}\r\n`, `inventory-${desk.clock()}.csv`); break;
      case 'report': await importText(desk, `${NAMES[host] ?? ''}\nNEW-${other}\n`, `down-${desk.clock()}.txt`); break;
      case 'key': await importText(desk, csv([{ host: NAMES[host] ?? '', id: host + 1, password: host + 1 }]), `keys-${desk.clock()}.csv`); break;
      case 'undo': await undoImport(desk, desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports WHERE undone_at IS NULL').get()?.id ?? 0); break;
      case 'join': joinHosts(desk, { hostId, otherHostId: idOf(desk, other), reason: 'one machine' }); break;
      default: undoDecision(desk, { decisionId: desk.db.prepare<[], { id: number }>('SELECT max(decision_id) AS id FROM host_decisions WHERE undone_at IS NULL').get()?.id ?? 0, reason: 'two after all' });
    }
  } catch { /* an act the state does not allow: nothing happened */ }
}

async function openFleet(): Promise<TestDesk> {
  const desk = openTestDesk();
  addMedium(desk, 'M-0001', ['Karla']);
  for (const name of ['canary', 'rest']) createWave(desk, { name });
  await importText(desk, `Hostname,Site,OS\r\n${NAMES.map((name, at) => `${name},${name.slice(0, 2)},${at % 3 === 0 ? 'Windows Server 2019' : 'Windows 11'}`).join('\r\n')}\r\n`, 'inventory.csv');
  await importText(desk, `${NAMES.slice(0, 5).join('\n')}\n`, 'down.txt');
  return desk;
}

describe('the kept course of an incident', () => {
  it('is after any course of acts, attempts, imports, undone ones, waves and joined hosts what it is when told anew, and adds up to where hosts stand', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(act, more), { minLength: 1, maxLength: 25 }), async (acts) => {
      const desk = await openFleet();
      for (const one of acts) await happen(desk, one as Act);
      expectKept(desk.db);
      const stand = desk.db.prepare("SELECT coalesce(sum(state IN ('reported', 'ready', 'in-progress', 'blocked')), 0) AS open, coalesce(sum(state = 'blocked'), 0) AS blocked FROM hosts").get();
      expect(desk.db.prepare('SELECT sum(down - done) AS open, sum(blocked - unblocked) AS blocked FROM course_hours').get()).toEqual(stand);
      desk.db.close();
    }), { numRuns: 60 });
  }, 120_000);

  it('is step by step what the events tell, when a host’s acts and records come in the order in which they happened', async () => {
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
      const desk = await openFleet();
      for (const one of acts) await happen(desk, one);
      const kept = desk.db.prepare('SELECT host_id AS hostId, number, at, down, done, blocked, unblocked, repaired, verified FROM host_steps ORDER BY 1, 2').all();
      expect([...tellSteps(desk.db)].toSorted((one, other) => one.hostId - other.hostId || one.number - other.number)).toEqual(kept);
      desk.db.close();
    }), { numRuns: 60 });
  }, 120_000);

  it('is told to a desk from before, late records and all, so that it adds up to where hosts stand', async () => {
    const before = await openFleet();
    for (const kind of ['block', 'attempt', 'verify', 'reopen', 'attempt', 'block', 'unblock', 'late']) for (const host of [0, 2, 3]) await happen(before, { host, other: 1, minutes: 20, kind });
    const db = new Sqlite(':memory:');
    migrate(db, 0, 17);
    const tables = ['imports', 'import_files', 'hosts', 'host_events', 'media', 'media_slots', 'attempts', 'waves', 'wave_members'];
    db.pragma('foreign_keys = OFF');
    for (const table of tables) {
      const columns = db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`).all().map(({ name }) => name);
      const insert = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
      for (const row of before.db.prepare<[], Record<string, unknown>>(`SELECT ${columns.join(', ')} FROM ${table}`).all()) insert.run(...Object.values(row));
    }
    migrate(db, 17);
    expectKept(db);
    expect(db.prepare('SELECT sum(down - done) AS open, sum(blocked - unblocked) AS blocked FROM course_hours').get())
      .toEqual(before.db.prepare("SELECT sum(state IN ('reported', 'ready', 'in-progress', 'blocked')) AS open, sum(state = 'blocked') AS blocked FROM hosts").get());
    expect(db.prepare("SELECT who, sum(repaired) AS repaired FROM work_hours WHERE who = 'Karla' GROUP BY who").get()).toMatchObject({ who: 'Karla' });
  });
});
