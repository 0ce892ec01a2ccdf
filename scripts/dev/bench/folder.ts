// Imports a folder of 100,000 of Windows' own text files, one key record each, and compares with `cat` of the same. Words: FILES.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { importFiles } from '../../../electron/desk/import-files.ts';
import { constructKeys } from '../construct-keys.ts';
import { openBenchDesk } from './bench-desk.ts';

const AT_MOST_TIMES = 3;
const FILES_IN_A_FOLDER = 1000;

export async function run(words: readonly string[] = []): Promise<void> {
  const files = Number(words[0] ?? 100_000);
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-folder-'));
  const handOver = join(folder, 'hand-over');
  try {
    writeTextFiles(handOver, files);
    const theirs = [measureCat(handOver)];
    const desk = openBenchDesk(folder);
    let longestMs = 0;
    let turnMs = performance.now();
    const watch = { on: true };
    const watching = (async () => { while (watch.on) { await new Promise((resolve) => { setImmediate(resolve); }); longestMs = Math.max(longestMs, performance.now() - turnMs); turnMs = performance.now(); } })();
    const started = performance.now();
    let imported = 0;
    let reports = 0;
    for await (const event of importKeys(desk, [handOver], { files: importFiles, signal: new AbortController().signal })) if (event.kind === 'file') { imported += event.report.imported; reports += 1; }
    const seconds = (performance.now() - started) / 1000;
    watch.on = false;
    await watching;
    desk.db.close();
    theirs.push(measureCat(handOver));
    const times = seconds / ((theirs.reduce((sum, value) => sum + value, 0)) / theirs.length);
    say(`${reports} files, ${imported} key records imported: ${seconds.toFixed(2)} s   cat ${theirs.map((value) => value.toFixed(2)).join(' s, ')} s   ${times.toFixed(1)} times (at most ${AT_MOST_TIMES})`);
    say(`longest turn ${longestMs.toFixed(0)} ms   memory ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`);
    if (times > AT_MOST_TIMES) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As Windows saves them: UTF-16 with a byte order mark, the host in the file's name only. */
function writeTextFiles(folder: string, files: number): void {
  let number = 0;
  for (const { hostname, keyProtectorId, recoveryPassword } of constructKeys({ records: files, hosts: files, seed: 'folder' })) {
    const place = join(folder, String(Math.floor(number / FILES_IN_A_FOLDER)).padStart(4, '0'));
    if (number % FILES_IN_A_FOLDER === 0) mkdirSync(place, { recursive: true });
    number += 1;
    const text = `BitLocker Drive Encryption recovery key \r\n\r\nTo verify that this is the correct recovery key, compare the start of the following identifier with the identifier value displayed on your PC.\r\n\r\nIdentifier:\r\n\r\n\t${keyProtectorId}\r\n\r\nIf the above identifier matches the one displayed by your PC, then use the following key to unlock your drive.\r\n\r\nRecovery Key:\r\n\r\n\t${recoveryPassword}\r\n`;
    writeFileSync(join(place, `${hostname}.txt`), Buffer.from(`\ufeff${text}`, 'utf16le'));
  }
}

/** Seconds. */
function measureCat(folder: string): number {
  const started = performance.now();
  const { status } = spawnSync('sh', ['-c', 'find "$1" -type f -print0 | xargs -0 cat > /dev/null', 'sh', folder]);
  if (status !== 0) throw new Error(`cat ended with ${String(status)}`);
  return (performance.now() - started) / 1000;
}

const say = (line: string): void => { process.stdout.write(`${line}\n`); };
