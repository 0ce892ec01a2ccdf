// How far the desk has come, over the wire.
import type { Desk } from '../../core/desk.ts';
import { readCourse } from '../../core/hosts/course.ts';
import { readStatus } from '../../core/hosts/status.ts';
import type { Handlers } from '../dispatch.ts';

export function statusHandlers(get: () => Desk): Pick<Handlers, 'status.get' | 'status.course'> {
  return {
    'status.course': () => {
      const desk = get();
      return desk.db.transaction(() => readCourse(desk.db, desk.clock()))();
    },
    'status.get': () => {
      const desk = get();
      return desk.db.transaction(() => readStatus(desk.db, desk.clock()))(); // one moment, even if an import goes on
    },
  };
}
