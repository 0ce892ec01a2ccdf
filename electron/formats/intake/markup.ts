// Marked-up text to plain text as a person sees it: web pages, Rich Text, mails, and the objects of PowerShell's and KeePass' XML. Untrusted; nothing is fetched or run.

/** A stretch of a document. Cells of a table are set off by tabs, its rows by line ends. */
export interface Passage { readonly kind: 'text' | 'table' | 'json'; readonly text: string }

export type Markup = 'mail' | 'html' | 'rtf' | 'clixml' | 'keepass' | 'spreadsheet-2003';

/** @param head The beginning of a text. @returns What it is marked up as, or null for plain text. */
export function findMarkup(head: string): Markup | null {
  const start = head.slice(0, 8192).trimStart();
  if (start.startsWith('{\\rtf')) return 'rtf';
  if (/^(?:<\?xml[^>]*>\s*)?<Objs Version=/.test(start)) return 'clixml';
  if (/^(?:<\?[^>]*>\s*)*<(?:ss:)?Workbook\b/.test(start)) return 'spreadsheet-2003';
  if (/^(?:<\?xml[^>]*>\s*)?<KeePassFile\b/.test(start)) return 'keepass';
  if (/^(?:From \S+@\S+ .*\n)?[\w-]{2,40}: ?\S/.test(start) && /^(?:MIME-Version: ?1|Content-Transfer-Encoding: ?(?:quoted-printable|base64))/im.test(start)) return 'mail';
  return /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html|head|body|meta|table|div)\b/i.test(start) ? 'html' : null;
}

/** @param text Whole, newlines normalised. @returns Its passages in order; a markup that is broken gives what can be seen of it. Never throws. */
export function passagesOf(markup: Markup, text: string): Passage[] {
  switch (markup) {
    case 'html': return fromHtml(text);
    // Excel 2003 calls rows and cells by words of its own.
    case 'spreadsheet-2003': return fromHtml(text.replace(/<(\/?)(?:ss:)?(Table|Row|Cell)\b/g, (_tag, end: string, name: string) => `<${end}${SHEET_TAGS[name] ?? 'p'}`));
    case 'rtf': return fromHtml(rtfAsHtml(text));
    case 'mail': return text.replace(/^\s+/, '').split(/\n(?=From \S+@\S+ )/).flatMap((message) => fromMail(message.replace(/^From \S+@\S+ .*\n/, ''), 0));
    case 'clixml': return [{ kind: 'json', text: JSON.stringify(fromCliXml(text)) }];
    case 'keepass': return [{ kind: 'json', text: JSON.stringify(fromKeePass(text)) }];
  }
}

const SHEET_TAGS: Readonly<Record<string, string>> = { Table: 'table', Row: 'tr', Cell: 'td' };
const BLOCK = /^(?:p|div|br|li|ul|ol|h[1-6]|tr|table|hr|pre|blockquote|section|article|header|footer|dt|dd)$/;

function fromHtml(html: string): Passage[] {
  const passages: { kind: 'text' | 'table'; text: string }[] = [{ kind: 'text', text: '' }];
  let inCell = false;
  let skipping: string | null = null;
  const current = (): { kind: 'text' | 'table'; text: string } => passages.at(-1) ?? { kind: 'text', text: '' };
  for (const [piece, tag] of html.matchAll(/<!--[\s\S]*?(?:-->|$)|<(\/?[a-zA-Z][\w:]*)[^>]*>|[^<]+|</g)) {
    const name = tag?.toLowerCase() ?? null;
    const plain = name?.replace('/', '') ?? '';
    if (skipping !== null) {
      if (name === `/${skipping}`) skipping = null;
      continue;
    }
    if (name === 'script' || name === 'style') skipping = name;
    else if (plain === 'table') {
      passages.push({ kind: name === 'table' ? 'table' : 'text', text: '' });
      inCell = false;
    } else if (name === 'td' || name === 'th') inCell = true;
    else if (name === '/td' || name === '/th') {
      current().text += '\t';
      inCell = false;
    } else if (name === '/tr') current().text = `${current().text.replace(/\t$/, '')}\n`;
    else if (BLOCK.test(plain)) current().text += inCell ? ' ' : '\n';
    else if (tag === undefined && !piece.startsWith('<!--')) {
      const words = decodeEntities(piece).replace(/[ \t\n\u00a0]+/g, ' ');
      // Between the rows of a table there is nothing to be seen.
      if (inCell || current().kind === 'text' || words.trim() !== '') current().text += words;
    }
  }
  return passages.map(({ kind, text }) => ({ kind, text: text.split('\n').map((line) => line.replace(/ *\t */g, '\t').trim()).filter((line) => line !== '').join('\n') })).filter(({ text }) => text !== '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', shy: '', ndash: '–', mdash: '—', minus: '−', hyphen: '‐', auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è', ecirc: 'ê', agrave: 'à', ccedil: 'ç', ntilde: 'ñ', oacute: 'ó', zwnj: '', zwj: '', ensp: ' ', emsp: ' ', thinsp: ' ',
};

const decodeEntities = (text: string): string => (text.includes('&') ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
  if (name !== undefined) return ENTITIES[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}) : text);

/** Rich Text by way of the few tags that matter. @source Rich Text Format 1.9.1: groups, control words, \'hh in the document's code page (1252 here), \uN. */
function rtfAsHtml(rtf: string): string {
  let out = '';
  const hidden: boolean[] = [];
  let skip = false;
  let ucSkip = 1;
  let toSkip = 0;
  let inRow = false;
  const put = (text: string): void => { if (!skip) out += text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign); };
  for (const [piece, hex, word, digits] of rtf.matchAll(/\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\[^a-zA-Z]|[{}]|[^\\{}\n]+|\n/g)) {
    if (piece === '{') { hidden.push(skip); continue; }
    if (piece === '}') { skip = hidden.pop() ?? false; continue; }
    if (hex !== undefined) {
      if (toSkip > 0) toSkip -= 1;
      else put(new TextDecoder('windows-1252').decode(Uint8Array.of(Number.parseInt(hex, 16))));
    } else if (word !== undefined) {
      if (/^(?:fonttbl|colortbl|stylesheet|info|pict|object|header|footer|generator|listtable|listoverridetable|themedata)$/.test(word)) skip = true;
      else if (word === 'par' || word === 'line' || word === 'sect') { if (!skip) out += inRow ? ' ' : '<br>'; }
      else if (word === 'trowd' && !skip) { out += inRow ? '' : '<table><tr><td>'; inRow = true; }
      else if (word === 'cell' && !skip) out += '</td><td>';
      else if (word === 'row' && !skip) { out = `${out.replace(/<td>$/, '')}</tr></table>`; inRow = false; }
      else if (word === 'tab') put('\t');
      else if (word === 'uc') ucSkip = Number(digits ?? 1);
      else if (word === 'u') { put(String.fromCharCode(Number(digits ?? 0) & 0xffff)); toSkip = ucSkip; }
      else if (word === 'emdash' || word === 'endash') put('-');
    } else if (piece === '\\*') skip = true;
    else if (piece === '\\~') put(' ');
    else if (piece === '\\_') put('-');
    else if (piece.startsWith('\\') && piece.length === 2) put(/[\\{}]/.test(piece[1] ?? '') ? (piece[1] ?? '') : '');
    else if (piece !== '\n') {
      const rest = piece.slice(Math.min(toSkip, piece.length));
      toSkip -= piece.length - rest.length;
      put(rest);
    }
  }
  // Rows side by side are one table.
  return out.replaceAll('</tr></table><table><tr><td>', '</tr><tr><td>');
}

const DEEPEST_PART = 8;

/** The parts of a mail that are text. @source RFC 2045 to 2049. */
function fromMail(text: string, depth: number): Passage[] {
  const blank = /\n[ \t]*\n/.exec(text);
  const head = (blank === null ? text : text.slice(0, blank.index)).replace(/\n[ \t]+/g, ' ');
  const body = blank === null ? '' : text.slice(blank.index + blank[0].length);
  const field = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1] ?? '';
  const type = field('Content-Type');
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined && depth < DEEPEST_PART) {
    const parts = `\n${body}`.split(`\n--${boundary}`).slice(1).filter((part) => !part.startsWith('--')).map((part) => part.replace(/^[^\n]*\n/, ''));
    const read = parts.map((part) => ({ part, isHtml: /^Content-Type:[ \t]*text\/html/im.test(part.slice(0, 2000)) }));
    // The same text twice: as a page its tables are tables.
    const chosen = /multipart\/alternative/i.test(type) && read.some(({ isHtml }) => isHtml) ? read.filter(({ isHtml }) => isHtml) : read;
    return chosen.flatMap(({ part }) => fromMail(part, depth + 1));
  }
  if (type !== '' && !/^(?:text\/|message\/rfc822|application\/(?:json|xml|csv))/i.test(type)) return [];
  const decoded = decodeTransfer(body, field('Content-Transfer-Encoding'), /charset="?([\w-]+)"?/i.exec(type)?.[1] ?? 'utf-8');
  if (/^message\/rfc822/i.test(type)) return depth < DEEPEST_PART ? fromMail(decoded, depth + 1) : [];
  const inner = findMarkup(decoded);
  return inner === 'html' || /^text\/html/i.test(type) ? fromHtml(decoded) : [{ kind: 'text', text: decoded }];
}

function decodeTransfer(body: string, encoding: string, charset: string): string {
  let bytes: Uint8Array;
  if (/^quoted-printable/i.test(encoding)) {
    const joined = body.replace(/=[ \t]*\n/g, '');
    bytes = Uint8Array.from(Array.from(new TextEncoder().encode(joined)).reduce<number[]>((out, byte, at, all) => {
      const before = out.length >= 2 && out.at(-2) === 0x3d ? String.fromCharCode(out.at(-1) ?? 0, byte) : '';
      if (/^[0-9A-Fa-f]{2}$/.test(before) && all[at - 2] === 0x3d) out.splice(-2, 2, Number.parseInt(before, 16));
      else out.push(byte);
      return out;
    }, []));
  } else if (/^base64/i.test(encoding)) {
    try {
      bytes = Uint8Array.from(atob(body.replace(/[^A-Za-z0-9+/=]/g, '')), (letter) => letter.charCodeAt(0));
    } catch {
      return '';
    }
  } else return body;
  try {
    return new TextDecoder(charset).decode(bytes).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  } catch {
    return new TextDecoder().decode(bytes).replaceAll('\r\n', '\n');
  }
}

/** Export-Clixml: objects as JSON has them. Strings keep their `_x000A_`; a SecureString is sealed to whoever exported it. */
function fromCliXml(xml: string): unknown[] {
  interface Open { readonly name: string | null; readonly fields: Record<string, unknown>; readonly items: unknown[] }
  const top: Open = { name: null, fields: {}, items: [] };
  const stack: Open[] = [top];
  const add = (name: string | null, value: unknown): void => {
    const open = stack.at(-1) ?? top;
    if (name === null) open.items.push(value);
    else open.fields[name] = value;
  };
  for (const [, obj, end, tag, attributes = '', value] of xml.matchAll(/<(Obj)\b([^>]*)>|<\/(Obj)>|<(\w+)((?:\s[^>]*)?)(?:\/>|>([^<]*)<\/\4>)/g).map(([whole, obj, objAttributes, end, tag, attributes, value]) => [whole, obj, end, tag, obj === undefined ? attributes : objAttributes, value] as const)) {
    const name = /\bN="([^"]*)"/.exec(attributes)?.[1] ?? null;
    if (obj !== undefined) stack.push({ name: name === null ? null : unescapeCli(name), fields: {}, items: [] });
    else if (end !== undefined) {
      const done = stack.length > 1 ? stack.pop() : undefined;
      if (done !== undefined) add(done.name, Object.keys(done.fields).length > 0 ? done.fields : done.items);
    } else if (tag !== undefined && !/^(?:T|ToString|TNRef)$/.test(tag) && (name !== null || /^(?:S|SS|G|Nil)$/.test(tag))) add(name === null ? null : unescapeCli(name), tag === 'SS' ? 'System.Security.SecureString' : value === undefined ? null : unescapeCli(value));
  }
  return top.items;
}

const unescapeCli = (text: string): string => decodeEntities(text).replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** KeePass' XML: what stands in an entry now, not its history. */
function fromKeePass(xml: string): unknown[] {
  return Array.from(xml.replace(/<History>[\s\S]*?<\/History>/g, '').matchAll(/<Entry>([\s\S]*?)<\/Entry>/g), ([, entry = '']) =>
    Object.fromEntries(Array.from(entry.matchAll(/<String>\s*<Key>([^<]*)<\/Key>\s*<Value[^>]*>([^<]*)<\/Value>\s*<\/String>/g), ([, key = '', value = '']) => [decodeEntities(key), decodeEntities(value)])));
}
