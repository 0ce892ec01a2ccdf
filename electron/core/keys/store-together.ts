// Stores what was read of small files: hundreds in a few transactions, where commits of their own would take longest.
import { openTaking } from './file-taking.ts';
import { enterFile, enterReadFiles, nameOf } from './import-register.ts';
import { inSlices, MANY_AT_ONCE } from './slices.ts';
import type { Gathered, ReadFile } from './small-files.ts';
import { enterCounts, storeRows, type Job, type RunFile } from './store-run.ts';

/** Stored in one transaction: a few milliseconds. */
const FEW_FILES = 256;

/** @returns Their lines in the register, in their order. Yields between transactions. */
export function* storeGathered(job: Job, { files, runs }: Gathered): Generator<void, RunFile[]> {
  const { db } = job.desk;
  if (files.length <= FEW_FILES && !db.inTransaction) {
    const stored = db.transaction(() => storeAll(storeGathered(job, { files, runs }))).immediate();
    yield;
    return stored;
  }
  const entered: RunFile[] = [];
  yield* inSlices(db, files.length, (from, to) => {
    const some = files.slice(from, to);
    const first = enterReadFiles(job.desk, job.importId, some);
    some.forEach((file, n) => entered.push({ importFileId: first + n, name: nameOf(file), counts: { imported: 0, unchanged: 0, conflicts: 0, rejected: 0, listed: 0, listedRejected: 0, hosts: 0 } }));
  }, MANY_AT_ONCE);
  for (const run of runs) yield* storeRows(job, run, entered);
  const withRows = entered.filter((_, n) => (files[n]?.rows ?? 0) > 0);
  yield* inSlices(db, withRows.length, (from, to) => enterCounts(job.desk, withRows.slice(from, to)), MANY_AT_ONCE);
  return entered;
}

/** Files whose rows are stored by themselves; all in one transaction. @returns Their lines in the register, in their order. */
export function storeOnes(job: Job, files: readonly ReadFile[]): number[] {
  return job.desk.db.transaction(() => files.map(({ file, parts }) => {
    const importFileId = enterFile(job.desk, job.importId, file);
    const taking = openTaking(job, file, importFileId);
    for (const part of parts) for (const _ of taking.take(part));
    taking.finish();
    return importFileId;
  })).immediate();
}

function storeAll<T>(steps: Generator<void, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}
