// Asking the system's own tools for a listing in JSON, and reading it without trusting its shape.
import { execFile } from 'node:child_process';

const TAKES_AT_MOST_MS = 8_000;
/** PowerShell's own start is part of it, and its first one on a busy computer alone takes longer than other tools' whole answer. */
export const POWERSHELL_TAKES_AT_MOST_MS = 30_000;

/** @returns What the program writes. Rejects when it is not there, fails, or takes longer: 8 s where nothing is said. */
export function runForText(program: string, words: readonly string[], timeoutMs = TAKES_AT_MOST_MS): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...words], { timeout: timeoutMs, maxBuffer: 16 << 20, windowsHide: true }, (error, out) => { if (error === null) resolve(out); else reject(error); });
  });
}

export type Fields = Readonly<Record<string, unknown>>;
export const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** @returns Text with something in it, without the padding devices put around their names; null for anything else. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
/** Tools of different age write true, 1 and "1". */
export const isYes = (value: unknown): boolean => value === true || value === 1 || value === '1' || value === 'true';
/** @returns A whole number that is not negative, also out of text; 0 for anything else. */
export const countOf = (value: unknown): number => {
  const count = typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : 0;
  return Number.isSafeInteger(count) && count >= 0 ? count : 0;
};
