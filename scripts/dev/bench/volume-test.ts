// Tests a recovery password against a constructed volume, as a ratio of cryptsetup's processor time for the same (Debian package cryptsetup-bin). Words: TIMES.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRecoveryPassword, recoveryPasswordToBytes } from '../../../electron/core/keys/recovery-password.ts';
import { openDiskReader } from '../../../electron/desk/disk-reader.ts';
import { readFveVolume } from '../../../electron/formats/fve/metadata.ts';
import { testRecoveryPassword } from '../../../electron/formats/fve/unlock.ts';
import { constructLockedVolume } from '../rehearsal/constructed-volume.ts';
import { childSeconds } from './processor-time.ts';

const AT_MOST_TIMES = 3;

export async function run(words: readonly string[] = []): Promise<void> {
  const times = Number(words[0] ?? 20);
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-volume-'));
  try {
    const image = join(folder, 'volume.img');
    const { protectors } = await constructLockedVolume(image, 1);
    const typed = protectors[0]?.recoveryPassword ?? '';
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let n = 0; n < times; n += 1) {
      ours.push(await testOnce(image, typed));
      const reference = cryptsetupOnce(image, typed);
      if (reference !== null) theirs.push(reference);
    }
    // Means: the reference is counted in ticks of 10 ms, and the least of its runs would be the one whose tick was cut off.
    const [mine, other] = [mean(ours), mean(theirs)];
    process.stdout.write(`one recovery password   ours ${mine.toFixed(3)} s   ${theirs.length === 0 ? 'cryptsetup is not here: no ratio' : `cryptsetup ${other.toFixed(3)} s   ratio ${(mine / other).toFixed(2)}`} of processor time\n`);
    if (theirs.length > 0 && mine / other > AT_MOST_TIMES) {
      process.stdout.write(`MISSED ${AT_MOST_TIMES}\n`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

async function testOnce(image: string, typed: string): Promise<number> {
  const before = process.cpuUsage();
  const reader = await openDiskReader(image);
  const found = await readFveVolume(reader.readAt, 0);
  await reader.close();
  const parsed = parseRecoveryPassword(typed);
  if (found.status !== 'volume' || parsed.status !== 'ok') throw new Error('the constructed volume can not be read');
  const testing = testRecoveryPassword(found.volume, new Uint8Array(recoveryPasswordToBytes(parsed.recoveryPassword)));
  let step = testing.next();
  while (step.done !== true) step = testing.next();
  if (step.value.status !== 'opened') throw new Error('the recovery password of the constructed volume does not open it');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** @returns Seconds of processor time of the program and nothing else; null where it is not installed. */
function cryptsetupOnce(image: string, typed: string): number | null {
  const before = childSeconds();
  const { error, status } = spawnSync('cryptsetup', ['open', '--type', 'bitlk', '--test-passphrase', '--key-file', '-', image], { input: typed });
  if (error !== undefined) return null;
  if (status !== 0) throw new Error(`cryptsetup ended with ${status ?? 'a signal'}`);
  return childSeconds() - before;
}
