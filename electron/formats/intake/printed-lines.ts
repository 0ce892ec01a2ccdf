// What printing, quoting and collecting do to lines: marks of a quoted mail, boxes, groups with numbers, the name of the file a line is out of.
import { GROUPS } from '../../core/keys/recovery-password.ts';
import { hostOfFileName } from './file-name.ts';

/** Each reply sets one more before a line that it quotes. */
const QUOTED = /^(?:[ \t]{0,3}>){1,20}[ \t]?/;
/** The side of a box; with a third between them it is a row of a table. */
const BOXED = /^[ \t]*[|│║]([^|│║]*)[|│║]?[ \t]*$/;

/** @returns The line as it was before somebody quoted it or drew a box around it. */
export function withoutFrame(line: string): string {
  const first = line.charCodeAt(line.search(/\S/));
  if (first === 0x3e) return line.replace(QUOTED, '');
  return first === 0x7c || first === 0x2502 || first === 0x2551 ? BOXED.exec(line)?.[1] ?? line : line;
}

/** `Group 1: 123456`, `1) 123456   2) 234567`, `[3] 345678`. */
const NUMBERED = /^(?:(?:^|[\s,;])\s*(?:\p{L}{2,14}\s*)?[[(]?[1-8]\s?[\])]?\s?[).:=-]?\s*\d{6}(?!\d)[,;]?)+\s*$/u;
const NUMBER_AND_GROUP = /([1-8])\D{1,6}(\d{6})(?!\d)/g;
const LONGEST_NUMBERED = 200;

interface PutTogether { readonly text: string; readonly row: number }

/** Puts together a recovery password whose groups are numbered, as key sheets are printed: on one line or on several. */
export class NumberedGroups {
  #groups: string[] = [];
  #row = 0;

  /** @returns Null for any other line; else what is to be read in its place: nothing until the last group is there. */
  line(line: string, row: number): readonly PutTogether[] | null {
    const numbered = line.length > LONGEST_NUMBERED || !NUMBERED.test(line) ? [] : Array.from(line.matchAll(NUMBER_AND_GROUP), ([, number, group = '']) => ({ number: Number(number), group }));
    const [first] = numbered;
    const isBlank = this.#groups.length > 0 && !/\S/.test(line);
    if (isBlank) return [];
    if (first === undefined || numbered.some(({ number }, index) => number !== first.number + index) || (first.number !== 1 && first.number !== this.#groups.length + 1)) {
      return this.#groups.length === 0 ? null : [...this.end(), { text: line, row }];
    }
    const before = first.number === 1 ? this.end() : [];
    if (this.#groups.length === 0) this.#row = row;
    this.#groups.push(...numbered.map(({ group }) => group));
    return this.#groups.length === GROUPS ? [...before, ...this.end()] : before;
  }

  /** @returns What is there of one that was not complete, or is. */
  end(): readonly PutTogether[] {
    const groups = this.#groups;
    this.#groups = [];
    return groups.length === 0 ? [] : [{ text: groups.join('-'), row: this.#row }];
  }
}

const FILE = '(?:[A-Za-z]:)?[^:*?"<>|]{1,250}\\.(?:txt|log)';
/** `type`, `more`, `head` and loops set the name of each file before what is in it; grep, findstr and Select-String before each line. */
const FILE_ALONE = new RegExp(`^\\s*(?:==> )?(${FILE})(?: <==)?\\s*$`, 'i');
const FILE_BEFORE_LINE = new RegExp(`^(${FILE}):(?:\\d{1,6}:)?`, 'i');

/** @returns The file that the line, or all that follows, is out of, with the host it is named after; null where none stands there. */
export function fileBefore(line: string): { readonly file: string; readonly hostname: string | null; readonly rest: string } | null {
  if (!/\.(?:txt|log)\b/i.test(line)) return null;
  const alone = FILE_ALONE.exec(line)?.[1];
  const before = alone === undefined ? FILE_BEFORE_LINE.exec(line) : null;
  const file = alone ?? before?.[1];
  return file === undefined ? null : { file, hostname: hostOfFileName(file)?.hostname ?? null, rest: before === null ? '' : line.slice(before[0].length) };
}
