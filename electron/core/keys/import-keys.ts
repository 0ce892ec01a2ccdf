// Takes hand-overs of recovery passwords and host lists into the store. Needs the public half of key 2 only: whoever imports may be unable to read them.
import { basename } from 'node:path';
import { startCheckpoints, type BackgroundCheckpoints } from '../../store/background-checkpoints.ts';
import { openPageSealer, type PageSealer } from '../../store/sealed-pages.ts';
import type { ColumnMapping } from '../../formats/intake/mapping.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { confirmByEvidence } from '../rotation/evidence.ts';
import { storeHostIds } from '../hosts/host-ids.ts';
import { settleOwners, type MovedKeys, type NamedOwner } from '../hosts/key-owners.ts';
import { pruneListings } from '../hosts/prune-listings.ts';
import { getFileReport, REPORTED_REJECTIONS, type FileReport } from './import-report.ts';
import { mergeHostSearch } from './host-search.ts';
import { takeTurn } from './import-turn.ts';
import { rememberMappings } from './column-mappings.ts';
import { fingerprintKey } from './keyed-fingerprint.ts';
import { readRuns, type FilePart, type MemberFile, type OpenedMembers, type ReadOptions } from './read-runs.ts';
import { inSlices, nextTurn } from './slices.ts';
import type { StagedRun } from './staged-rows.ts';
import { putBackReady, storeHosts, wakeHosts, type StoredHosts } from './store-hosts.ts';
import { storeKeys } from './store-keys.ts';
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
    const importId = begin(desk, found.map(({ path }) => basename(path)));
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
      finish(desk, importId, signal.aborted);
    }
    yield { kind: 'done', importId, cancelled: signal.aborted, files: reports };
  } finally {
    leave();
  }
}

interface Job {
  readonly desk: Desk; readonly importId: number; readonly signal: AbortSignal; readonly fingerprintKey: Uint8Array; readonly runRows: number | undefined; readonly mappings: readonly ColumnMapping[];
  /** Made with the first key: a list of hosts needs no data key. */
  sealer: PageSealer | null;
  /** Started with the first run that is large enough to be worth a thread. */
  checkpoints: BackgroundCheckpoints | null;
  lastProgressMs: number;
  /** Made since the search of host names was merged last. */
  unmergedHosts: number;
}

interface FileCounts { imported: number; unchanged: number; conflicts: number; rejected: number; hosts: number }
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

/** Stores a run: hosts, keys, rejections, figures. Yields between transactions. */
function* storeRun(job: Job, run: StagedRun, { importFileId, name, counts }: { importFileId: number; name: string; counts: FileCounts }): Generator<void> {
  const { desk } = job;
  const { db } = desk;
  const { keys } = run;
  const source = { importFileId, name, operator: desk.operator.name, at: nowOf(desk) };
  const hosts: StoredHosts = { hostIds: new Float64Array(run.hosts.facts.length), waiting: new Set(), created: 0, imported: 0, unchanged: 0 };
  yield* storeHosts(db, source, run.hosts, hosts);
  const moved: MovedKeys = { got: new Set(), lost: new Set() };
  if (run.hosts.ids.length > 0) yield* storeHostIds(db, importFileId, run.hosts.ids, hosts.hostIds, moved);
  counts.hosts += hosts.created;
  counts.imported += hosts.imported;
  counts.unchanged += hosts.unchanged + run.repeatedHostRows;
  job.unmergedHosts += hosts.created;
  if (job.unmergedHosts >= MANY_HOSTS) yield* mergeHosts(job);

  const woken = new Set<number>();
  if (keys.count > 0) {
    const hostIds = hostsOfKeys(db, keys, hosts.hostIds);
    const owners: NamedOwner[] = [];
    const ofDevices = new Set(Array.from(keys.entraDeviceId.keys(), (index) => hostIds[index] ?? 0));
    job.sealer ??= openPageSealer(db, desk.keys.key2Public);
    yield* storeKeys({
      db, source, sealer: job.sealer, keys, counts,
      hostIds,
      // A host found by its device is in no row of this run, so whether it waits is seen when it is woken.
      gotKey: (hostId) => { if (hosts.waiting.has(hostId) || ofDevices.has(hostId)) woken.add(hostId); },
      named: (owner) => { owners.push(owner); },
    });
    yield* settleOwners(db, importFileId, owners, [...new Set(keys.entraDeviceId.values())], moved);
    keys.passwords.fill(0);
    yield* confirmByEvidence(desk, hostIds);
  }
  yield* wakeHosts(db, source, [...woken, ...moved.got]);
  yield* putBackReady(db, [...moved.lost], source.at);

  const reject = prepared(db, 'INSERT INTO import_rejections (import_file_id, row, reason, groups) VALUES (?, ?, ?, ?)');
  yield* inSlices(db, run.rejections.length, (from, to) => {
    for (const { row, reason, groups } of run.rejections.slice(from, to)) reject.run(importFileId, row, reason, groups === undefined ? null : groups.join(' '));
  });
  counts.rejected += run.rejections.length;
  prepared(db, 'UPDATE import_files SET rows = ?, imported = ?, unchanged = ?, conflicts = ?, rejected = ?, hosts = ? WHERE import_file_id = ?')
    .run(counts.imported + counts.unchanged + counts.conflicts + counts.rejected, counts.imported, counts.unchanged, counts.conflicts, counts.rejected, counts.hosts, importFileId);
}

/** A search would read each of the many small pieces. */
function* mergeHosts(job: Job): Generator<void> {
  if (job.unmergedHosts === 0) return;
  job.unmergedHosts = 0;
  yield* mergeHostSearch(job.desk.db);
}

const rowsOf = ({ keys, hosts, rejections }: StagedRun): number => keys.count + hosts.facts.length + rejections.length;

/** @returns Index of the staged key → host_id, 0 for none. A key that names no host but the ID of its device belongs to the host with that ID. */
function hostsOfKeys(db: Desk['db'], keys: StagedRun['keys'], hostIds: Float64Array): Float64Array {
  const ofDevice = prepared<[string], { id: number }>(db, "SELECT h.host_id AS id FROM host_ids i JOIN hosts h ON h.host_id = i.host_id WHERE i.kind = 'entra-device-id' AND i.value = ? ORDER BY h.hostname LIMIT 1");
  const ids = new Float64Array(keys.count);
  for (let index = 0; index < keys.count; index += 1) ids[index] = hostIds[keys.hosts[index] ?? -1] ?? 0;
  for (const [index, device] of keys.entraDeviceId) ids[index] = ofDevice.get(device)?.id ?? 0;
  return ids;
}

type Found = Awaited<ReturnType<SourceFiles['list']>>[number];

function begin(desk: Desk, names: readonly string[]): number {
  return desk.db.transaction(() => {
    const at = nowOf(desk);
    const importId = Number(prepared(desk.db, 'INSERT INTO imports (operator, started_at) VALUES (?, ?)').run(desk.operator.name, at).lastInsertRowid);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'imports.run', subject: listed(names), details: { importId, step: 'started', files: names.length } });
    return importId;
  }).immediate();
}

function finish(desk: Desk, importId: number, cancelled: boolean): void {
  desk.db.transaction(() => {
    const at = nowOf(desk);
    const sums = prepared<[number], Record<'rows' | 'imported' | 'unchanged' | 'conflicts' | 'rejected' | 'hosts' | 'failed', number>>(desk.db, 
      `SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(imported), 0) AS imported, coalesce(sum(unchanged), 0) AS unchanged, coalesce(sum(conflicts), 0) AS conflicts,
              coalesce(sum(rejected), 0) AS rejected, coalesce(sum(hosts), 0) AS hosts, count(error_code) AS failed FROM import_files WHERE import_id = ?`,
    ).get(importId);
    prepared(desk.db, 'UPDATE imports SET finished_at = ?, cancelled = ? WHERE import_id = ?').run(at, cancelled ? 1 : 0, importId);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'imports.run', subject: String(importId), details: { importId, step: cancelled ? 'cancelled' : 'finished', ...sums } });
  }).immediate();
  desk.changed('imports', 'keys', 'hosts', 'audit');
}

interface Named { readonly path: string; readonly name?: string }
/** A member of an archive is named with it. */
const nameOf = ({ path, name }: Named): string => name ?? basename(path);

const enterFile = (desk: Desk, importId: number, file: Named): number =>
  Number(prepared(desk.db, "INSERT INTO import_files (import_id, path, name, kind) VALUES (?, ?, ?, 'not-recognised')").run(importId, file.path, nameOf(file)).lastInsertRowid);

function renameFile(desk: Desk, importFileId: number, file: Named): number {
  prepared(desk.db, 'UPDATE import_files SET path = ?, name = ? WHERE import_file_id = ?').run(file.path, nameOf(file), importFileId);
  return importFileId;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} +${names.length - 10}` : shown;
}

/** Pages of the write-ahead log after which it is written into the store, where no thread does that: about 30 ms of work. */
const CHECKPOINT_PAGES = 800;
/** Keys of a run, about a second of work. */
const LARGE_RUN = 65_536;
/** Stored in a few milliseconds. */
const SMALL_RUN = 100;
const MANY_HOSTS = 5000;
