// Key coverage of 100,000 hosts and 1,000,000 key records in an encrypted store on disk: how long, and how long at a stretch.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { readCoverage } from '../../../electron/core/keys/coverage.ts';
import type { Database } from '../../../electron/store/database.ts';
import { openBenchDesk } from './bench-desk.ts';

const HOSTS = 100_000;
const KEYS = 1_000_000;
const ROUNDS = 5;

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-coverage-'));
  const desk = openBenchDesk(folder);
  try {
    fill(desk.db);
    for (const [what, limit] of [['figures and the first 500', 500], ['figures and every row', 200_000]] as const) {
      const times: number[] = [];
      let longest = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        let turnAt = performance.now();
        let done = false;
        const start = turnAt;
        const watch = (): void => {
          longest = Math.max(longest, performance.now() - turnAt);
          turnAt = performance.now();
          if (!done) setImmediate(watch);
        };
        setImmediate(watch);
        const coverage = await readCoverage(desk, { newerThanDays: 365, limit });
        done = true;
        longest = Math.max(longest, performance.now() - turnAt);
        times.push(performance.now() - start);
        if (round === 0) process.stdout.write(`${coverage.hosts} hosts, ${coverage.withKey} with a key, ${coverage.withTestedKey} with a tested one, ${coverage.keyRecords} key records\n`);
      }
      times.sort((a, b) => a - b);
      process.stdout.write(`${what.padEnd(34)} median ${(times[ROUNDS >> 1] ?? 0).toFixed(0)} ms   most ${(times.at(-1) ?? 0).toFixed(0)} ms   at a stretch ${longest.toFixed(0)} ms\n`);
    }
  } finally {
    desk.db.close();
    rmSync(folder, { recursive: true });
  }
}

/** Every tenth host has no key, one key in fifty no host; records come in the order of an export that knows nothing of hosts. */
function fill(db: Database): void {
  const at = '2024-07-19T06:00:00.000Z';
  db.transaction(() => {
    db.prepare("INSERT INTO imports (import_id, operator, started_at) VALUES (1, 'bench', ?)").run(at);
    db.exec("INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (1, 1, 'x', 'x', 'x')");
    db.prepare('INSERT INTO data_keys (data_key_id, sealed) VALUES (1, ?)').run(randomBytes(80));
    db.prepare('INSERT INTO sealed_pages (page_id, data_key_id, page_uid, sealed) VALUES (1, 1, ?, ?)').run(randomBytes(16), randomBytes(4096));
    const host = db.prepare("INSERT INTO hosts (host_id, hostname, created_at, state_at, site, organizational_unit, operating_system, serial_number) VALUES (?, ?, ?, ?, 'Kiel', 'Clinic / Surgery', 'Windows 11', ?)");
    for (let n = 1; n <= HOSTS; n += 1) host.run(n, `DESKTOP-${randomBytes(3).toString('hex').toUpperCase()}${n}`, at, at, `S${n}`);
    const record = db.prepare('INSERT INTO key_records (key_protector_id, host_id, created_at, import_file_id, source_row, page_id, place, fingerprint, tested_at) VALUES (?, ?, ?, 1, ?, 1, 0, ?, ?)');
    for (let n = 1; n <= KEYS; n += 1) {
      const hostId = n % 50 === 0 ? null : ((n * 7919) % HOSTS) + 1;
      record.run(randomBytes(16), hostId === null || hostId % 10 === 0 ? null : hostId, n % 3 === 0 ? null : new Date(Date.UTC(2020, 0, 1) + (n % 2000) * 86_400_000).toISOString(), n, randomBytes(16), n % 1001 === 0 ? at : null);
    }
  })();
}
