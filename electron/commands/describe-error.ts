// A failure as one sentence for a terminal: what, where, what to do. The sentences are the window's.
import { ERROR_CODES, type ErrorCode } from '../core/app-error.ts';
import { errorsDe } from '../../renderer/messages/errors-de.ts';
import { errorsEn } from '../../renderer/messages/errors-en.ts';
import { wordsDe } from '../../renderer/messages/words-de.ts';
import { wordsEn, type Words } from '../../renderer/messages/words-en.ts';
import type { Language } from './sentences.ts';

const isCode = (code: string): code is ErrorCode => (ERROR_CODES as readonly string[]).includes(code);

/** @returns The sentence, with the usage where the call was wrong and the reference number where it was a bug. */
export function describeError(language: Language, error: { readonly code: string; readonly facts: Readonly<Record<string, unknown>>; readonly reference?: string | undefined }): string {
  const sentences = language === 'de' ? errorsDe : errorsEn;
  const usage = error.facts['usage'];
  if (error.code === 'invalid-input' && typeof usage === 'string') return error.facts['fields'] === undefined ? usage : `${sentences['invalid-input']({ fields: error.facts['fields'] })}\n${usage}`;
  const sentence = sentences[isCode(error.code) ? error.code : 'internal'](error.facts);
  return error.reference !== undefined ? `${sentence} ${error.reference}` : sentence;
}

/** The words for codes, as the window shows them. */
export const codeWords = (language: Language): Words => (language === 'de' ? wordsDe : wordsEn);
