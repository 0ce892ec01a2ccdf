import { expect, test } from 'vitest';
import { de } from '../../electron/commands/sentences-de.ts';
import { en } from '../../electron/commands/sentences-en.ts';

const PLURALS = /(?<![\d.,])1 (?:\S+ )?(hosts|keys|key records|rows|files|questions|devices|rotations|media|results|recovery passwords|Hosts|Schlüsseldatensätzen?|Zeilen|Dateien|Fragen|Geräte|Rotationen|Medien|Ergebnisse|Wiederherstellungskennwörter)\b/;

/** Said of several only. */
const NEVER_ONE = ['conflictLine', 'severalRecords'];

test.each([['en', en], ['de', de]] as const)('one is counted as one, whatever the command line counts (%s)', (_language, sentences) => {
  const said: string[] = [];
  for (const [name, sentence] of Object.entries(sentences)) {
    if (typeof sentence !== 'function' || NEVER_ONE.includes(name)) continue;
    try {
      // Some take words or lists: what they say of a number where a word belongs is no sentence, and some can not.
      said.push(String((sentence as (...given: readonly unknown[]) => unknown)(...Array.from({ length: 9 }, () => 1))));
    } catch {
      continue;
    }
  }
  expect(said.length).toBeGreaterThan(80);
  expect(said.filter((words) => PLURALS.test(words))).toEqual([]);
});
