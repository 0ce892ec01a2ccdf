// Why an attempt record did not count, in words.
import type { Words } from './words-en.ts';

/** @returns The sentence for a reason of a report, or null when it is none of an attempt record (an error code then). */
export function attemptReasonWords(words: Words, reason: string): string | null {
  const [code = '', field] = reason.split(' ');
  if (!Object.hasOwn(words.attemptReason, code)) return null;
  const known = words.attemptReason[code as keyof Words['attemptReason']]; // asked for in the line above
  return field === undefined ? known : `${known} ${field}`;
}
