// Up to 256 rows in one statement: columns go over as bytes of fixed width and SQLite takes them apart (table page_places).
// Binding every value of every row from JavaScript takes twice as long, and an import does it two million times.

export const PLACES = 256;
const NUMBER_WIDTH = 10;
const INSTANT_WIDTH = 24;
const BYTES_WIDTH = 16;
const BYTES_OF_WORD = 4;
const WORDS = BYTES_WIDTH / BYTES_OF_WORD;
const BLANK = 0x20;
const ZERO = 0x30;

export interface PackedCells<V> {
  /** Of the rows written since `clear`; bind it as it is. */
  cells(): Buffer;
  /** Appends a row. */
  add(value: V): void;
  clear(): void;
}

/** Sixteen bytes a row, the n-th of a longer array. @param from Begins at a multiple of four bytes of its memory: it is copied by words. */
export function packBytes(from: Uint8Array): { cells(): Buffer; add(n: number): void; clear(): void } {
  const words = new Uint32Array(from.buffer, from.byteOffset, from.length / BYTES_OF_WORD);
  const packed = new Uint32Array(PLACES * WORDS);
  const bytes = Buffer.from(packed.buffer);
  let used = 0;
  return {
    cells: () => bytes.subarray(0, used * BYTES_OF_WORD),
    add(n) {
      const at = n * WORDS;
      for (let i = 0; i < WORDS; i += 1) packed[used + i] = words[at + i] ?? 0;
      used += WORDS;
    },
    clear: () => { used = 0; },
  };
}

/** Whole numbers from 0 to 9,999,999,999. */
export function packNumbers(): PackedCells<number> {
  const bytes = Buffer.alloc(PLACES * NUMBER_WIDTH);
  let used = 0;
  return {
    cells: () => bytes.subarray(0, used),
    add(value) {
      let rest = value;
      for (let i = used + NUMBER_WIDTH - 1; i >= used; i -= 1) {
        const quotient = Math.floor(rest / 10);
        bytes[i] = ZERO + rest - 10 * quotient;
        rest = quotient;
      }
      used += NUMBER_WIDTH;
    },
    clear: () => { used = 0; },
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
export const unpackNumber = (parameter: string): string => `CAST(CAST(substr(:${parameter}, 1 + ${NUMBER_WIDTH} * place, ${NUMBER_WIDTH}) AS TEXT) AS INTEGER)`;
export const unpackInstant = (parameter: string): string => `nullif(rtrim(CAST(substr(:${parameter}, 1 + ${INSTANT_WIDTH} * place, ${INSTANT_WIDTH}) AS TEXT)), '')`;
