// What every format's reader looks like to intake: text in, rows out, in pieces of any size.
import type { IntakeNote } from './reasons.ts';
import type { IntakeEntry, IntakeRow } from './rows.ts';

export type Emit = (row: IntakeRow) => void;
/** Of readers that pack what is alike. */
export type EmitEntry = (entry: IntakeEntry) => void;

export type RowReader = {
  /** Takes the next piece of text, newlines normalised to `\n`, and emits the rows that are complete. */
  write(text: string): void;
  /** The text is over: emits what is left. */
  end(): void;
  /** Rows so far that were neither header nor blank. */
  readonly rowsRead: number;
  readonly notes: readonly IntakeNote[];
};

/** A line over the limit is a row that did not come in, whatever its file is. @param count Notes that one more row was read. */
export const rejectTooLong = (emit: Emit, count: () => void) => (row: number): void => {
  count();
  emit({ kind: 'rejected', row, reason: 'row-too-long' });
};
