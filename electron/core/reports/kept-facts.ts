// The facts of an instant are read once and kept: what is imported, corrected or undone later, or happens within the same millisecond, changes no report that went out.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Database } from '../../store/database.ts';
import { NOTHING_UNDONE, readReportFacts, type ReportFacts } from './report-facts.ts';
import { readReportScope, type ReportScopeNames } from './report-scope.ts';

/**
 * @param asOf Instant, ISO-8601 UTC, not later than now.
 * @returns What the first report of this instant and scope said. AppError `not-found` (no such incident or wave). Rows: report_facts.
 */
export function keepReportFacts(db: Database, asOf: string, names: ReportScopeNames = {}): ReportFacts {
  return db.transaction((): ReportFacts => {
    const scope = readReportScope(db, names);
    const of = scope === null ? '' : JSON.stringify([scope.incident, scope.wave]);
    const kept = db.prepare<[string, string], { facts: Uint8Array }>('SELECT facts FROM report_facts WHERE as_of = ? AND scope = ?').get(asOf, of);
    if (kept !== undefined) {
      const facts = JSON.parse(gunzipSync(kept.facts).toString()) as Omit<ReportFacts, 'scope' | 'undoneSince'> & Partial<Pick<ReportFacts, 'scope' | 'undoneSince'>>; // written below, by this desk; older ones are of the whole desk
      return { ...facts, scope: facts.scope ?? { incident: null, wave: null }, rotations: { ...facts.rotations, asked: facts.rotations.asked ?? null }, undoneSince: facts.undoneSince ?? NOTHING_UNDONE };
    }
    const facts = readReportFacts(db, asOf, scope);
    db.prepare('INSERT INTO report_facts (as_of, scope, facts) VALUES (?, ?, ?)').run(asOf, of, gzipSync(JSON.stringify(facts)));
    return facts;
  }).immediate();
}
