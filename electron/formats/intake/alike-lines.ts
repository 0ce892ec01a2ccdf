// Lines of a table that differ from the one before in their key alone, its ID and its recovery password: exports list the keys of a host one after the other.
// All else that such a line says was read from the one before it.
import { ID_BYTES, ID_LENGTH, packId, packPassword, PASSWORD_LENGTH } from '../../core/keys/packed-values.ts';
import { type AlikeKeys, VALUE_BYTES } from './alike-keys.ts';
import { NO_ID, readKeyProtectorId } from './key-values.ts';
import type { IntakeRow, KeyRow } from './rows.ts';
import type { TableLayout } from './table-layout.ts';

/** A line, its newline included, where its two values begin, and what it was read as. */
interface Form { readonly line: string; readonly atId: number; readonly atPassword: number; readonly key: KeyRow }

/** Keys that share one piece of memory. */
const MOST_TOGETHER = 512;

/** Reads such lines; whatever it does not take is read as any other. Never throws. */
export class AlikeLines {
  readonly #password: number;
  readonly #ids: readonly number[];
  /** Columns that say one thing only. */
  readonly #ofOneRole: ReadonlySet<number>;
  #form: Form | null = null;
  /** The line of the form and the text that is being read, as their characters: to look at one of a string takes several times as long, and there are a hundred in a line. */
  readonly #line = new Codes();
  readonly #text = new Codes();
  /** Where the values of the next keys go. */
  #values = new Uint8Array(0);
  #used = 0;

  /** @param delimiter Between the fields of a line. */
  constructor(layout: TableLayout, delimiter: string) {
    const { password = [], protectorId = [] } = layout.columns;
    const places = Object.values(layout.columns).flat();
    this.#ofOneRole = new Set(places.filter((column) => places.indexOf(column) === places.lastIndexOf(column)));
    this.#ids = protectorId;
    // Of several columns of recovery passwords, which counts depends on what they hold; a header out of a person's answer may be a row.
    const isSure = password.length === 1 && layout.mapped !== true && layout.laps === undefined && !/[0-9a-f\n"-]/i.test(delimiter);
    this.#password = isSure && this.#ofOneRole.has(password[0] ?? -1) ? (password[0] ?? -1) : -1;
  }

  /**
   * Takes in what a line was read as.
   *
   * @param line Without its newline; null where the record is not that one line alone. @param rows All that came of it.
   */
  note(line: string | null, fields: readonly string[], rows: readonly IntakeRow[]): void {
    this.#form = null;
    const [key] = rows;
    if (line === null || rows.length !== 1 || key?.kind !== 'key' || fields[this.#password] !== key.recoveryPassword) return;
    const id = this.#idOf(fields);
    if (id === null || key.keyProtectorId !== id.toUpperCase()) return;
    const [atId, atPassword] = [line.indexOf(id), line.indexOf(key.recoveryPassword)];
    if (line.indexOf(id, atId + 1) !== -1 || line.indexOf(key.recoveryPassword, atPassword + 1) !== -1) return; // which of two is the one that counts?
    this.#form = { line: `${line}\n`, atId, atPassword, key };
  }

  /** @returns The keys of the lines from there on, as many as are like the one that was noted last, and where the next line begins; null when not even the first is. */
  read(text: string, at: number, row: number): { readonly keys: AlikeKeys; readonly next: number } | null {
    if (this.#form === null) return null;
    const { line, atId, atPassword, key } = this.#form;
    const [first, second] = atId < atPassword ? [atId, atPassword] : [atPassword, atId];
    const [endOfFirst, end] = atId < atPassword ? [first + ID_LENGTH, second + PASSWORD_LENGTH] : [first + PASSWORD_LENGTH, second + ID_LENGTH];
    // Most lines of other hosts are longer or shorter, or begin otherwise.
    if (text.charCodeAt(at + line.length - 1) !== NEWLINE || !text.startsWith(line.slice(0, first), at)) return null;
    const like = this.#line.of(line);
    const codes = this.#text.of(text);
    const from = this.#makeRoom(Math.floor((text.length - at) / line.length));
    let [next, to] = [at, from];
    while (next + line.length <= text.length && to < this.#values.length) {
      if (!isAlike(codes, next, like, 0, first) || !isAlike(codes, next, like, endOfFirst, second) || !isAlike(codes, next, like, end, line.length)) break;
      if (!packId(codes, next + atId, this.#values, to) || isNoId(this.#values, to) || !packPassword(codes, next + atPassword, this.#values, to + ID_BYTES)) break;
      next += line.length;
      to += VALUE_BYTES;
    }
    this.#used = to;
    return next === at ? null : { keys: { kind: 'alike-keys', row, count: (to - from) / VALUE_BYTES, like: key, values: this.#values, at: from }, next };
  }

  /** @param most Lines that may follow. @returns Where the first of them has its values. */
  #makeRoom(most: number): number {
    if (this.#used === this.#values.length) {
      this.#values = new Uint8Array(Math.min(most, MOST_TOGETHER) * VALUE_BYTES);
      this.#used = 0;
    }
    return this.#used;
  }

  /** The ID as it stands in the column that counts; null where that column may say something else as well. */
  #idOf(fields: readonly string[]): string | null {
    for (const column of this.#ids) {
      const id = fields[column] ?? '';
      const read = readKeyProtectorId(id);
      if (read !== null && read !== NO_ID) return id.length === ID_LENGTH && this.#ofOneRole.has(column) ? id : null;
    }
    return null;
  }
}

/** The characters of a text that is asked for again and again. */
class Codes {
  #text = '';
  #codes = new Uint16Array(0);

  of(text: string): Uint16Array {
    if (text === this.#text) return this.#codes;
    if (this.#codes.length < text.length) this.#codes = new Uint16Array(text.length);
    Buffer.from(this.#codes.buffer).write(text, 'utf16le');
    this.#text = text;
    return this.#codes;
  }
}

/** Whether the line at `at` has the same characters as the other from `from` up to, not including, `to`. */
function isAlike(codes: Uint16Array, at: number, line: Uint16Array, from: number, to: number): boolean {
  for (let n = from; n < to; n += 1) if (codes[at + n] !== line[n]) return false;
  return true;
}

function isNoId(values: Uint8Array, at: number): boolean {
  for (let n = at; n < at + ID_BYTES; n += 1) if (values[n] !== 0) return false;
  return true;
}

const NEWLINE = 0x0a;
