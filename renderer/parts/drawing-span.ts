// From when to when a drawing of a course goes. All instants are seconds since 1970 UTC.
export const HOUR_S = 3600;
/** One hour alone has no width. */
const LEAST_S = 3 * HOUR_S;

/** @param instants Of all that is drawn, in their order. @returns From when to when; a moment stands at its end. What draws gives one instant alone a thousand days. */
export function spanOf(instants: ArrayLike<number>): [number, number] {
  const [from, to] = [instants[0] ?? 0, instants[instants.length - 1] ?? 0];
  return to - from < LEAST_S ? [to - LEAST_S, to + HOUR_S] : [from, to];
}

/**
 * A tail of weeks would press the days that were seen against the edge: three times as far as was seen, at least two days.
 *
 * @param seconds Seen, the last is now. @param ahead How far the estimate reaches; null: it says nothing.
 */
export function endOfDrawing({ seconds, ahead }: { readonly seconds: readonly number[]; readonly ahead: { readonly latest: number } | null }): number {
  const [first, now] = [seconds[0] ?? 0, seconds.at(-1) ?? 0];
  return Math.min(ahead?.latest ?? now, now + Math.max(48 * HOUR_S, 3 * (now - first)));
}
