// The facts of an instant are read once and kept: what is imported, corrected or undone later, or happens within the same millisecond, changes no report that went out.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Database } from '../../store/database.ts';
import { readReportFacts, type ReportFacts } from './report-facts.ts';

/**
 * @param asOf Instant, ISO-8601 UTC, not later than now.
 * @returns What the first report of this instant said. Rows: report_facts.
 */
export function keepReportFacts(db: Database, asOf: string): ReportFacts {
  return db.transaction((): ReportFacts => {
    const kept = db.prepare<[string], { facts: Uint8Array }>('SELECT facts FROM report_facts WHERE as_of = ?').get(asOf);
    if (kept !== undefined) return JSON.parse(gunzipSync(kept.facts).toString()) as ReportFacts; // written below, by this desk
    const facts = readReportFacts(db, asOf);
    db.prepare('INSERT INTO report_facts (as_of, facts) VALUES (?, ?)').run(asOf, gzipSync(JSON.stringify(facts)));
    return facts;
  }).immediate();
}
