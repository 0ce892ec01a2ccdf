// A list of host names, one a line, as people send them; also several in a line, with commas or semicolons between.
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { normaliseHeading } from './columns.ts';
import { inEnglish } from './headings-in-languages.ts';
import { hostRejection, makeHost } from './host-facts.ts';
import { LineSplitter } from './lines.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';

/** A first line that is a heading, in lower case without anything but letters. */
const HEADINGS = new Set([
  'host', 'hosts', 'hostname', 'hostnames', 'computer', 'computers', 'computername', 'computernames', 'name', 'names', 'device', 'devices', 'devicename', 'devices',
  'machine', 'machines', 'machinename', 'dnshostname', 'endpoint', 'endpoints', 'assetname', 'rechner', 'rechnername', 'geraet', 'gerät', 'gerätename', 'server', 'servername', 'pcname',
]);

/** True when a line is a heading over host names. */
export const isHostHeading = (line: string): boolean => HEADINGS.has(line.toLowerCase().replace(/[^\p{L}]/gu, '')) || HEADINGS.has(inEnglish(normaliseHeading(line)));

/** So many lines of one word each are no prose. */
const FEWEST_WORDS = 3;

/** What a line names: list marks, quotes, trailing commas and comments off. Null for a comment. */
function nameOf(line: string): string | null {
  // A list in brackets is what ConvertTo-Json makes of names.
  const text = line.replace(/\s(?:#|\/\/|--).*$/, '').trim().replace(/^\[/, '').replace(/\]$/, '').trim();
  if (/^(?:#|\/\/|;)/.test(text)) return null;
  return text.replace(/^[-*•]\s+/, '').replace(/[,;]+$/, '').replace(/^"([^"]*)"$/, '$1').trim();
}

/** The names of a line: one, or several that are each a name, as in `PC1, PC2; PC3`. */
function namesOf(name: string): readonly string[] {
  if (!/[,;]/.test(name) || isDistinguishedName(name)) return [name];
  const pieces = name.split(/[,;]/).map((piece) => piece.trim().replace(/^"([^"]*)"$/, '$1').trim()).filter((piece) => piece !== '');
  return pieces.length > 1 && pieces.every((piece) => isOneWord(piece) && makeHost(piece, {}).status === 'ok') ? pieces : [name];
}

/** Units have spaces in their names; hosts have not. */
const isOneWord = (name: string): boolean => !/\s/.test(name) || isDistinguishedName(name);

/**
 * Whether the beginning of a text reads as a list of names.
 *
 * @param lines  Its first whole lines.
 * @returns True when at least nine of ten lines that are not blank hold names only, and half of them look like more than a word of prose, or each is one word and there are several.
 */
export function looksLikeHostNames(lines: readonly string[]): boolean {
  let names = 0;
  let others = 0;
  let hostLike = 0;
  let headed = false;
  for (const line of lines) {
    const given = nameOf(line);
    if (given === null || given === '') continue;
    if (names + others === 0 && !headed && isHostHeading(given)) {
      headed = true;
      continue;
    }
    for (const name of namesOf(given)) {
      const host = isOneWord(name) ? makeHost(name, {}) : null;
      if (host?.status === 'ok' || host?.status === 'letters-lost' || host?.status === 'address') names++;
      else others++;
      if (host?.status === 'ok' && (/\d|\\|\$$/.test(name) || /[\p{L}\p{N}]-[\p{L}\p{N}]/u.test(name) || host.host.dnsName !== null || name === name.toUpperCase())) hostLike++;
    }
  }
  const words = others === 0 && names >= FEWEST_WORDS;
  return names > 0 && others * 10 <= names && (headed || words || hostLike * 2 >= names);
}

/** Reads a list of host names. */
export function readHostNames(emit: Emit): RowReader {
  let rowsRead = 0;
  let headed = false;
  const lines = new LineSplitter({
    line(text, row) {
      const given = nameOf(text);
      if (given === null || given === '') return;
      if (rowsRead === 0 && !headed && isHostHeading(given)) {
        headed = true;
        return;
      }
      rowsRead++;
      for (const name of namesOf(given)) {
        const host = isOneWord(name) ? makeHost(name, {}) : ({ status: 'unusable' } as const);
        if (host.status === 'ok') emit({ kind: 'host', row, host: host.host });
        else emit({ kind: 'rejected', row, reason: hostRejection(host.status) });
      }
    },
    tooLong: rejectTooLong(emit, () => { rowsRead++; }),
  });
  return { write: (text) => lines.write(text), end: () => lines.end(), get rowsRead() { return rowsRead; }, notes: [] };
}
