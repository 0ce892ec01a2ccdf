// How far the desk has come, over the wire.
import { nowOf, type Desk } from '../../core/desk.ts';
import { estimateEta, type EtaInterval } from '../../core/eta/eta.ts';
import { readCourse } from '../../core/hosts/course.ts';
import { readWatchList } from '../../core/hosts/watch-list.ts';
import { readCourseBySite } from '../../core/hosts/course-by-site.ts';
import { toInstant } from '../../core/ports.ts';
import { readStatus } from '../../core/hosts/status.ts';
import type { Handlers } from '../dispatch.ts';

export function statusHandlers(get: () => Desk): Pick<Handlers, 'status.get' | 'status.course' | 'status.watch' | 'status.eta'> {
  return {
    'status.course': () => {
      const desk = get();
      return desk.db.transaction(() => readCourse(desk.db, desk.clock()))();
    },
    'status.watch': () => {
      const desk = get();
      return desk.db.transaction(() => readWatchList(desk.db, nowOf(desk)))();
    },
    'status.eta': () => {
      const desk = get();
      const nowMs = desk.clock();
      const sites = desk.db.transaction(() => readCourseBySite(desk.db, nowMs))();
      const eta = estimateEta({ nowMs, offsetMinutes: -new Date(nowMs).getTimezoneOffset(), sites });
      if (eta.status === 'done' || eta.status === 'too-early') return eta;
      const { free, freeBySite, ...rest } = eta;
      const ofWork = { free: free === null ? null : inInstants(free), freeBySite: freeBySite.map(({ site, ...interval }) => ({ site, ...inInstants(interval) })) };
      if (rest.status === 'blocked') return { ...rest, ...ofWork };
      const { earliestMs, likelyMs, latestMs, ...estimated } = rest;
      return { ...estimated, ...inInstants(rest), ...ofWork };
    },
    'status.get': () => {
      const desk = get();
      return desk.db.transaction(() => readStatus(desk.db, desk.clock()))(); // one moment, even if an import goes on
    },
  };
}

const inInstants = ({ earliestMs, likelyMs, latestMs }: EtaInterval): { earliest: string; likely: string; latest: string } => ({ earliest: toInstant(earliestMs), likely: toInstant(likelyMs), latest: toInstant(latestMs) });
