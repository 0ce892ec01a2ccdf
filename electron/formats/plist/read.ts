// Property lists in the XML form Apple's tools print: a fixed document type of eleven elements.
//
// A library was weighed: those for npm bring a whole XML parser along, and macOS' own plutil can only be asked on a Mac. What is read here comes from
// diskutil and tmutil alone.

export type PlistValue = string | number | boolean | readonly PlistValue[] | { readonly [key: string]: PlistValue };

type Token = { readonly kind: 'open' | 'close' | 'empty'; readonly name: string } | { readonly kind: 'text'; readonly text: string };

const PIECE = /<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^>]*>|<(?<close>\/?)(?<name>[a-z]+)(?:\s[^<>]*?)?(?<empty>\/?)>|(?<text>[^<]+)/y;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** Deeper than any tool nests; a hostile text must not exhaust the stack. */
const MOST_DEPTH = 32;

/**
 * @param text Untrusted.
 * @returns The value of the list; null for anything that is none, to its last character. Numbers that are not exact, dates and data come as their text. Never throws.
 * @source Apple, PropertyList-1.0.dtd.
 */
export function parsePlist(text: string): PlistValue | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const reader = { tokens, at: 0 };
  if (!take(reader, 'open', 'plist')) return null;
  const value = readValue(reader, 0);
  return value !== null && take(reader, 'close', 'plist') && reader.at === tokens.length ? value : null;
}

interface Reader { readonly tokens: readonly Token[]; at: number }

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  PIECE.lastIndex = 0;
  for (let at = 0; at < text.length; at = PIECE.lastIndex) {
    const groups = PIECE.exec(text)?.groups;
    if (groups === undefined) return null;
    if (groups['name'] !== undefined) tokens.push({ kind: groups['close'] === '/' ? 'close' : groups['empty'] === '/' ? 'empty' : 'open', name: groups['name'] });
    else if (groups['text'] !== undefined) tokens.push({ kind: 'text', text: groups['text'] });
  }
  // Between elements there is nothing but space.
  return tokens.filter((token, index) => token.kind !== 'text' || token.text.trim() !== '' || isLeaf(tokens[index - 1]));
}

const LEAVES = ['key', 'string', 'integer', 'real', 'date', 'data'];
const isLeaf = (token: Token | undefined): boolean => token?.kind === 'open' && LEAVES.includes(token.name);

function take(reader: Reader, kind: 'open' | 'close', name: string): boolean {
  const token = reader.tokens[reader.at];
  if (token === undefined || token.kind !== kind || token.name !== name) return false;
  reader.at += 1;
  return true;
}

function readValue(reader: Reader, depth: number): PlistValue | null {
  const token = reader.tokens[reader.at];
  if (token === undefined || token.kind === 'text' || token.kind === 'close' || depth > MOST_DEPTH) return null;
  reader.at += 1;
  const isEmpty = token.kind === 'empty';
  switch (token.name) {
    case 'true': case 'false': return isEmpty || take(reader, 'close', token.name) ? token.name === 'true' : null;
    case 'dict': return isEmpty ? {} : readDictionary(reader, depth);
    case 'array': return isEmpty ? [] : readArray(reader, depth);
    case 'string': case 'date': case 'data': return isEmpty ? '' : readText(reader, token.name);
    case 'integer': case 'real': {
      const text = isEmpty ? null : readText(reader, token.name);
      const number = Number(text);
      return text === null || text.trim() === '' ? null : Number.isSafeInteger(number) || (token.name === 'real' && Number.isFinite(number)) ? number : text;
    }
    default: return null;
  }
}

function readDictionary(reader: Reader, depth: number): PlistValue | null {
  const entries: [string, PlistValue][] = [];
  while (!take(reader, 'close', 'dict')) {
    const key = take(reader, 'open', 'key') ? readText(reader, 'key') : null;
    const value = key === null ? null : readValue(reader, depth + 1);
    if (key === null || value === null) return null;
    entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

function readArray(reader: Reader, depth: number): PlistValue | null {
  const values: PlistValue[] = [];
  while (!take(reader, 'close', 'array')) {
    const value = readValue(reader, depth + 1);
    if (value === null) return null;
    values.push(value);
  }
  return values;
}

/** The text of an element and its end. */
function readText(reader: Reader, name: string): string | null {
  const token = reader.tokens[reader.at];
  if (token?.kind === 'text') reader.at += 1;
  return take(reader, 'close', name) ? (token?.kind === 'text' ? withoutEntities(token.text) : '') : null;
}

function withoutEntities(text: string): string {
  return text.replace(/&(?:([a-z]+)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));/g, (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
