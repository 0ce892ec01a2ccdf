// One sheet of a workbook as CSV, row by row: the n-th line is the n-th row of the sheet.
import { columnNumber, MergedCells, type MergedCell } from './merged-cells.ts';
import type { SharedStrings } from './shared-strings.ts';
import { XmlScanner } from './xml-events.ts';

export interface SheetFacts {
  readonly strings: SharedStrings;
  /** Cell formats, by number, that show a number as a date. */
  readonly dateStyles: ReadonlySet<number>;
  /** Days count from 1904 (workbooks of old Macs). */
  readonly from1904: boolean;
  /** Over several rows. */
  readonly merged?: readonly MergedCell[];
}

/** Excel's own bounds. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
/** A row is filled up with empty cells to the width of the sheet, but not to a width somebody made up. */
const WIDEST_FILLED = 256;
const LONGEST_CELL = 131_072;
const PIECE_CHARACTERS = 65_536;

/**
 * @param pieces  Text of `xl/worksheets/sheetN.xml`.
 * @returns Pieces of UTF-8. A newline within a cell becomes ` | `, a date ISO 8601. Ends early, without an error, where the sheet is no XML any more.
 *          Holds recovery passwords when the sheet does.
 */
export async function* readSheetAsCsv(pieces: AsyncIterable<string>, facts: SheetFacts): AsyncGenerator<Uint8Array> {
  let out = '';
  const sheet = new SheetScanner(facts, (line) => { out += line; });
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PIECE_CHARACTERS) {
      const isSound = sheet.write(piece.slice(at, at + PIECE_CHARACTERS));
      if (out !== '') yield Buffer.from(out);
      out = '';
      if (!isSound) return;
    }
  }
}

class SheetScanner {
  readonly #facts: SheetFacts;
  readonly #line: (line: string) => void;
  readonly #scanner: XmlScanner;
  #row = 0;
  #column = -1;
  #width = 0;
  #cells: string[] = [];
  #type = '';
  #style = 0;
  #value = '';
  #inValue = false;
  #reading = 0;
  readonly #merged: MergedCells;

  constructor(facts: SheetFacts, line: (line: string) => void) {
    this.#facts = facts;
    this.#merged = new MergedCells(facts.merged ?? []);
    this.#line = line;
    this.#scanner = new XmlScanner({
      open: (name, attribute) => this.#open(name, attribute),
      close: (name) => this.#close(name),
      text: (value) => { if (this.#inValue && this.#value.length < LONGEST_CELL) this.#value += value; },
    });
  }

  write(piece: string): boolean {
    return this.#scanner.write(piece) && this.#row <= MOST_ROWS;
  }

  #open(name: string, attribute: (name: string) => string | null): void {
    switch (name) {
      case 'dimension': {
        const last = /:?([A-Z]{1,3})\d*$/i.exec(attribute('ref') ?? '')?.[1];
        if (last !== undefined) this.#width = Math.min(WIDEST_FILLED, columnNumber(last) + 1);
        return;
      }
      case 'row': {
        const given = Number(attribute('r') ?? 0);
        const row = Number.isInteger(given) && given > this.#row && given <= MOST_ROWS ? given : this.#row + 1;
        // Rows that are not there are empty lines: a row keeps the number a person sees.
        if (row > this.#row + 1) this.#line('\n'.repeat(row - this.#row - 1));
        this.#row = row;
        this.#column = -1;
        this.#cells = [];
        return;
      }
      case 'c': {
        const letters = /^([A-Z]{1,3})\d*$/i.exec(attribute('r') ?? '')?.[1];
        const column = letters === undefined ? this.#column + 1 : columnNumber(letters);
        this.#column = column < MOST_COLUMNS ? column : this.#column + 1;
        this.#type = attribute('t') ?? '';
        this.#style = Number(attribute('s') ?? 0);
        this.#value = '';
        return;
      }
      case 'v': case 't': this.#inValue = this.#reading === 0; return;
      case 'rPh': this.#reading++;
    }
  }

  #close(name: string): void {
    switch (name) {
      case 'v': case 't': this.#inValue = false; return;
      case 'rPh': this.#reading--; return;
      case 'c':
        if (this.#column < 0 || this.#column >= MOST_COLUMNS) return;
        while (this.#cells.length < this.#column) this.#cells.push('');
        this.#cells[this.#column] = this.#valueOfCell();
        return;
      case 'row': this.#endRow();
    }
  }

  #endRow(): void {
    const cells = this.#cells;
    while (cells.length > 0 && cells.at(-1) === '') cells.pop();
    if (cells.length === 0) return this.#line('\n');
    this.#merged.fill(this.#row, cells);
    this.#width = Math.min(WIDEST_FILLED, Math.max(this.#width, cells.length));
    while (cells.length < this.#width) cells.push('');
    this.#line(`${cells.map(csvCell).join(',')}\n`);
  }

  #valueOfCell(): string {
    switch (this.#type) {
      case 's': return this.#facts.strings.get(/^\d{1,10}$/.test(this.#value.trim()) ? Number(this.#value) : -1);
      case 'b': return this.#value.trim() === '1' ? 'TRUE' : 'FALSE';
      case '': case 'n': return this.#facts.dateStyles.has(this.#style) ? this.#date(this.#value.trim()) : this.#value.trim();
      default: return this.#value;
    }
  }

  #date(serial: string): string {
    const days = Number(serial);
    // Excel counts from 1899-12-30 (after its 29 February 1900, which never was).
    const ms = Math.round((days - (this.#facts.from1904 ? 24_107 : 25_569)) * 86_400) * 1000;
    return serial === '' || !Number.isFinite(days) || days < 367 || days > 2_958_465 ? serial : new Date(ms).toISOString().slice(0, 19);
  }
}

/** One cell of CSV on one line. `_x000D_` is how a workbook writes what XML can not hold. */
export function csvCell(value: string): string {
  if (value === '') return '';
  const text = value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' | ').replaceAll('\0', '');
  return `"${text.replaceAll('"', '""')}"`;
}
