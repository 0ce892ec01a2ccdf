import { describe, expect, test } from 'vitest';
import { spoken, spokenCharacter } from '../../renderer/spoken.ts';

describe('characters as they are read out on the telephone', () => {
  test('a key ID in English', () => expect(spoken('0417A9E2', 'en')).toBe('zero four one seven Alfa nine Echo two'));
  test('German says zwo and Anton', () => expect(spoken('0417A9E2', 'de')).toBe('null vier eins sieben Anton neun Emil zwo'));
  test('twins are said one at a time, never as a double', () => expect(spoken('55', 'en')).toBe('five five'));
  test.each(['en', 'de'] as const)('every hexadecimal character has a word of its own in %s', (language) => {
    expect(new Set(Array.from('0123456789ABCDEF', (character) => spokenCharacter(character, language))).size).toBe(16);
    expect(spokenCharacter('a', language)).toBe(spokenCharacter('A', language));
  });
  test('anything else is left as it is', () => expect(spokenCharacter('-', 'de')).toBe('-'));
});
