// The two languages, and the sentence for a failure in the window.
import { RemoteError } from '../../electron/api/client.ts';
import type { Language } from '../format.ts';
import { de } from './de.ts';
import { en, type Messages } from './en.ts';
import { errorSentence } from './errors.ts';

export type { Messages } from './en.ts';

export const MESSAGES: Readonly<Record<Language, Messages>> = { en, de };

/** What is said about a failure: the sentence for its code, and the reference number of a bug. Never shows the error's own text. */
export function failureSentence(language: Language, failure: unknown): string {
  if (!(failure instanceof RemoteError)) return errorSentence(language, { code: 'internal', facts: {} });
  return errorSentence(language, { code: failure.code, facts: failure.facts, ...(failure.reference === undefined ? {} : { reference: failure.reference }) });
}
