// The facts of an instant are read once and kept: what is imported, corrected or undone later, or happens within the same millisecond, changes no report that went out.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { NOTHING_UNDONE, readReportFacts, type ReportFacts } from './report-facts.ts';
import { readReportScope, type ReportScopeNames } from './report-scope.ts';

/** Facts as they are kept: `scope` names what they are of, `packed` is gzip over JSON. */
export interface FactsToKeep { readonly asOf: string; readonly scope: string; readonly packed: Uint8Array<ArrayBuffer> }

/**
 * Call it in a transaction.
 *
 * @param asOf Instant, ISO-8601 UTC, not later than now.
 * @returns What the first report of this instant and scope said; when there was none, what is to be kept of this one (`keepFacts`). AppError `not-found` (no such incident or wave).
 */
export function readFactsOnce(db: ReadableDatabase, asOf: string, names: ReportScopeNames = {}): { readonly facts: ReportFacts; readonly toKeep: FactsToKeep | null } {
  const scope = readReportScope(db, names);
  const of = scope === null ? '' : JSON.stringify([scope.incident, scope.wave]);
  const kept = db.prepare<[string, string], { facts: Uint8Array }>('SELECT facts FROM report_facts WHERE as_of = ? AND scope = ?').get(asOf, of);
  if (kept !== undefined) {
    const facts = JSON.parse(gunzipSync(kept.facts).toString()) as Omit<ReportFacts, 'scope' | 'undoneSince'> & Partial<Pick<ReportFacts, 'scope' | 'undoneSince'>>; // written below, by this desk; older ones are of the whole desk
    return { facts: { ...facts, scope: facts.scope ?? { incident: null, wave: null }, rotations: { ...facts.rotations, asked: facts.rotations.asked ?? null }, undoneSince: facts.undoneSince ?? NOTHING_UNDONE }, toKeep: null };
  }
  const facts = readReportFacts(db, asOf, scope);
  return { facts, toKeep: { asOf, scope: of, packed: new Uint8Array(gzipSync(JSON.stringify(facts), { level: 1 })) } }; // half the time of level 6, a tenth larger
}

/** @returns Whether they are kept now; false when another report of this instant and scope was there first: what that one said holds. Rows: report_facts. */
export const keepFacts = (db: Database, { asOf, scope, packed }: FactsToKeep): boolean =>
  db.prepare('INSERT INTO report_facts (as_of, scope, facts) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(asOf, scope, packed).changes === 1;
