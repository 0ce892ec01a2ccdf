// Chance from a seed: the same number, the same incident.

export interface Chance {
  /** At least 0, below 1. */
  readonly uniform: () => number;
  readonly between: (from: number, to: number) => number;
  /** As likely between 1 and 10 as between 10 and 100. */
  readonly logBetween: (from: number, to: number) => number;
  readonly isTrue: (share: number) => boolean;
  /** Half below the median; sigma is that of the logarithm. */
  readonly logNormal: (median: number, sigma: number) => number;
  readonly exponential: (mean: number) => number;
}

/** @param seed A whole number. */
export function chanceOf(seed: number): Chance {
  let state = (seed * 2_654_435_761) >>> 0;
  const uniform = (): number => { // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    between: (from, to) => from + (to - from) * uniform(),
    logBetween: (from, to) => from * (to / from) ** uniform(),
    isTrue: (share) => uniform() < share,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    exponential: (mean) => -mean * Math.log(1 - uniform()),
  };
}
