// How the characters of a LAPS password are said on the telephone: each by itself, with its case, a letter by its word, a sign by its name.
// Case and sign are what is lost when a password is read out: B and b, 0 and O, - and _ are said as what they are.
import type { Language } from './format.ts';
import { spokenCharacter } from './spoken.ts';

/** `letter`, `digit` and `sign` are drawn differently, so that O and 0 can not be mistaken by eye either. */
export type CharacterClass = 'capital' | 'small' | 'digit' | 'sign';

export const classOf = (character: string): CharacterClass => (/^[0-9]$/.test(character) ? 'digit' : /^\p{Lu}$/u.test(character) ? 'capital' : /^\p{Ll}$/u.test(character) ? 'small' : 'sign');

/** English: ICAO. German: as help desks say them (DIN 5009 of 1983 to 1996). A to Z. */
const LETTERS: Readonly<Record<Language, readonly string[]>> = {
  en: 'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu'.split(' '),
  de: 'Anton Berta Cäsar Dora Emil Friedrich Gustav Heinrich Ida Julius Kaufmann Ludwig Martha Nordpol Otto Paula Quelle Richard Samuel Theodor Ulrich Viktor Wilhelm Xanthippe Ypsilon Zacharias'.split(' '),
};
const CASES: Readonly<Record<Language, Readonly<Record<'capital' | 'small', string>>>> = { en: { capital: 'capital', small: 'small' }, de: { capital: 'groß', small: 'klein' } };
/** ASCII signs in their order, as keyboards name them. */
const SIGNS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ' ': { en: 'space', de: 'Leerzeichen' }, '!': { en: 'exclamation mark', de: 'Ausrufezeichen' }, '"': { en: 'double quote', de: 'Anführungszeichen' }, '#': { en: 'hash', de: 'Raute' }, $: { en: 'dollar', de: 'Dollar' },
  '%': { en: 'percent', de: 'Prozent' }, '&': { en: 'ampersand', de: 'Und-Zeichen' }, "'": { en: 'apostrophe', de: 'Apostroph' }, '(': { en: 'round bracket, open', de: 'runde Klammer auf' }, ')': { en: 'round bracket, close', de: 'runde Klammer zu' },
  '*': { en: 'asterisk', de: 'Stern' }, '+': { en: 'plus', de: 'Plus' }, ',': { en: 'comma', de: 'Komma' }, '-': { en: 'hyphen', de: 'Bindestrich' }, '.': { en: 'full stop', de: 'Punkt' }, '/': { en: 'slash', de: 'Schrägstrich' },
  ':': { en: 'colon', de: 'Doppelpunkt' }, ';': { en: 'semicolon', de: 'Semikolon' }, '<': { en: 'less than', de: 'kleiner als' }, '=': { en: 'equals', de: 'Gleichheitszeichen' }, '>': { en: 'greater than', de: 'größer als' }, '?': { en: 'question mark', de: 'Fragezeichen' }, '@': { en: 'at sign', de: 'At-Zeichen' },
  '[': { en: 'square bracket, open', de: 'eckige Klammer auf' }, '\\': { en: 'backslash', de: 'umgekehrter Schrägstrich' }, ']': { en: 'square bracket, close', de: 'eckige Klammer zu' }, '^': { en: 'caret', de: 'Zirkumflex' }, _: { en: 'underscore', de: 'Unterstrich' }, '`': { en: 'backtick', de: 'Gravis' },
  '{': { en: 'curly bracket, open', de: 'geschweifte Klammer auf' }, '|': { en: 'vertical bar', de: 'senkrechter Strich' }, '}': { en: 'curly bracket, close', de: 'geschweifte Klammer zu' }, '~': { en: 'tilde', de: 'Tilde' },
};

/** @returns `capital Bravo`, `five`, `small Kilo`, `hash`; a character that no table has is said as it is, with its case. */
export function spokenLapsCharacter(character: string, language: Language): string {
  const kind = classOf(character);
  if (kind === 'digit') return spokenCharacter(character, language);
  if (kind === 'sign') return SIGNS[character]?.[language] ?? character;
  const word = LETTERS[language]['ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(character.toUpperCase())] ?? character;
  return `${CASES[language][kind]} ${word}`;
}
