// In a guess, the characters that are not as they were typed: what the caller is asked to spell again.

/** So many characters of one text are taken for mis-heard ones; with more it was found by something else. */
const mostOf = (length: number): number => (length < 8 ? 2 : 3);

/**
 * @param typed As typed; only letters and digits of both texts are compared, whatever stands between. @param anywhere What was typed may be a part of the text, else it is its beginning.
 * @returns Places in the text that differ, ascending; none where it has little in common with what was typed.
 */
export function differingFrom(typed: string, text: string, anywhere: boolean): readonly number[] {
  const said = Array.from(typed, (character) => character.toUpperCase()).filter(isCompared);
  const places = Array.from(text, (character, at) => ({ character: character.toUpperCase(), at })).filter(({ character }) => isCompared(character));
  let best: readonly number[] | null = null;
  for (let from = 0; from === 0 || (anywhere && from + said.length <= places.length); from += 1) {
    const found = places.slice(from, from + said.length);
    const differing = found.filter(({ character }, index) => character !== said[index]).map(({ at }) => at);
    if (found.length === said.length && (best === null || differing.length < best.length)) best = differing;
  }
  return best === null || best.length > mostOf(said.length) ? [] : best;
}

const isCompared = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

/** Of a key ID the first eight are shown, and compared. */
export const idStart = (typed: string): string => [...typed].filter(isCompared).slice(0, 8).join('');

/** A name or ID that was guessed: what is not as it was typed is marked. */
export function Guessed({ text, typed, anywhere = false }: { readonly text: string; readonly typed: string; readonly anywhere?: boolean }) {
  const differing = new Set(differingFrom(typed, text, anywhere));
  return <>{Array.from(text, (character, at) => (differing.has(at) ? <mark key={at} data-guess="">{character}</mark> : character))}</>;
}
