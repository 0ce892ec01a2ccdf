// The hosts that a text without any key lists: a mail in which they stand below each other, with or without a remark behind each, or in one sentence; a list in YAML.
import { headingOf, isHostShaped } from './text-hosts.ts';

export interface NameInText { readonly name: string; readonly row: number }

/** Beyond it a text is no list that somebody wrote. */
const MOST_NAMES = 100_000;
const LONGEST_LINE = 300;

/** Finds them line by line. One host alone may be anything. */
export class NamesInText {
  readonly #all: NameInText[] = [];
  /** Lines below each other that each begin with a name, up to here. */
  #block: NameInText[] = [];
  /** One of them is a name and nothing else, or sets its remark off. */
  #isList = false;

  line(line: string, row: number): void {
    if (this.#all.length + this.#block.length >= MOST_NAMES || line.length > LONGEST_LINE) return this.end();
    const heading = headingOf(line);
    const remarked = heading === null ? REMARKED.exec(line) : null;
    const name = heading ?? (remarked?.[1] !== undefined && isHostShaped(remarked[1]) ? remarked[1] : null);
    const together = heading === null ? namesTogether(line) : [];
    if (name === null || together.length > 0) {
      this.end();
      for (const one of together) this.#all.push({ name: one, row });
      return;
    }
    this.#block.push({ name, row });
    this.#isList ||= heading !== null || remarked?.[2] !== ' ';
  }

  /** The text, or a list in it, is over. */
  end(): void {
    if (this.#block.length > 1 && this.#isList) this.#all.push(...this.#block);
    this.#block = [];
    this.#isList = false;
  }

  /** In the order of the text. */
  get all(): readonly NameInText[] {
    return this.#all;
  }
}

/** `- KIEL-07 (reception)`, `KIEL-07: 2nd floor`, `KIEL-07 - blue`; with nothing but a blank behind the name it may be prose, and with a comma the row of a table. */
const REMARKED = /^[\s*>•·–-]*(?:\d{1,3}[.)]\s+)?([^\s(,;:]{4,64})(?=(\s*[(:]|\s+[–—-]\s| ))(?![^(]*[;\t])/u;

/** `These are down: KIEL-01, KIEL-02 and KIEL-03.`; without a colon before them, where nothing else is in the line. */
function namesTogether(line: string): readonly string[] {
  const colon = line.search(/[:：]\s/);
  const names: string[] = [];
  let rest = '';
  for (const piece of line.slice(colon + 1).split(/[,;]|\s(?:and|und|sowie|et|y|e|en|&)\s/iu)) {
    const [, word = '', more = ''] = ONE_OF_THEM.exec(piece) ?? [];
    if (!isHostShaped(word)) {
      rest = piece.trim();
      break;
    }
    names.push(word);
    rest = more;
    if (rest !== '') break;
  }
  return names.length > 1 && (colon !== -1 || rest === '') ? names : [];
}

const ONE_OF_THEM = /^\s*([^\s(]{4,64}?)[.!]?(?:\s*\([^()]*\))?[.!]?(?:\s+(\S.*))?\s*$/u;
