// From the bytes of a file to runs of rows. Knows neither store nor disk, so that it can work in a thread of its own (desk/intake-thread.ts).
import { readIntake, type Declined, type IntakeBatch, type IntakeHeader, type IntakeKind, type IntakeNote } from '../../formats/intake/intake.ts';
import type { ColumnMapping } from '../../formats/intake/mapping.ts';
import { AppError, type ErrorCode, type ErrorFacts } from '../app-error.ts';
import { openStaging, RUN_ROWS, type StagedRun } from './staged-rows.ts';

export type ReadPart =
  | { readonly kind: 'header'; readonly intakeKind: IntakeKind; readonly declined: Declined | null }
  | { readonly kind: 'progress'; readonly bytesRead: number; readonly rowsRead: number }
  | { readonly kind: 'run'; readonly run: StagedRun }
  /** Always the last. `failed`: what the machine says of the file; `lastRow`: as far as it was read. */
  | { readonly kind: 'end'; readonly notes: readonly IntakeNote[]; readonly lastRow: number | null; readonly failed: { readonly code: ErrorCode; readonly facts: ErrorFacts } | null };

export interface ReadOptions {
  /** Of fingerprints; secret. */
  readonly fingerprintKey: Uint8Array;
  /** Stops reading; what was read comes as a last run. */
  readonly signal: AbortSignal;
  /** Rows of a run, at most RUN_ROWS, which is what it is when left out. */
  readonly runRows?: number | undefined;
  /** What people said of the columns of headers nobody knows. */
  readonly mappings?: readonly ColumnMapping[] | undefined;
}

/** A file that holds several: an archive, a workbook, a database. */
export interface OpenedMembers {
  /** Each is to be read before the next is asked for. */
  readonly files: AsyncIterable<MemberFile | { readonly path: string; readonly name: string; readonly error: AppError }>;
  /** May be called at any time, and more than once. */
  close(): void;
}
export interface MemberFile { readonly path: string; readonly name: string; readonly sizeBytes: number; runs(options: ReadOptions): AsyncIterable<ReadPart> }

/** What the desk's machine makes of a file. `members` comes instead of anything else, and `end` after it; whoever gets it closes it. */
export type FilePart = ReadPart | { readonly kind: 'members'; readonly members: OpenedMembers };

/** The first runs are small, so that storing them begins while the file is still read. */
const FIRST_RUN_ROWS = 2 ** 15;

type StageOptions = Omit<ReadOptions, 'signal'> & { readonly signal: Pick<AbortSignal, 'aborted'> };

/** A file's bytes to runs; see `stageRuns`. */
export const readRuns = (chunks: AsyncIterable<Uint8Array>, options: StageOptions): AsyncGenerator<ReadPart> => stageRuns(readIntake(chunks, options.mappings), options);

/** Exports of what an organisation owns (MDM, CMDB, directory): they say what a host is, and not that it is down. Consoles and plain names are lists of the affected. */
const INVENTORIES: ReadonlySet<IntakeKind> = new Set(['ad-csv', 'ldif', 'computers-csv', 'intune-csv', 'entra-devices-csv', 'configmgr-csv', 'servicenow-csv', 'snipe-it-csv', 'inventory-csv']);

/** @returns Progress after every batch, runs as they are full, `end`. Throws what is a bug only. Passwords in runs are secret. */
export async function* stageRuns(parts: AsyncIterable<IntakeHeader | IntakeBatch>, { fingerprintKey, signal, runRows = RUN_ROWS }: StageOptions): AsyncGenerator<ReadPart> {
  const staging = openStaging(fingerprintKey);
  let full = Math.min(runRows, FIRST_RUN_ROWS);
  let notes: readonly IntakeNote[] = [];
  let lastRow: number | null = null;
  let isInventory = false;
  let failed: { code: ErrorCode; facts: ErrorFacts } | null = null;
  try {
    for await (const part of parts) {
      if (part.kind === 'header') {
        isInventory = INVENTORIES.has(part.intakeKind);
        yield { kind: 'header', intakeKind: part.intakeKind, declined: part.declined };
        continue;
      }
      for (const row of part.rows) {
        if (row.kind === 'key') staging.addKey(row);
        else if (row.kind === 'host') staging.addHost(row, isInventory);
        else staging.addRejection(row);
        lastRow = row.row;
        if (staging.rows < full) continue;
        yield { kind: 'run', run: staging.take() };
        full = Math.min(runRows, full * 2);
      }
      if (part.notes.length > 0) notes = part.notes;
      yield { kind: 'progress', bytesRead: part.bytesRead, rowsRead: part.rowsRead };
      if (signal.aborted) break;
    }
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    failed = { code: cause.code, facts: cause.facts };
  }
  if (staging.rows > 0) yield { kind: 'run', run: staging.take() };
  yield { kind: 'end', notes, lastRow, failed };
}
