// Takes hand-overs of recovery passwords and host lists into the store. Needs the public half of key 2 only: whoever imports may be unable to read them.
import { basename } from 'node:path';
import { startCheckpoints } from '../../store/background-checkpoints.ts';
import type { ColumnMapping } from '../../formats/intake/mapping.ts';
import { AppError } from '../app-error.ts';
import { nowOf, type Desk } from '../desk.ts';
import { pruneListings } from '../hosts/prune-listings.ts';
import { getFileReport, REPORTED_REJECTIONS, type FileReport } from './import-report.ts';
import { beginImport, enterFile, finishImport, nameOf, renameFile } from './import-register.ts';
import { takeTurn } from './import-turn.ts';
import { rememberMappings } from './column-mappings.ts';
import { fingerprintKey } from './keyed-fingerprint.ts';
import { readRuns, type FilePart, type MemberFile, type OpenedMembers, type ReadOptions } from './read-runs.ts';
import { nextTurn } from './slices.ts';
import { mergeHosts, rowsOf, storeRun, type FileCounts, type Job } from './store-run.ts';
import { prepared } from './prepared.ts';

/** A file to be taken in, lent by the desk's machine. `runs` may do what `readRuns` does elsewhere, in a thread of its own. */
export interface SourceFile {
  readonly path: string; readonly name: string; readonly sizeBytes: number;
  chunks(): AsyncIterable<Uint8Array>;
  runs?(options: ReadOptions): AsyncIterable<FilePart>;
}

/** Where files come from. `list` turns a folder into all files in it and says of each path that fails why. */
export interface SourceFiles { list(paths: readonly string[]): Promise<readonly (SourceFile | { readonly path: string; readonly error: AppError })[]> }

export type ImportEvent =
  | { readonly kind: 'progress'; readonly file: string; readonly fileNumber: number; readonly files: number; readonly bytesRead: number; readonly sizeBytes: number; readonly rows: number; readonly imported: number; readonly rejected: number }
  | { readonly kind: 'file'; readonly report: FileReport }
  | { readonly kind: 'done'; readonly importId: number; readonly cancelled: boolean; readonly files: FileReport[] };

export interface ImportOptions {
  readonly files: SourceFiles;
  /** Stops reading; what was read so far is put in. */
  readonly signal: AbortSignal;
  /** Rejected rows in the report of a file; left out: 1,000. All of them are kept in the store. */
  readonly reportedRejections?: number | undefined;
  /** Rows stored as one sorted run; left out: 262,144. */
  readonly runRows?: number | undefined;
  /** What the person says of the columns of tables among the files; remembered where they have a header. */
  readonly mappings?: readonly ColumnMapping[] | undefined;
}

/** Other work of the desk gets its turn at least this often while a file is read. */
const TURN_MS = 15;
const PROGRESS_MS = 250;

/**
 * Runs one import. A file that fails stops neither the others nor what was readable of it; its report says what and where.
 *
 * @param paths Untrusted.
 * @returns Progress about four times a second, a report after each file, `done` at the end. Imports of one desk wait for each other.
 *          Rows: imports, import_files, import_rejections, hosts, key_records and what belongs to them, two audit lines.
 */
export async function* importKeys(desk: Desk, paths: readonly string[], { files, signal, reportedRejections = REPORTED_REJECTIONS, runRows, mappings = [] }: ImportOptions): AsyncGenerator<ImportEvent> {
  const leave = await takeTurn(desk.db);
  try {
    const found = await files.list(paths);
    const importId = beginImport(desk, found.map(({ path }) => basename(path)));
    const job: Job = { desk, importId, signal, fingerprintKey: fingerprintKey(desk.keys.key1), runRows, mappings: rememberMappings(desk, mappings), sealer: null, checkpoints: null, lastProgressMs: performance.now(), unmergedHosts: 0 };
    const reports: FileReport[] = [];
    const autoCheckpoint = desk.db.pragma('wal_autocheckpoint', { simple: true });
    desk.db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    try {
      for (const [index, file] of found.entries()) {
        if (signal.aborted) break;
        for await (const event of takeInWithMembers(job, file, { fileNumber: index + 1, files: found.length })) {
          if (event.kind !== 'taken') {
            yield event;
            continue;
          }
          const report = getFileReport(desk.db, event.importFileId, reportedRejections);
          reports.push(report);
          desk.changed('imports', 'keys', 'hosts');
          yield { kind: 'file', report };
        }
      }
      for (const _ of mergeHosts(job)) await nextTurn();
      for (const _ of pruneListings(desk.db, nowOf(desk))) await nextTurn();
    } finally {
      await job.checkpoints?.stop();
      job.sealer?.close();
      job.fingerprintKey.fill(0);
      desk.db.pragma(`wal_autocheckpoint = ${Number(autoCheckpoint)}`);
      finishImport(desk, importId, signal.aborted);
    }
    yield { kind: 'done', importId, cancelled: signal.aborted, files: reports };
  } finally {
    leave();
  }
}

interface FileError { readonly code: string; readonly facts: Readonly<Record<string, unknown>>; readonly row: number | null }

/** One file, or each of the files in it: the members of an archive have no report in common, and the archive none of its own unless it fails. */
async function* takeInWithMembers(job: Job, file: Found, place: { fileNumber: number; files: number }): AsyncGenerator<ImportEvent | { readonly kind: 'taken'; readonly importFileId: number }> {
  const importFileId = enterFile(job.desk, job.importId, file);
  const opened: { members: OpenedMembers | null } = { members: null };
  try {
    yield* takeIn(job, file, importFileId, place, (members) => { opened.members = members; });
    if (opened.members === null) return yield { kind: 'taken', importFileId };
    let first = true;
    for await (const member of opened.members.files) {
      if (job.signal.aborted) break;
      const memberId = first ? renameFile(job.desk, importFileId, member) : enterFile(job.desk, job.importId, member);
      first = false;
      yield* takeIn(job, member, memberId, place);
      yield { kind: 'taken', importFileId: memberId };
    }
    if (first) yield { kind: 'taken', importFileId };
  } finally {
    opened.members?.close();
  }
}

/** Reads one file to its end, or as far as it goes, and stores it. When nobody listens any more, or the import is cancelled, what was read is stored all the same. */
async function* takeIn(job: Job, file: Found | MemberFile, importFileId: number, { fileNumber, files }: { fileNumber: number; files: number }, gotMembers?: (members: OpenedMembers) => void): AsyncGenerator<ImportEvent> {
  const { desk } = job;
  const counts: FileCounts = { imported: 0, unchanged: 0, conflicts: 0, rejected: 0, hosts: 0 };
  const read = { bytes: 0, rows: 0 };
  const progress = (): ImportEvent => ({
    kind: 'progress', file: nameOf(file), fileNumber, files, bytesRead: read.bytes, sizeBytes: 'error' in file ? 0 : file.sizeBytes, rows: read.rows, imported: counts.imported, rejected: counts.rejected,
  });
  let kind = 'not-recognised';
  let notes: readonly string[] = [];
  let error: FileError | null = 'error' in file ? { code: file.error.code, facts: { path: file.path, ...file.error.facts }, row: null } : null;

  /** @returns Yields whenever somebody else may have had a turn. */
  async function* take(part: FilePart): AsyncGenerator<void> {
    switch (part.kind) {
      case 'members':
        gotMembers?.(part.members);
        break;
      case 'header':
        kind = part.intakeKind;
        if (part.intakeKind === 'not-recognised') error = { code: 'file-not-recognised', facts: { path: file.path, why: part.declined ?? 'unknown' }, row: null };
        break;
      case 'progress':
        read.bytes = part.bytesRead;
        read.rows = part.rowsRead;
        break;
      case 'run':
        if (part.run.keys.count >= LARGE_RUN) job.checkpoints ??= startCheckpoints(desk.db, desk.keys.key1);
        if (rowsOf(part.run) <= SMALL_RUN) { // of many small files each: one commit, not one a step
          desk.db.transaction(() => { for (const _ of storeRun(job, part.run, { importFileId, name: nameOf(file), counts })); }).immediate();
          await nextTurn();
          yield;
        } else for (const _ of storeRun(job, part.run, { importFileId, name: nameOf(file), counts })) {
          await nextTurn();
          await job.checkpoints?.keepUp();
          yield;
        }
        break;
      case 'end':
        notes = part.notes;
        error = whatWentWrong(part, file.path) ?? error;
    }
  }

  const stop = new AbortController();
  const parts = 'error' in file ? null : partsOf(file, { fingerprintKey: job.fingerprintKey, signal: stop.signal, runRows: job.runRows, mappings: mappingsFor(job, file.path) })[Symbol.asyncIterator]();
  const onCancel = (): void => stop.abort();
  job.signal.addEventListener('abort', onCancel);
  if (job.signal.aborted) stop.abort();
  let taking: AsyncGenerator<void> | null = null;
  try {
    yield progress();
    for (let turnMs = performance.now(), next = await parts?.next(); next !== undefined && next.done !== true; next = await parts?.next()) {
      taking = take(next.value);
      while ((await taking.next()).done !== true) if (isProgressDue(job)) yield progress();
      if (isProgressDue(job)) yield progress();
      if (performance.now() - turnMs > TURN_MS) {
        await nextTurn();
        turnMs = performance.now();
      }
    }
  } finally {
    job.signal.removeEventListener('abort', onCancel);
    stop.abort(); // nothing is left to read, unless the listener has gone away
    while (taking !== null && (await taking.next()).done !== true);
    for (let next = await parts?.next(); next !== undefined && next.done !== true; next = await parts?.next()) for await (const _ of take(next.value));
    prepared(desk.db, 'UPDATE import_files SET kind = ?, error_code = ?, error_facts = ?, error_row = ?, notes = ? WHERE import_file_id = ?')
      .run(kind, error?.code ?? null, error === null ? null : JSON.stringify(error.facts), error?.row ?? null, notes.join(' '), importFileId);
  }
}

/** A header is known again anywhere; without one the answer is about one table. */
const mappingsFor = ({ mappings }: Job, path: string): ColumnMapping[] => mappings.filter((mapping) => mapping.header !== null || mapping.path === path || mapping.path?.startsWith(`${path}/`) === true);

function isProgressDue(job: Job): boolean {
  if (performance.now() - job.lastProgressMs < PROGRESS_MS) return false;
  job.lastProgressMs = performance.now();
  return true;
}

function partsOf(file: SourceFile | MemberFile, options: ReadOptions): AsyncIterable<FilePart> {
  return !('chunks' in file) ? file.runs(options) : file.runs !== undefined ? file.runs(options) : readRuns(file.chunks(), options);
}

function whatWentWrong({ failed, notes, lastRow }: Extract<FilePart, { kind: 'end' }>, path: string): FileError | null {
  if (failed !== null) return { code: failed.code, facts: { path, ...failed.facts }, row: lastRow };
  if (notes.includes('cut-off')) return { code: 'file-unreadable', facts: { path, why: 'cut-off' }, row: lastRow };
  return notes.includes('nothing-found') ? { code: 'file-not-recognised', facts: { path, why: 'nothing-found' }, row: null } : null;
}

type Found = Awaited<ReturnType<SourceFiles['list']>>[number];

/** Pages of the write-ahead log after which it is written into the store, where no thread does that: about 30 ms of work. */
const CHECKPOINT_PAGES = 800;
/** Keys of a run, about a second of work. */
const LARGE_RUN = 65_536;
/** Stored in a few milliseconds. */
const SMALL_RUN = 100;
