// The register of imports: who began what, which files were in it, how it ended. Two lines of the audit trail an import.
import { basename } from 'node:path';
import type { Database } from '../../store/database.ts';
import { isOtherRunning, OWN_PROCESS } from '../../store/processes.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import type { FileError } from './file-outcome.ts';
import { NAMED_FILES } from './gathered-files.ts';
import { cell, jsonRows } from './json-rows.ts';
import { prepared } from './prepared.ts';

/** @param names Of the first files, as the trail names them. @returns The new import's ID, and when it began: the time of all that it brings. */
export function beginImport(desk: Desk, names: readonly string[], files: number): { readonly importId: number; readonly startedAt: string } {
  return desk.db.transaction(() => {
    const at = nowOf(desk);
    const importId = Number(prepared(desk.db, 'INSERT INTO imports (operator, started_at, process) VALUES (?, ?, ?)').run(desk.operator.name, at, OWN_PROCESS).lastInsertRowid);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'imports.run', subject: listed(names, files), details: { importId, step: 'started', files } });
    return { importId, startedAt: at };
  }).immediate();
}

/** Enters the end and the sums; nothing comes after it. */
export function finishImport(desk: Desk, importId: number, cancelled: boolean): void {
  desk.db.transaction(() => enterEnd(desk.db, { importId, cancelled, at: nowOf(desk), operator: desk.operator.name })).immediate();
  desk.changed('imports', 'keys', 'hosts', 'audit');
}

/**
 * Ends the imports in whose middle the vault was closed, or the desk went out: one without an end would look as if all of it were in. What another process is at, as the
 * command line beside the window, goes on.
 *
 * @param desk Opened just now, so that this process runs none in it. Rows: imports, an audit line each.
 */
export function endCutOffImports(desk: Pick<Desk, 'db' | 'operator' | 'clock'>): void {
  const { db, operator } = desk;
  const open = db.prepare<[], { id: number; startedAt: string; process: string | null }>('SELECT import_id AS id, started_at AS startedAt, process FROM imports WHERE finished_at IS NULL ORDER BY import_id').all();
  const cutOff = open.filter(({ process, startedAt }) => process === null || !isOtherRunning(process, Date.parse(startedAt)));
  if (cutOff.length === 0) return;
  db.transaction(() => {
    for (const { id } of cutOff) enterEnd(db, { importId: id, cancelled: true, at: nowOf(desk), operator: operator.name });
  }).immediate();
}

function enterEnd(db: Database, { importId, cancelled, at, operator }: { readonly importId: number; readonly cancelled: boolean; readonly at: string; readonly operator: string }): void {
  const sums = prepared<[number], Record<'rows' | 'imported' | 'unchanged' | 'conflicts' | 'rejected' | 'hosts' | 'laps' | 'failed', number>>(
    db,
    `SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(imported), 0) AS imported, coalesce(sum(unchanged), 0) AS unchanged, coalesce(sum(conflicts), 0) AS conflicts,
            coalesce(sum(rejected), 0) AS rejected, coalesce(sum(hosts), 0) AS hosts, coalesce(sum(laps_imported + laps_conflicts), 0) AS laps, count(error_code) AS failed FROM import_files WHERE import_id = ?`,
  ).get(importId);
  prepared(db, 'UPDATE imports SET finished_at = ?, cancelled = ? WHERE import_id = ?').run(at, cancelled ? 1 : 0, importId);
  appendAudit(db, { at, operator, act: 'imports.run', subject: String(importId), details: { importId, step: cancelled ? 'cancelled' : 'finished', ...sums } });
}

export interface Named { readonly path: string; readonly name?: string }
/** A member of an archive is named with it. */
export const nameOf = ({ path, name }: Named): string => name ?? basename(path);

/** @returns The import_file_id; what the file is, is entered when it was read. */
export const enterFile = (desk: Desk, importId: number, file: Named): number =>
  Number(prepared(desk.db, "INSERT INTO import_files (import_id, path, name, kind) VALUES (?, ?, ?, 'not-recognised')").run(importId, file.path, nameOf(file)).lastInsertRowid);

/** An archive is no file of the import once its first member is there. */
export function dropFile(desk: Desk, importFileId: number): void {
  prepared(desk.db, 'DELETE FROM import_files WHERE import_file_id = ?').run(importFileId);
}

/** What is known of a file when it was read, beside its rows. */
export interface FileOutcome { readonly kind: string; readonly error: FileError | null; readonly notes: readonly string[] }

/** Of a file that was entered before it was read. Rows: import_files. */
export function enterOutcome(desk: Desk, importFileId: number, outcome: FileOutcome): void {
  prepared(desk.db, 'UPDATE import_files SET kind = ?, error_code = ?, error_facts = ?, error_row = ?, notes = ? WHERE import_file_id = ?').run(...valuesOf(outcome), importFileId);
}

/** Both at once, of hundreds of files. Call it in a transaction. @returns The import_file_id of the first; the others follow in their order. */
export function enterReadFiles({ db }: Desk, importId: number, files: readonly (Named & FileOutcome)[]): number {
  const first = (prepared<[], { n: number | null }>(db, 'SELECT max(import_file_id) AS n FROM import_files').get()?.n ?? 0) + 1;
  prepared(db, `INSERT INTO import_files (import_file_id, import_id, path, name, kind, error_code, error_facts, error_row, notes) SELECT :first + key, :importId, ${[0, 1, 2, 3, 4, 5, 6].map(cell).join(', ')} FROM json_each(:files)`)
    .run({ first, importId, files: jsonRows(files.map((file) => [file.path, nameOf(file), ...valuesOf(file)])) });
  return first;
}

const valuesOf = ({ kind, error, notes }: FileOutcome): (string | number | null)[] => [kind, error?.code ?? null, error === null ? null : JSON.stringify(error.facts), error?.row ?? null, notes.join(' ')];

function listed(names: readonly string[], files: number): string {
  const shown = names.slice(0, NAMED_FILES);
  return shown.join(', ') + (files > shown.length ? ` +${files - shown.length}` : '');
}
