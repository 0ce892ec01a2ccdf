// What was typed is marked in what was found.
export type Match = readonly [start: number, length: number];

/** A piece of a text around its matching part. */
export interface Piece { readonly text: string; readonly marked: boolean; readonly start: number }

/** Cuts a text into unmarked and marked pieces; empty pieces are left out. A match outside the text marks nothing. */
export function piecesOf(text: string, match: Match | null): readonly Piece[] {
  if (match === null || match[1] <= 0 || match[0] < 0 || match[0] >= text.length) return text === '' ? [] : [{ text, marked: false, start: 0 }];
  const end = Math.min(text.length, match[0] + match[1]);
  return [
    { text: text.slice(0, match[0]), marked: false, start: 0 },
    { text: text.slice(match[0], end), marked: true, start: match[0] },
    { text: text.slice(end), marked: false, start: end },
  ].filter((piece) => piece.text !== '');
}

/** The part of a match that falls into `text.slice(from, to)`, counted from `from`. */
export function matchWithin(match: Match | null, from: number, to: number): Match | null {
  if (match === null) return null;
  const start = Math.max(match[0], from);
  const end = Math.min(match[0] + match[1], to);
  return end <= start ? null : [start - from, end - start];
}

export function Marked({ text, match }: { readonly text: string; readonly match: Match | null }) {
  // By their place around the mark, so that the same nodes stay while more is typed.
  return <>{piecesOf(text, match).map((piece) => (piece.marked ? <mark key="marked">{piece.text}</mark> : <span key={piece.start === 0 ? 'before' : 'after'}>{piece.text}</span>))}</>;
}
