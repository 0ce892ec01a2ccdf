// Reports of 100,000 hosts with 500,000 events, 20,000 disclosures and a medium with a key of each: how long one takes, and how long the desk is kept from answering meanwhile.
//
//   npm run bench -- reports
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { reportHandlers } from '../../../electron/api/handlers/reports.ts';
import { reportCodeLists } from '../../../electron/api/report-codes.ts';
import { REPORT_FORMATS, REPORT_KINDS } from '../../../electron/core/codes.ts';
import type { Desk } from '../../../electron/core/desk.ts';
import { createDatabase, type Database } from '../../../electron/store/database.ts';
import { makeKeys } from '../../../electron/store/vault.ts';
import { fillFleet, NOW_MS } from './fleet.ts';

const ROUNDS = 3;

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-reports-'));
  const keys = makeKeys('bench');
  const db = createDatabase(join(folder, 'store.db'), keys.key1);
  try {
    fillFleet(db);
    fillDisclosures(db);
    db.pragma('wal_checkpoint(TRUNCATE)');
    const desk: Desk = { db, keys, operator: { operatorId: 1, name: 'bench', roles: [], mustChangePassphrase: false }, clock: () => NOW_MS, random: (count) => randomBytes(count), changed: () => {} };
    const { 'reports.make': make } = reportHandlers(() => desk, reportCodeLists);
    for (const [what, atMs] of [['now', NOW_MS], ['a day ago, every host told again', NOW_MS - 86_400_000]] as const) {
      const asOf = new Date(atMs).toISOString();
      for (const kind of REPORT_KINDS) for (const format of REPORT_FORMATS) {
        const took = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          db.exec('DELETE FROM report_facts; DELETE FROM report_lists'); // the first of its instant is measured
          took.push(await measured(() => make({ kind, format, language: 'de', asOf }, new AbortController().signal)));
        }
        const { clock, processor, bytes } = took.toSorted((one, other) => one.processor - other.processor)[Math.floor(ROUNDS / 2)] ?? { clock: 0, processor: 0, bytes: 0 };
        process.stdout.write(`${kind.padEnd(12)} ${format.padEnd(5)} ${what.padEnd(34)} ${clock.toFixed(0).padStart(6)} ms   of processors ${processor.toFixed(0).padStart(5)} ms   longest turn of the desk ${Math.max(...took.map(({ turn }) => turn)).toFixed(0).padStart(3)} ms   ${(bytes / 1e6).toFixed(2)} MB\n`);
      }
    }
  } finally {
    db.close();
    keys.close();
    rmSync(folder, { recursive: true });
  }
}

interface Took { readonly clock: number; readonly processor: number; readonly turn: number; readonly bytes: number }

/** Of the processors: of all threads of this process. */
async function measured(make: () => AsyncIterable<{ readonly kind: string; readonly content?: string }>): Promise<Took> {
  const turns = monitorEventLoopDelay({ resolution: 1 });
  turns.enable();
  const [start, busy] = [performance.now(), process.cpuUsage()];
  let bytes = 0;
  for await (const event of make()) bytes += event.content?.length ?? 0;
  const { user, system } = process.cpuUsage(busy);
  turns.disable();
  return { clock: performance.now() - start, processor: (user + system) / 1000, turn: turns.max / 1e6, bytes };
}

/** The medium of the fleet, disclosed as a whole, and some keys of it singly since. */
function fillDisclosures(db: Database): void {
  db.transaction(() => {
    const disclose = db.prepare("INSERT INTO disclosures (key_record_id, media_id, at, operator, way, reason, ticket) VALUES (?, ?, ?, ?, ?, 'mass-incident', ?)");
    disclose.run(null, 'M-0001', '2024-07-19T06:00:00.000Z', 'lead-01', 'medium', null);
    const singly = db.prepare<[], { id: number }>('SELECT key_record_id AS id FROM rotations ORDER BY 1 LIMIT 20000').all();
    for (const [number, { id }] of singly.entries()) disclose.run(id, null, new Date(NOW_MS - 150_000_000 + number * 7000).toISOString(), `hd-${String(number % 20)}`, number % 3 === 0 ? 'spoken' : 'shown', `INC-${String(number)}`);
  })();
}
