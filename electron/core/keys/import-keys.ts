// Takes hand-overs of recovery passwords and host lists into the store. Needs the public half of key 2 only: whoever imports may be unable to read them.
import { basename } from 'node:path';
import type { ColumnMapping } from '../../formats/intake/mapping.ts';
import { nowOf, type Desk } from '../desk.ts';
import { pruneListings } from '../hosts/prune-listings.ts';
import { getFileReport, listReports, REPORTED_FILES, REPORTED_REJECTIONS, type FileReport, type ReportedFiles } from './import-report.ts';
import { beginImport, finishImport, nameOf } from './import-register.ts';
import { oneByOne, type FoundFile, type GatheredFiles } from './gathered-files.ts';
import { takeTurn } from './import-turn.ts';
import { rememberMappings } from './column-mappings.ts';
import type { FilePart, ReadOptions } from './read-runs.ts';
import { beginLongJob } from './long-job.ts';
import type { SmallFile } from './small-files.ts';
import { storeOnes } from './store-together.ts';
import { isMergeDue, mergeHosts, type Job } from './store-run.ts';
import { addTo, isProgressDue, takeInTogether, takeInWithMembers, type Sums } from './take-in-files.ts';

/** A file to be taken in, lent by the desk's machine. `runs` may do what `readRuns` does elsewhere, in a thread of its own. */
export interface SourceFile {
  readonly path: string; readonly name: string; readonly sizeBytes: number;
  chunks(): AsyncIterable<Uint8Array>;
  runs?(options: ReadOptions): AsyncIterable<FilePart>;
}

/** Where files come from. `list` turns a folder into all files in it and says of each path that fails why. */
export interface SourceFiles {
  list(paths: readonly string[]): Promise<readonly FoundFile[]>;
  /** The same for paths that may lead to very many: small ones come read, and gathered. Null where listing them is enough. */
  gather?(paths: readonly string[], options: { readonly fingerprintKey: Uint8Array; readonly mappings: readonly ColumnMapping[] }): Promise<GatheredFiles | null>;
}

export type ImportEvent =
  /** `fileNumber` is 0 while the files are still counted. Of many small files, figures are those of all so far. */
  | { readonly kind: 'progress'; readonly file: string; readonly fileNumber: number; readonly files: number; readonly bytesRead: number; readonly sizeBytes: number; readonly rows: number; readonly imported: number; readonly rejected: number }
  /** Of the first REPORTED_FILES. */
  | { readonly kind: 'file'; readonly report: FileReport }
  | ({ readonly kind: 'done'; readonly importId: number; readonly cancelled: boolean } & ReportedFiles);

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

/**
 * Runs one import. A file that fails stops neither the others nor what was readable of it; its report says what and where.
 *
 * @param paths Untrusted.
 * @returns Progress about four times a second, a report after each file, `done` at the end. Imports of one desk wait for each other.
 *          Rows: imports, import_files, import_rejections, hosts, key_records and what belongs to them, two audit lines.
 */
export async function* importKeys(desk: Desk, paths: readonly string[], { files, signal, reportedRejections = REPORTED_REJECTIONS, runRows, mappings = [] }: ImportOptions): AsyncGenerator<ImportEvent> {
  const leave = await takeTurn(desk.db);
  const fingerprintKey = Uint8Array.from(desk.keys.fingerprintKey);
  let source: GatheredFiles | null = null;
  try {
    const remembered = rememberMappings(desk, mappings);
    source = (await files.gather?.(paths, { fingerprintKey, mappings: remembered })) ?? oneByOne(await files.list(paths));
    let listed = await source.next(signal);
    for (let found = 0; listed.kind === 'listing' || listed.kind === 'waiting'; listed = await source.next(signal)) {
      if (listed.kind === 'listing') found = listed.files;
      yield { ...NOTHING_YET, files: found };
    }
    const { files: count, first } = listed.kind === 'listed' ? listed : { files: paths.length, first: paths };
    const { importId, startedAt } = beginImport(desk, first.map((path) => basename(path)), count);
    const long = beginLongJob(desk);
    const job: Job = { desk, importId, startedAt, signal, fingerprintKey, runRows, mappings: remembered, sealer: null, turn: () => long.turn(), lastProgressMs: performance.now(), unmergedHosts: 0 };
    try {
      yield { ...NOTHING_YET, files: count }; // of how many, before the first is read
      yield* takeInAll(job, source, count, reportedRejections);
      for (const _ of mergeHosts(job)) await job.turn();
      for (const _ of pruneListings(desk.db, nowOf(desk))) await job.turn();
    } finally {
      await long[Symbol.asyncDispose]();
      job.sealer?.close();
      finishImport(desk, importId, signal.aborted);
    }
    yield { kind: 'done', importId, cancelled: signal.aborted, ...listReports(desk.db, importId, reportedRejections) };
  } finally {
    source?.close();
    fingerprintKey.fill(0);
    leave();
  }
}

/** Progress before anything is known. */
export const NOTHING_YET = { kind: 'progress', file: '', fileNumber: 0, files: 0, bytesRead: 0, sizeBytes: 0, rows: 0, imported: 0, rejected: 0 } as const;

/** Stores file after file, or group after group. What was begun is stored to its end when nobody listens any more. */
async function* takeInAll(job: Job, source: GatheredFiles, files: number, reportedRejections: number): AsyncGenerator<ImportEvent> {
  const { desk, signal } = job;
  let fileNumber = 0;
  let reported = 0;
  const sums: Sums = { rows: 0, imported: 0, rejected: 0 };
  let last: SmallFile | undefined;
  function* report(importFileIds: readonly number[]): Generator<ImportEvent> {
    desk.changed('imports', 'keys', 'hosts');
    for (const importFileId of importFileIds.slice(0, Math.max(0, REPORTED_FILES - reported))) yield { kind: 'file', report: getFileReport(desk.db, importFileId, reportedRejections) };
    reported += importFileIds.length;
  }
  const progress = (file: SmallFile | undefined): ImportEvent => ({ kind: 'progress', file: file === undefined ? '' : nameOf(file), fileNumber, files, bytesRead: file?.sizeBytes ?? 0, sizeBytes: file?.sizeBytes ?? 0, ...sums });

  for (let part = await source.next(signal); part.kind !== 'over'; part = await source.next(signal)) {
    switch (part.kind) {
      case 'listing': case 'listed': break;
      case 'waiting':
        yield progress(last);
        break;
      case 'apart': {
        fileNumber += 1;
        for await (const event of takeInWithMembers(job, part.file, { fileNumber, files })) {
          if (event.kind === 'taken') yield* report(event.importFileIds);
          else yield event;
        }
        break;
      }
      case 'ones': {
        const stored = storeOnes(job, part.files);
        fileNumber += stored.length;
        if (isProgressDue(job)) yield progress(part.files.at(-1)?.file);
        yield* report(stored);
        break;
      }
      case 'together': {
        const { gathered } = part;
        const stored = yield* takeInTogether(job, gathered, () => progress(gathered.files[0])); // of the group that is being stored
        fileNumber += stored.length;
        addTo(sums, stored);
        last = gathered.files.at(-1);
        yield* report(stored.map(({ importFileId }) => importFileId));
      }
    }
    await job.turn();
    if (isMergeDue(job)) for (const _ of mergeHosts(job)) await job.turn();
  }
}
