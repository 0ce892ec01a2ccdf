// Reads a delimited table of keys or hosts whose layout is known.
import { CsvRecords } from './csv-records.ts';
import { rejectTooLong, type Emit, type RowReader } from './row-reader.ts';
import type { TableLayout } from './table-layout.ts';
import { TableRows } from './table-rows.ts';

/** @param layout  Found in this very text's first lines (findTableLayout). */
export function readTable(layout: TableLayout, emit: Emit): RowReader {
  let rowsRead = 0;
  const rows = new TableRows(layout, emit);
  const records = new CsvRecords(layout.delimiter, layout.width, layout.linesBefore + 1, {
    record(fields, row, unclosed) {
      if (rows.record(layout.delimiter === '|' ? fields.map(withoutMarkdown) : fields, row, unclosed)) rowsRead++;
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
    end: () => records.end(),
    get rowsRead() { return rowsRead; },
    notes: layout.mapped === true ? ['columns-mapped'] : [],
  };
}

/** Pages of a wiki set names and IDs in code or in bold. */
const withoutMarkdown = (cell: string): string => cell.trim().replace(/^[`*]+|[`*]+$/g, '');
