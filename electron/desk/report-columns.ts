// How wide the columns of a table on paper are: no name, number or heading is broken in the middle of a word while there is room for it.
import type { ReportTable } from '../core/reports/report-document.ts';

/** Room between a column and the next, in points; a column that holds nothing keeps others apart. */
export const GAP = 6;
const NOTHING = 18;

/**
 * @param measure Width of a text in points, as a head (`bold`) or as a cell. @param whole Of the page, in points.
 * @returns One width a column, in points, `GAP` included; together as wide as the page. Each holds its longest word where all of them fit on the page.
 */
export function columnWidths({ head, rows }: Pick<ReportTable, 'head' | 'rows'>, measure: (text: string, bold: boolean) => number, whole: number): number[] {
  const known = new Map<string, number>();
  const wide = (text: string, bold: boolean): number => {
    const key = `${bold ? 'b' : 'c'}${text}`;
    const width = known.get(key) ?? measure(text, bold);
    known.set(key, width);
    return width;
  };
  const widest = (at: number, parts: (text: string) => readonly string[]): number =>
    ([...parts(head[at] ?? '').map((part) => wide(part, true)), ...rows.flatMap((row) => parts(String(row[at] ?? '')).map((part) => wide(part, false)))].reduce((most, width) => Math.max(most, width), 0) || NOTHING) + GAP;
  const [least, wanted] = [(text: string) => text.split(' '), (text: string) => [text]].map((parts) => head.map((_, at) => widest(at, parts))) as [number[], number[]]; // one for each of the two
  const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);
  if (sum(wanted) <= whole) return wanted.map((width) => (width / sum(wanted)) * whole);
  if (sum(least) >= whole) return least.map((width) => (width / sum(least)) * whole);
  const spare = (whole - sum(least)) / (sum(wanted) - sum(least));
  return least.map((width, at) => width + ((wanted[at] ?? width) - width) * spare);
}

/** A list of names with one number each stands in two halves beside each other, where it is long enough to take a page from the rest. */
export function inHalves({ head, rows, more }: ReportTable): ReportTable {
  if (head.length !== 2 || rows.length < 6 || !rows.every((row) => typeof row[1] === 'number')) return { head, rows, more };
  const half = Math.ceil(rows.length / 2);
  return { head: [...head, '', ...head], rows: rows.slice(0, half).map((row, at) => [...row, '', ...(rows[half + at] ?? ['', ''])]), more };
}
