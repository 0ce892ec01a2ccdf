// Reports over the wire: the facts of an instant, in the words of a language, in the form that was asked for.
import { AppError } from '../../core/app-error.ts';
import { appendAudit } from '../../core/audit/audit.ts';
import { nowOf, type Desk } from '../../core/desk.ts';
import { keepFacts, type FactsToKeep } from '../../core/reports/kept-facts.ts';
import type { ReportCodeLists } from '../../core/reports/make-report.ts';
import { makeReportApart } from '../../desk/report-maker.ts';
import type { Parsed } from '../contract.ts';
import type { Handlers } from '../dispatch.ts';

const TYPES = { html: 'text/html;charset=utf-8', pdf: 'application/pdf', csv: 'text/csv;charset=utf-8', json: 'application/json' } as const;

type Order = Parsed<'reports.make'>;

/** @param codesOf The words of the screens, lent: the same code has one name everywhere. */
export function reportHandlers(get: () => Desk, codesOf: (language: 'en' | 'de') => ReportCodeLists): Pick<Handlers, 'reports.make'> {
  return {
    'reports.make': async function* (order, signal) {
      const desk = get();
      const { kind, format, language } = order;
      const now = nowOf(desk);
      const asOf = order.asOf ?? now;
      if (asOf > now) throw new AppError('invalid-input', { fields: ['asOf'] });
      let auditHead: string | null = null;
      while (auditHead === null) {
        for await (const step of makeReportApart(desk, { ...order, asOf, codes: codesOf(language) }, signal)) {
          if (step.kind === 'piece') yield step;
          else if (step.kind !== 'made') yield { kind: 'progress', step: step.kind };
          else if (record(desk, order, asOf, step.toKeep)) ({ auditHead } = step);
          else break; // another report of this instant was quicker: anew, with what that one said
        }
      }
      yield { kind: 'done', name: `${kind}-${asOf.slice(0, 16).replace(/[-:]/g, '')}.${format}`, type: TYPES[format], encoding: format === 'pdf' ? 'base64' : 'text', asOf, auditHead };
    },
  };
}

/** Before anything of it goes out. @returns False when what it says must not be kept, because another report of the instant is. Rows: report_facts, one audit line. */
function record(desk: Desk, { kind, format, language, incident, wave }: Order, asOf: string, toKeep: FactsToKeep | null): boolean {
  if (!desk.db.open) throw new AppError('vault-closed');
  const isOurs = desk.db.transaction((): boolean => {
    if (toKeep !== null && !keepFacts(desk.db, toKeep)) return false;
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'reports.make', subject: asOf, details: { kind, format, language, ...(incident === undefined ? {} : { incident }), ...(wave === undefined ? {} : { wave }) } });
    return true;
  }).immediate();
  if (isOurs) desk.changed('audit');
  return isOurs;
}
