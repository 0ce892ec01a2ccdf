// A recovery password that opens nothing: eight numbers below 65536, times eleven.

/** @param seed Which one: the same seed gives the same. */
export function madeUpGroups(seed: number): string[] {
  return Array.from({ length: 8 }, (_, index) => String((((seed + 1) * 7919 * (index + 3)) % 65_536) * 11).padStart(6, '0'));
}
