// A failure as one sentence for a terminal: what, where, what to do. The sentences are the window's.
import type { RemoteError } from '../api/client.ts';
import { ERROR_CODES, type AppError, type ErrorCode } from '../core/app-error.ts';
import { errorsDe } from '../../renderer/messages/errors-de.ts';
import { errorsEn } from '../../renderer/messages/errors-en.ts';
import type { Language } from './sentences.ts';

const isCode = (code: string): code is ErrorCode => (ERROR_CODES as readonly string[]).includes(code);

/** @returns The sentence, with the usage where the call was wrong and the reference number where it was a bug. */
export function describeError(language: Language, error: AppError | RemoteError): string {
  const sentences = language === 'de' ? errorsDe : errorsEn;
  const usage = error.facts['usage'];
  if (error.code === 'invalid-input' && typeof usage === 'string') return usage;
  const sentence = sentences[isCode(error.code) ? error.code : 'internal'](error.facts);
  return 'reference' in error && error.reference !== undefined ? `${sentence} ${error.reference}` : sentence;
}
