// What came of an import: figures for each file, every row that did not come in and why, and the conflicts it found. Nothing in it is secret.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import type { ListSaid } from '../codes.ts';
import { prepared } from './prepared.ts';
import { INVENTORIES } from './inventories.ts';

export interface RejectedLine { readonly row: number; readonly reason: string; readonly groups?: number[] }

/** `rows` is always imported + unchanged + conflicts + listed + rejectedCount. For a host list `imported` are hosts new to the desk or newly reported, `unchanged` those it knew. */
export interface FileReport {
  readonly importFileId: number;
  readonly path: string; readonly name: string;
  /** IntakeKind: what the file was taken for by its content. */
  readonly kind: string;
  readonly rows: number; readonly imported: number; readonly unchanged: number; readonly conflicts: number; readonly rejectedCount: number;
  /** Keys named without their recovery passwords (listed-keys.ts). */
  readonly listed: number;
  /** The first of them, in the order of the file; the rest with `listRejections`. */
  readonly rejected: RejectedLine[];
  /** Hosts that the desk did not know before. */
  readonly hosts: number;
  /** LAPS passwords in its rows, counted beside them. `encrypted`: hosts whose password only its own decryptors can open. */
  readonly laps: LapsFigures;
  /** Null: it lists no hosts, or its lines are let go. */
  readonly list: ListFigures | null;
  /** Set when the file as a whole could not be read (to its end): what was readable is in. */
  readonly error: { readonly code: string; readonly facts: Record<string, unknown>; readonly row: number | null } | null;
  /** INTAKE_NOTES: what is odd about the file as a whole. */
  readonly notes: string[];
}

/** A list of hosts: how many it names, how many of them it says are down, and what a person said of it (hosts/list-says.ts). A list straight out of a directory or tenant is never in question. */
export interface ListFigures { readonly hosts: number; readonly down: number; readonly said: ListSaid | null; readonly saidAt: string | null; readonly saidBy: string | null }

export interface LapsFigures { readonly imported: number; readonly unchanged: number; readonly conflicts: number; readonly encrypted: number }

export interface ImportSummary {
  readonly importId: number; readonly startedAt: string; readonly finishedAt: string | null; readonly operator: string; /** Names of the first few. */ readonly files: string[]; readonly fileCount: number;
  readonly imported: number; readonly unchanged: number; readonly conflicts: number; readonly rejected: number; readonly hosts: number; /** LAPS passwords new to the desk. */ readonly laps: number; readonly cancelled: boolean;
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
  import_file_id: number; path: string; name: string; kind: string; rows: number; imported: number; unchanged: number; conflicts: number; rejected: number; listed: number; hosts: number; laps_imported: number; laps_unchanged: number; laps_conflicts: number; laps_encrypted: number;
  error_code: string | null; error_facts: string | null; error_row: number | null; notes: string; listings_pruned_at: string | null; list_said: ListSaid | null; list_said_at: string | null; list_said_by: string | null;
}
interface SummaryRow { import_id: number; operator: string; started_at: string; finished_at: string | null; cancelled: number; undone_at: string | null; undone_by: string | null }

/** Files of one kind in an import. */
export interface KindFigures { readonly kind: string; readonly files: number; readonly rows: number; readonly imported: number; readonly unchanged: number; readonly conflicts: number; readonly rejected: number; readonly hosts: number }

/** Of an import with up to REPORTED_FILES files each of them; of more, the first of those that a person has to hear of, and figures by kind. The rest with `listFileReports`. */
export interface ReportedFiles {
  readonly files: FileReport[];
  readonly fileCount: number;
  /** Files that could not be read (to their end), with rejected rows, conflicts, or something odd about them. */
  readonly remarkableCount: number;
  /** Files with an error. */
  readonly failedCount: number;
  readonly kinds: KindFigures[];
}

/** Rejected rows that go into a report. */
export const REPORTED_REJECTIONS = 1000;
/** Files that go into a report: more than a person reads. */
export const REPORTED_FILES = 100;
/** Names of files that go into a summary. */
const SUMMARY_NAMES = 10;

const LIVE_KINDS = ['directory', 'tenant'];
/** Of a list that says nobody is down, somebody has to hear. */
const REMARKABLE = `(error_code IS NOT NULL OR rejected > 0 OR conflicts > 0 OR listed > 0 OR laps_conflicts > 0 OR laps_encrypted > 0 OR notes <> ''
  OR (kind IN (${[...INVENTORIES, 'xlsx', 'sqlite'].map((kind) => `'${kind}'`).join(', ')}) AND EXISTS (SELECT 1 FROM host_listings l WHERE l.import_file_id = import_files.import_file_id)))`;

/** @returns See ReportedFiles; files in their order. */
export function listReports(db: ReadableDatabase, importId: number, rejections = REPORTED_REJECTIONS): ReportedFiles {
  const kinds = db.prepare<[number], KindFigures & { remarkable: number; failed: number }>(
    `SELECT kind, count(*) AS files, sum(rows) AS rows, sum(imported) AS imported, sum(unchanged) AS unchanged, sum(conflicts) AS conflicts, sum(rejected) AS rejected, sum(hosts) AS hosts, sum(${REMARKABLE}) AS remarkable, count(error_code) AS failed
       FROM import_files WHERE import_id = ? GROUP BY kind ORDER BY files DESC, kind`,
  ).all(importId);
  const fileCount = kinds.reduce((sum, { files }) => sum + files, 0);
  return {
    files: listFileReports(db, importId, { onlyRemarkable: fileCount > REPORTED_FILES, offset: 0, limit: REPORTED_FILES }, rejections),
    fileCount, remarkableCount: kinds.reduce((sum, { remarkable }) => sum + remarkable, 0), failedCount: kinds.reduce((sum, { failed }) => sum + failed, 0),
    kinds: kinds.map(({ remarkable: _remarkable, failed: _failed, ...figures }) => figures),
  };
}

/** @param onlyRemarkable Files with conflicts, rejections, notes or an error. @returns Reports in the order of the files, each with its first `rejections` rows. */
export function listFileReports(db: ReadableDatabase, importId: number, { onlyRemarkable, offset, limit }: { readonly onlyRemarkable: boolean; readonly offset: number; readonly limit: number }, rejections = REPORTED_REJECTIONS): FileReport[] {
  return db.prepare<[number, number, number], FileRow>(`SELECT * FROM import_files WHERE import_id = ? AND ${onlyRemarkable ? REMARKABLE : '1'} ORDER BY import_file_id LIMIT ? OFFSET ?`)
    .all(importId, limit, offset).map((file) => toReport(db, file, rejections));
}

/** @returns Imports, newest first. */
export function listImports(db: ReadableDatabase, { offset, limit }: { readonly offset: number; readonly limit: number }): ImportSummary[] {
  const rows = db.prepare<[number, number], SummaryRow>('SELECT import_id, operator, started_at, finished_at, cancelled, undone_at, undone_by FROM imports ORDER BY import_id DESC LIMIT ? OFFSET ?').all(limit, offset);
  return rows.map((row) => toSummary(db, row));
}

/** @returns AppError `not-found`. At most 1,000 rejected rows a file and 1,000 conflicts. */
export function getImport(db: ReadableDatabase, importId: number): ReportedFiles & { summary: ImportSummary; conflicts: KeyConflict[] } {
  const row = db.prepare<[number], SummaryRow>('SELECT import_id, operator, started_at, finished_at, cancelled, undone_at, undone_by FROM imports WHERE import_id = ?').get(importId);
  if (row === undefined) throw new AppError('not-found', { importId });
  return { summary: toSummary(db, row), ...listReports(db, importId), conflicts: listConflicts(db, importId) };
}

/** @returns AppError `not-found`. @param rejections How many rejected rows it may hold. */
export function getFileReport(db: ReadableDatabase, importFileId: number, rejections: number): FileReport {
  const row = prepared<[number], FileRow>(db, 'SELECT * FROM import_files WHERE import_file_id = ?').get(importFileId);
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
  const names = prepared<[number, number], { name: string }>(db, 'SELECT name FROM import_files WHERE import_id = ? ORDER BY import_file_id LIMIT ?').all(row.import_id, SUMMARY_NAMES);
  const sums = prepared<[number], Pick<ImportSummary, 'fileCount' | 'imported' | 'unchanged' | 'conflicts' | 'rejected' | 'hosts' | 'laps'>>(
    db, `SELECT count(*) AS fileCount, coalesce(sum(imported), 0) AS imported, coalesce(sum(unchanged), 0) AS unchanged, coalesce(sum(conflicts), 0) AS conflicts, coalesce(sum(rejected), 0) AS rejected,
                coalesce(sum(hosts), 0) AS hosts, coalesce(sum(laps_imported + laps_conflicts), 0) AS laps FROM import_files WHERE import_id = ?`,
  ).get(row.import_id);
  return {
    importId: row.import_id, startedAt: row.started_at, finishedAt: row.finished_at, operator: row.operator, files: names.map(({ name }) => name),
    ...(sums ?? { fileCount: 0, imported: 0, unchanged: 0, conflicts: 0, rejected: 0, hosts: 0, laps: 0 }), cancelled: row.cancelled === 1,
    undone: row.undone_at === null ? null : { at: row.undone_at, by: row.undone_by ?? '' },
  };
}

function toReport(db: ReadableDatabase, row: FileRow, rejections: number): FileReport {
  return {
    importFileId: row.import_file_id, path: row.path, name: row.name, kind: row.kind, rows: row.rows, imported: row.imported, unchanged: row.unchanged, conflicts: row.conflicts, listed: row.listed, rejectedCount: row.rejected,
    rejected: row.rejected === 0 ? [] : listRejections(db, row.import_file_id, { offset: 0, limit: Math.min(rejections, row.rejected) }), hosts: row.hosts,
    laps: { imported: row.laps_imported, unchanged: row.laps_unchanged, conflicts: row.laps_conflicts, encrypted: row.laps_encrypted }, list: listOf(db, row),
    error: row.error_code === null ? null : { code: row.error_code, facts: parseFacts(row.error_facts), row: row.error_row }, notes: row.notes === '' ? [] : row.notes.split(' '),
  };
}

function listOf(db: ReadableDatabase, row: FileRow): ListFigures | null {
  if (row.listings_pruned_at !== null || LIVE_KINDS.includes(row.kind) || row.imported + row.unchanged === 0) return null;
  const figures = prepared<[number], { hosts: number; down: number }>(db, 'SELECT count(*) AS hosts, coalesce(sum(says_down), 0) AS down FROM host_listings WHERE import_file_id = ?').get(row.import_file_id);
  return figures === undefined || figures.hosts === 0 ? null : { ...figures, said: row.list_said, saidAt: row.list_said_at, saidBy: row.list_said_by };
}

const parseFacts = (text: string | null): Record<string, unknown> => (text === null ? {} : (JSON.parse(text) as Record<string, unknown>)); // written by import-keys.ts
