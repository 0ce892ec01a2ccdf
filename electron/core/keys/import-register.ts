// The register of imports: who began what, which files were in it, how it ended. Two lines of the audit trail an import.
import { basename } from 'node:path';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { prepared } from './prepared.ts';

/** @param names Of the files, as the trail names them. @returns The new import's ID. */
export function beginImport(desk: Desk, names: readonly string[]): number {
  return desk.db.transaction(() => {
    const at = nowOf(desk);
    const importId = Number(prepared(desk.db, 'INSERT INTO imports (operator, started_at) VALUES (?, ?)').run(desk.operator.name, at).lastInsertRowid);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'imports.run', subject: listed(names), details: { importId, step: 'started', files: names.length } });
    return importId;
  }).immediate();
}

/** Enters the end and the sums; nothing comes after it. */
export function finishImport(desk: Desk, importId: number, cancelled: boolean): void {
  desk.db.transaction(() => {
    const at = nowOf(desk);
    const sums = prepared<[number], Record<'rows' | 'imported' | 'unchanged' | 'conflicts' | 'rejected' | 'hosts' | 'failed', number>>(
      desk.db,
      `SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(imported), 0) AS imported, coalesce(sum(unchanged), 0) AS unchanged, coalesce(sum(conflicts), 0) AS conflicts,
              coalesce(sum(rejected), 0) AS rejected, coalesce(sum(hosts), 0) AS hosts, count(error_code) AS failed FROM import_files WHERE import_id = ?`,
    ).get(importId);
    prepared(desk.db, 'UPDATE imports SET finished_at = ?, cancelled = ? WHERE import_id = ?').run(at, cancelled ? 1 : 0, importId);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'imports.run', subject: String(importId), details: { importId, step: cancelled ? 'cancelled' : 'finished', ...sums } });
  }).immediate();
  desk.changed('imports', 'keys', 'hosts', 'audit');
}

export interface Named { readonly path: string; readonly name?: string }
/** A member of an archive is named with it. */
export const nameOf = ({ path, name }: Named): string => name ?? basename(path);

/** @returns The import_file_id; what the file is, is entered when it was read. */
export const enterFile = (desk: Desk, importId: number, file: Named): number =>
  Number(prepared(desk.db, "INSERT INTO import_files (import_id, path, name, kind) VALUES (?, ?, ?, 'not-recognised')").run(importId, file.path, nameOf(file)).lastInsertRowid);

/** An archive is no file of the import once its first member is there. */
export function renameFile(desk: Desk, importFileId: number, file: Named): number {
  prepared(desk.db, 'UPDATE import_files SET path = ?, name = ? WHERE import_file_id = ?').run(file.path, nameOf(file), importFileId);
  return importFileId;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} +${names.length - 10}` : shown;
}
