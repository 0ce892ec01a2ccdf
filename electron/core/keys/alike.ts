// Which characters people take for one another: heard over the telephone, read off a blue screen, in English and German.

/** Pairs, either way round. Read: 0 O, 0 D, 0 Q, 1 I, 1 L, 1 7, 2 Z, 4 A, 5 S, 6 G, 8 B, E 3, C G, U V, M N. Heard: A 8 and B D E 3 in English, 2 3 (zwei, drei), F S and 5 9 in both. */
const PAIRS = '0O 0D 0Q 1I 1L 17 IL 2Z 23 4A 5S 59 5F 6G 68 6B 8B 8A 8D BD BE B3 BP DE D3 DT E3 E6 CG C0 CE 9G FS KA MN UV VW';

const ALIKE = new Map<string, string>();
for (const pair of PAIRS.split(' ')) {
  for (const [one, other] of [[pair.charAt(0), pair.charAt(1)], [pair.charAt(1), pair.charAt(0)]] as const) ALIKE.set(one, (ALIKE.get(one) ?? '') + other);
}

/** @param character Upper case. @returns Every character it may have been; empty for one nobody mistakes. */
export const alikeOf = (character: string): string => ALIKE.get(character) ?? '';

/** How much less a mistake costs that people do make. */
const ALIKE_COST = 0.5;

/** All pairs are among these characters. */
const ASCII = 128;
const isAlike = new Uint8Array(ASCII * ASCII);
for (const [one, others] of ALIKE) for (const other of others) isAlike[one.charCodeAt(0) * ASCII + other.charCodeAt(0)] = 1;
const exchangeCost = (one: number, other: number): number => (one === other ? 0 : one < ASCII && other < ASCII && isAlike[one * ASCII + other] === 1 ? ALIKE_COST : 1);

/**
 * How far a typed name is from one that is known: insertions, omissions, swaps of neighbours and exchanges cost 1 each, an exchange of two that are alike 0.5.
 *
 * @param typed, known Upper case.
 * @param limit Beyond it the answer is Infinity, and is found sooner: what is so many characters to the left or right can not cost less, and is not worked out.
 * @returns The cost of the best beginning of `known`: a caller may have said only the first part.
 */
export function distanceToStart(typed: string, known: string, limit: number): number {
  const aside = Math.floor(limit);
  let before = new Float64Array(known.length + 1);
  let row = before.map((_, at) => (at <= aside ? at : Infinity));
  let next = new Float64Array(known.length + 1);
  for (let i = 1; i <= typed.length; i += 1) {
    const one = typed.charCodeAt(i - 1), oneBefore = typed.charCodeAt(i - 2);
    next.fill(Infinity);
    let least = Infinity;
    for (let j = Math.max(0, i - aside); j <= Math.min(known.length, i + aside); j += 1) {
      let cost = (row[j] ?? Infinity) + 1;
      if (j > 0) {
        const other = known.charCodeAt(j - 1);
        cost = Math.min(cost, (next[j - 1] ?? Infinity) + 1, (row[j - 1] ?? Infinity) + exchangeCost(one, other));
        if (i > 1 && j > 1 && one === known.charCodeAt(j - 2) && oneBefore === other) cost = Math.min(cost, (before[j - 2] ?? Infinity) + 1);
      }
      next[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > limit) return Infinity;
    [before, row, next] = [row, next, before];
  }
  const best = Math.min(...row);
  return best > limit ? Infinity : best;
}

/** What a label or a user's name may have been, as `alikeIds`: any character may stand in one. */
export const alikeTexts = (typed: string): string[] => mistaken(Array.from(typed.toUpperCase()), () => true);

/**
 * What the start of a key ID may have been.
 *
 * @param typed Upper case without hyphens, digits and letters; letters that no ID has are replaced by those they are taken for.
 * @returns Likeliest first: what has one mistake, then two neighbours swapped, then two mistakes. Never what was typed. Hexadecimal, as long as `typed`; empty when it has more than two mistakes for sure.
 */
export function alikeIds(typed: string): string[] {
  const characters = Array.from(typed);
  if (characters.filter((character) => !isHex(character)).length > 2) return [];
  return mistaken(characters, isHex).filter((id) => /^[0-9A-F]+$/.test(id));
}

/** What has one mistake, then two neighbours swapped, then two mistakes; never what was typed. */
function mistaken(characters: readonly string[], isPossible: (character: string) => boolean): string[] {
  const single: string[] = [], double: string[] = [], swapped: string[] = [];
  const replaced = (from: readonly string[], at: number): string[][] => Array.from(alikeOf(from[at] ?? '')).filter(isPossible).map((other) => from.with(at, other));
  for (let first = 0; first < characters.length; first += 1) {
    for (const once of replaced(characters, first)) {
      single.push(once.join(''));
      for (let second = first + 1; second < characters.length; second += 1) for (const twice of replaced(once, second)) double.push(twice.join(''));
    }
    const following = characters[first + 1];
    if (following !== undefined && following !== characters[first]) swapped.push(characters.with(first, following).with(first + 1, characters[first] ?? '').join(''));
  }
  const typed = characters.join('');
  return [...new Set([...single, ...swapped, ...double])].filter((text) => text !== typed);
}

const isHex = (character: string): boolean => /^[0-9A-F]$/.test(character);
