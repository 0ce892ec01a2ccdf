// Cuts a JSON text in pieces into its records, so that an answer of any size is read in little memory. Each record is parsed by JSON.parse, where it can be.
import { parseMended } from './json-mending.ts';
import { type Fields, Surroundings } from './json-surroundings.ts';

export type JsonSink = {
  /** One record: an element of an array near the top, or a whole top-level object that has no such elements. `number` counts from 1. `around`: what the objects around it say of its host. */
  record(value: unknown, number: number, around: Fields): void;
  /** A record that is no JSON, too long, or cut off by the end of the text. `text`: of it; empty where it is too long. */
  damaged(number: number, how: 'broken' | 'too-long' | 'cut-off', text: string): void;
  /** Text before, between or behind all that is JSON. */
  stray(text: string): void;
};

const LONGEST_RECORD = 1 << 20;
/** Arrays whose elements are records: `[…]`, `{"value": […]}`, and some levels below (`{"data": {"site": {"assetResources": {"items": […]}}}}`, as GraphQL answers). */
const DEEPEST_ARRAY = 6;
/** So many records of a list wait for the host that may stand behind it; a longer list is of many hosts. */
const MOST_HELD = 64;
const LONGEST_HELD = 20_000;
/** Commas and line ends between records hold no key. */
const SHORTEST_STRAY = 48;
const LONGEST_STRAY = 1 << 18;
/** A list that belongs to its object: without the device around them, LAPS passwords are nobody's; folders of a password manager are no entries. */
const OWN_LIST = /"(?:credentials|folders|collections)"\s*:\s*$/i;

/** Finds where records begin and end by braces, brackets and quotes. */
export class JsonRecords {
  readonly #sink: JsonSink;
  /** Open braces and brackets, outermost first. */
  #open: ('{' | '[')[] = [];
  /** How many were open when such a list began; nothing within it is a record. */
  #ownListAt: number | null = null;
  #inString = false;
  #escaped = false;
  /** Text of the record that is open, if one is; for a top-level object as long as nothing inside was a record. */
  #text = '';
  #textFrom: number | null = null;
  #tooLong = false;
  /** All that is open outside of records. */
  #surroundings = new Surroundings();
  #around: Fields = {};
  #records = 0;
  /** Records of a list in an object that has not said whose they are. */
  #held: { readonly value: unknown; readonly number: number }[] = [];
  /** How many are open around that object. */
  #heldAt: number | null = null;
  #isLongList = false;
  #stray = '';

  constructor(sink: JsonSink) {
    this.#sink = sink;
  }

  write(text: string): void {
    let from = 0;
    /** Where text begins that is in no object and no list; -1 within one. */
    let stray = this.#open.length === 0 ? 0 : -1;
    let around = 0;
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
        if (stray !== -1) this.#addStray(text.slice(stray, at), true);
        stray = -1;
        if (mark === '{' && this.#beginsRecord()) {
          if (this.#open.length > 0) this.#surroundings.add(text.slice(around, at));
          this.#around = this.#surroundings.fields(this.#open);
          this.#text = '';
          from = at;
          this.#textFrom = this.#open.length;
          this.#tooLong = false;
        }
        if (mark === '[' && this.#ownListAt === null && this.#textFrom === 0 && OWN_LIST.test((this.#text + text.slice(from, at)).slice(-100))) this.#ownListAt = this.#open.length;
        this.#open.push(mark);
        if (this.#isOutside) {
          this.#surroundings.open(text.slice(around, at + 1));
          around = at + 1;
        }
      } else if (mark === '}' || mark === ']') {
        // A brace that closes a bracket means that one was lost: everything up to its own partner is closed.
        const partner = this.#open.lastIndexOf(mark === '}' ? '{' : '[');
        if (partner === -1) continue;
        const wasOutside = this.#isOutside;
        if (this.#held.length > 0 && wasOutside && partner <= (this.#heldAt ?? -1)) {
          this.#surroundings.add(text.slice(around, at));
          around = at;
          this.#releaseAt(partner);
        }
        this.#open.length = partner;
        if (partner === 0) stray = at + 1;
        if (this.#ownListAt !== null && partner <= this.#ownListAt) this.#ownListAt = null;
        if (this.#textFrom !== null && partner <= this.#textFrom) {
          this.#keep(text.slice(from, at + 1));
          this.#finish();
          from = at + 1;
        }
        this.#surroundings.closeTo(partner, wasOutside ? text.slice(around, at + 1) : mark);
        if (this.#isOutside) around = at + 1;
        if (mark === '}' && this.#open.at(-1) !== '[') this.#isLongList = false;
      }
    }
    if (stray !== -1) this.#addStray(text.slice(stray), false);
    if (this.#textFrom !== null) this.#keep(text.slice(from));
    if (this.#isOutside) this.#surroundings.add(text.slice(around));
  }

  end(): void {
    this.#release({});
    this.#addStray('', true);
    if (this.#textFrom !== null) this.#sink.damaged(++this.#records, this.#tooLong ? 'too-long' : 'cut-off', this.#text);
  }

  #addStray(text: string, isOver: boolean): void {
    this.#stray += text;
    if (!isOver && this.#stray.length < LONGEST_STRAY) return;
    if (this.#stray.length >= SHORTEST_STRAY) this.#sink.stray(this.#stray);
    this.#stray = '';
  }

  /** True when the text ended before everything was closed. */
  get isCutOff(): boolean {
    return this.#open.length > 0;
  }

  /** Not within an element of an array; a whole object may turn out to be the wrapping of one. */
  get #isOutside(): boolean {
    return this.#textFrom === null || this.#textFrom === 0;
  }

  #beginsRecord(): boolean {
    const depth = this.#open.length;
    if (depth === 0) return true;
    if (this.#open[depth - 1] !== '[' || depth > DEEPEST_ARRAY || this.#ownListAt !== null) return false;
    // Inside a record that is itself an element: its own affair. Inside the whole object: that one is only a wrapping.
    return this.#isOutside;
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
    const value = this.#tooLong ? undefined : parseMended(text);
    if (value !== undefined && this.#mayWait(text)) {
      this.#held.push({ value, number: this.#records });
      this.#heldAt = this.#open.length - 2;
      return;
    }
    this.#release({});
    if (value === undefined) this.#sink.damaged(this.#records, this.#tooLong ? 'too-long' : 'broken', text);
    else this.#sink.record(value, this.#records, this.#around);
  }

  /** Of a list in an object that has not named a host so far. */
  #mayWait(text: string): boolean {
    if (this.#isLongList || this.#open.at(-2) !== '{' || text.length > LONGEST_HELD || Object.keys(this.#around).length > 0) return false;
    this.#isLongList = this.#held.length >= MOST_HELD;
    return !this.#isLongList;
  }

  /** The object around the list, or one around that, is over. */
  #releaseAt(partner: number): void {
    const around = this.#surroundings.fields(this.#open.slice(0, partner + 1));
    if (Object.keys(around).length === 0 && this.#open[partner - 1] === '{') this.#heldAt = partner - 1;
    else this.#release(around);
  }

  #release(around: Fields): void {
    const held = this.#held;
    this.#held = [];
    this.#heldAt = null;
    for (const { value, number } of held) this.#sink.record(value, number, around);
  }
}
