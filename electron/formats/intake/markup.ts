// Marked-up text to plain text as a person sees it: web pages, Rich Text, mails, and the objects of PowerShell's and KeePass' XML. Untrusted; nothing is fetched or run.
import { decodeXML } from 'entities';
import { fromHtml, looksLikeHtml } from './html.ts';
import { fromMail } from './mail.ts';
import { fromServiceNow, isServiceNow } from './servicenow-xml.ts';

/** A stretch of a document. Cells of a table are set off by tabs, its rows by line ends; a file within it, as a mail has them, is read as one by itself. */
export interface Passage { readonly kind: 'text' | 'table' | 'file' | 'json'; readonly text: string; /** The host that its mail says it is about. */ readonly about?: string }

export type Markup = 'mail' | 'html' | 'rtf' | 'clixml' | 'keepass' | 'spreadsheet-2003' | 'servicenow';

/** @param head The beginning of a text. @returns What it is marked up as, or null for plain text. */
export function findMarkup(head: string): Markup | null {
  const start = head.slice(0, 8192).trimStart();
  if (start.startsWith('{\\rtf')) return 'rtf';
  if (/^(?:<\?xml[^>]*>\s*)?<Objs Version=/.test(start)) return 'clixml';
  if (/^(?:<\?[^>]*>\s*)*<(?:ss:)?Workbook\b/.test(start)) return 'spreadsheet-2003';
  if (/^(?:<\?xml[^>]*>\s*)?<KeePassFile\b/.test(start)) return 'keepass';
  if (isServiceNow(start)) return 'servicenow';
  if (/^(?:From \S+@\S+ .*\n)?[\w-]{2,40}: ?\S/.test(start) && MAIL_FIELD.test(headOfMail(head.trimStart()))) return 'mail';
  return looksLikeHtml(start) ? 'html' : null;
}

const MAIL_FIELD = /^(?:MIME-Version: ?1|Content-Transfer-Encoding: ?(?:quoted-printable|base64))/im;

/** The fields of a mail, of which those that say what it is made of may stand behind some 15 KiB of others. */
function headOfMail(text: string): string {
  const end = text.search(/\n[ \t]*\n/);
  return end > 8192 ? text.slice(0, end) : text.slice(0, 8192);
}

/** @param text Whole, newlines normalised. @returns Its passages in order; a markup that is broken gives what can be seen of it. Never throws. */
export function passagesOf(markup: Markup, text: string): Passage[] {
  switch (markup) {
    case 'html': return fromHtml(text);
    // Excel 2003 calls rows and cells by words of its own.
    case 'spreadsheet-2003': return fromHtml(text.replace(/<(\/?)(?:ss:)?(Table|Row|Cell)\b/g, (_tag, end: string, name: string) => `<${end}${SHEET_TAGS[name] ?? 'p'}`));
    case 'rtf': return fromHtml(rtfAsHtml(text));
    case 'mail': return text.replace(/^\s+/, '').split(/\n(?=From \S+@\S+ )/).flatMap((message) => fromMail(message.replace(/^From \S+@\S+ .*\n/, '')));
    case 'clixml': return [{ kind: 'json', text: JSON.stringify(fromCliXml(text)) }];
    case 'servicenow': return [{ kind: 'json', text: JSON.stringify(fromServiceNow(text)) }];
    case 'keepass': return [{ kind: 'json', text: JSON.stringify(fromKeePass(text)) }];
  }
}

const SHEET_TAGS: Readonly<Record<string, string>> = { Table: 'table', Row: 'tr', Cell: 'td' };
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
  for (const [, obj, end, tag, attributes = '', value] of xml.matchAll(/<(Obj)\b([^<>]*)>|<\/(Obj)>|<(\w+)((?:\s[^<>]*)?)(?:\/>|>([^<]*)<\/\4>)/g).map(([whole, obj, objAttributes, end, tag, attributes, value]) => [whole, obj, end, tag, obj === undefined ? attributes : objAttributes, value] as const)) {
    const name = /\bN="([^"]*)"/.exec(attributes)?.[1] ?? null;
    if (obj !== undefined) stack.push({ name: name === null ? null : unescapeCli(name), fields: {}, items: [] });
    else if (end !== undefined) {
      const done = stack.length > 1 ? stack.pop() : undefined;
      if (done !== undefined) add(done.name, Object.keys(done.fields).length > 0 ? done.fields : done.items);
    } else if (tag !== undefined && !/^(?:T|ToString|TNRef)$/.test(tag) && (name !== null || /^(?:S|SS|G|Nil)$/.test(tag))) add(name === null ? null : unescapeCli(name), tag === 'SS' ? 'System.Security.SecureString' : value === undefined ? null : unescapeCli(value));
  }
  return top.items;
}

const unescapeCli = (text: string): string => decodeXML(text).replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** KeePass' XML: what stands in an entry now, not its history. What is not closed ends where the next one begins. */
function fromKeePass(xml: string): unknown[] {
  const [before = '', ...histories] = xml.split('<History>');
  const now = before + histories.map((history) => history.slice(history.indexOf('</History>') + 1)).join('');
  return now.split('<Entry>').slice(1).map((entry) => {
    const end = entry.indexOf('</Entry>');
    return Object.fromEntries(Array.from((end < 0 ? entry : entry.slice(0, end)).matchAll(/<String>\s*<Key>([^<]*)<\/Key>\s*<Value[^<>]*>([^<]*)<\/Value>\s*<\/String>/g), ([, key = '', value = '']) => [decodeXML(key), decodeXML(value)]));
  });
}
