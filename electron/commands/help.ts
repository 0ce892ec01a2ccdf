// What --help says: everything by station, the commands of one noun, or one command whole; and what may have been meant by a command that does not exist.
import { distanceToStart } from '../core/keys/alike.ts';
import type { Command } from './command.ts';
import { sentencesIn, type Language } from './sentences.ts';
import { STATIONS, summaryOf } from './summaries.ts';

const GLOBAL_USAGE = '[--desk DIR] [--operator NAME] [--passphrase-file FILE] [--language en|de] [--json]';
const MOST_SLIPS = 2;

/** @param words What was asked about: nothing, a noun (`media`) or a whole name. @returns Lines; null when there is no such command or noun. */
export function helpLines(commands: readonly Command[], words: readonly string[], language: Language): string[] | null {
  const say = sentencesIn(language);
  const asked = words.join(' ');
  if (asked === '') return [`${say.usage}: bluelift COMMAND ${GLOBAL_USAGE}`, ...STATIONS.flatMap((station) => ['', station.title[language], ...tableOf(Object.keys(station.commands), language)]), '', say.helpFurther];
  const exact = commands.find(({ name }) => name === asked);
  const further = commands.filter(({ name }) => name.startsWith(`${asked} `)).map(({ name }) => name);
  if (exact === undefined && further.length === 0) return null;
  return [
    ...(exact === undefined ? [] : [`${say.usage}: bluelift ${exact.usage}`, '', summaryOf(exact.name, language)]),
    ...(further.length === 0 ? [] : [...(exact === undefined ? [] : ['']), ...tableOf(further, language)]),
  ];
}

function tableOf(names: readonly string[], language: Language): string[] {
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `  ${name.padEnd(width)}  ${summaryOf(name, language)}`);
}

/** @returns The commands that come nearest to what was typed, nearest first, at most three; one word may stand for the beginning of a name. */
export function nearestCommands(commands: readonly Command[], words: readonly string[]): string[] {
  const said = words.slice(0, 2).map((word) => word.toUpperCase());
  const cost = (name: string): number => {
    const [first, second] = name.toUpperCase().split(' ');
    const [saidFirst = '', saidSecond] = said;
    // A word too many is a word after a name of one word; a word too few leaves the second open.
    return slips(saidFirst, first ?? '') + (second === undefined || saidSecond === undefined ? 0 : slips(saidSecond, second));
  };
  return commands.map(({ name }) => ({ name, cost: cost(name) })).filter(({ cost: slipped }) => slipped < Infinity).sort((a, b) => a.cost - b.cost).slice(0, 3).map(({ name }) => name);
}

/** In a word of one or two letters every other is near: nothing is guessed there. */
const slips = (typed: string, word: string): number => (typed.length < 3 ? Infinity : distanceToStart(typed, word, Math.min(MOST_SLIPS, Math.floor(typed.length / 3))));
