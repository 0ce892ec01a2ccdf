// Stores what was read of small files: hundreds in a few transactions, where commits of their own would take longest.
import { openTaking } from './file-taking.ts';
import { enterFile, enterReadFile, nameOf } from './import-register.ts';
import { inSlices } from './slices.ts';
import type { Gathered, ReadFile } from './small-files.ts';
import { enterCounts, storeRows, type Job, type RunFile } from './store-run.ts';

/** Stored in one transaction: a few milliseconds. */
const FEW_FILES = 64;

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
    for (const file of files.slice(from, to)) entered.push({ importFileId: enterReadFile(job.desk, job.importId, file, file), name: nameOf(file), counts: { imported: 0, unchanged: 0, conflicts: 0, rejected: 0, listed: 0, listedRejected: 0, hosts: 0 } });
  });
  for (const run of runs) yield* storeRows(job, run, entered);
  yield* inSlices(db, entered.length, (from, to) => {
    for (const [n, file] of entered.slice(from, to).entries()) if ((files[from + n]?.rows ?? 0) > 0) enterCounts(job.desk, file);
  });
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
