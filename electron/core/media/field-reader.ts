// Takes values of a known form out of field lines, on the desk.
import type { FieldLine } from './field-lines.ts';
import { parseCount, parseHex, parseInstant } from './field-values.ts';

/** Thrown inside a reader and turned into a value by it: the field that is wrong or missing. Holds no value. */
export class FieldFault extends Error {
  readonly field: string;

  constructor(field: string) {
    super(`The field ${field} is missing or not of its form.`);
    this.field = field;
  }
}

/** Every method throws `FieldFault` with the name when the field is missing (unless it says otherwise) or not of that form. */
export class FieldReader {
  readonly #values: ReadonlyMap<string, string>;

  constructor(fields: readonly FieldLine[]) {
    this.#values = new Map(fields.map((field) => [field.name, field.value]));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined) throw new FieldFault(name);
    return value;
  }

  matching(name: string, form: RegExp): string {
    const value = this.text(name);
    if (!form.test(value)) throw new FieldFault(name);
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = this.text(name);
    return values.find((one) => one === value) ?? fault(name);
  }

  count(name: string, most: number): number {
    return parseCount(this.text(name), most) ?? fault(name);
  }

  /** A 1-based place. */
  place(name: string, most: number): number {
    return this.count(name, most) || fault(name);
  }

  instant(name: string): number {
    return parseInstant(this.text(name)) ?? fault(name);
  }

  /** @returns The hex text itself. */
  hex(name: string, bytes: number): string {
    const value = this.text(name);
    return parseHex(value, bytes) === null ? fault(name) : value;
  }

  instantOrNone(name: string): number | null {
    return this.text(name) === 'none' ? null : this.instant(name);
  }

  /**
   * Text to be shown, 1 to `most` characters. Control characters, direction marks and halves of a pair come back as U+FFFD: firmware
   * puts odd things into its strings, and a record must not be lost over them.
   */
  printable(name: string, most: number): string {
    const value = this.text(name);
    if (value.length < 1 || value.length > most) throw new FieldFault(name);
    return value.toWellFormed().replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/gu, '\ufffd');
  }

  /** As `printable`; null when the field is absent. */
  shortText(name: string, most: number): string | null {
    return this.has(name) ? this.printable(name, most) : null;
  }

  /** Reads `NAME.1.…`, `NAME.2.…` for as long as the field `first` is there. More than `most` are a fault of the one too many. */
  list<T>(name: string, first: string, most: number, read: (prefix: string) => T): T[] {
    const items: T[] = [];
    for (let number = 1; this.has(`${name}.${number}.${first}`); number++) {
      if (number > most) throw new FieldFault(`${name}.${number}.${first}`);
      items.push(read(`${name}.${number}.`));
    }
    return items;
  }
}

function fault(name: string): never {
  throw new FieldFault(name);
}
