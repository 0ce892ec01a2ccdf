// A table that stands on its side: what is a column elsewhere is a line here, and each host a column. One column beside the names is a record; several below each other are several.
import { isHostValue } from './cell-values.ts';
import { recogniseColumns } from './columns.ts';
import { recordsOf } from './csv-records.ts';
import type { IntakeKind } from './rows.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';
import { layoutOfRecord, type TableLayout } from './table-layout.ts';
import { TableRows } from './table-rows.ts';

/** Nobody lays more of them side by side. */
const LONGEST = 1 << 18;
const DELIMITERS = ['\t', ';', ',', '|'];
const LINES_LOOKED_AT = 12;
const LONGEST_NAME = 60;

interface Line { readonly row: number; readonly name: string; readonly cells: readonly string[] }
interface Turned { readonly row: number; readonly fields: readonly string[]; readonly layout: TableLayout }

/** @param text All of a file, newlines normalised. @returns The kind of its first record; null when its lines are no names with values beside them. */
export function findTurnedTable(text: string): IntakeKind | null {
  return text.length > LONGEST ? null : turnedOf(text)[0]?.layout.intakeKind ?? null;
}

/** Reads one. Its records count by the line of their recovery password, else of their host. */
export function readTurnedTable(emit: Emit): RowReader {
  let text = '';
  let rowsRead = 0;
  return {
    write(piece) { text += text.length > LONGEST ? '' : piece; },
    end() {
      if (text.length > LONGEST) return rejectTooLong(emit, () => { rowsRead++; })(1);
      for (const { row, fields, layout } of turnedOf(text)) if (new TableRows(layout, emit).record(fields, row)) rowsRead++;
    },
    get rowsRead() { return rowsRead; },
    notes: [],
  };
}

function turnedOf(text: string): readonly Turned[] {
  const lines = text.split('\n', LINES_LOOKED_AT + 1).filter((line) => line.trim() !== '').slice(0, LINES_LOOKED_AT);
  for (const delimiter of DELIMITERS) {
    const names = lines.flatMap((line) => (line.includes(delimiter) ? [nameOf(line.slice(0, line.indexOf(delimiter)))] : []));
    if (names.filter(isKnown).length < 2) continue;
    const records = recordsOf(text, delimiter);
    // The names of the columns of a table stand beside each other.
    if (records.find((cells) => cells.length > 1)?.slice(1).some(isKnown) === true) continue;
    const found = blocksOf(records.map((cells, index) => ({ row: index + 1, name: nameOf(cells[0] ?? ''), cells: cells.slice(1) }))).map(recordsOfBlock);
    if (found.length > 0 && found.every((block) => block !== null)) return found.flat();
  }
  return [];
}

const nameOf = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1').replace(/:$/, '').trim();
const isKnown = (name: string): boolean => name.length <= LONGEST_NAME && Object.keys(recogniseColumns([name])).length > 0;

/** A name that comes again begins another record. */
function blocksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const blocks: Line[][] = [];
  for (const line of lines) {
    if (line.name === '' && line.cells.every((cell) => cell.trim() === '')) continue;
    const open = blocks.at(-1);
    if (open === undefined || open.some(({ name }) => name === line.name)) blocks.push([line]);
    else open.push(line);
  }
  return blocks;
}

/** @returns Null where the lines are not for the most part known names, one of them of a host, with hosts beside it. */
function recordsOfBlock(block: readonly Line[]): readonly Turned[] | null {
  const names = block.map(({ name }) => name);
  const { host = [], dn = [], dnsName = [], name = [], password = [], weakPassword = [] } = recogniseColumns(names);
  const named = [...host, ...name, ...dnsName, ...dn].map((line) => block[line]).find((line) => line !== undefined);
  const known = names.filter(isKnown).length;
  if (named === undefined || known < 2 || known * 2 < names.length || !named.cells.some(isHostValue)) return null;
  const row = (block[[...password, ...weakPassword][0] ?? -1] ?? named).row;
  return Array.from({ length: Math.max(...block.map(({ cells }) => cells.length)) }, (_cell, column) => block.map(({ cells }) => (cells[column] ?? '').trim())).flatMap((fields) => {
    const layout = fields.every((field) => field === '') ? null : layoutOfRecord(names, fields);
    return layout === null ? [] : [{ row, fields, layout }];
  });
}
