// Who works when: all hands in the first days, shifts and nights, thinner weekends, and a smaller crew once the worst is over.
import type { Chance } from './chance.ts';

export interface Technician {
  /** 1 is usual; above it slower. */
  readonly slowness: number;
  /** @param hour Hours since the beginning. @param day Of the week, Monday 0. */
  readonly worksAt: (hour: number, hourOfDay: number, day: number) => boolean;
}
export interface CrewPlan {
  /** How many of them work by night, for how many nights. */
  readonly nightShare: number; readonly nights: number;
  /** How many come on a weekend, after the days of all hands. */
  readonly weekendShare: number; readonly allHandsDays: number;
  /** How many stay with it after those days; the others go back to their own work. */
  readonly laterShare: number;
}

/** @param count People of a site, at least 1; the first of them always stays. */
export function makeCrew(chance: Chance, count: number, plan: CrewPlan): Technician[] {
  return Array.from({ length: count }, (_, index) => {
    const arrives = chance.exponential(5); // it takes hours until everybody is there and knows what to do
    const byNight = chance.isTrue(plan.nightShare);
    const onWeekends = index === 0 ? plan.weekendShare > 0.2 : chance.isTrue(plan.weekendShare);
    const stays = index === 0 || chance.isTrue(plan.laterShare);
    const from = chance.between(6, 9);
    const length = chance.between(8, 11);
    return {
      slowness: chance.logNormal(1, 0.25),
      worksAt: (hour, hourOfDay, day) => {
        if (hour < arrives) return false;
        const isLater = hour > plan.allHandsDays * 24;
        if (isLater && (!stays || (day >= 5 && !onWeekends))) return false;
        const isDay = hourOfDay >= from && hourOfDay < from + length + (isLater ? 0 : 3);
        if (byNight && hour < plan.nights * 24) return !isDay;
        return isDay;
      },
    };
  });
}
