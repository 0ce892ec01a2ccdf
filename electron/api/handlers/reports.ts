// Reports over the wire: the facts of an instant, in the words of a language, in the form that was asked for.
import { AppError } from '../../core/app-error.ts';
import { appendAudit } from '../../core/audit/audit.ts';
import { nowOf, type Desk } from '../../core/desk.ts';
import { keepReportFacts } from '../../core/reports/kept-facts.ts';
import { makeReport, type ReportCodes } from '../../core/reports/make-report.ts';
import { reportCsv, reportHtml } from '../../core/reports/report-document.ts';
import { reportPdf } from '../../desk/report-pdf.ts';
import type { Handlers } from '../dispatch.ts';

const TYPES = { html: 'text/html;charset=utf-8', pdf: 'application/pdf', csv: 'text/csv;charset=utf-8', json: 'application/json' } as const;

/** @param codesOf The words of the screens, lent: the same code has one name everywhere. */
export function reportHandlers(get: () => Desk, codesOf: (language: 'en' | 'de') => ReportCodes): Pick<Handlers, 'reports.make'> {
  return {
    'reports.make': async ({ kind, format, language, asOf, ...scope }) => {
      const desk = get();
      const now = nowOf(desk);
      const at = asOf ?? now;
      if (at > now) throw new AppError('invalid-input', { fields: ['asOf'] });
      const facts = keepReportFacts(desk.db, at, scope);
      const document = makeReport(facts, { kind, language }, codesOf(language), format === 'html' || format === 'pdf');
      const content = format === 'pdf' ? Buffer.from(await reportPdf(document, at)).toString('base64') : format === 'html' ? reportHtml(document) : format === 'csv' ? reportCsv(document) : `${JSON.stringify({ kind, ...facts }, null, 2)}\n`;
      desk.db.transaction(() => appendAudit(desk.db, { at: now, operator: desk.operator.name, act: 'reports.make', subject: at, details: { kind, format, language, ...(scope.incident === undefined ? {} : { incident: scope.incident }), ...(scope.wave === undefined ? {} : { wave: scope.wave }) } })).immediate();
      desk.changed('audit');
      return { name: `${kind}-${at.slice(0, 16).replace(/[-:]/g, '')}.${format}`, type: TYPES[format], encoding: format === 'pdf' ? 'base64' as const : 'text' as const, content, asOf: at, auditHead: facts.auditHead };
    },
  };
}
