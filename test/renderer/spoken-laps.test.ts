import { describe, expect, test } from 'vitest';
import { classOf, spokenLapsCharacter } from '../../renderer/spoken-laps.ts';

const ASCII = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at));

describe.each(['en', 'de'] as const)('a LAPS password read out (%s)', (language) => {
  test('has a word of its own for every character that can be typed, and never the character itself', () => {
    const words = ASCII.map((character) => spokenLapsCharacter(character, language));
    expect(new Set(words).size).toBe(ASCII.length);
    for (const [at, word] of words.entries()) {
      expect(word, ASCII[at]).toMatch(/^\p{L}[\p{L}\- ,]+$/u);
      expect(word).not.toBe(ASCII[at]);
    }
  });
  test('says the case of every letter, and says nothing of a case where there is none', () => {
    const said = language === 'en' ? ['capital Bravo', 'small Bravo', 'five', 'zero', 'capital Oscar', 'hash'] : ['groß Berta', 'klein Berta', 'fünf', 'null', 'groß Otto', 'Raute'];
    expect(['B', 'b', '5', '0', 'O', '#'].map((character) => spokenLapsCharacter(character, language))).toEqual(said);
  });
});

test('a zero is a digit and an O is a letter', () => {
  expect(['0', 'O', 'o', 'l', '1', 'I', '|', 'Ä'].map(classOf)).toEqual(['digit', 'capital', 'small', 'small', 'digit', 'capital', 'sign', 'capital']);
});
