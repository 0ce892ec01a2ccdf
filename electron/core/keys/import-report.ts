// What came of an import: figures for each file, every row that did not come in and why, and the conflicts it found. Nothing in it is secret.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';

export interface RejectedLine { readonly row: number; readonly reason: string; readonly groups?: number[] }

/** `rows` is always imported + unchanged + conflicts + rejectedCount. For a host list `imported` are hosts new to the desk or newly reported, `unchanged` those it knew. */
export interface FileReport {
  readonly path: string; readonly name: string;
  /** IntakeKind: what the file was taken for by its content. */
  readonly kind: string;
  readonly rows: number; readonly imported: number; readonly unchanged: number; readonly conflicts: number; readonly rejectedCount: number;
  /** The first of them, in the order of the file; the rest with `listRejections`. */
  readonly rejected: RejectedLine[];
  /** Hosts that the desk did not know before. */
  readonly hosts: number;
  /** Set when the file as a whole could not be read (to its end): what was readable is in. */
  readonly error: { readonly code: string; readonly facts: Record<string, unknown>; readonly row: number | null } | null;
  /** INTAKE_NOTES: what is odd about the file as a whole. */
  readonly notes: string[];
}

export interface ImportSummary {
  readonly importId: number; readonly startedAt: string; readonly finishedAt: string | null; readonly operator: string; readonly files: string[];
  readonly imported: number; readonly unchanged: number; readonly conflicts: number; readonly rejected: number; readonly hosts: number; readonly cancelled: boolean;
  /** An import that was a mistake: what came of it then, and who took it back. */
  readonly undone: { readonly at: string; readonly by: string } | null;
}

/** Two records that give different recovery passwords for one key protector ID. */
export interface KeyConflict {
  readonly keyProtectorId: string | null; readonly hostname: string | null;
  readonly keptSource: string; readonly keptRow: number; readonly keptCreatedAt: string | null; readonly keptHostname: string | null; readonly keptTested: boolean;
  readonly otherSource: string; readonly otherRow: number; readonly otherCreatedAt: string | null; readonly otherHostname: string | null; readonly otherTested: boolean;
}

interface FileRow {
  import_file_id: number; path: string; name: string; kind: string; rows: number; imported: number; unchanged: number; conflicts: number; rejected: number; hosts: number;
  error_code: string | null; error_facts: string | null; error_row: number | null; notes: string;
}
interface SummaryRow { import_id: number; operator: string; started_at: string; finished_at: string | null; cancelled: number; undone_at: string | null; undone_by: string | null }

/** Rejected rows that go into a report. */
export const REPORTED_REJECTIONS = 1000;

/** @returns Imports, newest first. */
export function listImports(db: ReadableDatabase, { offset, limit }: { readonly offset: number; readonly limit: number }): ImportSummary[] {
  const rows = db.prepare<[number, number], SummaryRow>('SELECT import_id, operator, started_at, finished_at, cancelled, undone_at, undone_by FROM imports ORDER BY import_id DESC LIMIT ? OFFSET ?').all(limit, offset);
  return rows.map((row) => toSummary(db, row));
}

/** @returns AppError `not-found`. At most 1,000 rejected rows a file and 1,000 conflicts. */
export function getImport(db: ReadableDatabase, importId: number): { summary: ImportSummary; files: FileReport[]; conflicts: KeyConflict[] } {
  const row = db.prepare<[number], SummaryRow>('SELECT import_id, operator, started_at, finished_at, cancelled, undone_at, undone_by FROM imports WHERE import_id = ?').get(importId);
  if (row === undefined) throw new AppError('not-found', { importId });
  const files = db.prepare<[number], FileRow>('SELECT * FROM import_files WHERE import_id = ? ORDER BY import_file_id').all(importId);
  return { summary: toSummary(db, row), files: files.map((file) => toReport(db, file, REPORTED_REJECTIONS)), conflicts: listConflicts(db, importId) };
}

/** @returns AppError `not-found`. @param rejections How many rejected rows it may hold. */
export function getFileReport(db: ReadableDatabase, importFileId: number, rejections: number): FileReport {
  const row = db.prepare<[number], FileRow>('SELECT * FROM import_files WHERE import_file_id = ?').get(importFileId);
  if (row === undefined) throw new AppError('not-found', { importFileId });
  return toReport(db, row, rejections);
}

/** @returns Rows of a file that did not come in, in the order of the file. */
export function listRejections(db: ReadableDatabase, importFileId: number, { offset, limit }: { readonly offset: number; readonly limit: number }): RejectedLine[] {
  return db.prepare<[number, number, number], { row: number; reason: string; groups: string | null }>(
    'SELECT row, reason, groups FROM import_rejections WHERE import_file_id = ? ORDER BY row, rowid LIMIT ? OFFSET ?',
  ).all(importFileId, limit, offset).map(({ row, reason, groups }) => ({ row, reason, ...(groups === null ? {} : { groups: groups.split(' ').map(Number) }) }));
}

/** @returns Rows of all files of an import that did not come in, file by file, in the order of each. AppError `not-found`. */
export function listImportRejections(db: ReadableDatabase, importId: number, { offset, limit }: { readonly offset: number; readonly limit: number }): { total: number; rows: (RejectedLine & { readonly path: string })[] } {
  if (db.prepare('SELECT 1 FROM imports WHERE import_id = ?').get(importId) === undefined) throw new AppError('not-found', { importId });
  const total = db.prepare<[number], { n: number | null }>('SELECT sum(rejected) AS n FROM import_files WHERE import_id = ?').get(importId)?.n ?? 0;
  const rows = db.prepare<[number, number, number], { path: string; row: number; reason: string; groups: string | null }>(
    `SELECT f.path, r.row, r.reason, r.groups FROM import_files f JOIN import_rejections r USING (import_file_id)
      WHERE f.import_id = ? ORDER BY f.import_file_id, r.row, r.rowid LIMIT ? OFFSET ?`,
  ).all(importId, limit, offset);
  return { total, rows: rows.map(({ path, row, reason, groups }) => ({ path, row, reason, ...(groups === null ? {} : { groups: groups.split(' ').map(Number) }) })) };
}

function listConflicts(db: ReadableDatabase, importId: number): KeyConflict[] {
  return db.prepare<[number, number], Omit<KeyConflict, 'keyProtectorId' | 'hostname' | 'keptTested' | 'otherTested'> & { id: string | null; keptTested: number; otherTested: number }>(
    `SELECT hex(k.key_protector_id) AS id, h.hostname AS otherHostname, kept_host.hostname AS keptHostname, kept_file.name AS keptSource, kept.source_row AS keptRow, kept.created_at AS keptCreatedAt,
            kept.tested_at IS NOT NULL AS keptTested, f.name AS otherSource, k.source_row AS otherRow, k.created_at AS otherCreatedAt, k.tested_at IS NOT NULL AS otherTested
       FROM import_files f CROSS JOIN key_records k INDEXED BY key_records_in_conflict ON k.conflict = 1 AND k.import_file_id = f.import_file_id
       JOIN key_ids i ON i.key_protector_id = k.key_protector_id AND i.key_record_id <> k.key_record_id
       JOIN key_records kept ON kept.key_record_id = i.key_record_id JOIN import_files kept_file ON kept_file.import_file_id = kept.import_file_id
       LEFT JOIN hosts h ON h.host_id = k.host_id LEFT JOIN hosts kept_host ON kept_host.host_id = kept.host_id
      WHERE f.import_id = ? ORDER BY k.import_file_id, k.source_row LIMIT ?`,
  ).all(importId, REPORTED_REJECTIONS).map(({ id, keptTested, otherTested, ...rest }) => ({
    ...rest, keyProtectorId: formatKeyProtectorId(id), hostname: rest.otherHostname ?? rest.keptHostname, keptTested: keptTested === 1, otherTested: otherTested === 1,
  }));
}

/** @param hex 32 upper-case digits, or null. */
export const formatKeyProtectorId = (hex: string | null): string | null =>
  hex === null || hex === '' ? null : `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

function toSummary(db: ReadableDatabase, row: SummaryRow): ImportSummary {
  const files = db.prepare<[number], FileRow>('SELECT * FROM import_files WHERE import_id = ? ORDER BY import_file_id').all(row.import_id);
  const sum = (column: 'imported' | 'unchanged' | 'conflicts' | 'rejected' | 'hosts'): number => files.reduce((total, file) => total + file[column], 0);
  return {
    importId: row.import_id, startedAt: row.started_at, finishedAt: row.finished_at, operator: row.operator, files: files.map((file) => file.name),
    imported: sum('imported'), unchanged: sum('unchanged'), conflicts: sum('conflicts'), rejected: sum('rejected'), hosts: sum('hosts'), cancelled: row.cancelled === 1,
    undone: row.undone_at === null ? null : { at: row.undone_at, by: row.undone_by ?? '' },
  };
}

function toReport(db: ReadableDatabase, row: FileRow, rejections: number): FileReport {
  return {
    path: row.path, name: row.name, kind: row.kind, rows: row.rows, imported: row.imported, unchanged: row.unchanged, conflicts: row.conflicts, rejectedCount: row.rejected,
    rejected: row.rejected === 0 ? [] : listRejections(db, row.import_file_id, { offset: 0, limit: Math.min(rejections, row.rejected) }), hosts: row.hosts,
    error: row.error_code === null ? null : { code: row.error_code, facts: parseFacts(row.error_facts), row: row.error_row }, notes: row.notes === '' ? [] : row.notes.split(' '),
  };
}

const parseFacts = (text: string | null): Record<string, unknown> => (text === null ? {} : (JSON.parse(text) as Record<string, unknown>)); // written by import-keys.ts
