// How far the desk has come, over the wire.
import type { Desk } from '../../core/desk.ts';
import { estimateEta } from '../../core/eta/eta.ts';
import { readCourse } from '../../core/hosts/course.ts';
import { readCourseBySite } from '../../core/hosts/course-by-site.ts';
import { toInstant } from '../../core/ports.ts';
import { readStatus } from '../../core/hosts/status.ts';
import type { Handlers } from '../dispatch.ts';

export function statusHandlers(get: () => Desk): Pick<Handlers, 'status.get' | 'status.course' | 'status.eta'> {
  return {
    'status.course': () => {
      const desk = get();
      return desk.db.transaction(() => readCourse(desk.db, desk.clock()))();
    },
    'status.eta': async () => {
      const desk = get();
      const nowMs = desk.clock();
      const eta = estimateEta({ nowMs, offsetMinutes: -new Date(nowMs).getTimezoneOffset(), sites: await readCourseBySite(desk.db) });
      if (eta.status !== 'estimated') return eta;
      const { earliestMs, likelyMs, latestMs, movers, ...rest } = eta;
      return { ...rest, earliest: toInstant(earliestMs), likely: toInstant(likelyMs), latest: toInstant(latestMs), movers: [...movers] };
    },
    'status.get': () => {
      const desk = get();
      return desk.db.transaction(() => readStatus(desk.db, desk.clock()))(); // one moment, even if an import goes on
    },
  };
}
