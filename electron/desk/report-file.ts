// A report as a file: what the store says of an instant, in the words of a language, in the form that was asked for.
import type { ReportFormat, ReportKind } from '../core/codes.ts';
import { readFactsOnce, type FactsToKeep } from '../core/reports/kept-facts.ts';
import { codesOf, makeReport, type ReportCodeLists } from '../core/reports/make-report.ts';
import { reportCsv, reportHtml } from '../core/reports/report-document.ts';
import { reportJson } from '../core/reports/report-json.ts';
import type { ReportFacts } from '../core/reports/report-facts.ts';
import type { ReportScopeNames } from '../core/reports/report-scope.ts';
import type { Database } from '../store/database.ts';

/** `codes`: the words of the screens in the report's language. */
export interface ReportFileOrder extends ReportScopeNames { readonly kind: ReportKind; readonly format: ReportFormat; readonly language: 'en' | 'de'; readonly asOf: string; readonly codes: ReportCodeLists }

/** `content` of a PDF is base64. `toKeep`: has to be kept before the file goes out. */
export interface ReportFile { readonly content: string; readonly auditHead: string; readonly toKeep: FactsToKeep | null }

/**
 * @param onRead Called when everything is read. What is written to the store meanwhile or later is not in the report.
 * @returns The same order of the same store gives the same content. AppError `not-found` (no such incident or wave).
 */
export async function makeReportFile(db: Pick<Database, 'prepare' | 'inTransaction' | 'transaction'>, order: ReportFileOrder, onRead: () => void): Promise<ReportFile> {
  const { facts, toKeep } = db.transaction(() => readFactsOnce(db, order.asOf, order.kind, order)).deferred();
  onRead();
  return { content: await write(facts, order), auditHead: facts.auditHead, toKeep };
}

async function write(facts: ReportFacts, { kind, format, language, asOf, codes }: ReportFileOrder): Promise<string> {
  if (format === 'json') return reportJson(facts, kind);
  const document = makeReport(facts, { kind, language }, codesOf(codes), format !== 'csv');
  if (format === 'csv') return reportCsv(document);
  if (format === 'html') return reportHtml(document);
  const { reportPdf } = await import('./report-pdf.ts'); // its library takes a while to load
  return Buffer.from(await reportPdf(document, asOf)).toString('base64');
}

/** Of base64 each is whole by itself: a multiple of four signs. */
const PIECE_SIGNS = 1 << 20;

/** @returns The content in parts that whoever passes them on is not held up by; at least one. */
export function inPieces(content: string): string[] {
  const pieces = Array.from({ length: Math.ceil(content.length / PIECE_SIGNS) }, (_, at) => content.slice(at * PIECE_SIGNS, (at + 1) * PIECE_SIGNS));
  return pieces.length === 0 ? [''] : pieces;
}
