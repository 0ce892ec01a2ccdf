// Reads XML in pieces of any size: tags and text, nothing else. What an office program writes is small in its means: no DTD, no entities of its own.

export interface XmlSink {
  /** @param attribute The value of an attribute, with or without its prefix, entities resolved; null when there is none. */
  open(name: string, attribute: (name: string) => string | null): void;
  close(name: string): void;
  /** May come in several pieces. */
  text(value: string): void;
}

/** A tag or a piece of text longer than that is no office program's. */
const LONGEST = 1 << 20;

/** Names come without their prefix. A document type and what stands in it is passed over, so no entity is ever expanded but XML's own five and numbers. */
export class XmlScanner {
  readonly #sink: XmlSink;
  #rest = '';

  constructor(sink: XmlSink) {
    this.#sink = sink;
  }

  /** @returns False once the text can be no XML that an office program wrote. */
  write(piece: string): boolean {
    const text = this.#rest + piece;
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open === -1) break;
      if (open > at) this.#sink.text(resolveEntities(text.slice(at, open)));
      const end = this.#endOfMarkup(text, open);
      if (end === -1) {
        at = open;
        break;
      }
      this.#markup(text, open, end);
      at = end;
    }
    this.#rest = text.slice(at);
    return this.#rest.length <= LONGEST;
  }

  /** @returns Behind the `>` that ends what begins at `open`, or -1 when it is not there yet. */
  #endOfMarkup(text: string, open: number): number {
    for (const [start, end] of LONG_MARKUP) {
      if (!text.startsWith(start, open)) continue;
      const found = text.indexOf(end, open + start.length);
      return found === -1 ? -1 : found + end.length;
    }
    // A > may stand in an attribute's value.
    for (let at = open + 1, quote = ''; at < text.length; at++) {
      const letter = text.charAt(at);
      if (quote !== '') quote = letter === quote ? '' : quote;
      else if (letter === '"' || letter === "'") quote = letter;
      else if (letter === '>') return at + 1;
    }
    return -1;
  }

  #markup(text: string, open: number, end: number): void {
    if (text.startsWith('<![CDATA[', open)) return this.#sink.text(text.slice(open + 9, end - 3));
    const second = text.charAt(open + 1);
    if (second === '!' || second === '?') return;
    if (second === '/') return this.#sink.close(localName(text.slice(open + 2, end - 1).trim()));
    const closed = text.charAt(end - 2) === '/';
    const tag = text.slice(open + 1, closed ? end - 2 : end - 1);
    const space = tag.search(/\s/);
    const name = localName(space === -1 ? tag : tag.slice(0, space));
    this.#sink.open(name, (wanted) => (space === -1 ? null : attributeOf(tag.slice(space), wanted)));
    if (closed) this.#sink.close(name);
  }
}

const LONG_MARKUP = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>']] as const;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function attributeOf(attributes: string, wanted: string): string | null {
  for (const [, name = '', double, single] of attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name === wanted || localName(name) === wanted) return resolveEntities(double ?? single ?? '');
  }
  return null;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function resolveEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
