// Tables of a database that somebody handed over, each as CSV. The file is untrusted and may hold recovery passwords: it is read into memory and never copied to disk.
import Database from 'better-sqlite3';
import { AppError } from '../core/app-error.ts';
import type { Declined } from '../formats/intake/intake.ts';
import { hostsOfRows, type TableShape } from './sqlite-relations.ts';
import { csvCell } from '../formats/xlsx/sheet-rows.ts';

export interface DatabaseTable { readonly name: string; readonly isEmpty: boolean; /** AppError `file-unreadable`. */ chunks(): AsyncGenerator<Uint8Array> }

export const LARGEST_DATABASE = 512 * 1024 * 1024;
const MOST_TABLES = 500;
const MOST_COLUMNS = 256;
const LONGEST_CELL = 65_536;
const ROWS_AT_ONCE = 500;

/**
 * @param bytes  The database, whole; its journal mode is changed in place.
 * @returns Tables and their rows as they are stored, those of keys with the host that another table names by a number: no view, virtual table, generated column or trigger is ever run. AppError `file-not-recognised` when it is no database.
 */
export function openTables(bytes: Buffer, path: string): { readonly tables: readonly DatabaseTable[]; close(): void } {
  // A database in WAL mode can not be opened from memory; its rows are all there but for those in a log beside it.
  if (bytes.length > 19) bytes.fill(1, 18, 20);
  let db: Database.Database | null = null;
  try {
    db = new Database(bytes, { readonly: true });
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    const opened = db;
    const names = opened.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid LIMIT 500").all();
    const shapes = names.map(({ name }) => ({ name, columns: columnsOf(opened, name) }));
    return {
      tables: shapes.slice(0, MOST_TABLES).map((shape) => ({ name: shape.name, isEmpty: isEmpty(opened, shape.name), chunks: () => readTable(opened, shape, shapes, bytes.length, path) })),
      close: () => opened.close(),
    };
  } catch (cause) {
    db?.close();
    throw new AppError('file-not-recognised', { path, why: 'database-damaged' satisfies Declined }, { cause });
  }
}

function isEmpty(db: Database.Database, table: string): boolean {
  try {
    return db.prepare(`SELECT 1 FROM ${quoted(table)} LIMIT 1`).get() === undefined;
  } catch {
    return false; // reading it says what is wrong
  }
}

const columnsOf = (db: Database.Database, table: string): readonly string[] =>
  db.prepare<[string], { name: string }>('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0').all(table).slice(0, MOST_COLUMNS).map(({ name }) => name);

async function* readTable(db: Database.Database, shape: TableShape, shapes: readonly TableShape[], sizeBytes: number, path: string): AsyncGenerator<Uint8Array> {
  try {
    const { name: table, columns } = shape;
    const hosts = hostsOfRows(db, shape, shapes);
    yield Buffer.from(`${[...columns, ...(hosts?.columns ?? [])].map(csvCell).join(',')}\n`);
    // A cell of a gigabyte is passed over without being read.
    const cells = columns.map((column) => `CASE WHEN octet_length(${quoted(column)}) <= ${LONGEST_CELL} THEN ${quoted(column)} END`);
    const rows = db.prepare<[], unknown[]>(`SELECT ${cells.join(', ')} FROM ${quoted(table)}`).raw().safeIntegers().iterate();
    let text = '';
    let read = 0;
    for (const row of rows) {
      text += `${(hosts === null ? row : [...row, ...hosts.valuesOf(row)]).map((cell) => csvCell(textOf(cell))).join(',')}\n`;
      read++;
      // A row takes at least two bytes of the file: more of them go round in circles.
      if (read > sizeBytes) throw new AppError('file-unreadable', { path, why: 'database-damaged' });
      if (read % ROWS_AT_ONCE !== 0) continue;
      yield Buffer.from(text);
      text = '';
    }
    if (text !== '') yield Buffer.from(text);
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('file-unreadable', { path, why: 'database-damaged' }, { cause });
  }
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return Buffer.isBuffer(cell) ? `X'${cell.toString('hex')}'` : String(cell);
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
