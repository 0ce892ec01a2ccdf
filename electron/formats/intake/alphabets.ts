// Code pages of Windows and of cmd in Russian and Greek: told by words that are all letters of one alphabet, and by how often a language has them.
import { decodeOem } from './oem-code-pages.ts';

export type AlphabetName = 'windows-1251' | 'ibm866' | 'windows-1253' | 'cp737';

/** Upper half of OEM code page 737. TextDecoder does not have it. */
const CP737_UPPER =
  'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ÷≈°∙·√ⁿ²■\u00a0';

/** Of a thousand letters, lower case. */
const RUSSIAN = frequencies('о110е85а80и74н67т63с55р47в45л44к35м32д30п28у26я20ы19ь17г17з17б16ч14й12х10ж9ш7ю6ц5щ4э3ф3ё1ъ1');
const GREEK = frequencies('α100ο85ι65ν65τ65ε60η45ρ45π45σ40κ40μ40υ35ς35λ33ί25ά24έ23ό20γ18ω17δ17ή14χ13θ12φ11ύ11ώ9β8ξ6ζ5ψ2ϊ1ϋ1');
const CODE_PAGES = [['windows-1251', RUSSIAN], ['ibm866', RUSSIAN], ['windows-1253', GREEK], ['cp737', GREEK]] as const satisfies readonly (readonly [AlphabetName, ReadonlyMap<string, number>])[];

const LOOKED_AT = 16_384;
/** So many letters side by side are no accents in a word of Western Europe. */
const SHORTEST_WORD = 3;
const FEWEST_LETTERS = 4;
/** Of all bytes that are no ASCII; the rest is short words, dashes and quotation marks. */
const LEAST_SHARE = 0.7;
/** Of a thousand, for what no word has. Below the mean of anything that was written in a language. */
const NO_LETTER = 0.1;
const LEAST_MEAN = 12;

/** @param bytes Of a text that is no UTF-8. @returns The code page in which its words are Russian or Greek; null for none. */
export function findAlphabet(bytes: Uint8Array): AlphabetName | null {
  const sample = bytes.subarray(0, LOOKED_AT);
  const words: Uint8Array[] = [];
  let upper = 0;
  let start = -1;
  for (let at = 0; at <= sample.length; at++) {
    if ((sample[at] ?? 0) >= 0x80) {
      upper++;
      if (start === -1) start = at;
    } else if (start !== -1) {
      if (at - start >= SHORTEST_WORD) words.push(sample.subarray(start, at));
      start = -1;
    }
  }
  const letters = words.reduce((sum, { length }) => sum + length, 0);
  if (letters < FEWEST_LETTERS || letters < upper * LEAST_SHARE) return null;
  const [best] = CODE_PAGES.map(([name, of]) => ({ name, mean: meanFrequency(words, letters, name, of) })).toSorted((one, other) => other.mean - one.mean);
  return best !== undefined && best.mean >= LEAST_MEAN ? best.name : null;
}

/** The geometric mean: letters that the language hardly has count most. */
function meanFrequency(words: readonly Uint8Array[], letters: number, name: AlphabetName, of: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const bytes of words) {
    const word = decodeAlphabet(bytes, name);
    const isWord = /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)$/u.test(word) && !/(.)\1\1/u.test(word);
    for (const letter of word.toLowerCase()) sum += Math.log(isWord ? of.get(letter) ?? NO_LETTER : NO_LETTER);
  }
  return Math.exp(sum / letters);
}

/** @returns The text in that code page; a byte that means nothing there as U+FFFD. Never throws. */
export function decodeAlphabet(bytes: Uint8Array, name: AlphabetName): string {
  return name === 'cp737' ? decodeOem(bytes, CP737_UPPER) : (decoders[name] ??= new TextDecoder(name)).decode(bytes);
}

const decoders: Partial<Record<AlphabetName, TextDecoder>> = {};

function frequencies(list: string): ReadonlyMap<string, number> {
  return new Map(Array.from(list.matchAll(/(\D)(\d+)/g), ([, letter = '', count]) => [letter, Number(count)]));
}
