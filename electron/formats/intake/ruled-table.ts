// Tables drawn with a ruler of hyphens below their headings: SSMS' and sqlcmd's results to text, PowerShell's Format-Table. Columns begin where the hyphens do.
// Tables whose columns are only set below their headings: dsquery and dsget, wmic.
import { readAnyText } from './any-text.ts';
import { LineSplitter } from './lines.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';
import { knownColumns } from './columns.ts';
import { layoutOfRecord, type TableLayout } from './table-layout.ts';
import { TableRows } from './table-rows.ts';
import { wrappedRows } from './wrapped-rows.ts';

interface Ruled { readonly starts: readonly number[]; readonly layout: TableLayout; /** Where the first column of a table without a ruler begins: other lines are none of its rows. */ readonly indent?: number }

const RULER = /^ *-{2,}(?: +-{2,})+ *$/;
const LINES_LOOKED_AT = 60;
const LINES_HELD = 60;
/** Two headings, far enough apart to be none of a sentence. */
const ALIGNED = /^ *[\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+)* {2,}[\p{L}_]/u;

/** @returns False where `findRuledTable` finds nothing in the lines of a text for sure. */
export const mayHoldRuler = (text: string): boolean => text.includes('-- ');

/** @returns The layout of the first such table among these lines that holds keys or hosts; null for none. */
export function findRuledTable(lines: readonly string[]): TableLayout | null {
  for (let at = 1; at < Math.min(lines.length, LINES_LOOKED_AT); at++) {
    const ruled = ruledBy(lines[at - 1] ?? '', lines[at] ?? '', lines.slice(at + 1, at + 40));
    if (ruled !== null) return ruled.layout;
  }
  return alignedBy(lines.slice(0, LINES_HELD))?.layout ?? null;
}

/** @returns False where the first lines are no headings that are set apart by spaces alone. */
export const mayBeAligned = (lines: readonly string[]): boolean => ALIGNED.test(lines.find((line) => /\S/.test(line)) ?? '');

/** Reads such tables, one or several; what stands above, between and below them is read as any text. */
export function readRuledTables(emit: Emit): RowReader {
  let rowsRead = 0;
  const between = readAnyText(emit);
  let passed = 0;
  let before: { readonly text: string; readonly row: number } | null = null;
  let table: (Ruled & { readonly rows: ReturnType<typeof wrappedRows> }) | null = null;
  const rowsOf = (layout: TableLayout): ReturnType<typeof wrappedRows> => {
    const rows = new TableRows(layout, emit);
    return wrappedRows((cells, row) => { if (rows.record(cells, row)) rowsRead++; });
  };
  const pass = (line: { readonly text: string; readonly row: number } | null): void => {
    if (line === null) return;
    for (; passed < line.row - 1; passed++) between.write('\n');
    between.write(`${line.text}\n`);
    passed = line.row;
  };
  /** Until it shows whether they are a table without a ruler. */
  let first: { readonly text: string; readonly row: number }[] | null = [];
  const look = (isOver: boolean): void => {
    const held = first;
    if (held === null || (!isOver && held.length < LINES_HELD)) return;
    first = null;
    const aligned = alignedBy(held.map(({ text }) => text));
    const rows = aligned === null ? null : rowsOf(aligned.layout);
    held.forEach(({ text, row }, index) => {
      if (aligned === null || rows === null || index < aligned.from) take(text, row);
      else if (index === aligned.from) table = { ...aligned, rows };
      else take(text, row);
    });
  };
  const take = (text: string, row: number): void => {
    if (table !== null) {
      // Format-Table ends with a blank line, SSMS with one and the number of rows.
      if (table.indent !== undefined && text.search(/\S/) !== table.indent) {
        if (/\S/.test(text)) pass({ text, row });
        return;
      }
      if (/\S/.test(text)) {
        table.rows.line(cellsOf(text, table.starts), row);
        return;
      }
      table.rows.end();
      table = null;
    }
    const ruled = before === null ? null : ruledBy(before.text, text, []);
    if (ruled === null) {
      pass(before);
      before = { text, row };
      return;
    }
    table = { ...ruled, rows: rowsOf(ruled.layout) };
    before = null;
  };
  const lines = new LineSplitter({
    line(text, row) {
      if (first === null) return take(text, row);
      first.push({ text, row });
      look(false);
    },
    tooLong: rejectTooLong(emit, () => { rowsRead++; }),
  });
  return {
    write: (text) => lines.write(text),
    end() {
      lines.end();
      look(true);
      table?.rows.end();
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

/** Headings at least two of which are known, and below them rows with a gap before each column. */
function alignedBy(lines: readonly string[]): (Ruled & { readonly from: number }) | null {
  const from = lines.findIndex((line) => /\S/.test(line));
  const heading = lines[from] ?? '';
  if (!ALIGNED.test(heading) || RULER.test(lines[from + 1] ?? '')) return null;
  const starts = Array.from(heading.matchAll(/\S+(?: \S+)*/g), ({ index }) => index);
  const indent = starts[0] ?? 0;
  const rows = lines.slice(from + 1).filter((line) => line.search(/\S/) === indent);
  const isSet = (line: string): boolean => starts.every((start) => start === 0 || (line.charAt(start - 1) || ' ') === ' ');
  const [first] = rows;
  if (first === undefined || rows.filter(isSet).length * 10 < rows.length * 9) return null;
  const layout = layoutOfRecord(cellsOf(heading, starts), cellsOf(first, starts));
  return layout === null || knownColumns(layout.columns) < 2 ? null : { starts, layout, indent, from };
}

/** Each cell reaches to where the next column begins; the last one to the end of its line. */
const cellsOf = (line: string, starts: readonly number[]): string[] => starts.map((start, index) => line.slice(index === 0 ? 0 : start, starts[index + 1] ?? line.length).trim());
