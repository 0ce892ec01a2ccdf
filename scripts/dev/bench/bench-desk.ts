// A desk for benchmarks: encrypted store on disk, nobody signed in for real.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Desk } from '../../../electron/core/desk.ts';
import { createDatabase } from '../../../electron/store/database.ts';
import { makeKeys } from '../../../electron/store/vault.ts';

export function openBenchDesk(folder: string): Desk {
  const keys = makeKeys('bench');
  return {
    db: createDatabase(join(folder, 'store.db'), keys.key1), keys, clock: Date.now, random: (count) => new Uint8Array(randomBytes(count)), changed: () => undefined,
    operator: { operatorId: 1, name: 'bench', roles: ['supervisor'], mustChangePassphrase: false },
  };
}

/** @param share 0.99 for the 99th percentile. @returns Milliseconds with three digits. */
export function percentile(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3);
}
