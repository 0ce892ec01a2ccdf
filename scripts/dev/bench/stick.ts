// Writes 500 MB onto a loop device with direct I/O and reads it back, against dd and cmp of the same bytes, median of five. Needs root.
import { execFileSync } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { MOST_RUN_BYTES, writeDisk, type DiskRun } from '../../../electron/core/media/disk-write.ts';
import { openDisk } from '../../../electron/desk/disks/linux-disks.ts';

const ROUNDS = 5;
const USED_BYTES = 512 * 1024 * 1024;
const DISK_BYTES = 2 * 1024 * 1024 * 1024;
const MOST_RATIO = 1.5;

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-stick-'));
  let device: string | null = null;
  try {
    const spool = join(folder, 'used');
    const runs = makeUsed(spool);
    const file = join(folder, 'disk');
    closeSync(openSync(file, 'w'));
    truncateSync(file, DISK_BYTES);
    device = execFileSync('losetup', ['--find', '--show', '--direct-io=on', file], { encoding: 'utf8' }).trim();
    ddAndCmp(spool, device); // its file gets its blocks before anybody is measured
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      theirs.push(ddAndCmp(spool, device));
      ours.push(await writeAndVerify(spool, runs, device));
      print(`round ${round}: dd + cmp ${seconds(theirs.at(-1) ?? 0)}  written and verified ${seconds(ours.at(-1) ?? 0)}`);
    }
    const ratio = median(ours.map((ms, i) => ms / (theirs[i] ?? ms)));
    print(`median: dd + cmp ${seconds(median(theirs))}  written and verified ${seconds(median(ours))}  ratio ${ratio.toFixed(2)}, at most ${MOST_RATIO}: ${ratio <= MOST_RATIO ? 'met' : 'MISSED'}  (load ${(loadavg()[0] ?? 0).toFixed(1)})`);
  } finally {
    if (device !== null) execFileSync('losetup', ['--detach', device]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes that can not be compressed, and where they go: one stretch from the very start, so that dd can write it at once. */
function makeUsed(path: string): DiskRun[] {
  const file = openSync(path, 'w');
  const runs: DiskRun[] = [];
  for (let at = 0; at < USED_BYTES; at += MOST_RUN_BYTES) {
    const bytes = randomFillSync(Buffer.alloc(MOST_RUN_BYTES));
    writeSync(file, bytes);
    runs.push({ offset: at, sizeBytes: bytes.length, at, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  closeSync(file);
  return runs;
}

function ddAndCmp(spool: string, device: string): number {
  const start = performance.now();
  execFileSync('dd', [`if=${spool}`, `of=${device}`, 'bs=4M', 'oflag=direct', 'conv=fsync', 'status=none']);
  // cmp alone would read out of the cache: what a stick keeps is known only past it.
  execFileSync('bash', ['-o', 'pipefail', '-c', 'dd if="$1" bs=4M count="$2" iflag=direct,count_bytes status=none | cmp --bytes="$2" - "$0"', spool, device, String(USED_BYTES)]);
  return performance.now() - start;
}

async function writeAndVerify(spool: string, runs: readonly DiskRun[], device: string): Promise<number> {
  const start = performance.now();
  const disk = await openDisk(device);
  const file = await open(spool, 'r');
  try {
    await writeDisk(runs, disk, { read: async (at, bytes) => { await file.read(bytes, 0, bytes.length, at); } }, {});
  } finally {
    await file.close();
    await disk.close();
  }
  return performance.now() - start;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const print = (line: string): void => { process.stdout.write(`${line}\n`); };
