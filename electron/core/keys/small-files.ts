// Small files of an import, gathered so that hundreds are stored in one go: their rows make runs, in each of which no two files speak of the same key or host.
// What such files bring is then the same in whatever order they are stored, and whether one by one or together.
import { readWhole, type IntakeBatch, type IntakeHeader, type IntakeKind, type IntakeNote, type IntakeRow } from '../../formats/intake/intake.ts';
import type { ColumnMapping } from '../../formats/intake/mapping.ts';
import type { ErrorCode, ErrorFacts } from '../app-error.ts';
import { errorOfEnd, errorOfHeader, type FileError } from './file-outcome.ts';
import { stageWhole, type ReadPart } from './read-runs.ts';
import { openStaging, type StagedRun, type Staging } from './staged-rows.ts';

/** `name` is left out where it is the end of the path. */
export interface SmallFile { readonly path: string; readonly name?: string; readonly sizeBytes: number }
/** A file of a group, with nothing left to find out but what becomes of its rows. */
export interface GatheredFile extends SmallFile { readonly kind: IntakeKind; readonly notes: readonly IntakeNote[]; readonly error: FileError | null; readonly rows: number }
/** Files in their order. The runs are to be stored one after the other; passwords in them are secret. */
export interface Gathered { readonly files: readonly GatheredFile[]; readonly runs: readonly StagedRun[] }
/** A file whose rows have to be stored by themselves. Passwords in its parts are secret. */
export interface ReadFile { readonly file: SmallFile; readonly parts: readonly ReadPart[] }

/** A file that was read and whose rows may go together with others'. They are secret. */
export interface GatherableFile { readonly file: GatheredFile; readonly rowsOfFile: readonly IntakeRow[] }

export interface Gathering {
  /** How many files and rows wait to be taken. */
  readonly files: number;
  readonly rows: number;
  /** @returns What may be added, or a file to be stored by itself, after what is there. Never throws for what is in the bytes. */
  read(file: SmallFile, bytes: Uint8Array): GatherableFile | ReadFile;
  /** @returns False when what is there has to be taken first. */
  add(file: GatherableFile): boolean;
  /** A file that can not be read, and why. */
  fail(file: SmallFile, code: ErrorCode, facts: ErrorFacts): void;
  take(): Gathered;
}

/** Beyond it a file is read by itself, in pieces. */
export const SMALL_BYTES = 64 * 1024;
/** So often may files say something of the same key or host before a group ends. */
const MOST_RUNS = 8;

/** @param fingerprintKey Secret. */
export function openGathering({ fingerprintKey, mappings = [] }: { readonly fingerprintKey: Uint8Array; readonly mappings?: readonly ColumnMapping[] }): Gathering {
  let files: GatheredFile[] = [];
  let runs: OpenRun[] = [];
  /** Key, host or ID of a host → the last run that speaks of it. */
  let runOf = new Map<string, number>();
  let rowCount = 0;

  return {
    get files() { return files.length; },
    get rows() { return rowCount; },
    read(file, bytes) {
      const parts = readWhole(bytes, mappingsFor(mappings, file.path), file.path);
      const rows = rowsOf(parts);
      if (!rows.every(isGatherable)) return { file, parts: [...stageWhole(parts, fingerprintKey)] };
      return { file: { ...file, ...outcomeOf(parts, rows.at(-1)?.row ?? null, file.path), rows: rows.length }, rowsOfFile: rows };
    },
    add({ file, rowsOfFile: rows }) {
      const topics = topicsOf(rows);
      let level = 0;
      for (const topic of topics) level = Math.max(level, (runOf.get(topic) ?? -1) + 1);
      if (level >= MOST_RUNS) return false;
      for (const topic of topics) runOf.set(topic, level);
      if (rows.length > 0) (runs[level] ??= openRun(fingerprintKey)).add(rows, files.length);
      files.push(file);
      rowCount += rows.length;
      return true;
    },
    fail(file, code, facts) {
      files.push({ ...file, kind: 'not-recognised', notes: [], error: { code, facts: { path: file.path, ...facts }, row: null }, rows: 0 });
    },
    take() {
      const taken = { files, runs: runs.map((run) => run.take()) };
      files = [];
      runs = [];
      runOf = new Map();
      rowCount = 0;
      return taken;
    },
  };
}

/** A header is known again anywhere; without one the answer is about one table. */
export const mappingsFor = (mappings: readonly ColumnMapping[], path: string): readonly ColumnMapping[] =>
  mappings.length === 0 ? mappings : mappings.filter((mapping) => mapping.header !== null || mapping.path === path || mapping.path?.startsWith(`${path}/`) === true);

/** Keys with an ID, with their recovery password or without, whatever is said of their hosts, and rows that do not come in. Without an ID a key may turn out to be one of another file. */
const isGatherable = (row: IntakeRow): boolean => (row.kind === 'rejected' && row.host === undefined) || ((row.kind === 'key' || row.kind === 'listed-key') && row.keyProtectorId !== null && row.entraDeviceId === null);

function topicsOf(rows: readonly IntakeRow[]): ReadonlySet<string> {
  const topics = new Set<string>();
  for (const row of rows) {
    if (row.kind !== 'key' && row.kind !== 'listed-key') continue;
    topics.add(row.keyProtectorId ?? '');
    if (row.host === null) continue;
    topics.add(`host ${row.host.hostname.toUpperCase()}`);
    for (const { kind, value } of row.host.ids) topics.add(`${kind} ${value}`);
  }
  return topics;
}

const rowsOf = (parts: readonly (IntakeHeader | IntakeBatch)[]): readonly IntakeRow[] => {
  const batches = parts.flatMap((part) => (part.kind === 'batch' && part.rows.length > 0 ? [part.rows] : []));
  return batches.length === 1 ? batches[0] ?? [] : batches.flat();
};

function outcomeOf(parts: readonly (IntakeHeader | IntakeBatch)[], lastRow: number | null, path: string): Pick<GatheredFile, 'kind' | 'notes' | 'error'> {
  const header = parts.find((part) => part.kind === 'header');
  const notes = parts.flatMap((part) => (part.kind === 'batch' ? part.notes : []));
  const end = errorOfEnd({ notes, lastRow, failed: null }, path);
  return { kind: header?.intakeKind ?? 'not-recognised', notes, error: end ?? (header === undefined ? null : errorOfHeader(header, path)) };
}

interface OpenRun { add(rows: readonly IntakeRow[], file: number): void; take(): StagedRun }

function openRun(fingerprintKey: Uint8Array): OpenRun {
  const staging: Staging = openStaging(fingerprintKey);
  const ofKeys: number[] = [];
  const ofHosts: number[] = [];
  const ofListed: number[] = [];
  const ofRejections: number[] = [];
  return {
    add(rows, file) {
      const hosts = new Set<string>();
      for (const row of rows) {
        if (row.kind === 'rejected') {
          staging.addRejection(row);
          ofRejections.push(file);
        } else if (row.kind === 'key' || row.kind === 'listed-key') {
          if (row.kind === 'key') {
            staging.addKey(row);
            ofKeys.push(file);
          } else {
            staging.addListedKey(row);
            ofListed.push(file);
          }
          if (row.host === null || hosts.has(row.host.hostname)) continue;
          hosts.add(row.host.hostname); // no other file of the run names it, so that it was staged just now
          ofHosts.push(file);
        }
      }
    },
    take() {
      const { run, order } = staging.take();
      return { ...run, files: { ofKeys: order.map((n) => ofKeys[n] ?? 0), ofHosts: Uint32Array.from(ofHosts), ofListed: Uint32Array.from(ofListed), ofRejections: Uint32Array.from(ofRejections) } };
    },
  };
}
