// Text in pieces to whole lines, counted as a person counts them, with a limit so that a file without newlines costs no memory.

/** Characters; a line beyond it is not a row of anything. */
export const LONGEST_LINE = 1 << 20;

/** Makes `\n` of every newline (`\r\n`, `\r`), across the seams of the pieces. */
export class NewlineNormaliser {
  #held = false;

  write(text: string): string {
    if (text === '') return '';
    let piece = this.#held ? `\r${text}` : text;
    this.#held = piece.endsWith('\r');
    if (this.#held) piece = piece.slice(0, -1);
    const unix = piece.replaceAll('\r\n', '\n');
    return unix.includes('\r') ? unix.replaceAll('\r', '\n') : unix;
  }

  end(): string {
    const rest = this.#held ? '\n' : '';
    this.#held = false;
    return rest;
  }
}

export type LineSink = {
  /** One whole line without its newline; `row` counts from 1. */
  line(text: string, row: number): void;
  /** A line over the limit, in place of its text. */
  tooLong(row: number): void;
};

/** Cuts normalised text into lines. */
export class LineSplitter {
  #pending = '';
  #row = 1;
  #skipping = false;
  readonly #sink: LineSink;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  write(text: string): void {
    let start = 0;
    for (;;) {
      const newline = text.indexOf('\n', start);
      if (newline === -1) break;
      this.#finish(text.slice(start, newline));
      start = newline + 1;
    }
    if (this.#skipping) return;
    this.#pending += text.slice(start);
    if (this.#pending.length > LONGEST_LINE) {
      this.#skipping = true;
      this.#pending = '';
    }
  }

  end(): void {
    if (this.#pending !== '' || this.#skipping) this.#finish('');
  }

  #finish(rest: string): void {
    const line = this.#pending === '' ? rest : this.#pending + rest;
    this.#pending = '';
    if (this.#skipping || line.length > LONGEST_LINE) this.#sink.tooLong(this.#row);
    else this.#sink.line(line, this.#row);
    this.#skipping = false;
    this.#row++;
  }
}
