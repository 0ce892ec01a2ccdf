// The words of the screens, lent to reports: the same code has one name everywhere.
import { actsDe } from '../../renderer/messages/acts-de.ts';
import { actsEn, type Acts } from '../../renderer/messages/acts-en.ts';
import { wordsDe } from '../../renderer/messages/words-de.ts';
import { wordsEn, type Words } from '../../renderer/messages/words-en.ts';
import type { ReportCodes } from '../core/reports/make-report.ts';

export const reportCodes = (language: 'en' | 'de'): ReportCodes => (language === 'de' ? codesOf(wordsDe, actsDe) : codesOf(wordsEn, actsEn));

function codesOf(words: Words, acts: Acts): ReportCodes {
  const named = (list: Readonly<Record<string, string>>) => (code: string): string => list[code] ?? code;
  return { hostState: named(words.hostState), blockedReason: named(words.blockedReason), disclosureWay: named(words.disclosureWay), disclosureReason: named(words.disclosureReason), act: named(acts) };
}
