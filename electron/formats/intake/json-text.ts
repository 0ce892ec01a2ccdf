// Recovery passwords in the texts of a record of JSON that no name gives away: the description of a ticket, its comments, the notes of an entry.
import { makeHost } from './host-facts.ts';
import { keyRowOf } from './any-text.ts';
import { recogniseColumns } from './columns.ts';
import { KeyScanner } from './key-scanner.ts';
import { readKeyProtectorId } from './key-values.ts';
import { mayHoldKey } from './row-search.ts';
import type { KeyRow } from './rows.ts';
import { hostInTitle } from './text-hosts.ts';

interface Leaf { readonly name: string; readonly text: string }

const DEEPEST_LEAF = 12;
const MOST_LEAVES = 5000;
/** What a record calls the line that says what it is about. */
const IS_TITLE = /^(?:summary|title|titel|subject|betreff|name|short_?description|kurzbeschreibung)$/i;

/**
 * @param value  A record.
 * @param known  What was found of it already.
 * @returns The other keys in its texts, each with the ID before it. Its host is the one its text names, else the one that is named in the record's titles; where those name several, none.
 */
export function keysInTexts(value: unknown, row: number, known: readonly KeyRow[]): readonly KeyRow[] {
  const leaves: Leaf[] = [];
  gather(value, '', 0, leaves);
  if (!leaves.some(({ text }) => mayHoldKey(text))) return [];
  const seen = new Set(known.map(({ recoveryPassword }) => recoveryPassword));
  const titled = new Set(leaves.flatMap(({ name, text }) => (IS_TITLE.test(name) ? (hostInTitle(text) ?? []) : [])).map((name) => name.toUpperCase()));
  const [title] = titled;
  const named = titled.size === 1 && title !== undefined ? makeHost(title, {}) : null;
  const found: KeyRow[] = [];
  const scanner = new KeyScanner({
    key(key) {
      if (seen.has(key.recoveryPassword)) return;
      seen.add(key.recoveryPassword);
      const read = keyRowOf(key);
      found.push({ ...read, row, host: read.host ?? (named?.status === 'ok' ? named.host : null) });
    },
    wrong() { /* said of the record as a whole */ },
  });
  let line = 0;
  for (const { name, text } of leaves) text.split('\n').forEach((one, index) => scanner.line(index === 0 ? `${name}: ${one}` : one, ++line));
  scanner.end();
  return found;
}

function gather(value: unknown, name: string, depth: number, leaves: Leaf[]): void {
  if (depth > DEEPEST_LEAF || leaves.length >= MOST_LEAVES) return;
  // An ID is a key's only where its name says so: records and comments have IDs of their own.
  if (typeof value === 'string') {
    if (readKeyProtectorId(value) === null || recogniseColumns([name]).protectorId !== undefined) leaves.push({ name, text: value });
  } else if (Array.isArray(value)) value.forEach((inner) => gather(inner, name, depth + 1, leaves));
  else if (typeof value === 'object' && value !== null) for (const [inner, of] of Object.entries(value)) gather(of, inner, depth + 1, leaves);
}
