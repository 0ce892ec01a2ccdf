// Code pages of Latin letters beyond Western Europe's two: Central Europe's and Turkey's of Windows, that of cmd there, and the old Macintosh, as Excel
// still saves it. Told by how often a language has each letter with a mark, and by the case of the letters around it.
import { decodeOem } from './oem-code-pages.ts';

export type LatinName = 'windows-1250' | 'cp852' | 'windows-1254' | 'macintosh';

/** Upper half of OEM code page 852. TextDecoder does not have it. */
const CP852_UPPER =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';

/** Of a thousand letters with marks, without regard to case. Letters a language does not have are borrowed now and then. */
const LANGUAGES = {
  german: 'ü380ä330ö190ß80é10', french: 'é620è110à90ê60ç50ô20î15û15â15ù5ë3ï3œ3', spanish: 'ó290í240á200é120ñ80ú50ü5', portuguese: 'ã220ç180á150é120í80ó80õ70ê50ú30â20ô10à10',
  italian: 'à350è300ù150ò120ì60é20', nordic: 'ä280å220ö180ø150æ100é20ü5', polish: 'ł210ó120ż120ę150ą140ś90ć60ń35ź10', czech: 'í170á160é100ě90ř80č80ž70ý70š60ů40ú10ď5ť10ň5ľ5ó10ô5', hungarian: 'á250é250ö90ó80í60ő70ü50ú40ű20',
  croatian: 'č250š230ž180ć150đ60', turkish: 'ı320ü150ş130ğ80ç80ö70İ90',
} as const;
type Language = keyof typeof LANGUAGES;
const WESTERN: readonly Language[] = ['german', 'french', 'spanish', 'portuguese', 'italian', 'nordic'];
/** German has the same places in Central Europe's code pages. */
const CENTRAL: readonly Language[] = ['polish', 'czech', 'hungarian', 'croatian', 'german'];
const MODELS = new Map(Object.entries(LANGUAGES).map(([name, list]) => [name, new Map(Array.from(list.matchAll(/(\D)(\d+)/gu), ([, letter = '', count]) => [letter, Number(count)]))]));

const CODE_PAGES: readonly (readonly [name: LatinName | 'windows-1252' | 'cp850', languages: readonly Language[]])[] = [
  ['windows-1252', WESTERN], ['cp850', WESTERN], ['macintosh', WESTERN], ['windows-1250', CENTRAL], ['cp852', CENTRAL], ['windows-1254', ['turkish']],
];

const LOOKED_AT = 16_384;
const MOST_LETTERS = 1000;
/** Of a thousand: letters of other languages, signs within words, and how much rarer a letter is among letters of the other case. */
const BORROWED = 2;
const NO_LETTER = 0.1;
/** An apostrophe, or a dash where a hyphen was. */
const SIGN = 60;
const IS_SIGN = /[\u2013\u2014\u2018\u2019]/;
const OTHER_CASE = 0.05;
/** So much likelier than the two of Western Europe it has to be. */
const LEAST_RATIO = 30;

/**
 * @param bytes Of a text that is no UTF-8. @param western How the two code pages of Western Europe are read.
 * @returns The code page in which its words, each in one language, are far likelier than in those two; null for none.
 */
export function findLatin(bytes: Uint8Array, western: (bytes: Uint8Array, codePage: 'windows-1252' | 'cp850') => string): LatinName | null {
  const sample = bytes.subarray(0, LOOKED_AT);
  const ids = idsIn(sample);
  const marked = Array.from(sample.keys()).filter((at) => (sample[at] ?? 0) >= 0x80 && (isLetter(sample[at - 1]) || isLetter(sample[at + 1])) && !ids.some(([from, to]) => at > from && at < to)).slice(0, MOST_LETTERS);
  if (marked.length === 0) return null;
  const words = wordsOf(sample, marked);
  let best: LatinName | null = null;
  let most = -Infinity;
  let ordinary = -Infinity;
  for (const [name, languages] of CODE_PAGES) {
    const text = name === 'windows-1252' || name === 'cp850' ? western(sample, name) : decodeLatin(sample, name);
    // Lists of names mix languages; words do not.
    const likely = words.reduce((sum, word) => sum + Math.max(...languages.map((language) => likelihood(text, word, MODELS.get(language) ?? new Map<string, number>()))), 0);
    if (name === 'windows-1252' || name === 'cp850') ordinary = Math.max(ordinary, likely);
    else if (likely > most) [most, best] = [likely, name];
  }
  return most - ordinary >= Math.log(LEAST_RATIO) ? best : null;
}

/** Where IDs stand, whose hyphens a word processor made dashes of: no letters, whatever the code page. */
const idsIn = (sample: Uint8Array): readonly (readonly [from: number, to: number])[] => Array.from(Buffer.from(sample).toString('latin1').matchAll(DASHED_ID), ({ index, 0: id }) => [index, index + id.length] as const);
const DASHED_ID = /[0-9a-f]{8}([\u0080-\u00ff])[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}/gi;

/** The bytes that are no ASCII, word by word. */
function wordsOf(sample: Uint8Array, marked: readonly number[]): readonly (readonly number[])[] {
  const words: number[][] = [];
  let last = -1;
  for (const at of marked) {
    const isSame = last !== -1 && sample.subarray(last + 1, at).every((byte) => byte >= 0x80 || isLetter(byte));
    if (isSame) words.at(-1)?.push(at);
    else words.push([at]);
    last = at;
  }
  return words;
}

/** The logarithm of how likely these letters are, where each byte is one of them. */
function likelihood(text: string, marked: readonly number[], of: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const at of marked) {
    const letter = text.charAt(at);
    // Before a colon in French, and in numbers.
    if (letter === '\u00a0') continue;
    const isOfAlphabet = /\p{L}/u.test(letter);
    const known = isOfAlphabet ? of.get(letter) ?? of.get(letter.toLowerCase()) ?? BORROWED : IS_SIGN.test(letter) ? SIGN : NO_LETTER;
    sum += Math.log(known / 1000) + (isOfAlphabet && isOtherCase(letter, text.charAt(at - 1), text.charAt(at + 1)) ? Math.log(OTHER_CASE) : 0);
  }
  return sum;
}

/** `KöLN`, `bÜro`: a small letter among capitals, or a capital within small ones. */
function isOtherCase(letter: string, before: string, after: string): boolean {
  const isSmall = letter === letter.toLowerCase();
  const beside = [before, after].filter((other) => /[A-Za-z]/.test(other));
  return isSmall ? beside.length > 0 && beside.every((other) => /[A-Z]/.test(other)) : /[a-z]/.test(before);
}

const isLetter = (byte: number | undefined): boolean => byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/** @returns The text in that code page; a byte that means nothing there as U+FFFD. Never throws. */
export function decodeLatin(bytes: Uint8Array, name: LatinName): string {
  return name === 'cp852' ? decodeOem(bytes, CP852_UPPER) : (decoders[name] ??= new TextDecoder(name)).decode(bytes);
}

const decoders: Partial<Record<LatinName, TextDecoder>> = {};
