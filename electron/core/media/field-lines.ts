// Field lines: the one text form of the small files on a medium (ES3-safe: also runs in the agent; imports nothing).
//
//   bluelift-medium 1          first line: what the file is, a space, its format version (a whole number from 1)
//   mediaId=BL-7K2D9           then `name=value` lines; everything after the first `=` is the value, spaces included
//   volume.1.state=unlocked    a list is numbered from 1 inside the name
//
// ASCII, every line ends with CRLF (LF alone is read too), the last one included: a file without it was cut off.
// A name is a lower-case letter, then letters and digits, in parts joined by `.`, at most 64 characters, and stands once.
// In a value every UTF-16 code unit outside U+0020..U+007E, and `%` itself, is written as `%` and four upper-case hex digits
// (`M%00FCller`), so that paths stay readable and no code page can change a byte. There are no comments and no empty lines.

export type FieldLine = { readonly name: string; readonly value: string };

export type FieldLines = { readonly kind: string; readonly version: number; readonly fields: readonly FieldLine[] };

/** `line` is 1-based. `too-large` has line 0: nothing was looked at. */
export type ParsedFieldLines =
  | { readonly status: 'ok'; readonly lines: FieldLines }
  | { readonly status: 'refused'; readonly reason: FieldLinesFault; readonly line: number };

export type FieldLinesFault = 'too-large' | 'not-field-lines' | 'bad-line' | 'bad-value' | 'duplicate-name' | 'cut-off';

/** A file of field lines is never larger; a reader reads no further. */
export const MAX_FIELD_LINES_BYTES = 65536;

/**
 * Writes field lines.
 *
 * @param kind   What the file is, for example `bluelift-medium`; lower-case letters and hyphens.
 * @param fields In the order in which they shall stand. Names follow the rule above; a value may be any text.
 * @returns ASCII text with CRLF, so that one character is one byte. Never throws; that names are well-formed is the caller's duty.
 */
export function formatFieldLines(kind: string, version: number, fields: readonly FieldLine[]): string {
  let text = kind + ' ' + version + '\r\n';
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    if (field !== undefined) text += formatFieldLine(field.name, field.value);
  }
  return text;
}

/** @returns One line with its CRLF, for writers that put a file together piece by piece. */
export function formatFieldLine(name: string, value: string): string {
  return name + '=' + escapeValue(value) + '\r\n';
}

/**
 * Reads field lines.
 *
 * @param text Untrusted; one character a byte, as read from the file.
 * @returns The fields in file order, values unescaped, or the first thing that is wrong. Names nobody knows are kept:
 *          whoever asks for a field decides. Never throws.
 */
export function parseFieldLines(text: string): ParsedFieldLines {
  if (text.length > MAX_FIELD_LINES_BYTES) return refused('too-large', 0);
  const fields: FieldLine[] = [];
  const seen: { [name: string]: boolean } = {};
  let kind = '';
  let version = 0;
  let start = 0;
  for (let number = 1; start < text.length || number === 1; number++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return refused(number === 1 ? 'not-field-lines' : 'cut-off', number);
    const line = text.substring(start, end > start && text.charAt(end - 1) === '\r' ? end - 1 : end);
    start = end + 1;
    if (number === 1) {
      const head = /^([a-z][a-z-]{0,39}) ([1-9][0-9]{0,4})$/.exec(line);
      if (head === null) return refused('not-field-lines', 1);
      kind = head[1] || '';
      version = Number(head[2]);
      continue;
    }
    const equals = line.indexOf('=');
    const name = line.substring(0, equals);
    if (equals < 1 || !isFieldName(name)) return refused('bad-line', number);
    // A prefix, because JScript and old engines know names such as `constructor` on every object.
    if (seen['$' + name] === true) return refused('duplicate-name', number);
    seen['$' + name] = true;
    const value = unescapeValue(line.substring(equals + 1));
    if (value === null) return refused('bad-value', number);
    fields.push({ name: name, value: value });
  }
  return { status: 'ok', lines: { kind: kind, version: version, fields: fields } };
}

/** @returns The value of that name, or null when the file has no such line. */
export function findField(lines: FieldLines, name: string): string | null {
  for (let i = 0; i < lines.fields.length; i++) {
    const field = lines.fields[i];
    if (field !== undefined && field.name === name) return field.value;
  }
  return null;
}

/** @returns Whether it is a name as field lines have them: `host.serialNumber`, at most 64 characters. */
function isFieldName(text: string): boolean {
  return text.length <= 64 && /^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/.test(text);
}

function escapeValue(value: string): string {
  let escaped = '';
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    escaped += code >= 0x20 && code <= 0x7e && code !== 0x25 ? value.charAt(i) : '%' + hex4(code);
  }
  return escaped;
}

function unescapeValue(text: string): string | null {
  let value = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return null;
    if (code !== 0x25) { value += text.charAt(i); continue; }
    const digits = text.substring(i + 1, i + 5);
    if (!/^[0-9A-F]{4}$/.test(digits)) return null;
    value += String.fromCharCode(parseInt(digits, 16));
    i += 4;
  }
  // In one piece: Wine 10 calls two texts equal that were put together from pieces and differ only in the last ones.
  return value.substring(0);
}

function hex4(code: number): string {
  const digits = code.toString(16).toUpperCase();
  return '0000'.substring(digits.length) + digits;
}

function refused(reason: FieldLinesFault, line: number): ParsedFieldLines {
  return { status: 'refused', reason: reason, line: line };
}
