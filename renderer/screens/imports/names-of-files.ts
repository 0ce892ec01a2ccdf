// How files are called where several stand in a row.
import type { Messages } from '../../messages/index.ts';

const NAMED = 3;

/** Names of the first files, and how many more there are. */
export const filesOf = ({ files, fileCount }: { readonly files: readonly string[]; readonly fileCount: number }, m: Messages): string =>
  (fileCount > files.length || files.length > 2 * NAMED ? m.imports.andMore(files.slice(0, NAMED).join(', '), fileCount - Math.min(NAMED, files.length)) : files.join(', '));

/** A browser's file was received in a folder of its own that says nothing. */
const SAYS_NOTHING = /^[0-9a-f]{16}$/;

/**
 * @param paths Of files, with / or \\ between their folders.
 * @returns The name of each; where another one of them is called the same, with as much of its folders before it as tells the two apart.
 */
export function namesApart(paths: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(paths)].map((path) => ({ path, parts: path.split(/[\\/]/) }));
  const tail = (parts: readonly string[], length: number): string => parts.slice(-length).join('/');
  const told = new Map<string, string>();
  for (let length = 1, open = all; open.length > 0; length += 1) {
    const counts = new Map<string, number>();
    for (const { parts } of open) counts.set(tail(parts, length), (counts.get(tail(parts, length)) ?? 0) + 1);
    const ends = ({ parts }: (typeof all)[number]): boolean => counts.get(tail(parts, length)) === 1 || length >= parts.length || SAYS_NOTHING.test(parts.at(-length - 1) ?? '');
    for (const one of open) if (ends(one)) told.set(one.path, tail(one.parts, length));
    open = open.filter((one) => !ends(one));
  }
  return told;
}
