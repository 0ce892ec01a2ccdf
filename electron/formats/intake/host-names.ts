// A list of host names, one a line, as people send them: numbered, with boxes to tick, with a remark behind each; also several in a line, with commas or semicolons between.
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { normaliseHeading } from './columns.ts';
import { inEnglish } from './headings-in-languages.ts';
import { hostRejection, makeHost } from './host-facts.ts';
import { LineSplitter } from './lines.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';
import { isHostShaped } from './text-hosts.ts';

/** A first line that is a heading, in lower case without anything but letters. */
const HEADINGS = new Set([
  'host', 'hosts', 'hostname', 'hostnames', 'computer', 'computers', 'computername', 'computernames', 'name', 'names', 'device', 'devices', 'devicename', 'devices',
  'machine', 'machines', 'machinename', 'dnshostname', 'endpoint', 'endpoints', 'assetname', 'rechner', 'rechnername', 'geraet', 'gerät', 'gerätename', 'server', 'servername', 'pcname',
]);

/** True when a line is a heading over host names. */
const isHostHeading = (line: string): boolean => HEADINGS.has(line.toLowerCase().replace(/[^\p{L}]/gu, '')) || HEADINGS.has(inEnglish(normaliseHeading(line)));

/** `Affected hosts (as of 9:00):`, on the first line. */
const isTitle = (line: string): boolean => mayBeTitle(line) && line.split(/[^\p{L}]+/u).some((word) => word !== '' && isHostHeading(word));
/** `Found in the field:`, above lines that each begin with a host. */
const mayBeTitle = (line: string): boolean => line.endsWith(':') && line.includes(' ') && line.length < LONGEST_TITLE && leadingName(line) === null;
const LONGEST_TITLE = 200;

/** So many lines of one word each are no prose. */
const FEWEST_WORDS = 3;

/** What Format-List and scripts set before each name: `Name : PC-1`. */
const LABEL_OF_NAME = /^"?(\p{L}[\p{L} _-]{1,24}?)"?\s*[:=]\s*(?=\S)/u;

/** `Affected: PC-1, PC-2`. All the blanks at once: from each of a hundred thousand it would look for the comma anew. */
const LABEL_OF_LIST = /^\p{L}[\p{L} ]{1,40}:\s+(?=[^\s,;][^,;]*[,;])/u;
const KEY_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/i;

/** What a line names: list marks, quotes, labels, trailing commas and comments off. Null for a comment, and for the ruler below a heading. */
function nameOf(line: string): string | null {
  // A list in brackets is what ConvertTo-Json makes of names.
  const text = line.replace(/\s(?:#|\/\/|--).*$/, '').trim().replace(/^\[(?![ xX]?\])/, '').replace(/\]$/, '').trim();
  if (/^(?:#|\/\/|;)/.test(text) || /^-{2,}$/.test(text)) return null;
  const label = LABEL_OF_NAME.exec(text);
  if (label?.[1] !== undefined && isHostHeading(label[1])) return withoutMarks(text.slice(label[0].length)).trim();
  return withoutMarks(text.replace(/^(?:[-*•]\s+|\d{1,4}[.)]\s+)?(?:\[[ xX]?\]\s+)?/, '').replace(LABEL_OF_LIST, '')).replace(/^"([^"]*)"$/, '$1').trim();
}

/** Without the commas at its end. No pattern: it would begin anew at each of a hundred thousand commas further up. */
function withoutMarks(text: string): string {
  let end = text.length;
  while (end > 0 && /[,;]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The names of a line: one, or several that are each a name, as in `PC1, PC2; PC3`. */
function namesOf(name: string): readonly string[] {
  if (!/[,;]/.test(name) || isDistinguishedName(name)) return [name];
  const pieces = name.split(/[,;]/).map((piece) => piece.trim().replace(/^"([^"]*)"$/, '$1').trim()).filter((piece) => piece !== '');
  return pieces.length > 1 && pieces.every((piece) => isOneWord(piece) && makeHost(piece, {}).status === 'ok') && !hasRemark(pieces) ? pieces : [name];
}

/** `PC-1001;Kiel`, `PC-1001,jdoe`: a host, and where or whose it is. */
const hasRemark = ([first = '', ...others]: readonly string[]): boolean => isHostShaped(first) && others.some((piece) => !/\d/.test(piece) && piece !== piece.toUpperCase());

/** The name that a line begins with, before a remark or the further cells of a table without a header. */
function leadingName(line: string): string | null {
  const word = /^([^\s,;|]+)[\s,;|]/.exec(line)?.[1];
  return word !== undefined && (isHostShaped(word) || isHostShaped(word.toUpperCase())) ? word : null;
}

/** Nobody's name in Windows, and shorter than any key. */
const ONLY_DIGITS = /^\d{1,15}$/;

/** Units have spaces in their names; hosts have not. */
const isOneWord = (name: string): boolean => !/\s/.test(name) || isDistinguishedName(name);

/**
 * Whether the beginning of a text reads as a list of names.
 *
 * @param lines  Its first whole lines.
 * @returns True when at least nine of ten lines that are not blank hold names only, and half of them look like more than a word of prose, or each is one word and there are several;
 *          or when nine of ten begin with a name only hosts have, each with another.
 */
export function looksLikeHostNames(lines: readonly string[]): boolean {
  if (isMail(lines)) return false;
  let names = 0;
  let others = 0;
  let remarked = 0;
  let hostLike = 0;
  let headed = false;
  const leading = new Set<string>();
  let filled = 0;
  let titles = 0;
  for (const line of lines) {
    const given = nameOf(line);
    if (given === null || given === '' || (filled === 0 && isTitle(given))) continue;
    if (filled === 0 && mayBeTitle(given)) titles = 1;
    filled++;
    const first = KEY_ID.test(line) ? null : leadingName(given) ?? (isHostShaped(given) ? given : null);
    if (first !== null) leading.add(first);
    if (names + others === 0 && !headed && isHostHeading(given)) {
      headed = true;
      continue;
    }
    for (const name of namesOf(given)) {
      if (ONLY_DIGITS.test(name)) continue; // a name for a person, and no prose
      const host = isOneWord(name) ? makeHost(name, {}) : null;
      // A row of a table is no name that lost a letter, whatever has a question mark in it.
      if (host?.status === 'ok' || host?.status === 'address' || (host?.status === 'letters-lost' && !/[,;|]/.test(name))) names++;
      else if (first !== null && leadingName(given) !== null) remarked++;
      else others++;
      if (host?.status === 'ok' && (/\d|\\|\$$/.test(name) || /[\p{L}\p{N}]-[\p{L}\p{N}]/u.test(name) || host.host.dnsName !== null || name === name.toUpperCase())) hostLike++;
    }
  }
  if (leading.size >= FEWEST_WORDS && leading.size * 10 >= (filled - titles) * 9) return true;
  // A name with a remark behind it, among more without; lines that all go on behind their name are a log.
  if (remarked > 0 && names > remarked) [names, hostLike] = [names + remarked, hostLike + remarked];
  else others += remarked;
  const words = others === 0 && names >= FEWEST_WORDS;
  return names > 0 && others * 10 <= names && (headed || words || hostLike * 2 >= names);
}

/** Somebody greets at the top or thanks at the end: those words are no names, and who signs is none either. */
function isMail(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  return [...filled.slice(0, 1), ...filled.slice(-CLOSING_LINES)].some((line) => SALUTATION.test(line));
}

const CLOSING_LINES = 4;
const SALUTATION = /^\s*(?:hi|hello|hallo|moin|hey|servus|hej|ahoj|bonjour|salut|hola|buenos d[ií]as|ciao|ol[aá]|thanks|thank you|thx|danke|vielen dank|merci|gracias|grazie|obrigad[oa]|cheers|(?:best|kind) regards|regards|(?:viele |liebe )?gr(?:ü|u|ue)(?:ß|ss)e?|lg|vg|mfg|cordialement|saludos|saluti)\s*[,.!]*\s*$/iu;

/** `Gépnév;Sorozatszám;Telephely`: several words without a digit, of which the next line tells whether they are hosts. */
const mayBeHeadings = (line: string): boolean => /[,;]/.test(line) && !/\d/.test(line);

/** A line that begins with what only a host is called, and has as many cells. */
const isRowBelow = (headings: string, line: string): boolean => leadingName(line) !== null && line.split(/[,;]/).length === headings.split(/[,;]/).length;

/** Reads a list of host names. */
export function readHostNames(emit: Emit): RowReader {
  let rowsRead = 0;
  let headed = false;
  /** The first line, as long as it may be headings in a language nobody knows. */
  let first: { readonly given: string; readonly row: number } | null = null;
  const take = (given: string, row: number): void => {
    rowsRead++;
    for (const name of namesOf(given)) {
      const one = isOneWord(name) && !/[,;|]/.test(name) ? name : isDistinguishedName(name) ? name : leadingName(name);
      const host = one === null ? ({ status: 'unusable' } as const) : makeHost(one, {});
      if (host.status === 'ok') emit({ kind: 'host', row, host: host.host });
      else emit({ kind: 'rejected', row, reason: hostRejection(host.status) });
    }
  };
  const release = (below: string | null): void => {
    if (first !== null && (below === null || !isRowBelow(first.given, below))) take(first.given, first.row);
    first = null;
  };
  const lines = new LineSplitter({
    line(text, row) {
      const given = nameOf(text);
      if (given === null || given === '' || (rowsRead === 0 && mayBeTitle(given))) return;
      if (rowsRead === 0 && !headed && (isHostHeading(given) || mayBeHeadings(given))) {
        headed = true;
        if (!isHostHeading(given)) first = { given, row };
        return;
      }
      release(given);
      take(given, row);
    },
    tooLong: rejectTooLong(emit, () => { rowsRead++; }),
  });
  return {
    write: (text) => lines.write(text),
    end() {
      lines.end();
      release(null);
    },
    get rowsRead() { return rowsRead; },
    notes: [],
  };
}
