// A web page to plain text as a person sees it. Untrusted; nothing is fetched or run.
import { Parser } from 'htmlparser2';
import type { Passage } from './markup.ts';

const BLOCK = /^(?:p|div|br|li|ul|ol|h[1-6]|tr|table|hr|pre|blockquote|section|article|header|footer|dt|dd)$/;
const IS_PAGE = /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html|head|body|meta|table|div)\b/i;

/** @param start The beginning of a text. */
export const looksLikeHtml = (start: string): boolean => IS_PAGE.test(start);

/** @param html Whole. @returns Its tables and what stands around them, in order. A page that is broken gives what can be seen of it. */
export function fromHtml(html: string): Passage[] {
  const passages: Visible[] = [];
  let current = new Visible('text');
  let hidden = 0;
  const begin = (kind: 'text' | 'table'): void => {
    passages.push(current);
    current = new Visible(kind);
  };
  const parser = new Parser({
    onopentag(name, { rowspan }) {
      if (HIDDEN.test(name)) hidden += 1;
      else if (name === 'table') begin('table');
      else if (name === 'td' || name === 'th') current.beginCell(Number(/^\s*(\d{1,3})/.exec(rowspan ?? '')?.[1] ?? 1));
      else if (name === 'tr') current.endRow();
      else if (BLOCK.test(name)) current.break();
    },
    onclosetag(name) {
      if (HIDDEN.test(name)) hidden -= 1;
      else if (name === 'table') begin('text');
      else if (name === 'td' || name === 'th') current.endCell();
      else if (name === 'tr') current.endRow();
      else if (BLOCK.test(name)) current.break();
    },
    ontext(words) {
      if (hidden === 0) current.words(words.replace(NO_LETTERS, '').replace(/\s+/g, ' '));
    },
  });
  parser.end(html);
  return [...passages, current].map((passage) => passage.read()).filter(({ text }) => text !== '');
}

const HIDDEN = /^(?:script|style)$/;
/** Soft hyphens and what joins letters: nobody sees them. */
const NO_LETTERS = /[\u00ad\u200b-\u200d]/g;

/** A host's cell beside its keys; what is longer, reaches farther down or stands farther to the right is none, and a page can not grow much by it. */
const LONGEST_SPANNING = 64;
const MOST_ROWS_SPANNED = 16;
const COLUMNS_SPANNING = 8;

/** What can be seen of a table, or of the text around tables. Cells and rows may be left open: the next one ends them. */
class Visible {
  readonly #kind: 'text' | 'table';
  readonly #lines: string[] = [];
  /** Of the line so far. */
  #cells: string[] = [];
  /** Behind the last cell. */
  #words = '';
  /** How many rows the open cell reaches down. */
  #cellRows: number | null = null;
  /** By column, cells of rows above that reach down. */
  readonly #reaching = new Map<number, { readonly text: string; readonly rows: number }>();

  constructor(kind: 'text' | 'table') {
    this.#kind = kind;
  }

  beginCell(rows: number): void {
    if (this.#cellRows !== null) this.endCell();
    this.#putReaching();
    this.#cellRows = rows;
  }

  endCell(): void {
    const column = this.#cells.length;
    const rows = this.#cellRows ?? 1;
    const text = this.#words.replace(/ {2,}/g, ' ').trim();
    if (this.#kind === 'table' && rows > 1 && rows <= MOST_ROWS_SPANNED && column < COLUMNS_SPANNING && text.length <= LONGEST_SPANNING) this.#reaching.set(column, { text, rows: rows - 1 });
    this.#cells.push(text);
    this.#words = '';
    this.#cellRows = null;
  }

  endRow(): void {
    if (this.#cellRows !== null) this.endCell();
    if (this.#cells.length > 0) this.#putReaching();
    this.#newLine();
  }

  break(): void {
    if (this.#cellRows === null) this.#newLine();
    else this.#words += ' ';
  }

  words(words: string): void {
    // Between the rows of a table there is nothing to be seen.
    if (this.#cellRows !== null || this.#kind === 'text' || words.trim() !== '') this.#words += words;
  }

  read(): Passage {
    this.endRow();
    // A list of names and values, as ConvertTo-Html -As List draws it.
    if (this.#kind === 'table' && this.#lines.length > 1 && this.#lines.every((line) => NAME_AND_VALUE.test(line))) return { kind: 'text', text: this.#lines.map((line) => line.replace('\t', ' ')).join('\n') };
    return { kind: this.#kind, text: this.#lines.join('\n') };
  }

  #putReaching(): void {
    for (let above = this.#reaching.get(this.#cells.length); above !== undefined; above = this.#reaching.get(this.#cells.length)) {
      if (above.rows > 1) this.#reaching.set(this.#cells.length, { ...above, rows: above.rows - 1 });
      else this.#reaching.delete(this.#cells.length);
      this.#cells.push(above.text);
    }
  }

  #newLine(): void {
    // An empty cell in front is a cell; what is behind the last one with anything in it is none.
    const line = [...this.#cells, ...(this.#words.trim() === '' ? [] : [this.#words])].join('\t').replace(/ *\t */g, '\t').replace(/^ +/, '').trimEnd();
    if (line !== '') this.#lines.push(line);
    this.#cells = [];
    this.#words = '';
  }
}

const NAME_AND_VALUE = /^[^\t:]+:(?:\t[^\t]*)?$/;
