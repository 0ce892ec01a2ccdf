// Hosts at the counter, over the wire.
import { nowOf, type Desk } from '../../core/desk.ts';
import { arrive } from '../../core/walk-ins/arrive.ts';
import { callWalkIn, endWalkIn, getWalkIn, listWalkIns, mediaAtHand, putBackWalkIn } from '../../core/walk-ins/walk-ins.ts';
import type { Handlers } from '../dispatch.ts';

type Names = 'walkIns.arrive' | 'walkIns.list' | 'walkIns.get' | 'walkIns.call' | 'walkIns.putBack' | 'walkIns.end';

export function walkInHandlers(get: () => Desk): Pick<Handlers, Names> {
  return {
    'walkIns.arrive': ({ text, hostId, unknown }) => arrive(get(), text, unknown ? 'unknown' : hostId),
    'walkIns.list': () => listWalkIns(get()),
    'walkIns.get': ({ walkInId }) => {
      const desk = get();
      const walkIn = getWalkIn(desk, walkInId);
      return { walkIn, media: walkIn.hostId === null ? [] : mediaAtHand(desk.db, walkIn.hostId, nowOf(desk)) };
    },
    'walkIns.call': ({ walkInId }) => ({ walkIn: callWalkIn(get(), walkInId) }),
    'walkIns.putBack': ({ walkInId }) => putBackWalkIn(get(), walkInId),
    'walkIns.end': ({ walkInId, outcome }) => endWalkIn(get(), walkInId, outcome),
  };
}
