// Cells of a sheet that are one over several rows: a host beside all of its keys, a heading beside two lines of headings. They stand behind the rows they speak of.

/** Rows are counted from 1, columns from 0. */
export interface MergedCell { readonly column: number; readonly firstRow: number; readonly lastRow: number }

const MERGED = /<(?:\w+:)?mergeCell\b[^<>]*\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/g;
/** A longer tag is none of these. */
const LONGEST_TAG = 200;
const MOST_MERGED = 200_000;
/** What is longer is no host, site or heading. */
const LONGEST_TEXT = 64;
/** One key or one ID beside several hosts is nobody's for sure. */
const OF_ONE_ROW = /\d{6}\D?\d{6}|[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** @param pieces Text of `xl/worksheets/sheetN.xml`. @returns Those that reach over several rows; none where their number is beyond any sheet that people made. */
export async function readMergedCells(pieces: AsyncIterable<string>): Promise<readonly MergedCell[]> {
  const found: MergedCell[] = [];
  let tail = '';
  for await (const piece of pieces) {
    const text = tail + piece;
    let end = 0;
    if (text.includes('mergeCell')) {
      for (const match of text.matchAll(MERGED)) {
        const [whole, letters = '', first = '', last = ''] = match;
        end = match.index + whole.length;
        if (Number(last) > Number(first)) found.push({ column: columnNumber(letters), firstRow: Number(first), lastRow: Number(last) });
      }
      if (found.length > MOST_MERGED) return [];
    }
    tail = text.slice(Math.max(end, text.length - LONGEST_TAG));
  }
  return found;
}

/** Fills the cells below the first of each, row by row. */
export class MergedCells {
  readonly #begin = new Map<number, MergedCell[]>();
  readonly #open = new Map<number, { readonly text: string; readonly lastRow: number }>();

  constructor(cells: readonly MergedCell[]) {
    for (const cell of cells) {
      const begun = this.#begin.get(cell.firstRow);
      if (begun === undefined) this.#begin.set(cell.firstRow, [cell]);
      else begun.push(cell);
    }
  }

  /** @param cells Of that row, with something in one of them; changed in place. */
  fill(row: number, cells: string[]): void {
    for (const [column, { text, lastRow }] of this.#open) {
      if (row > lastRow) this.#open.delete(column);
      else if ((cells[column] ?? '') === '') {
        while (cells.length < column) cells.push('');
        cells[column] = text;
      }
    }
    for (const { column, lastRow } of this.#begin.get(row) ?? []) {
      const text = cells[column] ?? '';
      if (text !== '' && text.length <= LONGEST_TEXT && !OF_ONE_ROW.test(text)) this.#open.set(column, { text, lastRow });
    }
  }
}

/** `A` → 0, `AA` → 26. */
export function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}
