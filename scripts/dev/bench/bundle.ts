// Sealed key bundle: building one of 100 and of 1,000,000 keys, the longest batch, and what opening one entry reads.
//
//   npm run bench -- bundle [COUNT…]
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { keyProtectorIdFromBytes } from '../../../electron/core/keys/key-protector-id.ts';
import type { KeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { recoveryPasswordFromBytes } from '../../../electron/core/keys/recovery-password.ts';
import { makePasscode } from '../../../electron/core/media/passcode.ts';
import { buildSealedKeyBundle } from '../../../electron/core/media/sealed-key-bundle.ts';
import type { BundleEntry } from '../../../electron/core/media/sealed-key-bundle.ts';
import { openSealedKeyBundle } from '../../../electron/core/media/sealed-key-bundle-reader.ts';

/** Opened of each bundle, spread over it. */
const SAMPLES = 1_000;

export async function run(words: readonly string[]): Promise<void> {
  const counts = words.length > 0 ? words.map(Number) : [100, 1_000_000];
  process.stdout.write('      keys   build s    cpu s  batch at most ms   files      MB  most read for one entry\n');
  for (const count of counts) process.stdout.write(`${await measure(count)}\n`);
}

async function measure(count: number): Promise<string> {
  const material = randomBytes(32 * count);
  const idAt = (i: number): KeyProtectorId => keyProtectorIdFromBytes(material.subarray(32 * i, 32 * i + 16)) ?? fail('no ID');
  function* entries(): Generator<BundleEntry> {
    for (let i = 0; i < count; i++) yield { keyProtectorId: idAt(i), recoveryPasswordBytes: material.subarray(32 * i + 16, 32 * i + 32) };
  }
  const passcode = makePasscode(randomBytes);
  let longestMs = 0;
  let batch = process.threadCpuUsage();
  const breathe = async (): Promise<void> => {
    // CPU of this thread, not time on the clock: others on the machine do not count.
    const { user, system } = process.threadCpuUsage(batch);
    longestMs = Math.max(longestMs, (user + system) / 1000);
    await setImmediate();
    batch = process.threadCpuUsage();
  };
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const bundle = await buildSealedKeyBundle({ mediaId: 'BL-BENCH', scope: 'all', expiresAt: null, passcodes: [passcode], entries: entries() }, { randomBytes, breathe });
  const files = new Map([...bundle.files].map((file) => [file.path, file.bytes]));
  const seconds = (performance.now() - startedAt) / 1000;
  const used = process.cpuUsage(cpu);

  let read = 0;
  const opened = await openSealedKeyBundle(async (path) => {
    const bytes = files.get(path) ?? null;
    read += bytes?.length ?? 0;
    return bytes;
  }, passcode);
  if (opened.status !== 'opened') return fail(opened.status);
  const header = read;
  let most = 0;
  for (let i = 0; i < count; i += Math.max(1, Math.floor(count / SAMPLES))) {
    read = header;
    const found = await opened.find(idAt(i));
    if (found.status !== 'found' || found.recoveryPassword !== recoveryPasswordFromBytes(material.subarray(32 * i + 16, 32 * i + 32))) fail('an entry did not open');
    most = Math.max(most, read);
  }
  const megabytes = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0) / 1e6;
  return [
    String(count).padStart(10), seconds.toFixed(2).padStart(9), ((used.user + used.system) / 1e6).toFixed(2).padStart(8), longestMs.toFixed(1).padStart(17),
    String(files.size).padStart(7), megabytes.toFixed(2).padStart(7), `${most} bytes (65536 allowed)`.padStart(24),
  ].join(' ');
}

function fail(what: string): never {
  throw new Error(`The benchmark of the sealed key bundle failed: ${what}.`);
}
