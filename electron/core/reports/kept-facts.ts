// The facts of an instant are read once and kept: what is imported, corrected or undone later, or happens within the same millisecond, changes no report that went out.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Database, ReadableDatabase } from '../../store/database.ts';
import type { ReportKind } from '../codes.ts';
import { NOTHING_UNDONE, readReportFigures, readReportStamp, type ReportFacts, type ReportFigures, type ReportStamp } from './report-facts.ts';
import { hasList, NO_LISTS, readReportList, type DisclosureRow, type OpenRotation, type ReportList } from './report-lists.ts';
import { readReportScope, type ReportScopeNames } from './report-scope.ts';

/** Facts as they are kept: `scope` names what they are of, `kind` whose list it is, null for the figures; `packed` is gzip over JSON. */
export interface FactsToKeep { readonly asOf: string; readonly scope: string; readonly kind: ReportKind | null; readonly packed: Uint8Array<ArrayBuffer> }

/**
 * Call it in a transaction.
 *
 * @param asOf Instant, ISO-8601 UTC, not later than now.
 * @returns What the first report of this instant and scope said, of any kind with figures, or of the kind that lists; when there was none, what is to be kept of this one (`keepFacts`). AppError `not-found` (no such incident or wave).
 */
export function readFactsOnce(db: ReadableDatabase, asOf: string, kind: ReportKind, names: ReportScopeNames = {}): { readonly facts: ReportFacts; readonly toKeep: FactsToKeep | null } {
  const scope = readReportScope(db, names);
  const of = scope === null ? '' : JSON.stringify([scope.incident, scope.wave]);
  const kept = readKept(db, asOf, of);
  if (kept?.whole === true || (kept !== null && !hasList(kind))) return { facts: kept.facts, toKeep: null };
  const keep = (facts: unknown, ofKind: ReportKind | null): FactsToKeep => ({ asOf, scope: of, kind: ofKind, packed: new Uint8Array(gzipSync(JSON.stringify(facts), { level: 1 })) }); // half the time of level 6, a tenth larger
  if (!hasList(kind)) {
    const figures = readReportFigures(db, asOf, scope);
    return { facts: { ...NO_LISTS, ...figures }, toKeep: keep(figures, null) };
  }
  const row = db.prepare<[string, string, string], { list: Uint8Array }>('SELECT list FROM report_lists WHERE as_of = ? AND scope = ? AND kind = ?').get(asOf, of, kind);
  const listed = row === undefined ? { ...readReportStamp(db, asOf, scope), ...readReportList(db, asOf, scope, kind) } : unpack<ReportStamp & ReportList>(row.list);
  // A report that lists says nothing of the figures: they are not read for it, which takes longer than the list.
  return { facts: { ...NO_LISTS, ...listed } as ReportFacts, toKeep: row === undefined ? keep(listed, kind) : null };
}

/** As it was kept before: lists with the figures, of the whole desk only, nothing said of what was asked for or undone. */
interface Before { readonly disclosures?: readonly DisclosureRow[]; readonly rotations: { readonly asked?: number | null; readonly open?: readonly OpenRotation[] } }

/** @returns Null when there was no report of it. `whole`: with every list. */
function readKept(db: ReadableDatabase, asOf: string, scope: string): { readonly facts: ReportFacts; readonly whole: boolean } | null {
  const row = db.prepare<[string, string], { facts: Uint8Array }>('SELECT facts FROM report_facts WHERE as_of = ? AND scope = ?').get(asOf, scope);
  if (row === undefined) return null;
  const { disclosures, rotations: { open, ...rotations }, ...figures } = unpack<ReportFigures & Before>(row.facts);
  const facts = { ...figures, scope: figures.scope ?? { incident: null, wave: null }, undoneSince: figures.undoneSince ?? NOTHING_UNDONE, rotations: { ...rotations, asked: rotations.asked ?? null } };
  return disclosures === undefined || open === undefined ? { facts: { ...NO_LISTS, ...facts }, whole: false } : { facts: { ...facts, disclosures, disclosed: disclosures.length, openRotations: open }, whole: true };
}

const unpack = <T>(packed: Uint8Array): T => JSON.parse(gunzipSync(packed).toString()) as T; // written above, by this desk

/** @returns Whether they are kept now; false when another report of this instant and scope was there first: what that one said holds. Rows: report_facts or report_lists. */
export function keepFacts(db: Database, { asOf, scope, kind, packed }: FactsToKeep): boolean {
  const kept = kind === null ? db.prepare('INSERT INTO report_facts (as_of, scope, facts) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(asOf, scope, packed)
    : db.prepare('INSERT INTO report_lists (as_of, scope, kind, list) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING').run(asOf, scope, kind, packed);
  return kept.changes === 1;
}
