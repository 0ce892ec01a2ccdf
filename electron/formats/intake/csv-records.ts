// Records of a delimited text in pieces: papaparse does the parsing, this keeps the line numbers and gets back in step after a broken quote.
import Papa from 'papaparse';
import { LONGEST_LINE } from './lines.ts';

export type RecordSink = {
  /** One record; `row` is the line on which it begins, from 1. `unclosed`: its last field's quotation mark never closes. `line`: its text, where it is one whole line with nothing odd about its quotes. */
  record(fields: readonly string[], row: number, unclosed: boolean, line: string | null): void;
  /** Asked first about each record: takes the lines from there on, as far as it knows what is in them. @returns How many, and where the next line begins; null when it took none. */
  alike(text: string, at: number, row: number): { readonly lines: number; readonly next: number } | null;
  tooLong(row: number): void;
};

/** What papaparse's parser hands back (`Papa.Parser`, whose types leave it open). */
type Parsed = { readonly data: readonly string[][]; readonly errors: readonly { readonly row?: number; readonly code: string }[]; readonly meta: { readonly cursor: number } };

/** Parsing short pieces again and again costs; so much text is gathered first. */
const ENOUGH = 32_768;
/** After so many quotes that lead nowhere, quoted newlines are no longer believed in: the file does not quote as CSV does. */
const BROKEN_QUOTES = 16;

/** Splits normalised text (`\n` only) into records. Quoted fields may hold newlines; a record may be as long as LONGEST_LINE. */
export class CsvRecords {
  readonly #delimiter: string;
  readonly #columns: number;
  readonly #sink: RecordSink;
  #text = '';
  #row: number;
  #skipping = false;
  #brokenQuotes = 0;
  #wanted = ENOUGH;

  /** @param columns  Fields of the header: a record over several lines with more fields has swallowed its neighbours. */
  constructor(delimiter: string, columns: number, firstRow: number, sink: RecordSink) {
    this.#delimiter = delimiter;
    this.#columns = columns;
    this.#row = firstRow;
    this.#sink = sink;
  }

  write(text: string): void {
    this.#text = this.#skipping ? this.#skip(text) : this.#text + text;
    if (this.#text.length < this.#wanted) return;
    this.#read(false);
    // An unfinished record is not parsed anew for every few characters that join it.
    this.#wanted = Math.max(ENOUGH, this.#text.length * 2);
  }

  end(): void {
    this.#read(true);
    if (this.#skipping) this.#sink.tooLong(this.#row);
  }

  #read(last: boolean): void {
    while (this.#text !== '') {
      if (this.#brokenQuotes >= BROKEN_QUOTES) {
        if (!this.#readLines(last)) break;
      } else if (this.#readRecords(last)) break;
      else this.#readBrokenLine(last);
    }
    if (this.#text.length <= LONGEST_LINE) return;
    // Longer than a record may be: without any newline it is one endless line, else a quotation mark that is never closed.
    if (this.#text.includes('\n')) {
      this.#readBrokenLine(last);
      this.#read(last);
    } else {
      this.#skipping = true;
      this.#text = '';
    }
  }

  /** @returns False when it stopped before a record whose quotes reach over lines they should not. */
  #readRecords(last: boolean): boolean {
    this.#readPlainLines();
    const text = this.#text;
    if (text === '' || (!last && !text.includes('\n'))) return true;
    const { data, errors, meta } = parse(text, this.#delimiter, !last);
    const bad = new Set(errors.map((error) => error.row ?? 0));
    let at = 0;
    for (let index = 0; index < data.length; index++) {
      const fields = data[index] ?? [];
      const newlines = countNewlines(fields);
      if (newlines > 0 && (bad.has(index) || (this.#columns > 1 && fields.length > this.#columns))) {
        this.#text = text.slice(at);
        return false;
      }
      this.#hand(fields, bad.has(index) && errors.some((error) => error.code === 'MissingQuotes' && error.row === index));
      this.#row += newlines + 1;
      for (let newline = 0; newline <= newlines; newline++) at = text.indexOf('\n', at) + 1;
    }
    this.#text = last ? '' : text.slice(meta.cursor);
    return true;
  }

  /** Whole lines as far as they are records each, which needs no parser: those that are known, and those whose fields are quoted as a whole or not at all. */
  #readPlainLines(): void {
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      const alike = this.#sink.alike(text, at, this.#row);
      if (alike !== null) {
        at = alike.next;
        this.#row += alike.lines;
        continue;
      }
      const end = text.indexOf('\n', at);
      if (end === -1) break;
      const line = text.slice(at, end);
      const fields = plainFieldsOf(line, this.#delimiter);
      if (fields === null) break;
      this.#hand(fields, false, line);
      at = end + 1;
      this.#row++;
    }
    this.#text = text.slice(at);
  }

  /** One line by itself, whatever its quotes say; after it the quotes are believed again, but not for ever. */
  #readBrokenLine(last: boolean): void {
    this.#brokenQuotes++;
    const newline = this.#text.indexOf('\n');
    if (newline === -1 && !last) return;
    this.#readLine(newline === -1 ? this.#text.length : newline);
  }

  /** @returns Whether a whole line was there. */
  #readLines(last: boolean): boolean {
    const newline = this.#text.indexOf('\n');
    if (newline === -1 && !last) return false;
    this.#readLine(newline === -1 ? this.#text.length : newline);
    return true;
  }

  #readLine(end: number): void {
    const { data, errors } = parse(this.#text.slice(0, end), this.#delimiter, false);
    this.#hand(data[0] ?? [], errors.some((error) => error.code === 'MissingQuotes'));
    this.#text = this.#text.slice(end + 1);
    this.#row++;
  }

  #hand(fields: readonly string[], unclosed: boolean, line: string | null = null): void {
    if (fields.some((field) => field !== '' && field.trim() !== '')) this.#sink.record(fields, this.#row, unclosed, line);
  }

  /** @returns What comes after the endless line, once it ends. */
  #skip(text: string): string {
    const newline = text.indexOf('\n');
    if (newline === -1) return '';
    this.#skipping = false;
    this.#sink.tooLong(this.#row++);
    return text.slice(newline + 1);
  }
}

/** @returns The fields of a line each of which is quoted as a whole, without a further quotation mark in it, or not at all; of others null. */
export function plainFieldsOf(line: string, delimiter: string): readonly string[] | null {
  if (!line.includes('"')) return line.split(delimiter);
  const fields: string[] = [];
  for (let at = 0; ;) {
    const isQuoted = line.charCodeAt(at) === QUOTE;
    const end = line.indexOf(isQuoted ? '"' : delimiter, at + (isQuoted ? 1 : 0));
    const field = line.slice(isQuoted ? at + 1 : at, end === -1 ? line.length : end);
    if (isQuoted ? end === -1 : field.includes('"')) return null;
    fields.push(field);
    const after = isQuoted ? end + 1 : end;
    if (after === -1 || after === line.length) return fields;
    if (!line.startsWith(delimiter, after)) return null;
    at = after + delimiter.length;
  }
}

const QUOTE = 0x22;

/**
 * The fields of one line.
 *
 * @param line  Without a newline. Without a quotation mark nothing has to be parsed, and most lines that are looked at are of no table.
 */
export const fieldsOf = (line: string, delimiter: string): readonly string[] => (line === '' ? [] : line.includes('"') ? parse(line, delimiter, false).data[0] ?? [] : line.split(delimiter));

/** The records of a short text, as far as its quotes make sense. */
export const recordsOf = (text: string, delimiter: string): readonly (readonly string[])[] => (text === '' ? [] : text.includes('"') ? parse(text, delimiter, false).data : text.split('\n').map((line) => line.split(delimiter)));

function parse(text: string, delimiter: string, ignoreLast: boolean): Parsed {
  // What this method returns is typed `any`.
  return new Papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, ignoreLast) as Parsed;
}

function countNewlines(fields: readonly string[]): number {
  let newlines = 0;
  for (const field of fields) for (let at = field.indexOf('\n'); at !== -1; at = field.indexOf('\n', at + 1)) newlines++;
  return newlines;
}
