// Matching over the wire. No answer holds a recovery password.
import type { Desk } from '../../core/desk.ts';
import { joinHosts, keepApart, listDecisions, takeAsOne, undoDecision } from '../../core/hosts/host-decisions.ts';
import { getHostRow } from '../../core/hosts/host-list.ts';
import { listHostQuestions } from '../../core/hosts/host-questions.ts';
import { listKeyConflicts } from '../../core/keys/key-conflicts.ts';
import { listHostsWithoutKeyPage, listKeysOfNobody } from '../../core/keys/unmatched.ts';
import type { Handlers } from '../dispatch.ts';

type Names = 'keys.conflicts' | 'keys.withoutHost' | 'hosts.withoutKey' | 'hosts.questions' | 'hosts.join' | 'hosts.keepApart' | 'hosts.takeAsOne' | 'hosts.undoDecision' | 'hosts.decisions';

export function matchingHandlers(get: () => Desk): Pick<Handlers, Names> {
  return {
    'keys.conflicts': (page) => {
      const desk = get();
      return desk.db.transaction(() => listKeyConflicts(desk, page))(); // records and sources of one moment
    },
    'keys.withoutHost': (page) => listKeysOfNobody(get().db, page),
    'hosts.withoutKey': (page) => listHostsWithoutKeyPage(get().db, page),
    'hosts.questions': (page) => listHostQuestions(get().db, page),
    'hosts.decisions': (page) => listDecisions(get().db, page),
    'hosts.join': (hosts) => {
      const desk = get();
      const decisionId = joinHosts(desk, hosts);
      return { ...getHostRow(desk.db, hosts.hostId), decisionId };
    },
    'hosts.keepApart': (hosts) => ({ decisionId: keepApart(get(), hosts) }),
    'hosts.takeAsOne': (host) => ({ decisionId: takeAsOne(get(), host) }),
    'hosts.undoDecision': (decision) => ({ decisionId: undoDecision(get(), decision) }),
  };
}
