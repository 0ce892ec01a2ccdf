// The passcode of a medium without one, as it lies beside its bundle for everybody (ES3-safe: also runs in the agent; imports only ES3-safe modules of core).
// Format: sealed-key-bundle.md, "Media without a passcode".
import { findField, formatFieldLines, parseFieldLines } from './field-lines.ts';
import type { Passcode } from './passcode.ts';

/** Beside `header.txt`. */
export const OPEN_PASSCODE_FILE = 'open.txt';
const KIND = 'bluelift-open-passcode';

/** @returns The whole text of `open.txt`. */
export function formatOpenPasscode(passcode: Passcode): string {
  return formatFieldLines(KIND, 1, [{ name: 'passcode', value: passcode }]);
}

/** @param text Untrusted; null: there is no such file. @returns What stands there, to be parsed as if it had been typed; empty when nothing does. */
export function readOpenPasscode(text: string | null): string {
  const parsed = text === null ? null : parseFieldLines(text);
  if (parsed === null || parsed.status !== 'ok' || parsed.lines.kind !== KIND || parsed.lines.version !== 1) return '';
  return findField(parsed.lines, 'passcode') || '';
}
