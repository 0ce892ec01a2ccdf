// The words of the screens, lent to reports: the same code has one name everywhere.
import { actsDe } from '../../renderer/messages/acts-de.ts';
import { actsEn, type Acts } from '../../renderer/messages/acts-en.ts';
import { deskEventsDe } from '../../renderer/messages/desk-events-de.ts';
import { deskEventsEn, type DeskEvents } from '../../renderer/messages/desk-events-en.ts';
import { wordsDe } from '../../renderer/messages/words-de.ts';
import { wordsEn, type Words } from '../../renderer/messages/words-en.ts';
import type { ReportCodes } from '../core/reports/make-report.ts';

export const reportCodes = (language: 'en' | 'de'): ReportCodes => (language === 'de' ? codesOf(wordsDe, { ...actsDe, ...deskEventsDe }) : codesOf(wordsEn, { ...actsEn, ...deskEventsEn }));

function codesOf(words: Words, acts: Acts & DeskEvents): ReportCodes {
  const named = (list: Readonly<Record<string, string>>) => (code: string): string => list[code] ?? code;
  return { hostState: named(words.hostState), blockedReason: named(words.blockedReason), disclosureWay: named(words.disclosureWay), disclosureReason: named(words.disclosureReason), act: named(acts) };
}
