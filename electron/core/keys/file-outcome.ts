// What is said of a file as a whole in the register of an import.
import type { Declined, IntakeKind, IntakeNote } from '../../formats/intake/intake.ts';
import type { ErrorCode, ErrorFacts } from '../app-error.ts';

export interface FileError { readonly code: string; readonly facts: Readonly<Record<string, unknown>>; readonly row: number | null }

/** How the reading of a file ended: `failed`: what the machine says of it; `lastRow`: as far as it was read. */
export interface FileEnd { readonly notes: readonly IntakeNote[]; readonly lastRow: number | null; readonly failed: { readonly code: ErrorCode; readonly facts: ErrorFacts } | null }

/** @returns What is wrong with a file that was looked at and is not taken in; null when it is. */
export function errorOfHeader({ intakeKind, declined }: { readonly intakeKind: IntakeKind; readonly declined: Declined | null }, path: string): FileError | null {
  return intakeKind === 'not-recognised' ? { code: 'file-not-recognised', facts: { path, why: declined ?? 'unknown' }, row: null } : null;
}

/** @returns What is wrong with a file that was read; null when it was read to its end and something was in it. */
export function errorOfEnd({ failed, notes, lastRow }: FileEnd, path: string, kind?: IntakeKind): FileError | null {
  if (failed !== null) return { code: failed.code, facts: { path, ...failed.facts }, row: lastRow };
  if (notes.includes('cut-off')) return { code: 'file-unreadable', facts: { path, why: 'cut-off' }, row: lastRow };
  return notes.includes('nothing-found') ? { code: 'file-not-recognised', facts: { path, why: isAsked(kind) ? 'nothing-there' : 'nothing-found' }, row: null } : null;
}

/** A directory or a tenant: of what is not there, nobody can be told how to read it better. */
const isAsked = (kind: IntakeKind | undefined): boolean => kind === 'directory' || kind === 'tenant';
