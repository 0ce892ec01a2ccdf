// The audit trail: append-only lines, each hashed over the one before, so that a change in the middle breaks every hash after it.
// Without a head noted elsewhere a chain proves little (whoever writes the file can write all of it anew): heads are printed on media, backups and reports.
import { createHash } from 'node:crypto';
import type { Database, ReadableDatabase } from '../../store/database.ts';

export interface AuditLine {
  /** Instant, ISO-8601 UTC. */
  readonly at: string;
  readonly operator: string;
  /** What was done: the procedure's name, or an event of the desk (`vault.open-failed`). */
  readonly act: string;
  /** What it was done to: an operator's name, a key protector ID, a medium ID. Never a secret. */
  readonly subject?: string | null;
  /** Further facts. Never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface StoredAuditLine { readonly number: number; readonly at: string; readonly operator: string; readonly act: string; readonly subject: string | null; readonly details: string | null; readonly hash: string }
export interface AuditProof {
  readonly entries: number;
  readonly head: string;
  readonly intact: boolean;
  /** Number of the first entry whose hash does not fit; null when all do. */
  readonly firstBroken: number | null;
  /** Whether the given head is in the chain; null when none was given. */
  readonly headFound: boolean | null;
}

interface Row { entry_number: number; at: string; operator: string; act: string; subject: string | null; details: string | null; hash: Buffer }
const FIRST = Buffer.alloc(32);

/**
 * Appends a line. Call it inside the transaction of the act it records.
 *
 * @returns The new head, `N:HASH` with 64 hexadecimal digits.
 */
export function appendAudit(db: Database, line: AuditLine): string {
  const last = db.prepare<[], Pick<Row, 'entry_number' | 'hash'>>('SELECT entry_number, hash FROM audit_entries ORDER BY entry_number DESC LIMIT 1').get();
  const row = {
    entry_number: (last?.entry_number ?? 0) + 1, at: line.at, operator: line.operator, act: line.act, subject: line.subject ?? null,
    details: line.details === undefined ? null : JSON.stringify(line.details),
  };
  const hash = chain(last?.hash ?? FIRST, row);
  db.prepare('INSERT INTO audit_entries (entry_number, at, operator, act, subject, details, hash) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(row.entry_number, row.at, row.operator, row.act, row.subject, row.details, hash);
  return formatHead(row.entry_number, hash);
}

/** @returns `N:HASH` of the last entry; `0:` and 64 zeros when there is none. */
export function auditHead(db: ReadableDatabase): string {
  const last = db.prepare<[], Pick<Row, 'entry_number' | 'hash'>>('SELECT entry_number, hash FROM audit_entries ORDER BY entry_number DESC LIMIT 1').get();
  return formatHead(last?.entry_number ?? 0, last?.hash ?? FIRST);
}

/** @returns Lines, newest first. */
export function listAudit(db: ReadableDatabase, page: { readonly offset: number; readonly limit: number }): { total: number; rows: StoredAuditLine[]; head: string } {
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM audit_entries').get()?.n ?? 0;
  const rows = db.prepare<[number, number], Row>('SELECT * FROM audit_entries ORDER BY entry_number DESC LIMIT ? OFFSET ?').all(page.limit, page.offset);
  return { total, rows: rows.map(({ entry_number, hash, ...rest }) => ({ number: entry_number, ...rest, hash: hash.toString('hex') })), head: auditHead(db) };
}

/**
 * Follows the whole chain.
 *
 * @param head A head noted earlier, on a report, a medium or a backup: proves that nothing up to it was changed or cut off.
 */
export function verifyAudit(db: ReadableDatabase, head?: string): AuditProof {
  let previous: Buffer = FIRST;
  let entries = 0;
  let firstBroken: number | null = null;
  let headFound = head === undefined ? null : head === formatHead(0, FIRST);
  for (const row of db.prepare<[], Row>('SELECT * FROM audit_entries ORDER BY entry_number').iterate()) {
    entries += 1;
    if (firstBroken === null && (row.entry_number !== entries || !chain(previous, row).equals(row.hash))) firstBroken = entries;
    if (firstBroken === null && head === formatHead(row.entry_number, row.hash)) headFound = true;
    previous = row.hash;
  }
  return { entries, head: formatHead(entries, previous), intact: firstBroken === null, firstBroken, headFound };
}

export const formatHead = (number: number, hash: Uint8Array): string => `${number}:${Buffer.from(hash).toString('hex')}`;

/** Fields are length-prefixed, so that no two different lines give the same text. */
function chain(previous: Uint8Array, row: Omit<Row, 'hash'>): Buffer {
  const sha = createHash('sha256').update(previous);
  for (const field of [String(row.entry_number), row.at, row.operator, row.act, row.subject, row.details]) {
    sha.update(field === null ? '-;' : `${Buffer.byteLength(field)}:${field};`);
  }
  return sha.digest();
}
