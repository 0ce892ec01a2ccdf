// What becomes of one file of an import: its parts as they come, and in the end its line in the register.
import type { IntakeKind } from '../../formats/intake/intake.ts';
import type { AppError } from '../app-error.ts';
import { errorOfEnd, errorOfHeader, type FileError } from './file-outcome.ts';
import { enterOutcome, nameOf, type Named } from './import-register.ts';
import type { FilePart, OpenedMembers } from './read-runs.ts';
import { rowsOf, storeRun, type FileCounts, type Job } from './store-run.ts';

export interface FileProgress { readonly bytesRead: number; readonly rows: number; readonly imported: number; readonly rejected: number }

export interface FileTaking {
  /** Stores what a part brings. Yields between transactions. */
  take(part: FilePart): Generator<void>;
  progress(): FileProgress;
  /** Enters what the file was and how it ended; nothing comes after it. */
  finish(): void;
}

/**
 * @param importFileId Of its line in the register (`enterFile`). @param gotMembers Told when it holds several files.
 * @returns Rows: import_files, import_rejections, hosts, key_records and what belongs to them.
 */
export function openTaking(job: Job, file: Named & { readonly error?: AppError }, importFileId: number, gotMembers?: (members: OpenedMembers) => void): FileTaking {
  const { desk } = job;
  const counts: FileCounts = { imported: 0, unchanged: 0, conflicts: 0, rejected: 0, listed: 0, listedRejected: 0, hosts: 0 };
  const read = { bytes: 0, rows: 0 };
  const target = { importFileId, name: nameOf(file), counts };
  let kind: IntakeKind = 'not-recognised';
  let notes: readonly string[] = [];
  let error: FileError | null = file.error === undefined ? null : { code: file.error.code, facts: { path: file.path, ...file.error.facts }, row: null };
  return {
    *take(part) {
      switch (part.kind) {
        case 'members':
          gotMembers?.(part.members);
          break;
        case 'header':
          kind = part.intakeKind;
          error = errorOfHeader(part, file.path) ?? error;
          break;
        case 'progress':
          read.bytes = part.bytesRead;
          read.rows = part.rowsRead;
          break;
        case 'run':
          if (rowsOf(part.run) <= SMALL_RUN && !desk.db.inTransaction) { // one commit, not one a step
            desk.db.transaction(() => { for (const _ of storeRun(job, part.run, target)); }).immediate();
            yield;
          } else yield* storeRun(job, part.run, target);
          break;
        case 'end':
          notes = part.notes;
          error = errorOfEnd(part, file.path, kind) ?? error;
      }
    },
    progress: () => ({ bytesRead: read.bytes, rows: read.rows, imported: counts.imported, rejected: counts.rejected }),
    finish() {
      enterOutcome(desk, importFileId, { kind, error, notes });
    },
  };
}

/** Rows stored in a few milliseconds. */
const SMALL_RUN = 100;
