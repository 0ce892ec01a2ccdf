// What becomes of the files of an import while they are read: one by one, member by member of an archive, or a group of small ones.
import type { FoundFile } from './gathered-files.ts';
import type { ImportEvent, SourceFile } from './import-keys.ts';
import { dropFile, enterFile, nameOf } from './import-register.ts';
import { openTaking, type FileTaking } from './file-taking.ts';
import { readRuns, type FilePart, type MemberFile, type MembersRead, type OpenedMembers, type ReadOptions } from './read-runs.ts';
import { mappingsFor, type Gathered } from './small-files.ts';
import { storeGathered, storeOnes } from './store-together.ts';
import { isMergeDue, mergeHosts, type Job, type RunFile } from './store-run.ts';

/** Other work of the desk gets its turn at least this often while a file is read. */
const TURN_MS = 15;
const PROGRESS_MS = 250;

/** Stores a group, to its end even when nobody listens any more. */
export async function* takeInTogether(job: Job, gathered: Gathered, progress: () => ImportEvent): AsyncGenerator<ImportEvent, RunFile[]> {
  const steps = storeGathered(job, gathered);
  try {
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) {
      await job.turn();
      if (isProgressDue(job)) yield progress();
    }
    return step.value;
  } finally {
    for (let step = steps.next(); step.done !== true; step = steps.next()) await job.turn();
  }
}

/** Of small files that were stored together. */
export interface Sums { rows: number; imported: number; rejected: number }

/** Adds what became of files that were stored. */
export function addTo(sums: Sums, stored: readonly RunFile[]): void {
  for (const { counts } of stored) {
    sums.rows += counts.imported + counts.unchanged + counts.conflicts + counts.listed + counts.rejected;
    sums.imported += counts.imported;
    sums.rejected += counts.rejected;
  }
}

interface Place { readonly fileNumber: number; readonly files: number }
type Taken = { readonly kind: 'taken'; readonly importFileIds: readonly number[] };

/** One file, or each of the files in it: the members of an archive have no report in common, and the archive none of its own unless it fails. */
export async function* takeInWithMembers(job: Job, file: FoundFile, place: Place): AsyncGenerator<ImportEvent | Taken> {
  const importFileId = enterFile(job.desk, job.importId, file);
  const opened: { members: OpenedMembers | null } = { members: null };
  try {
    yield* takeIn(job, file, importFileId, place, (members) => { opened.members = members; });
    if (opened.members === null) return yield { kind: 'taken', importFileIds: [importFileId] };
    let first = true;
    const sums: Sums = { rows: 0, imported: 0, rejected: 0 };
    for await (const member of opened.members.files) {
      if (first) dropFile(job.desk, importFileId);
      first = false;
      yield* takeInMember(job, member, place, sums);
      if (job.signal.aborted) break;
    }
    if (first) yield { kind: 'taken', importFileIds: [importFileId] };
  } finally {
    opened.members?.close();
  }
}

/** A member that is to be read, or small ones that were. @param sums Of the small ones of its archive so far. */
async function* takeInMember(job: Job, member: MemberFile | MembersRead, place: Place, sums: Sums): AsyncGenerator<ImportEvent | Taken> {
  if (!('kind' in member)) {
    const memberId = enterFile(job.desk, job.importId, member);
    yield* takeIn(job, member, memberId, place);
    return yield { kind: 'taken', importFileIds: [memberId] };
  }
  const of = member.kind === 'ones' ? member.files.at(-1)?.file : member.gathered.files.at(-1);
  const progress = (): ImportEvent => ({ kind: 'progress', file: of === undefined ? '' : nameOf(of), ...place, bytesRead: of?.sizeBytes ?? 0, sizeBytes: of?.sizeBytes ?? 0, ...sums });
  if (isProgressDue(job)) yield progress();
  if (member.kind === 'ones') return yield { kind: 'taken', importFileIds: storeOnes(job, member.files) };
  const stored = yield* takeInTogether(job, member.gathered, progress);
  addTo(sums, stored);
  if (isProgressDue(job)) yield progress();
  yield { kind: 'taken', importFileIds: stored.map(({ importFileId }) => importFileId) };
  await job.turn();
  if (isMergeDue(job)) for (const _ of mergeHosts(job)) await job.turn();
}

/** Reads one file to its end, or as far as it goes, and stores it. When nobody listens any more, or the import is cancelled, what was read is stored all the same. */
async function* takeIn(job: Job, file: FoundFile | MemberFile, importFileId: number, place: Place, gotMembers?: (members: OpenedMembers) => void): AsyncGenerator<ImportEvent> {
  const taking = openTaking(job, file, importFileId, gotMembers);
  const progress = (): ImportEvent => progressOf(taking, file, place);
  const stop = new AbortController();
  const parts = 'error' in file ? null : partsOf(file, { fingerprintKey: job.fingerprintKey, signal: stop.signal, runRows: job.runRows, mappings: mappingsFor(job.mappings, file.path) })[Symbol.asyncIterator]();
  const onCancel = (): void => stop.abort();
  job.signal.addEventListener('abort', onCancel);
  if (job.signal.aborted) stop.abort();
  let steps: Generator<void> | null = null;
  try {
    yield progress();
    for (let turnMs = performance.now(), next = await parts?.next(); next !== undefined && next.done !== true; next = await parts?.next()) {
      steps = taking.take(next.value);
      for (let step = steps.next(); step.done !== true; step = steps.next()) {
        await job.turn();
        if (isProgressDue(job)) yield progress();
      }
      if (isProgressDue(job)) yield progress();
      if (performance.now() - turnMs > TURN_MS) {
        await job.turn();
        turnMs = performance.now();
      }
    }
  } finally {
    job.signal.removeEventListener('abort', onCancel);
    stop.abort(); // nothing is left to read, unless the listener has gone away
    const goOn = async (rest: Generator<void>): Promise<void> => {
      for (let step = rest.next(); step.done !== true; step = rest.next()) {
        await job.turn();
      }
    };
    if (steps !== null) await goOn(steps);
    for (let next = await parts?.next(); next !== undefined && next.done !== true; next = await parts?.next()) await goOn(taking.take(next.value));
    taking.finish();
  }
}

function progressOf(taking: FileTaking, file: FoundFile | MemberFile, { fileNumber, files }: Place): ImportEvent {
  return { kind: 'progress', file: nameOf(file), fileNumber, files, sizeBytes: 'error' in file ? 0 : file.sizeBytes, ...taking.progress() };
}

/** @returns Whether somebody is to be told now; from then on it is a quarter of a second until the next time. */
export function isProgressDue(job: Job): boolean {
  if (performance.now() - job.lastProgressMs < PROGRESS_MS) return false;
  job.lastProgressMs = performance.now();
  return true;
}

function partsOf(file: SourceFile | MemberFile, options: ReadOptions): AsyncIterable<FilePart> {
  return !('chunks' in file) ? file.runs(options) : file.runs !== undefined ? file.runs(options) : readRuns(file.chunks(), { ...options, path: file.path });
}
