// How files are called where several stand in a row.
import type { Messages } from '../../messages/index.ts';

const NAMED = 3;

/** Names of the first files, and how many more there are. */
export const filesOf = ({ files, fileCount }: { readonly files: readonly string[]; readonly fileCount: number }, m: Messages): string =>
  (fileCount > files.length || files.length > 2 * NAMED ? m.imports.andMore(files.slice(0, NAMED).join(', '), fileCount - Math.min(NAMED, files.length)) : files.join(', '));
