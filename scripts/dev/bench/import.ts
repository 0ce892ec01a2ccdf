// Imports 1,000,000 constructed key records into an encrypted store and compares with `sqlite3 .import` of the same CSV into one flat table; then once more, while ten agents look keys up.
// Words: RECORDS HOSTS shuffled.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk } from '../../../electron/core/desk.ts';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { lookUp } from '../../../electron/core/keys/look-up.ts';
import { warmUpLookUps } from '../../../electron/core/keys/warm-up.ts';
import { listFiles } from '../../../electron/desk/files.ts';
import { importFiles } from '../../../electron/desk/import-files.ts';
import { readIntake } from '../../../electron/formats/intake/intake.ts';
import { constructKeys, defaultName, writeConstructedCsv } from '../construct-keys.ts';
import { openBenchDesk, percentile } from './bench-desk.ts';
import { childSeconds, timed, type Took } from './processor-time.ts';

const AT_MOST_TIMES = 3;
/** 99 % of look-ups. */
const ID_MS = 1;
const PART_MS = 20;
const AT_MOST_MB = 600;
/** Ten agents who type five characters a second. */
const LOOK_UP_EVERY_MS = 20;
/** So long whoever asks sleeps before looking whether a look-up is due: a loop without a pause would take the processor from who reads the file and who writes the log. */
const PAUSE_MS = 1;
/** Of each kind: of a hundred, the slowest one would be the 99 %. */
const QUIET_LOOK_UPS = 400;

export async function run(words: readonly string[] = []): Promise<void> {
  const records = Number(words[0] ?? 1_000_000);
  const hosts = Number(words[1] ?? Math.ceil(records / 10)); // a fleet of 100,000 whose every key was ever kept (DESIGN §8)
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-import-'));
  const csv = join(folder, 'keys.csv');
  try {
    writeConstructedCsv(csv, { records, hosts, seed: 'bench', order: words.includes('shuffled') ? 'shuffled' : 'by-host' });
    say(`CSV: ${records} key records of ${hosts} hosts, ${megabytes(statSync(csv).size)} MB`);
    const flat = [measureFlat(folder, csv)];
    if (words.includes('parse')) await measureParser(csv);

    const alone = await importAlone(folder, csv);
    flat.push(measureFlat(folder, csv));
    sayTimes('import alone', alone, flat);

    const desk = openBenchDesk(folder);
    await warmUpLookUps(desk.db); // as when a vault is opened
    const waits: number[] = [];
    let mostRss = 0;
    const starts = Array.from(constructKeys({ records: 20_000, hosts, seed: 'bench' }), ({ keyProtectorId }) => keyProtectorId.slice(0, 8));
    const kinds: readonly LookUpKind[] = [
      { what: 'eight characters of a key ID', atMostMs: ID_MS, query: (n) => starts[(n * 7919) % starts.length] ?? '', whileImporting: [], quiet: [], answers: [] },
      { what: 'a part of a host name', atMostMs: PART_MS, query: (n) => defaultName(n % hosts, 'bench').slice(8, 12), whileImporting: [], quiet: [], answers: [] },
      { what: 'the part all names have', atMostMs: PART_MS, query: () => 'DESKTOP', whileImporting: [], quiet: [], answers: [] },
    ];
    const lookUpOnce = (n: number, { query }: LookUpKind): Took => timed(() => lookUp(desk.db, { query: query(n), limit: 50 }));
    const importing = { on: true };
    const watching = (async () => { // somebody at the phone, all the time
      for (let n = 0, last = performance.now(), dueMs = last; importing.on;) {
        await sleep(PAUSE_MS);
        const woken = performance.now();
        waits.push(Math.max(0, woken - last - PAUSE_MS));
        for (; dueMs <= woken; dueMs += LOOK_UP_EVERY_MS, n += 1) {
          const kind = kinds[n % kinds.length];
          if (kind === undefined) continue;
          kind.whileImporting.push(lookUpOnce(n, kind));
          kind.answers.push(performance.now() - dueMs); // asked when it was due, whatever the desk was busy with
          mostRss = Math.max(mostRss, process.memoryUsage.rss());
        }
        last = performance.now();
      }
    })();
    const watched = await importOnce(desk, csv);
    importing.on = false;
    await watching;
    desk.db.pragma('wal_checkpoint(TRUNCATE)');
    flat.push(measureFlat(folder, csv));
    sayTimes('import while keys are looked up', watched, flat);
    say(`memory ${megabytes(mostRss)} MB (at most ${AT_MOST_MB})   store ${megabytes(statSync(join(folder, 'store.db')).size)} MB`);
    say(`waiting for a turn while it ran: median ${percentile(waits, 0.5)} ms, 99 % ${percentile(waits, 0.99)} ms, most ${percentile(waits, 1)} ms`);
    for (const kind of kinds) {
      for (let n = 0; n < QUIET_LOOK_UPS; n += 1) {
        await sleep(LOOK_UP_EVERY_MS); // at the same pace: now and then, a look-up finds processor and program cold
        kind.quiet.push(lookUpOnce(n, kind));
      }
      const [busy, quiet] = [kind.whileImporting, kind.quiet].map((took) => took.map(({ busyMs }) => busyMs)) as [number[], number[]]; // of two, two
      // Where a thread's time is counted in ticks of 4 ms, the same look-ups without an import show as much.
      const isMissed = Number(percentile(busy, 0.99)) > Math.max(kind.atMostMs, 1.2 * Number(percentile(quiet, 0.99)));
      if (isMissed) process.exitCode = 1;
      say(`${kind.what}: ${busy.length} look-ups, processor time ${spread(busy)} (99 % at most ${kind.atMostMs} ms)${isMissed ? ' MISSED' : ''}; without an import ${spread(quiet)}`);
      say(`  by the clock ${spread(kind.whileImporting.map(({ clockMs }) => clockMs))}; without an import ${spread(kind.quiet.map(({ clockMs }) => clockMs))}; from asking to the answer, waiting for a turn included, ${spread(kind.answers)}`);
    }

    say(`the same file again: ${(await importOnce(desk, csv)).clock.toFixed(2)} s`);
    desk.db.close();
    const times = timesOf(alone, flat);
    if ((times !== null && times > AT_MOST_TIMES) || mostRss > AT_MOST_MB * 1e6) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What somebody at the phone types, and how long each answer took. */
interface LookUpKind {
  readonly what: string; readonly atMostMs: number; readonly query: (n: number) => string;
  readonly whileImporting: Took[]; readonly quiet: Took[];
  /** Milliseconds from asking to the answer, while importing. */
  readonly answers: number[];
}

/** Seconds; `processor` of all threads, `store` of the one that holds the store. */
interface ImportTook { readonly clock: number; readonly processor: number; readonly store: number }
/** Of `sqlite3 .import`; null where it is not installed. */
type FlatTook = { readonly clock: number; readonly processor: number } | null;

async function importOnce(desk: Desk, csv: string): Promise<ImportTook> {
  const [cpuBefore, storeBefore, started] = [process.cpuUsage(), process.threadCpuUsage(), performance.now()];
  for await (const event of importKeys(desk, [csv], { files: importFiles, signal: new AbortController().signal })) {
    if (event.kind === 'file') say(`report: ${event.report.imported} imported, ${event.report.unchanged} unchanged, ${event.report.hosts} hosts, ${event.report.rejectedCount} rejected`);
  }
  const [clock, cpu, store] = [(performance.now() - started) / 1000, process.cpuUsage(cpuBefore), process.threadCpuUsage(storeBefore)];
  return { clock, processor: (cpu.user + cpu.system) / 1e6, store: (store.user + store.system) / 1e6 };
}

/** Into a desk of its own. */
async function importAlone(folder: string, csv: string): Promise<ImportTook> {
  const own = mkdtempSync(join(folder, 'alone-'));
  const desk = openBenchDesk(own);
  try {
    return await importOnce(desk, csv);
  } finally {
    desk.db.close();
    rmSync(own, { recursive: true });
  }
}

const timesOf = ({ clock }: ImportTook, flat: readonly FlatTook[]): number | null => {
  const reference = flat.filter((value) => value !== null);
  return reference.length === 0 ? null : clock / mean(reference.map((value) => value.clock));
};

function sayTimes(what: string, took: ImportTook, flat: readonly FlatTook[]): void {
  const reference = flat.filter((value) => value !== null);
  const times = timesOf(took, flat);
  const processor = mean(reference.map((value) => value.processor));
  say(`${what}: ${took.clock.toFixed(2)} s   sqlite3 .import ${reference.map(({ clock }) => clock.toFixed(2)).join(' s, ') || 'not installed'} s   ${times === null ? '' : `${times.toFixed(2)} times (at most ${AT_MOST_TIMES})`}`);
  say(`  processor time ${took.processor.toFixed(2)} s, of it ${took.store.toFixed(2)} s in the thread of the store   sqlite3 ${processor.toFixed(2)} s   ${(took.processor / processor).toFixed(1)} and ${(took.store / processor).toFixed(1)} times`);
}

const spread = (times: readonly number[]): string => `median ${percentile(times, 0.5)} ms, 99 % ${percentile(times, 0.99)} ms`;

/** Seconds of the command line tool, by the clock and of the processor, or null where it is not installed. */
function measureFlat(folder: string, csv: string): FlatTook {
  if (spawnSync('sqlite3', ['--version']).status !== 0) return null;
  const flat = join(folder, 'flat.db');
  rmSync(flat, { force: true });
  const started = performance.now();
  const before = childSeconds();
  execFileSync('sqlite3', [flat, '.mode csv', 'CREATE TABLE keys (hostname, key_id, recovery_key, directory)', `.import --skip 1 ${csv} keys`]);
  return { clock: (performance.now() - started) / 1000, processor: childSeconds() - before };
}

async function measureParser(csv: string): Promise<void> {
  const [file] = await listFiles([csv]);
  if (file === undefined || 'error' in file) return;
  const started = performance.now();
  let rows = 0;
  for await (const part of readIntake(file.chunks())) if (part.kind === 'batch') rows += part.rows.length;
  say(`reading alone: ${rows} rows, ${((performance.now() - started) / 1000).toFixed(2)} s`);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
const say = (line: string): void => { process.stdout.write(`${line}\n`); };
