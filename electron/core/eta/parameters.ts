// The numbers of the estimate. Those of FACTORS are fixed on constructed incidents 1 to 500 by `npm run bench -- eta fix`, the others were tried on the same; what they are worth is reported on 501 to 1,000.

/** What is usual, and how much of it stands beside what was seen. */
export const PRIOR = {
  /** Work by the local hour of the day. */
  day: [0.3, 0.3, 0.3, 0.3, 0.3, 0.35, 0.5, 0.8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.8, 0.6, 0.5, 0.4, 0.35, 0.3],
  rhythmDays: 1, rateHalfLifeHours: 18, rateHours: 2, peopleHours: 24,
  /** Visits of one person in an hour of full work: 5 to 20 minutes each. */
  visitsPerPersonHour: 5,
  blockedShare: 0.08, visits: 50,
  unblockedWeight: 4, unblockedMeanHours: 60,
  slowing: 0.3, leastSlowing: 0.3,
} as const;

/** Less than this carries no estimate. */
export const TOO_EARLY = { hours: 3, done: 15, share: 0.05, standstillHours: 48 } as const;

type Factors = readonly [low: number, middle: number, high: number];

/** An end later than this is not told where blocked hosts decide it and nothing carries it: nothing else is left to do, or a smaller share of them than this came free so far. Of such intervals less than a third held on constructed incidents. */
export const UNTOLD = { hours: 120 * 24, unblockedShare: 0.01 } as const;

/** The truth as a multiple of the model, a tenth below the first and a tenth above the last, by stage (eta.ts). */
export const FACTORS: readonly Factors[] = [[0.18, 0.35, 0.63], [0.18, 0.37, 0.78], [0.17, 0.41, 0.99], [0.18, 0.5, 1.22], [0.24, 0.57, 1.36], [0.36, 0.76, 1.65], [0.46, 1.06, 2.94]];
/** The same for the last of the hosts that were down and not blocked at the look, and for the last of those at one site. */
export const FREE_FACTORS: readonly Factors[] = [[0.14, 0.39, 0.92], [0.2, 0.55, 1.16], [0.28, 0.68, 1.32], [0.36, 0.81, 1.62], [0.46, 0.98, 1.89], [0.36, 1.01, 2.18], [0.19, 0.72, 2.16]];
export const SITE_FACTORS: readonly Factors[] = [[0.17, 0.45, 1.02], [0.22, 0.6, 1.26], [0.29, 0.73, 1.5], [0.32, 0.8, 1.72], [0.39, 0.95, 2.09], [0.26, 0.91, 2.16], [0.16, 0.69, 2.19]];
