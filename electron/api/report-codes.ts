// The words of the screens, lent to reports: the same code has one name everywhere.
import { actsDe } from '../../renderer/messages/acts-de.ts';
import { actsEn, type Acts } from '../../renderer/messages/acts-en.ts';
import { deskEventsDe } from '../../renderer/messages/desk-events-de.ts';
import { deskEventsEn, type DeskEvents } from '../../renderer/messages/desk-events-en.ts';
import { wordsDe } from '../../renderer/messages/words-de.ts';
import { wordsEn, type Words } from '../../renderer/messages/words-en.ts';
import { codesOf, type ReportCodeLists, type ReportCodes } from '../core/reports/make-report.ts';

export const reportCodeLists = (language: 'en' | 'de'): ReportCodeLists => (language === 'de' ? listsOf(wordsDe, { ...actsDe, ...deskEventsDe }) : listsOf(wordsEn, { ...actsEn, ...deskEventsEn }));
export const reportCodes = (language: 'en' | 'de'): ReportCodes => codesOf(reportCodeLists(language));

const listsOf = ({ hostState, blockedReason, disclosureWay, disclosureReason }: Words, act: Acts & DeskEvents): ReportCodeLists => ({ hostState, blockedReason, disclosureWay, disclosureReason, act });
