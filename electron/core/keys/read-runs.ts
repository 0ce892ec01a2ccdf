// From the bytes of a file to runs of rows. Knows neither store nor disk, so that it can work in a thread of its own (desk/intake-thread.ts).
import { rowsIn } from '../../formats/intake/alike-keys.ts';
import { readIntake, type Declined, type IntakeBatch, type IntakeEntry, type IntakeHeader, type IntakeKind, type IntakeNote, type IntakeRow } from '../../formats/intake/intake.ts';
import type { ColumnMapping } from '../../formats/intake/mapping.ts';
import { AppError } from '../app-error.ts';
import type { FileEnd } from './file-outcome.ts';
import type { Gathered, ReadFile } from './small-files.ts';
import { INVENTORIES } from './inventories.ts';
import { openStaging, RUN_ROWS, type StagedRun, type Staging } from './staged-rows.ts';

export type ReadPart =
  | { readonly kind: 'header'; readonly intakeKind: IntakeKind; readonly declined: Declined | null }
  | { readonly kind: 'progress'; readonly bytesRead: number; readonly rowsRead: number }
  | { readonly kind: 'run'; readonly run: StagedRun }
  /** Always the last. */
  | ({ readonly kind: 'end' } & FileEnd);

export interface ReadOptions {
  /** Of fingerprints; secret. */
  readonly fingerprintKey: Uint8Array;
  /** Stops reading; what was read comes as a last run. */
  readonly signal: AbortSignal;
  /** Rows of a run, at most RUN_ROWS, which is what it is when left out. */
  readonly runRows?: number | undefined;
  /** What people said of the columns of headers nobody knows. */
  readonly mappings?: readonly ColumnMapping[] | undefined;
  /** Of the file, which may be named after its host. */
  readonly path?: string | undefined;
}

/** A file that holds several: an archive, a workbook, a database. */
export interface OpenedMembers {
  /** Each is to be read, or stored, before the next is asked for. Passwords in runs are secret. */
  readonly files: AsyncIterable<MemberFile | MembersRead>;
  /** May be called at any time, and more than once. */
  close(): void;
}
export interface MemberFile { readonly path: string; readonly name: string; readonly sizeBytes: number; runs(options: ReadOptions): AsyncIterable<ReadPart> }

/** Small members that were read already: to be stored as one, or one by one. */
export type MembersRead = { readonly kind: 'together'; readonly gathered: Gathered } | { readonly kind: 'ones'; readonly files: readonly ReadFile[] };

/** What the desk's machine makes of a file. `members` comes instead of anything else, and `end` after it; whoever gets it closes it. */
export type FilePart = ReadPart | { readonly kind: 'members'; readonly members: OpenedMembers };

/** So many rows are worth a run while whoever stores them waits for one; and, because each run goes through all of the index of key IDs, this share of the rows before. */
const LEAST_RUN_ROWS = 2 ** 13;
const LEAST_SHARE = 1 / 4;

type StageOptions = Omit<ReadOptions, 'signal'> & {
  readonly signal: Pick<AbortSignal, 'aborted'>;
  /** Whether whoever stores runs has none waiting: one then goes before it is full. Left out: never. */
  readonly isWanted?: (() => boolean) | undefined;
};

/** A file's bytes to runs; see `stageRuns`. */
export const readRuns = (chunks: AsyncIterable<Uint8Array>, options: StageOptions): AsyncGenerator<ReadPart> => stageRuns(readIntake(chunks, options.mappings, options.path), options);

/** The rows of one file, staged part by part. `isFull` asks after each row whether a run is to go now. */
function openFileStaging(fingerprintKey: Uint8Array, isFull: (rows: number) => boolean) {
  const staging = openStaging(fingerprintKey);
  let isInventory = false;
  const read: { notes: readonly IntakeNote[]; lastRow: number | null } = { notes: [], lastRow: null };
  return {
    * take(part: IntakeHeader | IntakeBatch<IntakeEntry>): Generator<ReadPart> {
      if (part.kind === 'header') {
        isInventory = INVENTORIES.has(part.intakeKind);
        yield { kind: 'header', intakeKind: part.intakeKind, declined: part.declined };
        return;
      }
      for (const entry of part.rows) {
        const count = rowsIn(entry);
        for (let n = 0; n < count; n += 1) {
          if (entry.kind === 'alike-keys') staging.addAlike(entry, n);
          else addRow(staging, entry, isInventory);
          if (isFull(staging.rows)) yield { kind: 'run', run: staging.take().run };
        }
        read.lastRow = entry.row + count - 1;
      }
      if (part.notes.length > 0) read.notes = part.notes;
    },
    * end(failed: FileEnd['failed']): Generator<ReadPart> {
      if (staging.rows > 0) yield { kind: 'run', run: staging.take().run };
      yield { kind: 'end', ...read, failed };
    },
  };
}

/** The same for the parts of a file that was read at once; one run at most. */
export function* stageWhole(parts: readonly (IntakeHeader | IntakeBatch)[], fingerprintKey: Uint8Array): Generator<ReadPart> {
  const staging = openFileStaging(fingerprintKey, () => false);
  for (const part of parts) yield* staging.take(part);
  yield* staging.end(null);
}

function addRow(staging: Staging, row: IntakeRow, isInventory: boolean): void {
  if (row.kind === 'key') staging.addKey(row);
  else if (row.kind === 'host') staging.addHost(row, row.listKind === undefined ? isInventory : INVENTORIES.has(row.listKind));
  else if (row.kind === 'laps') staging.addLaps(row);
  else if (row.kind === 'listed-key') staging.addListedKey(row);
  else staging.addRejection(row);
}

/** @returns Progress after every batch, runs as they are full or wanted, `end`. Throws what is a bug only. Passwords in runs are secret. */
export async function* stageRuns(parts: AsyncIterable<IntakeHeader | IntakeBatch<IntakeEntry>>, { fingerprintKey, signal, runRows = RUN_ROWS, isWanted = () => false }: StageOptions): AsyncGenerator<ReadPart> {
  let before = 0;
  const staging = openFileStaging(fingerprintKey, (rows) => {
    if (rows < runRows && (rows < Math.max(LEAST_RUN_ROWS, LEAST_SHARE * before) || !isWanted())) return false;
    before += rows;
    return true;
  });
  let failed: FileEnd['failed'] = null;
  try {
    for await (const part of parts) {
      yield* staging.take(part);
      if (part.kind === 'header') continue;
      yield { kind: 'progress', bytesRead: part.bytesRead, rowsRead: part.rowsRead };
      if (signal.aborted) break;
    }
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    failed = { code: cause.code, facts: cause.facts };
  }
  yield* staging.end(failed);
}
