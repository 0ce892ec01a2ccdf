// Matching over the wire. No answer holds a recovery password.
import type { Desk } from '../../core/desk.ts';
import { listKeyConflicts } from '../../core/keys/key-conflicts.ts';
import { listHostsWithoutKeyPage, listKeysOfNobody } from '../../core/keys/unmatched.ts';
import type { Handlers } from '../dispatch.ts';

export function matchingHandlers(get: () => Desk): Pick<Handlers, 'keys.conflicts' | 'keys.withoutHost' | 'hosts.withoutKey'> {
  return {
    'keys.conflicts': (page) => {
      const desk = get();
      return desk.db.transaction(() => listKeyConflicts(desk, page))(); // records and sources of one moment
    },
    'keys.withoutHost': (page) => listKeysOfNobody(get().db, page),
    'hosts.withoutKey': (page) => listHostsWithoutKeyPage(get().db, page),
  };
}
