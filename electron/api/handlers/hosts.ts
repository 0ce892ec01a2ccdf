// Hosts and their way back over the wire.
import type { Desk } from '../../core/desk.ts';
import { readHostPlan } from '../../core/hosts/host-facets.ts';
import { readHostFacts, readHostHistory } from '../../core/hosts/host-history.ts';
import { getHostRow, listHosts } from '../../core/hosts/host-list.ts';
import { setHostRoute } from '../../core/hosts/host-route.ts';
import { listHostIds } from '../../core/hosts/host-questions.ts';
import { readJoins } from '../../core/hosts/joined.ts';
import { listHostLists, reconcile } from '../../core/hosts/reconcile.ts';
import { listLapsOfHost } from '../../core/laps/laps-list.ts';
import { listKeysFor } from '../../core/keys/claimed-keys.ts';
import { listListedKeysOf } from '../../core/keys/listed-keys.ts';
import { blockHost, closeHost, reopenHost, unblockHost, verifyHost } from '../../core/remediation/host-acts.ts';
import type { Output } from '../contract.ts';
import type { Handlers } from '../dispatch.ts';

type Names = 'hosts.list' | 'hosts.get' | 'hosts.setRoute' | 'hosts.verify' | 'hosts.block' | 'hosts.unblock' | 'hosts.close' | 'hosts.reopen' | 'hosts.lists' | 'hosts.reconcile';

export function hostHandlers(get: () => Desk): Pick<Handlers, Names> {
  /** Carries an act out and answers the host as it stands then. */
  const after = (hostId: number, act: (desk: Desk) => void): Output<'hosts.verify'> => {
    const desk = get();
    act(desk);
    return getHostRow(desk.db, hostId);
  };
  return {
    'hosts.list': (query) => {
      const { db } = get();
      return db.transaction(() => listHosts(db, query))(); // rows and counts of one moment
    },
    'hosts.get': ({ hostId }) => {
      const { db } = get();
      return db.transaction(() => ({ host: getHostRow(db, hostId), facts: readHostFacts(db, hostId), plan: readHostPlan(db, hostId), keyRecords: listKeysFor(db, hostId), listedKeys: listListedKeysOf(db, hostId), lapsPasswords: listLapsOfHost(db, hostId), history: readHostHistory(db, hostId), ids: listHostIds(db, hostId), ...readJoins(db, hostId) }))();
    },
    'hosts.lists': () => listHostLists(get().db),
    'hosts.reconcile': (query) => reconcile(get(), query),
    'hosts.setRoute': ({ hostId, route }) => after(hostId, (desk) => setHostRoute(desk, hostId, route)),
    'hosts.verify': ({ hostId, evidence }) => after(hostId, (desk) => verifyHost(desk, hostId, evidence)),
    'hosts.block': ({ hostId, reason, note }) => after(hostId, (desk) => blockHost(desk, hostId, reason, note)),
    'hosts.unblock': ({ hostId, note }) => after(hostId, (desk) => unblockHost(desk, hostId, note)),
    'hosts.close': ({ hostId, as, note }) => after(hostId, (desk) => closeHost(desk, hostId, as, note)),
    'hosts.reopen': ({ hostId, note }) => after(hostId, (desk) => reopenHost(desk, hostId, note)),
  };
}
