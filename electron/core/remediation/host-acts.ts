// What a person decides about a host: blocked, unblocked, verified with evidence, closed, reopened. Each is one transaction: state, event, audit.
import { appendAudit } from '../audit/audit.ts';
import { AppError } from '../app-error.ts';
import type { BlockedReason, ClosedAs } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { standsFor } from '../hosts/joined.ts';
import { getStanding, writeHostEvent, writeStanding, type StandingHost, type WrittenHostEvent } from './host-standing.ts';
import { transition, type HostEvent } from './transitions.ts';

type Act = { readonly procedure: string; readonly event: (host: StandingHost) => HostEvent; readonly line: Pick<WrittenHostEvent, 'blockedReason' | 'closedAs' | 'detail'> };

/**
 * Records that a host was seen running.
 *
 * @param evidence What was seen, in the operator's words; not empty.
 * @returns AppError `not-found`, `not-in-this-state` (closed hosts), `invalid-input` when the text holds a recovery password. Rows: hosts, host_events, audit. So for all acts below.
 */
export const verifyHost = (desk: Desk, hostId: number, evidence: string): void =>
  act(desk, hostId, { procedure: 'hosts.verify', event: () => ({ kind: 'verified', evidence }), line: { detail: evidence } });

/** Says why a host can not be brought back now. Not for verified and closed hosts: reopen them first. */
export const blockHost = (desk: Desk, hostId: number, reason: BlockedReason, note?: string): void =>
  act(desk, hostId, { procedure: 'hosts.block', event: () => ({ kind: 'blocked', reason }), line: { blockedReason: reason, detail: note ?? null } });

/** Takes a block away: the host is ready if it has a key, else reported. */
export const unblockHost = (desk: Desk, hostId: number, note?: string): void =>
  act(desk, hostId, { procedure: 'hosts.unblock', event: ({ hasKey }) => ({ kind: 'unblocked', hasKey }), line: { detail: note ?? null } });

/** Ends a host's way without its being repaired. */
export const closeHost = (desk: Desk, hostId: number, as: ClosedAs, note: string): void =>
  act(desk, hostId, { procedure: 'hosts.close', event: () => ({ kind: 'closed', as, note }), line: { closedAs: as, detail: note } });

/** Takes *verified* or *closed* back: the host is ready if it has a key, else reported. */
export const reopenHost = (desk: Desk, hostId: number, note: string): void =>
  act(desk, hostId, { procedure: 'hosts.reopen', event: ({ hasKey }) => ({ kind: 'reopened', hasKey }), line: { detail: note } });

function act(desk: Desk, hostId: number, { procedure, event, line }: Act): void {
  desk.db.transaction(() => {
    const host = getStanding(desk.db, hostId);
    // A host that was joined comes back by taking that decision back, with what is its own.
    if (procedure === 'hosts.reopen' && standsFor(desk.db, hostId) !== hostId) throw new AppError('not-in-this-state', { hostname: host.hostname, state: host.state, act: procedure });
    const happened = event(host);
    const result = transition(host, happened);
    if (result.status === 'refused') throw new AppError('not-in-this-state', { hostname: host.hostname, state: host.state, act: procedure });
    const at = nowOf(desk);
    writeStanding(desk.db, hostId, result.standing, at);
    writeHostEvent(desk.db, { hostId, at, kind: happened.kind as WrittenHostEvent['kind'], operator: desk.operator.name, ...line }); // acts are a part of the kinds on record
    appendAudit(desk.db, {
      at, operator: desk.operator.name, act: procedure, subject: host.hostname,
      details: { hostId, from: host.state, to: result.standing.state, ...(line.blockedReason ? { reason: line.blockedReason } : {}), ...(line.closedAs ? { as: line.closedAs } : {}), ...(line.detail ? { note: line.detail } : {}) },
    });
  }).immediate();
  desk.changed('hosts', 'audit');
}
