// The sentence for a failure, by its code. The window and the command line say the same.
import type { Language } from '../format.ts';
import { errorsDe } from './errors-de.ts';
import { errorsEn, type ErrorSentences } from './errors-en.ts';

export interface Failure { readonly code: string; readonly facts: Readonly<Record<string, unknown>>; readonly reference?: string }

const SENTENCES: Readonly<Record<Language, ErrorSentences>> = { en: errorsEn, de: errorsDe };
const REFERENCE: Readonly<Record<Language, string>> = { en: 'Reference', de: 'Kennzeichen' };

/** One sentence; a code that is not in the list is said as `internal`. A bug's reference number follows. Never throws. */
export function errorSentence(language: Language, failure: Failure): string {
  const sentences: Readonly<Partial<Record<string, ErrorSentences[keyof ErrorSentences]>>> = SENTENCES[language];
  const sentence = (sentences[failure.code] ?? SENTENCES[language].internal)(failure.facts);
  return failure.reference === undefined ? sentence : `${sentence} ${REFERENCE[language]} ${failure.reference}.`;
}
