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

/** The truth as a multiple of the model, a tenth below the first and a tenth above the last, by stage (eta.ts). */
export const FACTORS: readonly Factors[] = [[0.18, 0.35, 0.63], [0.18, 0.37, 0.78], [0.17, 0.41, 0.99], [0.18, 0.5, 1.22], [0.24, 0.57, 1.36], [0.36, 0.76, 1.65], [0.46, 1.06, 2.94]];
