// Digits in a text, and what stands between them: in any script, as people paste them.
import { digitValue, isInvisible, isSeparator } from '../../core/keys/separators.ts';

/** Digits and dashes of other scripts to ASCII, invisible characters out: IDs and keys are then found by plain patterns. */
export function toPlainDigits(line: string): string {
  if (!/[^\u0000-\u007f]/.test(line)) return line;
  return line.replace(/[^\u0000-\u007f]/g, (letter) => {
    const code = letter.charCodeAt(0);
    const digit = digitValue(code);
    if (digit >= 0) return String(digit);
    if (isInvisible(code)) return '';
    if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xfe58 || code === 0xfe63 || code === 0xff0d) return '-';
    return isSeparator(code) ? ' ' : letter;
  });
}

/** @returns Whether nothing stands in it but separators; a long one is a text. */
export function isSeparators(text: string): boolean {
  if (text.length > 200) return false;
  for (let at = 0; at < text.length; at++) if (!isSeparator(text.charCodeAt(at))) return false;
  return true;
}

/** An ASCII one. */
export const isDigit = (text: string, at: number): boolean => text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39;

/** @returns Where the next digit stands, `to` where there is none before it. */
export function nextDigit(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && !isDigit(text, at)) at++;
  return at;
}
