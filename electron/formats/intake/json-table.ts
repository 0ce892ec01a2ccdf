// Tables in JSON whose rows are lists of values below a list of headings: reports of Intune, Log Analytics and Kusto, Splunk, pandas.
import { isHeaderRow } from './cell-values.ts';
import { layoutOfRecord } from './table-layout.ts';
import { TableRows } from './table-rows.ts';
import type { IntakeKind } from './rows.ts';
import type { Emit, RowReader } from './row-reader.ts';

/** `"Schema": [{"Column": "DeviceName", …}, …], …, "Values": [["PC-1", …`, `"columns": [{"name": …}], "rows": [[`, `"fields": ["host"], "rows": [[`. */
const HEADINGS = /"(?:schema|columns|fields|headers?)"\s*:\s*\[/gi;
const ROWS = /"(?:values|rows|data)"\s*:\s*\[\s*(?=\[\s*(?:["\d\]-]|null|true|false))/i;
const NAME = /"(?:column|column_?name|name)"\s*:\s*("(?:[^"\\]|\\.)*")/gi;
const PLAIN_NAMES = /^\s*"(?:[^"\\]|\\.)*"(?:\s*,\s*"(?:[^"\\]|\\.)*")*\s*\]/;
/** Of what stands before the rows; headings are no longer. */
const LONGEST_HEAD = 60_000;
const LONGEST_ROW = 1 << 20;

/** @returns The headings in what stands before the rows, the nearest ones; null for none. */
function headingsIn(before: string): readonly string[] | null {
  const begin = Array.from(before.matchAll(HEADINGS)).at(-1);
  if (begin === undefined) return null;
  const list = before.slice(begin.index + begin[0].length);
  const plain = PLAIN_NAMES.exec(list)?.[0];
  const names = plain === undefined ? Array.from(list.matchAll(NAME), ([, name = '""']) => name) : [`[${plain}`];
  const read = names.flatMap((name) => parsed(name)).filter((name) => typeof name === 'string');
  return read.length > 0 ? read : null;
}

/** @returns What the table holds; null where the text begins with no such table. @param text The beginning of a text of JSON. */
export function findJsonTable(text: string): IntakeKind | null {
  const rows = ROWS.exec(text.slice(0, LONGEST_HEAD));
  const headings = rows === null ? null : headingsIn(text.slice(0, rows.index));
  if (rows === null || headings === null || !isHeaderRow(headings)) return null;
  const end = text.indexOf(']', rows.index + rows[0].length);
  const first = end === -1 ? null : cellsOf(text.slice(rows.index + rows[0].length, end + 1));
  return layoutOfRecord(headings, first ?? headings.map(() => ''))?.intakeKind ?? null;
}

/** Reads such tables, one or several. A row counts by its place in the file. */
export function readJsonTables(emit: Emit): RowReader {
  let rowsRead = 0;
  let pending = '';
  let headings: readonly string[] | null = null;
  let rows: TableRows | null = null;

  /** @returns Whether there is more to do with what is pending. */
  function step(isOver: boolean): boolean {
    if (headings === null) {
      const begin = ROWS.exec(pending);
      if (begin === null) {
        pending = pending.slice(-LONGEST_HEAD);
        return false;
      }
      headings = headingsIn(pending.slice(0, begin.index)) ?? [];
      rows = null;
      pending = pending.slice(begin.index + begin[0].length);
      return true;
    }
    const start = pending.search(/[[\]]/);
    if (start === -1) return false;
    if (pending[start] === ']') {
      headings = null;
      pending = pending.slice(start + 1);
      return true;
    }
    const end = endOfList(pending, start);
    if (end === -1) {
      if (pending.length > LONGEST_ROW || isOver) {
        reject(isOver ? 'entry-damaged' : 'row-too-long');
        pending = '';
        headings = null;
      }
      return false;
    }
    take(headings, pending.slice(start, end));
    pending = pending.slice(end);
    return true;
  }

  function take(names: readonly string[], text: string): void {
    const cells = cellsOf(text);
    if (cells === null) return reject('entry-damaged');
    const layout = rows === null ? layoutOfRecord(names, cells) : null;
    if (layout !== null) rows = new TableRows(layout, emit);
    if (rows === null) return reject('no-key-in-row');
    rowsRead++;
    rows.record(cells, rowsRead);
  }

  function reject(reason: 'entry-damaged' | 'row-too-long' | 'no-key-in-row'): void {
    rowsRead++;
    emit({ kind: 'rejected', row: rowsRead, reason });
  }

  return {
    write(text) {
      pending += text;
      while (step(false));
    },
    end() {
      while (step(true));
    },
    get rowsRead() { return rowsRead; },
    notes: [],
  };
}

/** @returns Where the list that begins there is over; -1 where its end has not come. */
function endOfList(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const mark = text[at];
    if (inString) {
      if (mark === '\\') at++;
      else if (mark === '"') inString = false;
    } else if (mark === '"') inString = true;
    else if (mark === '[') depth++;
    else if (mark === ']' && --depth === 0) return at + 1;
  }
  return -1;
}

/** @returns The values of a row as cells; null for what is no list. */
function cellsOf(text: string): readonly string[] | null {
  const value = parsed(text);
  return value.length === 0 ? null : value.map((cell) => (cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell)));
}

function parsed(json: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : [value];
  } catch {
    return [];
  }
}
