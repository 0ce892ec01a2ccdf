// Bytes of a text file to text: tells the encoding by the bytes, decodes piece by piece, and never fails on bytes that fit none.
import { decodeAlphabet, findAlphabet, type AlphabetName } from './alphabets.ts';
import { heldBack, seamIn } from './byte-seam.ts';
import { decodeEastAsian, findEastAsian, type EastAsianName } from './east-asian.ts';
import { decodeLatin, findLatin, type LatinName } from './latin-alphabets.ts';
import { decodeOem } from './oem-code-pages.ts';

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | CodePage;
type CodePage = 'windows-1252' | 'cp850' | AlphabetName | EastAsianName | LatinName;

/** Upper half of OEM code page 850, which cmd.exe writes in Western Europe; 437 has the same letters where it matters. TextDecoder has neither. */
const CP850_UPPER =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/**
 * The encoding of a text, as far as its beginning tells.
 *
 * @param head  The first bytes of the file, some thousands at best.
 * @returns A byte order mark decides; then zero bytes in every second place (UTF-16 without a mark); then whether the bytes are valid UTF-8;
 *          else a code page. Plain ASCII counts as UTF-8: the decoder changes its mind later if it must.
 */
export function sniffEncoding(head: Uint8Array): TextEncodingName {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if ((head[0] === 0xfe && head[1] === 0xff) || isUtf32(head)) return 'utf-16be';
  // From the very start: a plain file to which UTF-16 was appended is none.
  for (const encoding of ['utf-16le', 'utf-16be'] as const) if (hasZeros(head.subarray(0, 64), encoding) && hasZeros(head.subarray(0, 4096), encoding)) return encoding;
  return isUtf8(head.subarray(0, head.length - unfinishedUtf8(head))) ? 'utf-8' : guessCodePage(head);
}

/** UTF-32 with its mark (`Out-File -Encoding utf32`): read as UTF-16 it is the same text with zeros between, which are dropped. */
export const isUtf32 = (head: Uint8Array): boolean => head.length >= 4 && ((head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) || (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff));

function hasZeros(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): boolean {
  const pairs = bytes.length >> 1;
  const zeros = [0, 0];
  for (let at = 0; at < 2 * pairs; at++) if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [expected = 0, other = 0] = encoding === 'utf-16le' ? zeros.toReversed() : zeros;
  if (pairs < 4 || other >= pairs * 0.1) return false;
  return expected > pairs * 0.4 || (pairs >= 32 && expected > pairs * 0.1 && isOfOneAlphabet(bytes, encoding === 'utf-16le' ? 1 : 0));
}

/** Greek or Russian between spaces, digits and line ends: nearly all the upper bytes are zero or of the one alphabet. */
function isOfOneAlphabet(bytes: Uint8Array, upper: 0 | 1): boolean {
  const counts = new Map<number, number>();
  for (let at = upper; at < bytes.length; at += 2) counts.set(bytes[at] ?? 0, (counts.get(bytes[at] ?? 0) ?? 0) + 1);
  const [first = 0, second = 0] = Array.from(counts.values()).toSorted((one, next) => next - one);
  return Array.from(counts).some(([byte, count]) => byte >= 0x03 && byte <= 0x05 && count * 4 > bytes.length / 2) && (first + second) * 20 > bytes.length / 2 * 19;
}

/** Decodes a file piece by piece. Zero bytes, marks of an end and byte order marks in the middle (files joined with `copy a+b`, `>>`) are dropped. */
export class IntakeDecoder {
  /** True once a byte fitted no encoding and was replaced. */
  lossy = false;
  #decode: (piece: Uint8Array, last: boolean) => string;
  #carried: Uint8Array = new Uint8Array(0);
  #codePage: CodePage | null = null;

  constructor(encoding: TextEncodingName) {
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      const utf16 = idle.get(encoding) ?? new TextDecoder(encoding);
      idle.delete(encoding);
      this.#decode = (piece, last) => {
        const bytes = this.#carried.length === 0 ? piece : join(this.#carried, piece);
        const seam = seamIn(bytes);
        const held = last || seam !== -1 ? 0 : heldBack(bytes);
        this.#carried = bytes.slice(bytes.length - held);
        const text = utf16.decode(bytes.subarray(0, seam === -1 ? bytes.length - held : seam), { stream: !last && seam === -1 });
        if (last || seam !== -1) idle.set(encoding, utf16);
        if (text.includes('\ufffd')) this.lossy = true;
        if (seam === -1) return text;
        this.#decode = (next, end) => this.#decodeBytes(next, end);
        return text + this.#decode(bytes.subarray(seam), last);
      };
    } else {
      if (encoding !== 'utf-8') this.#codePage = encoding;
      this.#decode = (piece, last) => this.#decodeBytes(piece, last);
    }
  }

  /** @returns The text of this piece, as far as its characters are complete. */
  write(piece: Uint8Array): string {
    return withoutMarks(this.#decode(piece, false));
  }

  /** @returns What was still held back; a cut-off character becomes U+FFFD. */
  end(): string {
    return withoutMarks(this.#decode(new Uint8Array(0), true));
  }

  /** UTF-8 where it is valid; a line that is not is read in the file's code page: reports joined from several machines mix them. */
  #decodeBytes(piece: Uint8Array, last: boolean): string {
    const bytes = this.#carried.length === 0 ? piece : join(this.#carried, piece);
    const complete = last ? bytes.length : bytes.length - unfinishedUtf8(bytes);
    this.#carried = bytes.slice(complete);
    const whole = bytes.subarray(0, complete);
    const text = decodeUtf8(whole);
    if (text !== null) return text;
    this.#codePage ??= guessCodePage(whole);
    let out = '';
    for (let start = 0; start < whole.length; ) {
      const newline = whole.indexOf(0x0a, start);
      const end = newline === -1 ? whole.length : newline + 1;
      // A mark before what `copy a+b` joined: as a letter it would be part of the first heading.
      const line = whole.subarray(whole[start] === 0xff && whole[start + 1] === 0xfe ? start + 2 : start, end);
      out += decodeUtf8(line) ?? decodeCodePage(line, this.#codePage);
      start = end;
    }
    return out;
  }
}

/** Decoders that are at the end of their text: making one takes longer than decoding a small file. */
const idle = new Map<'utf-16le' | 'utf-16be', TextDecoder>();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

const isUtf8 = (bytes: Uint8Array): boolean => decodeUtf8(bytes) !== null;

function decodeCodePage(bytes: Uint8Array, codePage: CodePage): string {
  switch (codePage) {
    case 'windows-1252': return windows1252.decode(bytes);
    case 'windows-1250': case 'cp852': case 'windows-1254': case 'macintosh': return decodeLatin(bytes, codePage);
    case 'windows-1251': case 'ibm866': case 'windows-1253': case 'cp737': return decodeAlphabet(bytes, codePage);
    case 'cp850': return decodeOem(bytes, CP850_UPPER);
    default: return decodeEastAsian(bytes, codePage);
  }
}

/** How many bytes at the end begin a UTF-8 character that is not complete yet: 0 to 3. */
function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/**
 * A code page, for bytes that are no UTF-8: one of East Asia by its words, of Russian, Greek, Central Europe, Turkish or the old Macintosh by its letters, else Windows-1252 or 850. The letters of 850 (0x80-0xA5) are punctuation in 1252, and the letters of 1252 (from 0xC0)
 * are mostly lines and boxes in 850: what stands inside words decides. Five bytes are nothing at all in 1252.
 */
function guessCodePage(bytes: Uint8Array): CodePage {
  const told = findEastAsian(bytes) ?? findAlphabet(bytes) ?? findLatin(bytes, decodeCodePage);
  if (told !== null) return told;
  let ansi = 0;
  let oem = 0;
  /** Low quotation marks before words, which are é and ä in 850, and what closes them. */
  let quotes = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) oem += 4;
    const before = bytes[at - 1] ?? 0x20;
    const after = bytes[at + 1] ?? 0x20;
    if (isDigit(before) && isDigit(after)) {
      // Between digits it is a separator: a dash or a no-break space.
      if (byte === 0x96 || byte === 0x97 || byte === 0xa0) ansi++;
      else if (byte === 0xff) oem++;
    } else if (byte === 0x92) ansi++;
    // French puts a no-break space before its colons; as a letter it would be a ÿ at the end of a word.
    else if (byte === 0xff && (after === 0x3a || after === 0x20 || after === 0x3b || after === 0x21 || after === 0x3f)) oem++;
    else if (byte <= 0xa5) {
      if (isWordByte(before) && isWordByte(after)) oem++;
      else if (byte === 0x91 || byte === 0x93) quotes--;
      else if (!isWordByte(before) && isLetterByte(after)) {
        if (byte === 0x82 || byte === 0x84) quotes++;
        else if (BEGINS_WORDS.has(byte)) oem++;
      }
    } else if (byte >= 0xc0 && (isWordByte(before) || isWordByte(after))) ansi++;
  }
  return oem + Math.max(0, quotes) > ansi ? 'cp850' : 'windows-1252';
}

/** Ç ç è Ä É ö Ö Ü ñ Ñ in 850; in 1252 signs that stand at no word's beginning. */
const BEGINS_WORDS: ReadonlySet<number> = new Set([0x80, 0x87, 0x8a, 0x8e, 0x90, 0x94, 0x99, 0x9a, 0xa4, 0xa5]);
const isLetterByte = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isWordByte = (byte: number): boolean => isDigit(byte) || byte === 0x2d || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);

/** Zero-width spaces and the marks of writing from right to left: they come with what is copied from web pages and chats, and belong to no name, ID or password. */
const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/;
const INVISIBLE_ALL = new RegExp(INVISIBLE, 'g');

/** What `copy a.csv+b.csv all.csv` writes at the end. */
const END_OF_FILE = '\u001a';

function withoutMarks(text: string): string {
  const marked = text.includes('\ufeff') ? text.replaceAll('\ufeff', '') : text;
  const whole = marked.includes('\0') ? marked.replaceAll('\0', '') : marked;
  const plain = whole.includes(END_OF_FILE) ? whole.replaceAll(END_OF_FILE, '') : whole;
  return INVISIBLE.test(plain) ? plain.replace(INVISIBLE_ALL, '') : plain;
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
