// The words in which characters are read out on the telephone: one at a time, never "double".
// English: ICAO letters. German: DIN 5009 of 1950-1996 as help desks say them (Anton, Berta); "zwo" because zwei and drei are mistaken for each other.
import type { Language } from './format.ts';

const DIGITS: Readonly<Record<Language, readonly string[]>> = {
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  de: ['null', 'eins', 'zwo', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'],
};
/** A key ID has only these letters. */
const HEX_LETTERS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Alfa', 'Bravo', 'Charlie', 'Delta', 'Echo', 'Foxtrot'],
  de: ['Anton', 'Berta', 'Cäsar', 'Dora', 'Emil', 'Friedrich'],
};

/** The word for one character of a key ID or a recovery password; the character itself when it is neither digit nor A to F. */
export function spokenCharacter(character: string, language: Language): string {
  const digit = '0123456789'.indexOf(character);
  if (character.length === 1 && digit >= 0) return DIGITS[language][digit] ?? character;
  const letter = 'ABCDEF'.indexOf(character.toUpperCase());
  return character.length === 1 && letter >= 0 ? (HEX_LETTERS[language][letter] ?? character) : character;
}

/** The words for a run of characters, a space between. */
export function spoken(text: string, language: Language): string {
  return Array.from(text, (character) => spokenCharacter(character, language)).join(' ');
}
