// Looks keys and hosts up among 1,000,000 key records, by the first eight characters of a key ID and by parts of host names. Words: RECORDS HOSTS.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { lookUp, type LookUpAnswer } from '../../../electron/core/keys/look-up.ts';
import { importFiles } from '../../../electron/desk/import-files.ts';
import { constructKeys, defaultName, writeConstructedCsv } from '../construct-keys.ts';
import { openBenchDesk, percentile } from './bench-desk.ts';
import { timed } from './processor-time.ts';

const SEED = 'bench';
const ID_MS = 1;
const PART_MS = 20;
/** From a key press to what is seen (issue on the crew). */
const NEAREST_MS = 50;

export async function run(words: readonly string[] = []): Promise<void> {
  const records = Number(words[0] ?? 1_000_000);
  const hosts = Number(words[1] ?? Math.ceil(records / 10));
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-find-'));
  const csv = join(folder, 'keys.csv');
  try {
    const keys = { records, hosts, seed: SEED } as const;
    writeConstructedCsv(csv, keys);
    const desk = openBenchDesk(folder);
    for await (const event of importKeys(desk, [csv], { files: importFiles, signal: new AbortController().signal })) {
      if (event.kind === 'file') process.stdout.write(`${event.report.imported} key records of ${event.report.hosts} hosts\n`);
    }
    const step = Math.max(1, Math.floor(records / 5000));
    const ids: string[] = [];
    let n = 0;
    for (const { keyProtectorId } of constructKeys(keys)) if ((n += 1) % step === 0) ids.push(keyProtectorId);
    const names = Array.from({ length: 2000 }, (_, index) => defaultName(Math.floor((index * hosts) / 2000), SEED));
    const measure = (what: string, queries: readonly string[], atMostMs: number | null, nearest = false): void => {
      const times: number[] = [];
      const busy: number[] = [];
      let hits = 0;
      for (const query of queries) {
        let answer: LookUpAnswer | undefined;
        const { clockMs, busyMs } = timed(() => { answer = lookUp(desk.db, { query, limit: 50, nearest }); });
        times.push(clockMs);
        busy.push(busyMs);
        hits += (answer?.keyRecords.length ?? 0) + (answer?.hosts.length ?? 0);
      }
      const isMissed = atMostMs !== null && Number(percentile(busy, 0.99)) > atMostMs;
      if (isMissed) process.exitCode = 1;
      process.stdout.write(`${what.padEnd(52)} median ${percentile(times, 0.5)}  99 % ${percentile(times, 0.99)}  most ${percentile(times, 1)} ms   processor 99 % ${percentile(busy, 0.99)} ms   ${(hits / queries.length).toFixed(1)} hits${isMissed ? `   MISSED ${atMostMs} ms` : ''}\n`);
    };
    const starts = ids.map((id) => id.slice(0, 8));
    measure('key ID, first 8 characters, cold', starts, null);
    measure('key ID, first 8 characters', starts, ID_MS);
    measure('key ID, whole', ids, ID_MS);
    measure('key ID, first 8 characters, not there', ids.map((id) => id.slice(0, 8).split('').reverse().join('')), ID_MS);
    measure('key ID, first 4 characters', ids.slice(0, 2000).map((id) => id.slice(0, 4)), PART_MS);
    for (const length of [1, 2, 3]) measure(`key ID, first ${length}`, ids.slice(0, 500).map((id) => id.slice(0, length)), PART_MS);
    measure('host, whole name', names, PART_MS);
    measure('host, last six characters', names.map((name) => name.slice(-6)), PART_MS);
    measure('host, three characters', names.map((name) => name.slice(-3)), PART_MS);
    measure('host, the part all names have: DESKTOP', Array.from({ length: 300 }, () => 'DESKTOP'), PART_MS);
    measure('host, another part all names have: KTOP-', Array.from({ length: 300 }, () => 'KTOP-'), PART_MS);
    for (const start of ['D', 'DE', 'DES']) measure(`host, the start all names have: ${start}`, Array.from({ length: 100 }, () => start), PART_MS);
    measure('host, a part no name has', names.map((name) => `${name.slice(-3)}${name.slice(-3)}`), PART_MS);
    measure('nearest: an ID with one character misread', ids.slice(0, 1000).map((id) => `${id.slice(0, 4)}${id.charAt(4) === '8' ? 'B' : '8'}${id.slice(5, 8)}`), NEAREST_MS, true);
    measure('nearest: a name with two letters swapped', names.slice(0, 300).map((name) => `${name.slice(0, -3)}${name.charAt(name.length - 2)}${name.charAt(name.length - 3)}${name.slice(-1)}`), NEAREST_MS, true);
    desk.db.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
