// The lists of the command line as CSV files for a spreadsheet. None of them ever holds a recovery password.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../core/app-error.ts';
import { text, type CommandContext } from './command.ts';
import { writeFileOver, writeNewFile } from './text-file.ts';

/** The options of every command that writes a list. */
export const CSV_OUT = { out: { type: 'string' }, overwrite: { type: 'boolean' } } as const;
export const CSV_USAGE = '[--out FILE.csv [--overwrite]]';

type Cell = string | number | null;
export interface CsvFile { readonly path: string; write(header: readonly string[], rows: readonly (readonly Cell[])[]): void }

/**
 * The file that `--out` names, looked at before the command does anything: a list that somebody has worked in is not lost by calling the same line again.
 *
 * @returns Null without `--out`. AppError `file-exists`; with `--overwrite` what is there is replaced. Writing: AppErrors as of `writeNewFile`.
 */
export function csvFile(options: CommandContext['options']): CsvFile | null {
  const out = text(options['out']);
  if (out === undefined) return null;
  const path = resolve(out);
  const overwrite = options['overwrite'] === true;
  if (!overwrite && existsSync(path)) throw new AppError('file-exists', { path, option: '--overwrite' });
  return { path, write: (header, rows) => (overwrite ? writeFileOver : writeNewFile)(path, csvText(header, rows)) };
}

/** UTF-8 with a mark, so that a spreadsheet takes it as such. A cell that a spreadsheet would compute begins with an apostrophe. */
function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const quote = (cell: Cell): string => {
    const value = cell === null ? '' : String(cell);
    return `"${(/^[=+@\t\r-]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
  };
  return `\ufeff${[header, ...rows].map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`;
}
