// Lookup over the wire. No answer holds a recovery password.
import type { Desk } from '../../core/desk.ts';
import { readCoverage } from '../../core/keys/coverage.ts';
import { listKeysFor } from '../../core/keys/claimed-keys.ts';
import { countKeys } from '../../core/keys/key-list.ts';
import { lookUp } from '../../core/keys/look-up.ts';
import { countLaps, listLapsOfHost } from '../../core/laps/laps-list.ts';
import { recordMissedLookUp } from '../../core/keys/missed-look-up.ts';
import type { Handlers } from '../dispatch.ts';

export function keyHandlers(get: () => Desk): Pick<Handlers, 'keys.lookUp' | 'keys.ofHost' | 'laps.ofHost' | 'laps.count' | 'keys.count' | 'keys.coverage'> {
  return {
    'keys.lookUp': ({ settled, ...query }) => {
      const found = lookUp(get().db, query);
      if (settled && (found.guessed || found.keyRecords.length + found.hosts.length + found.listedKeys.length === 0)) recordMissedLookUp(get(), query.query);
      return found;
    },
    'keys.ofHost': ({ hostId }) => listKeysFor(get().db, hostId),
    'laps.ofHost': ({ hostId }) => listLapsOfHost(get().db, hostId),
    'laps.count': () => countLaps(get().db),
    'keys.count': () => countKeys(get().db),
    'keys.coverage': (query) => readCoverage(get(), query),
  };
}
