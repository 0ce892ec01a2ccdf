// What the command line says, in English and German. One key, two sentences; the language comes from --language, BLUELIFT_LANGUAGE or LANG.
import { de } from './sentences-de.ts';
import { en, type Sentences } from './sentences-en.ts';

export type { Sentences };
export type Language = 'en' | 'de';

export const sentencesIn = (language: Language): Sentences => (language === 'de' ? de : en);

/** @returns The language asked for, else the environment's, else English. */
export function chooseLanguage(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const wish = asked ?? environment['BLUELIFT_LANGUAGE'] ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '';
  return wish.toLowerCase().startsWith('de') ? 'de' : 'en';
}
