// Up to 256 rows in one statement: columns go over as bytes of fixed width and SQLite takes them apart (table page_places).
// Binding every value of every row from JavaScript takes twice as long, and an import does it two million times.

export const PLACES = 256;
const NUMBER_WIDTH = 10;
const INSTANT_WIDTH = 24;
const BYTES_WIDTH = 16;
const BLANK = 0x20;
const ZERO = 0x30;

export interface PackedCells<V> {
  /** Of the rows written since `clear`; bind it as it is. */
  cells(): Buffer;
  /** Appends a row. */
  add(value: V): void;
  clear(): void;
}

/** Whole numbers from 0 to 9,999,999,999. */
export function packNumbers(): PackedCells<number> {
  const bytes = Buffer.alloc(PLACES * NUMBER_WIDTH);
  let used = 0;
  let last = -1;
  return {
    cells: () => bytes.subarray(0, used),
    add(value) {
      if (value === last && used > 0) bytes.copyWithin(used, used - NUMBER_WIDTH, used); // as the keys of one host
      else writeDigits(bytes.fill(ZERO, used, used + NUMBER_WIDTH), used + NUMBER_WIDTH, value);
      last = value;
      used += NUMBER_WIDTH;
    },
    clear: () => { used = 0; },
  };
}

/** All of a column: the cells of its n-th row and those behind it are what follows byte n × 10. */
export function numbersAsText(values: Uint32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * NUMBER_WIDTH).fill(ZERO);
  for (let n = 0; n < values.length; n += 1) writeDigits(bytes, (n + 1) * NUMBER_WIDTH, values[n] ?? 0);
  return bytes;
}

/** @param end Behind the last digit; before the first one there are zeros. */
function writeDigits(bytes: Uint8Array, end: number, value: number): void {
  for (let rest = value, at = end - 1; rest !== 0; at -= 1) {
    const quotient = Math.floor(rest / 10);
    bytes[at] = ZERO + rest - 10 * quotient;
    rest = quotient;
  }
}

/** Cells of sixteen bytes of a whole column, `from` up to, not including, `to`: where they are, not copied. */
export const bytesOfRows = (column: Uint8Array, from: number, to: number): Buffer => rowsOf(column, BYTES_WIDTH, from, to);
/** The same of numbers (`numbersAsText`). */
export const numbersOfRows = (column: Uint8Array, from: number, to: number): Buffer => rowsOf(column, NUMBER_WIDTH, from, to);
const rowsOf = (column: Uint8Array, width: number, from: number, to: number): Buffer => Buffer.from(column.buffer, column.byteOffset + from * width, (to - from) * width);

/** @returns Gives cells of sixteen bytes of any rows of a whole column, at most PLACES and ascending. Rows that stand together are not copied, others until the next call. */
export const chosenBytes = (column: Uint8Array): ((rows: Uint32Array) => Buffer) => chosenOf(column, BYTES_WIDTH);
/** The same of numbers. */
export const chosenNumbers = (column: Uint8Array): ((rows: Uint32Array) => Buffer) => chosenOf(column, NUMBER_WIDTH);

function chosenOf(column: Uint8Array, width: number): (rows: Uint32Array) => Buffer {
  const room = Buffer.alloc(PLACES * width);
  return (rows) => {
    const first = rows[0] ?? 0;
    if ((rows.at(-1) ?? 0) - first === rows.length - 1) return rowsOf(column, width, first, first + rows.length);
    rows.forEach((row, n) => room.set(column.subarray(row * width, (row + 1) * width), n * width));
    return room.subarray(0, rows.length * width);
  };
}

/** Instants of at most 24 ASCII characters, or null. */
export function packInstants(): PackedCells<string | null> {
  const bytes = Buffer.alloc(PLACES * INSTANT_WIDTH, BLANK);
  let used = 0;
  return {
    cells: () => bytes.subarray(0, used),
    add(value) {
      bytes.fill(BLANK, used, used + INSTANT_WIDTH);
      if (value !== null) bytes.write(value, used, INSTANT_WIDTH, 'latin1');
      used += INSTANT_WIDTH;
    },
    clear: () => { used = 0; },
  };
}

export const isPackableInstant = (value: string | null): boolean => value === null || (value.length <= INSTANT_WIDTH && /^[\x21-\x7e]*$/.test(value));

/** SQL for the value of a row. @param parameter Name of the bound bytes, from the code. */
export const unpackBytes = (parameter: string): string => `substr(:${parameter}, 1 + ${BYTES_WIDTH} * place, ${BYTES_WIDTH})`;
export const unpackNumber = (parameter: string): string => `CAST(substr(:${parameter}, 1 + ${NUMBER_WIDTH} * place, ${NUMBER_WIDTH}) AS INTEGER)`;
export const unpackInstant = (parameter: string): string => `nullif(rtrim(CAST(substr(:${parameter}, 1 + ${INSTANT_WIDTH} * place, ${INSTANT_WIDTH}) AS TEXT)), '')`;
