// Up to 256 rows in one statement: columns go over as bytes of fixed width and SQLite takes them apart (table page_places).
// Binding every value of every row from JavaScript takes twice as long, and an import does it two million times.

export const PLACES = 256;
const NUMBER_WIDTH = 10;
const INSTANT_WIDTH = 24;
const BYTES_WIDTH = 16;
const BLANK = 0x20;
const ZERO = 0x30;

// Classes, as all that a run needs of its own: V8 drops what it compiled for functions that were made for one run alone, and compiles it for each run anew.

/** Whole numbers from 0 to 9,999,999,999, of one page at a time. */
export class PackedNumbers {
  readonly #bytes = Buffer.alloc(PLACES * NUMBER_WIDTH);
  #used = 0;

  /** Of the rows written since `clear`; bind it as it is. */
  cells(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }

  /** Appends a row. */
  add(value: number): void {
    const end = this.#used + NUMBER_WIDTH;
    writeDigits(this.#bytes.fill(ZERO, this.#used, end), end, value);
    this.#used = end;
  }

  clear(): void {
    this.#used = 0;
  }
}

/** Instants of at most 24 ASCII characters, or null, of one page at a time. */
export class PackedInstants {
  readonly #bytes = Buffer.alloc(PLACES * INSTANT_WIDTH, BLANK);
  #used = 0;

  /** Of the rows written since `clear`; bind it as it is. */
  cells(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }

  /** Appends a row. */
  add(value: string | null): void {
    const used = this.#used;
    this.#bytes.fill(BLANK, used, used + INSTANT_WIDTH);
    if (value !== null) this.#bytes.write(value, used, INSTANT_WIDTH, 'latin1');
    this.#used = used + INSTANT_WIDTH;
  }

  clear(): void {
    this.#used = 0;
  }
}

/** All of a column: the cells of its n-th row and those behind it are what follows byte n × 10. */
export function numbersAsText(values: Uint32Array | Float64Array): Uint8Array<ArrayBuffer> {
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

/** Cells of any rows of a whole column. */
export class ChosenCells {
  readonly #column: Uint8Array;
  readonly #width: number;
  readonly #room: Buffer;

  private constructor(column: Uint8Array, width: number) {
    this.#column = column;
    this.#width = width;
    this.#room = Buffer.alloc(PLACES * width);
  }

  /** Of sixteen bytes each. */
  static ofBytes(column: Uint8Array): ChosenCells {
    return new ChosenCells(column, BYTES_WIDTH);
  }

  /** Of numbers (`numbersAsText`). */
  static ofNumbers(column: Uint8Array): ChosenCells {
    return new ChosenCells(column, NUMBER_WIDTH);
  }

  /** @param rows At most PLACES, ascending. @returns Rows that stand together are not copied, others until the next call. */
  of(rows: Uint32Array): Buffer {
    const [column, width, first] = [this.#column, this.#width, rows[0] ?? 0];
    if ((rows.at(-1) ?? 0) - first === rows.length - 1) return rowsOf(column, width, first, first + rows.length);
    rows.forEach((row, n) => this.#room.set(column.subarray(row * width, (row + 1) * width), n * width));
    return this.#room.subarray(0, rows.length * width);
  }
}

export const isPackableInstant = (value: string | null): boolean => value === null || (value.length <= INSTANT_WIDTH && /^[\x21-\x7e]*$/.test(value));

/** SQL for the value of a row. @param parameter Name of the bound bytes, from the code. */
export const unpackBytes = (parameter: string): string => `substr(:${parameter}, 1 + ${BYTES_WIDTH} * place, ${BYTES_WIDTH})`;
export const unpackNumber = (parameter: string): string => `CAST(substr(:${parameter}, 1 + ${NUMBER_WIDTH} * place, ${NUMBER_WIDTH}) AS INTEGER)`;
export const unpackInstant = (parameter: string): string => `nullif(rtrim(CAST(substr(:${parameter}, 1 + ${INSTANT_WIDTH} * place, ${INSTANT_WIDTH}) AS TEXT)), '')`;
