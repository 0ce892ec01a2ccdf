// Imports a list of 100,000 hosts that are down, the same list again and a newer one, with their serial numbers, sites and last sights, into an encrypted store; then takes all of them back. Words: HOSTS.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Desk } from '../../../electron/core/desk.ts';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { importFiles } from '../../../electron/desk/import-files.ts';
import { defaultName } from '../construct-keys.ts';
import { openBenchDesk, percentile } from './bench-desk.ts';

const SITES = 40;

export async function run(words: readonly string[] = []): Promise<void> {
  const hosts = Number(words[0] ?? 100_000);
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-host-list-'));
  try {
    const names = join(folder, 'down.txt');
    writeFileSync(names, Array.from({ length: hosts }, (_, n) => `${defaultName(n, 'names')}\r\n`).join(''));
    const list = join(folder, 'hosts.csv');
    writeList(list, hosts, '19');
    const newer = join(folder, 'hosts-newer.csv');
    writeList(newer, hosts, '20');
    const desk = openBenchDesk(folder);
    await measure('names alone', hosts, () => takeIn(desk, names));
    await measure('a list with serial numbers, sites and last sights', hosts, () => takeIn(desk, list));
    await measure('the same list again', hosts, () => takeIn(desk, list));
    await measure('a newer list of the same hosts', hosts, () => takeIn(desk, newer));
    for (const importId of [4, 3, 2, 1]) await measure(`undo of import ${importId}`, hosts, async () => {
      const { hostsRemoved, hostsPutBack, hostsStayed } = await undoImport(desk, importId);
      return `${hostsRemoved} removed, ${hostsPutBack} put back, ${hostsStayed} stayed`;
    });
    desk.db.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeList(path: string, hosts: number, day: string): void {
  const rows = Array.from({ length: hosts }, (_, n) => `${defaultName(n, 'list')},Site ${n % SITES},Windows 11 Enterprise,PF${String(n).padStart(6, '0')},2024-07-${day}T04:${String(n % 60).padStart(2, '0')}:00Z\r\n`);
  writeFileSync(path, `Hostname,Site,OS,Serial Number,Last Seen\r\n${rows.join('')}`);
}

async function takeIn(desk: Desk, path: string): Promise<string> {
  let said = '';
  for await (const event of importKeys(desk, [path], { files: importFiles, signal: new AbortController().signal })) {
    if (event.kind === 'file') said = `${event.report.imported} imported, ${event.report.unchanged} unchanged, ${event.report.hosts} hosts new, ${event.report.rejectedCount} rejected (${event.report.kind})`;
  }
  return said;
}

async function measure(what: string, hosts: number, work: () => Promise<string>): Promise<void> {
  const waits: number[] = [];
  const working = { on: true };
  let mostRss = 0;
  const watching = (async () => {
    for (let last = performance.now(); working.on; last = performance.now()) {
      await turn();
      waits.push(performance.now() - last);
      mostRss = Math.max(mostRss, process.memoryUsage.rss());
    }
  })();
  const before = process.cpuUsage();
  const started = performance.now();
  const said = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  working.on = false;
  await watching;
  process.stdout.write(`${what}: ${said}: ${seconds.toFixed(2)} s, ${((1e6 * seconds) / hosts).toFixed(0)} µs a host (processor ${((user + system) / 1e6).toFixed(2)} s)   longest turn ${percentile(waits, 1)} ms   memory ${(mostRss / 1e6).toFixed(0)} MB\n`);
}
