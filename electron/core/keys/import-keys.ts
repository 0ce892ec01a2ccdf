// Takes hand-overs of recovery passwords and host lists into the store. Needs the public half of key 2 only: whoever imports may be unable to read them.
import { basename } from 'node:path';
import { readIntake, type IntakeNote } from '../../formats/intake/intake.ts';
import { openPageSealer, type PageSealer } from '../../store/sealed-pages.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { getFileReport, REPORTED_REJECTIONS, type FileReport } from './import-report.ts';
import { openFingerprints } from './keyed-fingerprint.ts';
import { mergeHostSearch } from './host-search.ts';
import { inSlices, nextTurn } from './slices.ts';
import { openStagedRows, type StagedRows } from './staged-rows.ts';
import { storeHosts, wakeHosts, type StoredHosts } from './store-hosts.ts';
import { storeKeys } from './store-keys.ts';

/** A file to be taken in, lent by the desk's machine. */
export interface SourceFile { readonly path: string; readonly name: string; readonly sizeBytes: number; chunks(): AsyncIterable<Uint8Array> }

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
export async function* importKeys(desk: Desk, paths: readonly string[], { files, signal, reportedRejections = REPORTED_REJECTIONS, runRows }: ImportOptions): AsyncGenerator<ImportEvent> {
  const leave = await takeTurn(desk.db);
  try {
    const found = await files.list(paths);
    const importId = begin(desk, found.map(({ path }) => basename(path)));
    const job: Job = { desk, importId, signal, staged: openStagedRows(runRows), fingerprint: openFingerprints(desk.keys.key1), sealer: null, lastProgressMs: performance.now() };
    const reports: FileReport[] = [];
    const autoCheckpoint = desk.db.pragma('wal_autocheckpoint', { simple: true });
    desk.db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    try {
      for (const [index, file] of found.entries()) {
        if (signal.aborted) break;
        const importFileId = enterFile(desk, importId, file.path);
        yield* takeIn(job, file, importFileId, { fileNumber: index + 1, files: found.length });
        const report = getFileReport(desk.db, importFileId, reportedRejections);
        reports.push(report);
        desk.changed('imports', 'keys', 'hosts');
        yield { kind: 'file', report };
      }
      for (const _ of mergeHostSearch(desk.db)) await nextTurn();
    } finally {
      job.sealer?.close();
      job.staged.clear();
      desk.db.pragma(`wal_autocheckpoint = ${Number(autoCheckpoint)}`);
      finish(desk, importId, signal.aborted);
    }
    yield { kind: 'done', importId, cancelled: signal.aborted, files: reports };
  } finally {
    leave();
  }
}

interface Job {
  readonly desk: Desk; readonly importId: number; readonly signal: AbortSignal; readonly staged: StagedRows;
  readonly fingerprint: ReturnType<typeof openFingerprints>;
  /** Made with the first key: a list of hosts needs no data key. */
  sealer: PageSealer | null;
  lastProgressMs: number;
}

interface FileCounts { imported: number; unchanged: number; conflicts: number; rejected: number; hosts: number }
interface FileError { readonly code: string; readonly facts: Readonly<Record<string, unknown>>; readonly row: number | null }

/** Reads one file to its end, or as far as it goes, and stores it. */
async function* takeIn(job: Job, file: Found, importFileId: number, { fileNumber, files }: { fileNumber: number; files: number }): AsyncGenerator<ImportEvent> {
  const { desk, staged, signal } = job;
  const counts: FileCounts = { imported: 0, unchanged: 0, conflicts: 0, rejected: 0, hosts: 0 };
  let kind = 'not-recognised';
  let notes: readonly IntakeNote[] = [];
  let error: FileError | null = null;
  let bytesRead = 0;
  let rowsRead = 0;
  let lastRow: number | null = null;
  let turnMs = performance.now();

  const sizeBytes = 'error' in file ? 0 : file.sizeBytes;
  const progress = (): ImportEvent => ({ kind: 'progress', file: basename(file.path), fileNumber, files, bytesRead, sizeBytes, rows: rowsRead, imported: counts.imported, rejected: counts.rejected });
  const isProgressDue = (): boolean => {
    if (performance.now() - job.lastProgressMs < PROGRESS_MS) return false;
    job.lastProgressMs = performance.now();
    return true;
  };
  /** Goes on to the end even when nobody listens any more: what was read is put in. */
  async function* settle(): AsyncGenerator<ImportEvent> {
    const steps = storeRun(job, importFileId, basename(file.path), counts);
    try {
      while (steps.next().done !== true) {
        await nextTurn();
        if (isProgressDue()) yield progress();
      }
    } finally {
      while (steps.next().done !== true) await nextTurn();
    }
  }

  let isRead = false;
  try {
    yield progress();
    if ('error' in file) throw file.error;
    for await (const part of readIntake(file.chunks())) {
      if (part.kind === 'header') {
        kind = part.intakeKind;
        if (part.intakeKind === 'not-recognised') error = { code: 'file-not-recognised', facts: { path: file.path, why: part.declined ?? 'unknown' }, row: null };
      } else {
        for (const row of part.rows) {
          if (staged.isFull) yield* settle();
          if (row.kind === 'key') staged.addKey(row);
          else if (row.kind === 'host') staged.addHost(row);
          else staged.addRejection(row);
          lastRow = row.row;
        }
        ({ bytesRead, rowsRead } = part);
        if (part.notes.length > 0) notes = part.notes;
      }
      if (isProgressDue()) yield progress();
      if (performance.now() - turnMs > TURN_MS) {
        await nextTurn();
        turnMs = performance.now();
      }
      if (signal.aborted) break;
    }
    isRead = true;
  } catch (cause) {
    error = toFileError(cause, file.path, lastRow);
    isRead = true;
  } finally {
    if (!isRead) for await (const _ of settle());
  }
  if (error === null && notes.includes('cut-off')) error = { code: 'file-unreadable', facts: { path: file.path, why: 'cut-off' }, row: lastRow };
  if (error === null && notes.includes('nothing-found')) error = { code: 'file-not-recognised', facts: { path: file.path, why: 'nothing-found' }, row: null };
  yield* settle();
  desk.db.prepare('UPDATE import_files SET kind = ?, error_code = ?, error_facts = ?, error_row = ?, notes = ? WHERE import_file_id = ?')
    .run(kind, error?.code ?? null, error === null ? null : JSON.stringify(error.facts), error?.row ?? null, notes.join(' '), importFileId);
}

/** Stores what is staged: hosts, keys, rejections, figures. Yields between transactions. */
function* storeRun(job: Job, importFileId: number, name: string, counts: FileCounts): Generator<void> {
  const { desk, staged } = job;
  const { db } = desk;
  const source = { importFileId, name, operator: desk.operator.name, at: nowOf(desk) };
  const hosts: StoredHosts = { hostIds: new Float64Array(staged.hosts.facts.length), waiting: new Set(), created: 0, imported: 0, unchanged: 0 };
  yield* storeHosts(db, source, staged.hosts, hosts);
  counts.hosts += hosts.created;
  counts.imported += hosts.imported;
  counts.unchanged += hosts.unchanged + staged.repeatedHostRows;

  const { keys } = staged;
  if (keys.count > 0) {
    const woken = new Set<number>();
    job.sealer ??= openPageSealer(db, desk.keys.key2Public);
    yield* storeKeys({
      db, source, sealer: job.sealer, fingerprint: job.fingerprint, keys, counts,
      hostIds: Float64Array.from({ length: keys.count }, (_, index) => hosts.hostIds[keys.hosts[index] ?? -1] ?? 0),
      gotKey: (hostId) => { if (hosts.waiting.has(hostId)) woken.add(hostId); },
    });
    yield* wakeHosts(db, source, [...woken]);
  }

  const reject = db.prepare('INSERT INTO import_rejections (import_file_id, row, reason, groups) VALUES (?, ?, ?, ?)');
  yield* inSlices(db, staged.rejections.length, (from, to) => {
    for (const { row, reason, groups } of staged.rejections.slice(from, to)) reject.run(importFileId, row, reason, groups === undefined ? null : groups.join(' '));
  });
  counts.rejected += staged.rejections.length;
  db.prepare('UPDATE import_files SET rows = ?, imported = ?, unchanged = ?, conflicts = ?, rejected = ?, hosts = ? WHERE import_file_id = ?')
    .run(counts.imported + counts.unchanged + counts.conflicts + counts.rejected, counts.imported, counts.unchanged, counts.conflicts, counts.rejected, counts.hosts, importFileId);
  staged.clear();
}

type Found = Awaited<ReturnType<SourceFiles['list']>>[number];

function begin(desk: Desk, names: readonly string[]): number {
  return desk.db.transaction(() => {
    const at = nowOf(desk);
    const importId = Number(desk.db.prepare('INSERT INTO imports (operator, started_at) VALUES (?, ?)').run(desk.operator.name, at).lastInsertRowid);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'imports.run', subject: listed(names), details: { importId, step: 'started', files: names.length } });
    return importId;
  }).immediate();
}

function finish(desk: Desk, importId: number, cancelled: boolean): void {
  desk.db.transaction(() => {
    const at = nowOf(desk);
    const sums = desk.db.prepare<[number], Record<'rows' | 'imported' | 'unchanged' | 'conflicts' | 'rejected' | 'hosts' | 'failed', number>>(
      `SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(imported), 0) AS imported, coalesce(sum(unchanged), 0) AS unchanged, coalesce(sum(conflicts), 0) AS conflicts,
              coalesce(sum(rejected), 0) AS rejected, coalesce(sum(hosts), 0) AS hosts, count(error_code) AS failed FROM import_files WHERE import_id = ?`,
    ).get(importId);
    desk.db.prepare('UPDATE imports SET finished_at = ?, cancelled = ? WHERE import_id = ?').run(at, cancelled ? 1 : 0, importId);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'imports.run', subject: String(importId), details: { importId, step: cancelled ? 'cancelled' : 'finished', ...sums } });
  }).immediate();
  desk.changed('imports', 'keys', 'hosts', 'audit');
}

const enterFile = (desk: Desk, importId: number, path: string): number =>
  Number(desk.db.prepare("INSERT INTO import_files (import_id, path, name, kind) VALUES (?, ?, ?, 'not-recognised')").run(importId, path, basename(path)).lastInsertRowid);

/** What the desk's machine says about a file is reported; anything else is a bug or a full disk and ends the import. */
function toFileError(cause: unknown, path: string, row: number | null): FileError {
  if (!(cause instanceof AppError)) throw cause;
  return { code: cause.code, facts: { path, ...cause.facts }, row };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} +${names.length - 10}` : shown;
}

/** Imports number key records by themselves, so there is one at a time. */
async function takeTurn(db: Desk['db']): Promise<() => void> {
  const before = running.get(db) ?? Promise.resolve();
  let leave = (): void => undefined;
  running.set(db, before.then(() => new Promise<void>((resolve) => { leave = resolve; })));
  await before;
  return () => leave();
}
const running = new WeakMap<Desk['db'], Promise<void>>();

/** Pages of the write-ahead log after which it is written into the store: enough for about 20 ms. */
const CHECKPOINT_PAGES = 600;
