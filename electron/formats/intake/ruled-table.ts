// Tables drawn with a ruler of hyphens below their headings: SSMS' and sqlcmd's results to text, PowerShell's Format-Table. Columns begin where the hyphens do.
import { readAnyText } from './any-text.ts';
import { LineSplitter } from './lines.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';
import { layoutOfRecord, type TableLayout } from './table-layout.ts';
import { TableRows } from './table-rows.ts';

interface Ruled { readonly starts: readonly number[]; readonly layout: TableLayout }

const RULER = /^ *-{2,}(?: +-{2,})+ *$/;
const LINES_LOOKED_AT = 60;

/** @returns False where `findRuledTable` finds nothing in the lines of a text for sure. */
export const mayHoldRuler = (text: string): boolean => text.includes('-- ');

/** @returns The layout of the first such table among these lines that holds keys or hosts; null for none. */
export function findRuledTable(lines: readonly string[]): TableLayout | null {
  for (let at = 1; at < Math.min(lines.length, LINES_LOOKED_AT); at++) {
    const ruled = ruledBy(lines[at - 1] ?? '', lines[at] ?? '', lines.slice(at + 1, at + 40));
    if (ruled !== null) return ruled.layout;
  }
  return null;
}

/** Reads such tables, one or several; what stands above, between and below them is read as any text. */
export function readRuledTables(emit: Emit): RowReader {
  let rowsRead = 0;
  const between = readAnyText(emit);
  let passed = 0;
  let before: { readonly text: string; readonly row: number } | null = null;
  let table: (Ruled & { readonly rows: TableRows }) | null = null;
  const pass = (line: { readonly text: string; readonly row: number } | null): void => {
    if (line === null) return;
    for (; passed < line.row - 1; passed++) between.write('\n');
    between.write(`${line.text}\n`);
    passed = line.row;
  };
  const take = (text: string, row: number): void => {
    if (table !== null) {
      // Format-Table ends with a blank line, SSMS with one and the number of rows.
      if (/\S/.test(text)) {
        if (table.rows.record(cellsOf(text, table.starts), row)) rowsRead++;
        return;
      }
      table = null;
    }
    const ruled = before === null ? null : ruledBy(before.text, text, []);
    if (ruled === null) {
      pass(before);
      before = { text, row };
      return;
    }
    table = { ...ruled, rows: new TableRows(ruled.layout, emit) };
    before = null;
  };
  const lines = new LineSplitter({
    line: take,
    tooLong: rejectTooLong(emit, () => { rowsRead++; }),
  });
  return {
    write: (text) => lines.write(text),
    end() {
      lines.end();
      pass(before);
      between.end();
    },
    get rowsRead() { return rowsRead + between.rowsRead; },
    notes: [],
  };
}

function ruledBy(heading: string, ruler: string, rows: readonly string[]): Ruled | null {
  if (!RULER.test(ruler) || !/\S/.test(heading)) return null;
  const starts = Array.from(ruler.matchAll(/-+/g), ({ index }) => index);
  const names = cellsOf(heading, starts);
  const end = rows.findIndex((row) => !/\S/.test(row));
  const first = rows.slice(0, end === -1 ? rows.length : end).find((row) => /\S/.test(row));
  const layout = layoutOfRecord(names, first === undefined ? names.map(() => '') : cellsOf(first, starts));
  return layout === null ? null : { starts, layout };
}

/** Each cell reaches to where the next column begins; the last one to the end of its line. */
const cellsOf = (line: string, starts: readonly number[]): string[] => starts.map((start, index) => line.slice(index === 0 ? 0 : start, starts[index + 1] ?? line.length).trim());
