// Statements of hot queries are compiled once for each open database: compiling takes longer than finding a key.
import type { Statement } from 'better-sqlite3';
import type { ReadableDatabase } from '../../store/database.ts';

const statements = new WeakMap<ReadableDatabase, Map<string, Statement>>();

/** @param sql From the code, never from outside; few different texts. */
export function prepared<Bind extends unknown[] = unknown[], Row = unknown>(db: ReadableDatabase, sql: string): Statement<Bind, Row> {
  let known = statements.get(db);
  if (known === undefined) statements.set(db, known = new Map());
  let statement = known.get(sql);
  if (statement === undefined) known.set(sql, statement = db.prepare(sql));
  return statement as Statement<Bind, Row>; // the caller states the types of its own SQL
}

/** @returns What `read` returns: its queries see the store at one instant, and only the first pays for finding that. Never waits for a writer. */
export function readTogether<T>(db: ReadableDatabase, read: () => T): T {
  if (db.inTransaction) return read();
  prepared(db, 'BEGIN').run();
  try {
    return read();
  } finally {
    prepared(db, 'COMMIT').run();
  }
}
