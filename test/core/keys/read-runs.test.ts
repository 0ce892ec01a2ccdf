// How the rows of a file are cut into runs.
import { expect, test } from 'vitest';
import { stageRuns } from '../../../electron/core/keys/read-runs.ts';
import type { RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import type { IntakeBatch, IntakeHeader, KeyRow } from '../../../electron/formats/intake/rows.ts';

const PASSWORD = '000011-000022-000033-000044-000055-000066-000077-000088' as RecoveryPassword;
const ROWS = 200_000;
const BATCH = 1000;

async function* rows(): AsyncGenerator<IntakeHeader | IntakeBatch> {
  yield { kind: 'header', intakeKind: 'keys-csv', encoding: 'utf-8', delimiter: ',', declined: null };
  for (let first = 0; first < ROWS; first += BATCH) {
    yield { kind: 'batch', bytesRead: first, rowsRead: first, notes: [], rows: Array.from({ length: BATCH }, (_, n): KeyRow => ({ kind: 'key', row: first + n + 1, keyProtectorId: null, recoveryPassword: PASSWORD, host: null, entraDeviceId: null, volumeId: null, volumeLabel: null, drive: null, createdAt: null, remarks: [] })) };
  }
}

/** @returns How many rows each run has. */
async function runsOf(runRows: number | undefined, isWanted?: () => boolean): Promise<number[]> {
  const sizes: number[] = [];
  for await (const part of stageRuns(rows(), { fingerprintKey: new Uint8Array(32), signal: { aborted: false }, runRows, isWanted })) if (part.kind === 'run') sizes.push(part.run.keys.count);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(ROWS);
  return sizes;
}

test('a run goes when it is full, and earlier while whoever stores runs waits for one: 8,192 rows at least and a quarter of all before', async () => {
  expect(await runsOf(60_000)).toEqual([60_000, 60_000, 60_000, 20_000]);
  const waiting = await runsOf(60_000, () => true);
  expect(waiting.slice(0, 5)).toEqual([8192, 8192, 8192, 8192, 8192]);
  for (const [n, size] of waiting.slice(0, -1).entries()) expect(size).toBe(Math.min(60_000, Math.max(8192, Math.ceil(waiting.slice(0, n).reduce((sum, one) => sum + one, 0) / 4))));
  let asked = 0;
  expect((await runsOf(60_000, () => { asked += 1; return asked === 5000; }))[0]).toBe(8192 + 4999); // nobody waited for the rows before
  expect(await runsOf(1000, () => true)).toEqual(Array.from({ length: ROWS / 1000 }, () => 1000));
});
