// The paper fallback: the recovery passwords of a site on sheets, for when the desk itself may go. Two operators, and a disclosure of every key on it.
import { openUnsealer } from '../../store/sealed-pages.ts';
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { DisclosureReason } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { KEY_IMPORTED_AT } from '../keys/key-sources.ts';
import { recoveryPasswordFromBytes, type RecoveryPassword } from '../keys/recovery-password.ts';
import { markDue } from '../rotation/rotations.ts';
import { flagUnusualRate } from './unusual-rate.ts';

export interface PaperOrder {
  /** Of the hosts of this site that are still down or may go down: everything but verified and closed. Null: those of no site. */
  readonly site: string | null;
  readonly reason: DisclosureReason; readonly ticket?: string | undefined;
  /** The second operator, who has just signed in beside the first; null where the policy asks for one person only. */
  readonly second: string | null;
}

/** `recoveryPassword` is secret. */
export interface PaperLine { readonly hostname: string; readonly keyProtectorId: string | null; readonly drive: string | null; readonly createdAt: string | null; readonly recoveryPassword: RecoveryPassword }
export interface Paper { readonly at: string; readonly operators: readonly string[]; readonly site: string | null; readonly lines: readonly PaperLine[] }
export interface PaperSite { readonly site: string | null; readonly hosts: number; readonly keyRecords: number }

/** What people can still keep locked up: 500 keys are 63 pages. */
const PAPER_LIMIT = 500;

interface Row { key_record_id: number; id: string | null; page_id: number; place: number; hostname: string; drive: string | null; created_at: string | null }
const ON_PAPER = "h.state NOT IN ('verified', 'closed')";

/** @returns The sites that have anything to print, by name; those over `PAPER_LIMIT` too. */
export function listPaperSites(db: ReadableDatabase): PaperSite[] {
  return db.prepare<[], PaperSite>(`SELECT h.site, count(DISTINCT h.host_id) AS hosts, count(*) AS keyRecords FROM hosts h JOIN key_records k ON k.host_id = h.host_id WHERE ${ON_PAPER} GROUP BY h.site ORDER BY h.site IS NULL, h.site`).all();
}

/**
 * Lets every recovery password of a site out, on paper.
 *
 * @returns The lines by host, and of one host the newest first. AppError `second-operator-needed` (the same person twice), `nothing-to-print`, `too-much-to-print`, `cannot-read-recovery-passwords`, `store-damaged`; then nothing is answered.
 *          Rows: disclosures and rotations, one each per key record, and one audit line, in one transaction that is complete before this returns.
 */
export function printPaper(desk: Desk, { site, reason, ticket, second }: PaperOrder): Paper {
  const { db } = desk;
  const first = desk.operator.name;
  if (first.toLowerCase() === second?.toLowerCase()) throw new AppError('second-operator-needed', { operator: first });
  const unsealer = openUnsealer(db, desk.keys);
  db.pragma('synchronous = FULL'); // on the disk before it is on paper, also when the power goes
  try {
    const paper = db.transaction((): Paper => {
      const rows = db.prepare<[string | null, number], Row>(
        `SELECT k.key_record_id, hex(k.key_protector_id) AS id, k.page_id, k.place, h.hostname, k.drive, k.created_at FROM hosts h JOIN key_records k ON k.host_id = h.host_id
          WHERE h.site IS ? AND ${ON_PAPER} ORDER BY h.hostname, coalesce(k.created_at, ${KEY_IMPORTED_AT}) DESC, k.key_record_id LIMIT ?`).all(site, PAPER_LIMIT + 1);
      if (rows.length === 0) throw new AppError('nothing-to-print', { site: site ?? '' });
      if (rows.length > PAPER_LIMIT) throw new AppError('too-much-to-print', { site: site ?? '', limit: PAPER_LIMIT });
      const at = nowOf(desk);
      const kept = ticket === undefined || ticket === '' ? null : ticket;
      const insert = db.prepare("INSERT INTO disclosures (at, operator, way, reason, ticket, key_record_id) VALUES (?, ?, 'printed', ?, ?, ?)");
      const lines = rows.map((row): PaperLine => {
        const bytes = unsealer.unseal(row.page_id, row.place);
        const recoveryPassword = recoveryPasswordFromBytes(bytes);
        bytes.fill(0);
        if (recoveryPassword === null) throw new AppError('store-damaged', { keyRecordId: row.key_record_id });
        insert.run(at, first, reason, kept, row.key_record_id);
        markDue(db, [row.key_record_id], 'printed', at);
        return { hostname: row.hostname, keyProtectorId: formatKeyProtectorId(row.id ?? ''), drive: row.drive, createdAt: row.created_at, recoveryPassword };
      });
      flagUnusualRate(db, first, desk.clock(), lines.length);
      appendAudit(db, { at, operator: first, act: 'paper.print', subject: site, details: { second, reason, ticket: kept, keyRecords: lines.length, keyProtectorIds: lines.map(({ keyProtectorId }) => keyProtectorId ?? '-').join(' ') } });
      return { at, operators: second === null ? [first] : [first, second], site, lines };
    }).immediate();
    desk.changed('disclosures', 'keys', 'hosts', 'audit');
    return paper;
  } finally {
    db.pragma('synchronous = NORMAL');
    unsealer.close();
  }
}
