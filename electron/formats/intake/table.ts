// Reads a delimited table of keys or hosts whose layout is known; another header further down begins a table of its own.
import { AlikeLines } from './alike-lines.ts';
import { CsvRecords } from './csv-records.ts';
import { rejectTooLong, type Emit, type EmitEntry, type RowReader } from './row-reader.ts';
import type { IntakeRow } from './rows.ts';
import { isOtherHeader, layoutOfRecord, type TableLayout } from './table-layout.ts';
import { TableRows } from './table-rows.ts';

interface Held { readonly fields: readonly string[]; readonly row: number; readonly unclosed: boolean; readonly line: string | null }

/** @param layout  Found in this very text's first lines (findTableLayout). */
export function readTable(layout: TableLayout, tell: EmitEntry): RowReader {
  let rowsRead = 0;
  /** What came of the record that is being read. */
  let told: IntakeRow[] = [];
  const emit: Emit = (row) => {
    told.push(row);
    tell(row);
  };
  let rows = new TableRows(layout, emit);
  let alike = new AlikeLines(layout, layout.delimiter);
  /** The only words of a line, which may be the title of a section. */
  let title: Held | null = null;
  /** The header of a section, until its first row shows what its columns hold. */
  let header: readonly string[] | null = null;

  function take({ fields, row, unclosed, line }: Held): void {
    told = [];
    if (header !== null) {
      const next = layoutOfRecord(header, fields);
      header = null;
      if (next !== null) alike = new AlikeLines(next, layout.delimiter);
      if (next !== null) rows = new TableRows(next, next.holds === 'hosts' ? (one) => emit(one.kind === 'host' ? { ...one, listKind: next.intakeKind } : one) : emit);
    }
    if (rows.record(fields, row, unclosed)) rowsRead++;
    alike.note(line, fields, told);
  }

  const records = new CsvRecords(layout.delimiter, layout.width, layout.linesBefore + 1, {
    alike(text, at, row) {
      const read = header === null && title === null ? alike.read(text, at, row) : null;
      if (read === null) return null;
      rowsRead += read.keys.count;
      tell(read.keys);
      return { lines: read.keys.count, next: read.next };
    },
    record(given, row, unclosed, line) {
      const fields = layout.delimiter === '|' ? given.map(withoutMarkdown) : given;
      if (layout.header !== null && layout.mapped !== true && !isSame(fields, layout.header) && isOtherHeader(fields)) {
        title = null;
        header = fields.map((field) => field.trim());
        return;
      }
      if (title !== null) take(title);
      title = layout.width > 1 && isOneWord(fields) ? { fields, row, unclosed, line } : null;
      if (title === null) take({ fields, row, unclosed, line });
    },
    tooLong: rejectTooLong(emit, () => { rowsRead++; }),
  });
  let linesToSkip = layout.linesBefore;
  return {
    write(text) {
      let from = 0;
      while (linesToSkip > 0) {
        const newline = text.indexOf('\n', from);
        if (newline === -1) return;
        from = newline + 1;
        linesToSkip--;
      }
      records.write(from === 0 ? text : text.slice(from));
    },
    end() {
      records.end();
      if (title !== null) take(title);
      title = null;
    },
    get rowsRead() { return rowsRead; },
    notes: layout.mapped === true ? ['columns-mapped'] : [],
  };
}

const isSame = (fields: readonly string[], header: readonly string[]): boolean => fields.length === header.length && fields[0]?.trim() === header[0] && fields.every((field, column) => field.trim() === header[column]);
const isOneWord = (fields: readonly string[]): boolean => (fields[1] ?? '') === '' && !/\d/.test(fields[0] ?? '') && fields.every((field, column) => column === 0 || field === '');

/** Pages of a wiki set names and IDs in code or in bold. What is longer is text. */
const withoutMarkdown = (cell: string): string => (cell.length > LONGEST_MARKED ? cell : cell.trim().replace(/^[`*]+|[`*]+$/g, ''));
const LONGEST_MARKED = 1000;
