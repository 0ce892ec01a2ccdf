// Imports 1,000,000 constructed key records into an encrypted store and compares with `sqlite3 .import` of the same CSV into one flat table. Words: RECORDS HOSTS shuffled.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { lookUp } from '../../../electron/core/keys/look-up.ts';
import { listFiles } from '../../../electron/desk/files.ts';
import { importFiles } from '../../../electron/desk/import-files.ts';
import { readIntake } from '../../../electron/formats/intake/intake.ts';
import { constructKeys, defaultName, writeConstructedCsv } from '../construct-keys.ts';
import { openBenchDesk, percentile } from './bench-desk.ts';

const AT_MOST_TIMES = 6;
const AT_MOST_MB = 600;
/** Ten agents who type five characters a second. */
const LOOK_UP_EVERY_MS = 20;

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

    const desk = openBenchDesk(folder);
    const waits: number[] = [];
    const byStart: number[] = [];
    const byPart: number[] = [];
    let mostRss = 0;
    const starts = Array.from(constructKeys({ records: 20_000, hosts, seed: 'bench' }), ({ keyProtectorId }) => keyProtectorId.slice(0, 8));
    const start = (n: number): string => starts[(n * 7919) % starts.length] ?? '';
    const importing = { on: true };
    const watching = (async () => { // somebody at the phone, all the time
      for (let n = 0, last = performance.now(), lookedUpMs = 0; importing.on; n += 1) {
        await turn();
        const now = performance.now();
        waits.push(now - last);
        last = now;
        if (now - lookedUpMs < LOOK_UP_EVERY_MS) continue;
        lookedUpMs = now;
        lookUp(desk.db, { query: n % 2 === 0 ? start(n) : defaultName(n % hosts, 'bench').slice(8, 12), limit: 50 });
        last = performance.now();
        (n % 2 === 0 ? byStart : byPart).push(last - now);
        mostRss = Math.max(mostRss, process.memoryUsage.rss());
      }
    })();
    const cpuBefore = process.cpuUsage();
    const mainBefore = process.threadCpuUsage();
    const started = performance.now();
    for await (const event of importKeys(desk, [csv], { files: importFiles, signal: new AbortController().signal })) {
      if (event.kind === 'file') say(`report: ${event.report.imported} imported, ${event.report.hosts} hosts, ${event.report.rejectedCount} rejected`);
    }
    const seconds = (performance.now() - started) / 1000;
    const cpu = process.cpuUsage(cpuBefore);
    const main = process.threadCpuUsage(mainBefore);
    importing.on = false;
    await watching;
    desk.db.pragma('wal_checkpoint(TRUNCATE)');
    flat.push(measureFlat(folder, csv));

    const reference = flat.filter((value) => value !== null);
    const times = reference.length === 0 ? null : seconds / (reference.reduce((sum, value) => sum + value, 0) / reference.length);
    say(`import ${seconds.toFixed(2)} s   sqlite3 .import ${reference.map((value) => value.toFixed(2)).join(' s, ') || 'not installed'} s   ${times === null ? '' : `${times.toFixed(2)} times (at most ${AT_MOST_TIMES})`}`);
    say(`processor time, lookups included: ${((cpu.user + cpu.system) / 1e6).toFixed(2)} s, of it ${((main.user + main.system) / 1e6).toFixed(2)} s in the thread of the store`);
    say(`memory ${megabytes(mostRss)} MB (at most ${AT_MOST_MB})   store ${megabytes(statSync(join(folder, 'store.db')).size)} MB`);
    say(`waiting for a turn while it ran: median ${percentile(waits, 0.5)} ms, 99 % ${percentile(waits, 0.99)} ms, most ${percentile(waits, 1)} ms`);
    for (const [what, times] of [['by eight characters', byStart], ['by a part of a host name', byPart]] as const) {
      say(`lookups ${what} while it ran: ${times.length}, median ${percentile(times, 0.5)} ms, 90 % ${percentile(times, 0.9)} ms, 99 % ${percentile(times, 0.99)} ms`);
    }

    const quiet = await lookUpAtPace((n) => lookUp(desk.db, { query: start(n), limit: 50 }));
    say(`the same by eight characters at the same pace without an import: ${quiet.length}, median ${percentile(quiet, 0.5)} ms, 90 % ${percentile(quiet, 0.9)} ms, 99 % ${percentile(quiet, 0.99)} ms`);

    const again = performance.now();
    for await (const event of importKeys(desk, [csv], { files: importFiles, signal: new AbortController().signal })) {
      if (event.kind === 'file') say(`the same file again: ${event.report.unchanged} unchanged, ${event.report.imported} imported, ${((performance.now() - again) / 1000).toFixed(2)} s`);
    }
    desk.db.close();
    if ((times !== null && times > AT_MOST_TIMES) || mostRss > AT_MOST_MB * 1e6) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A look-up now and then finds processor and program cold, which costs more than what an import adds: this tells the two apart. */
async function lookUpAtPace(lookUpOne: (n: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    for (const since = performance.now(); performance.now() - since < LOOK_UP_EVERY_MS;) await turn();
    const started = performance.now();
    lookUpOne(n);
    times.push(performance.now() - started);
  }
  return times;
}

/** Seconds of the command line tool, or null where it is not installed. */
function measureFlat(folder: string, csv: string): number | null {
  if (spawnSync('sqlite3', ['--version']).status !== 0) return null;
  const flat = join(folder, 'flat.db');
  rmSync(flat, { force: true });
  const started = performance.now();
  execFileSync('sqlite3', [flat, '.mode csv', 'CREATE TABLE keys (hostname, key_id, recovery_key, directory)', `.import --skip 1 ${csv} keys`]);
  return (performance.now() - started) / 1000;
}

async function measureParser(csv: string): Promise<void> {
  const [file] = await listFiles([csv]);
  if (file === undefined || 'error' in file) return;
  const started = performance.now();
  let rows = 0;
  for await (const part of readIntake(file.chunks())) if (part.kind === 'batch') rows += part.rows.length;
  say(`reading alone: ${rows} rows, ${((performance.now() - started) / 1000).toFixed(2)} s`);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
const say = (line: string): void => { process.stdout.write(`${line}\n`); };
