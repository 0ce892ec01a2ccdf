// Hand-overs of many files as they come to an import: listed, then group by group, in their order.
import type { AppError } from '../app-error.ts';
import type { SourceFile } from './import-keys.ts';
import type { Gathered, ReadFile } from './small-files.ts';

export type FoundFile = SourceFile | { readonly path: string; readonly error: AppError };

/** `listing` now and then, `listed` once, then the files, then `over`. `together`: small ones that are stored as one; `ones`: such whose rows are stored file by file; `apart`: to be read yet. */
export type GatheredPart =
  /** Nothing yet, and a quarter of a second is over. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'listing'; readonly files: number; readonly path: string }
  | { readonly kind: 'listed'; readonly files: number; readonly first: readonly string[] }
  | { readonly kind: 'together'; readonly gathered: Gathered }
  | { readonly kind: 'ones'; readonly files: readonly ReadFile[] }
  | { readonly kind: 'apart'; readonly file: FoundFile }
  | { readonly kind: 'over' };

export interface GatheredFiles {
  /** @returns `over`, too, when the import is cancelled meanwhile. Passwords in runs are secret. */
  next(signal: AbortSignal): Promise<GatheredPart>;
  /** Overwrites what was read and not asked for. May be called at any time. */
  close(): void;
}

/** Names in the audit trail. */
export const NAMED_FILES = 10;

/** Files that are all read by themselves. */
export function oneByOne(found: readonly FoundFile[]): GatheredFiles {
  let index = -1;
  return {
    next(signal) {
      index += 1;
      if (index === 0) return Promise.resolve({ kind: 'listed', files: found.length, first: found.slice(0, NAMED_FILES).map(({ path }) => path) });
      const file = found[index - 1];
      return Promise.resolve(file === undefined || signal.aborted ? { kind: 'over' } : { kind: 'apart', file });
    },
    close: () => undefined,
  };
}
