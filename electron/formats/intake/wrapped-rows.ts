// Rows of a ruled table that go on in the next line, each cell below itself: Format-Table -Wrap, where a column is too narrow.
import { readKeyCell, readKeyProtectorId } from './key-values.ts';

/** The beginning of a recovery password or of an ID, or all of it. */
const BEGINNING = new RegExp(`^(?:${beginningOf('dddddd-dddddd-dddddd-dddddd-dddddd-dddddd-dddddd-dddddd')}|\\{?${beginningOf('xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}')})$`, 'i');
/** A pattern for any beginning of what is laid out like that: d for a digit, x for a hexadecimal one. */
function beginningOf(form: string): string {
  return Array.from(form).reduceRight((rest, letter) => `(?:${letter === 'd' ? '\\d' : letter === 'x' ? '[\\da-f]' : letter}${rest})?`, '');
}

const isWhole = (cell: string): boolean => BEGINNING.test(cell) && (readKeyProtectorId(cell) !== null || readKeyCell(cell).status === 'ok');
/** The name of a directory object, cut within its ID, and what closes it. */
const OPEN = /\{[\da-f-]*$/i;
const CLOSING = /^[\da-f-]*(?:\}|$)/i;

/**
 * The lines of a ruled table to its rows.
 *
 * @param take  Told each row once it is whole, with the line it begins on.
 * @returns `line` takes the cells of one line, `end` what is held when the table is over. A line goes on with the row above only where it proves that: nothing in it is whole,
 *          a password or an ID of the row above gets longer by it, and its first cell is empty or closes the ID that is open in the one above. Two cut-off passwords never become one.
 */
export function wrappedRows(take: (cells: readonly string[], row: number) => void): { readonly line: (cells: readonly string[], row: number) => void; readonly end: () => void } {
  let held: { readonly cells: readonly string[]; readonly row: number; readonly isWrapped: boolean } | null = null;
  const end = (): void => {
    if (held !== null) take(held.cells, held.row);
    held = null;
  };
  return {
    line(cells, row) {
      const above = held;
      if (above !== null && goesOn(above.cells, cells, above.isWrapped)) {
        held = { ...above, cells: above.cells.map((cell, column) => cell + (cells[column] ?? '')), isWrapped: true };
        return;
      }
      end();
      held = { cells, row, isWrapped: false };
    },
    end,
  };
}

function goesOn(above: readonly string[], cells: readonly string[], isWrapped: boolean): boolean {
  const [first = '', ...others] = cells;
  const isOpen = first !== '' && OPEN.test(above[0] ?? '');
  if (first !== '' && !isOpen && !isWrapped) return false;
  if (cells.some((cell, column) => cell !== '' && (above[column] ?? '') === '') || cells.some(isWhole)) return false;
  if (isOpen) return CLOSING.test(first);
  // What is left of a long name, below a row that is whole by now.
  if (first !== '') return others.every((cell) => cell === '') && above.some((cell, column) => column > 0 && isWhole(cell));
  return cells.some((cell, column) => column > 0 && cell !== '' && BEGINNING.test(`${above[column]}${cell}`));
}
