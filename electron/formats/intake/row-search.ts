// Recovery passwords in cells that no heading calls so: in remarks, several in one, or spread over eight.
import { type PairedKey, rejectionOf } from './key-pairing.ts';
import { KeyScanner } from './key-scanner.ts';
import { readKeyCell } from './key-values.ts';
import type { IntakeRow } from './rows.ts';

export const NO_CONTEXT = { host: null, drive: null, volumeLabel: null, volumeId: null } as const;

/** Whether a cell is worth a search; most are not. */
export const mayHoldKey = (cell: string): boolean => cell.length >= 48 && /\d{6}[^\p{L}\p{N}]{0,4}\d{6}[^\p{L}\p{N}]{0,4}\d{6}/u.test(cell);

/** A recovery password with each group in a cell of its own. There a spreadsheet's lost zeros lose nothing: a number has one group only. Exactly eight such cells side by side, or it could not be told which. */
export function keyInGroups(cells: readonly string[], row: number): PairedKey | null {
  let run: string[] = [];
  let found: PairedKey | null = null;
  for (const cell of [...cells, '']) {
    if (/^\s*\d{1,6}\s*$/.test(cell)) {
      run.push(cell.trim().padStart(6, '0'));
      continue;
    }
    const read = run.length === 8 ? readKeyCell(run.join('-')) : null;
    run = [];
    if (read?.status !== 'ok') continue;
    if (found !== null) return null;
    found = { row, recoveryPassword: read.recoveryPassword, context: NO_CONTEXT, id: null };
  }
  return found;
}

/** Keys in free text within a row's cells, each cell by itself. */
export function searchCells(cells: readonly string[], row: number): { keys: PairedKey[]; wrong: IntakeRow[] } {
  const keys: PairedKey[] = [];
  const wrong: IntakeRow[] = [];
  for (const cell of cells) {
    if (!/\d{6}/.test(cell) && !/\p{Nd}\D{0,4}\p{Nd}/u.test(cell)) continue;
    const scanner = new KeyScanner({
      key: (key) => keys.push(key),
      wrong: (found) => wrong.push(rejectionOf({ ...found, row })),
    });
    cell.split('\n').forEach((line, index) => scanner.line(line, index + 1));
    scanner.end();
  }
  return { keys, wrong };
}
