// Cuts a JSON text in pieces into its records, so that an answer of any size is read in little memory. Each record is parsed by JSON.parse.

export type JsonSink = {
  /** One record: an element of an array near the top, or a whole top-level object that has no such elements. `number` counts from 1. */
  record(value: unknown, number: number): void;
  /** A record that is no JSON, too long, or cut off by the end of the text. */
  damaged(number: number, how: 'broken' | 'too-long' | 'cut-off'): void;
};

const LONGEST_RECORD = 1 << 20;
/** Arrays whose elements are records: `[…]`, `{"value": […]}`, and one level below (`{"data": {"items": […]}}`). */
const DEEPEST_ARRAY = 3;

/** Finds where records begin and end by braces, brackets and quotes. */
export class JsonRecords {
  readonly #sink: JsonSink;
  /** Open braces and brackets, outermost first. */
  #open: ('{' | '[')[] = [];
  #inString = false;
  #escaped = false;
  /** Text of the record that is open, if one is; for a top-level object as long as nothing inside was a record. */
  #text = '';
  #textFrom: number | null = null;
  #tooLong = false;
  #records = 0;

  constructor(sink: JsonSink) {
    this.#sink = sink;
  }

  write(text: string): void {
    let from = 0;
    const interesting = /["\\{}[\]\n]/g;
    for (;;) {
      if (this.#escaped) {
        if (interesting.lastIndex >= text.length) break;
        this.#escaped = false;
        interesting.lastIndex++;
      }
      const found = interesting.exec(text);
      if (found === null) break;
      const at = found.index;
      const mark = found[0];
      if (this.#inString) {
        if (mark === '\\') this.#escaped = true;
        // A string never holds a newline: a quote was lost, the next line begins outside.
        else if (mark === '"' || mark === '\n') this.#inString = false;
      } else if (mark === '"') this.#inString = true;
      else if (mark === '{' || mark === '[') {
        if (mark === '{' && this.#beginsRecord()) {
          this.#text = '';
          from = at;
          this.#textFrom = this.#open.length;
          this.#tooLong = false;
        }
        this.#open.push(mark);
      } else if (mark === '}' || mark === ']') {
        // A brace that closes a bracket means that one was lost: everything up to its own partner is closed.
        const partner = this.#open.lastIndexOf(mark === '}' ? '{' : '[');
        if (partner === -1) continue;
        this.#open.length = partner;
        if (this.#textFrom !== null && partner <= this.#textFrom) {
          this.#keep(text.slice(from, at + 1));
          this.#finish();
          from = at + 1;
        }
      }
    }
    if (this.#textFrom !== null) this.#keep(text.slice(from));
  }

  end(): void {
    if (this.#textFrom !== null) this.#sink.damaged(++this.#records, this.#tooLong ? 'too-long' : 'cut-off');
  }

  /** True when the text ended before everything was closed. */
  get isCutOff(): boolean {
    return this.#open.length > 0;
  }

  #beginsRecord(): boolean {
    const depth = this.#open.length;
    if (depth === 0) return true;
    if (this.#open[depth - 1] !== '[' || depth > DEEPEST_ARRAY) return false;
    // Inside a record that is itself an element: its own affair. Inside the whole object: that one is only a wrapping.
    return this.#textFrom === null || this.#textFrom === 0;
  }

  #keep(text: string): void {
    if (this.#tooLong) return;
    if (this.#text.length + text.length > LONGEST_RECORD) {
      this.#text = '';
      this.#tooLong = true;
    } else this.#text += text;
  }

  #finish(): void {
    const text = this.#text;
    this.#text = '';
    this.#textFrom = null;
    this.#records++;
    if (this.#tooLong) return this.#sink.damaged(this.#records, 'too-long');
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return this.#sink.damaged(this.#records, 'broken');
    }
    this.#sink.record(value, this.#records);
  }
}
