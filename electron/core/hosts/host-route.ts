// How a host will be reached, as a person decided it: a host without a key goes by safe boot and the local administrator's password.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Route } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { unblockHost } from '../remediation/host-acts.ts';
import { getStanding } from '../remediation/host-standing.ts';

/** @returns Null: nobody has decided. */
export const readHostRoute = (db: ReadableDatabase, hostId: number): Route | null =>
  db.prepare<[number], { route: Route }>('SELECT route FROM host_routes WHERE host_id = ?').get(hostId)?.route ?? null;

/**
 * Decides the route of a host. One that was blocked for want of a key is so no longer when it goes by safe boot.
 *
 * @returns AppError `not-found`, `not-in-this-state` (verified or closed). Rows: host_routes, audit; for a host that is unblocked by it also hosts and host_events.
 */
export function setHostRoute(desk: Desk, hostId: number, route: Route): void {
  desk.db.transaction(() => {
    const host = getStanding(desk.db, hostId);
    if (host.state === 'verified' || host.state === 'closed') throw new AppError('not-in-this-state', { hostname: host.hostname, state: host.state, act: 'hosts.setRoute' });
    const at = nowOf(desk);
    const before = readHostRoute(desk.db, hostId);
    desk.db.prepare('INSERT INTO host_routes (host_id, route, at, operator) VALUES (?, ?, ?, ?) ON CONFLICT (host_id) DO UPDATE SET route = excluded.route, at = excluded.at, operator = excluded.operator').run(hostId, route, at, desk.operator.name);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'hosts.setRoute', subject: host.hostname, details: { hostId, from: before, to: route } });
    if (route === 'safe-boot' && host.state === 'blocked' && host.blockedReason === 'no-key') unblockHost(desk, hostId);
  }).immediate();
  desk.changed('hosts', 'audit');
}
