// What a report of a kind says of an instant of which none was made yet.
import type { ReportKind } from '../../../electron/core/codes.ts';
import { readReportFigures, type ReportFacts } from '../../../electron/core/reports/report-facts.ts';
import { hasList, NO_LISTS, readReportList } from '../../../electron/core/reports/report-lists.ts';
import type { ReadableDatabase } from '../../../electron/store/database.ts';

export const readReportFacts = (db: ReadableDatabase, asOf: string, kind: ReportKind = 'situation'): ReportFacts => ({ ...NO_LISTS, ...readReportFigures(db, asOf), ...(hasList(kind) ? readReportList(db, asOf, null, kind) : {}) });
