// A repaired host that a list has seen later than its repair is up again: it becomes verified, with the list as evidence.
import type { HostFacts } from '../../formats/intake/intake.ts';
import type { Database } from '../../store/database.ts';
import { appendAudit } from '../audit/audit.ts';
import { prepared } from '../keys/prepared.ts';
import { ENDED_AT } from './host-clock.ts';
import { getStanding, writeHostEvent, writeStanding } from './host-standing.ts';
import { transition } from './transitions.ts';

/** A clock that is ahead makes no evidence. */
const AHEAD_MS = 10 * 60_000;

/** Of the last attempt of a host. */
const REPAIRED_AT = `SELECT max(${ENDED_AT}) AS at FROM host_events e JOIN attempts a ON a.attempt_id = e.subject LEFT JOIN media m ON m.media_id = a.media_id WHERE e.host_id = ? AND e.kind = 'attempt' AND a.proof <> 'claim'`;

/**
 * Verifies a repaired host when a row of a list is evidence for it. Call it in the transaction of the row.
 *
 * @param facts What the row says. It counts when it was seen later than the host's last attempt ended, not in the future, and the list does not call it affected.
 * @returns Whether the host was verified. Rows: hosts, host_events, audit: list, row and instant are written down.
 */
export function verifySeenAlive(db: Database, source: { readonly name: string; readonly operator: string; readonly at: string }, hostId: number, facts: Pick<HostFacts, 'lastSeenAt' | 'affected'>, row: number): boolean {
  const { lastSeenAt, affected } = facts;
  if (lastSeenAt === null || affected === true || Date.parse(lastSeenAt) > Date.parse(source.at) + AHEAD_MS) return false;
  const repairedAt = prepared<[number], { at: string | null }>(db, REPAIRED_AT).get(hostId)?.at ?? null;
  if (repairedAt === null || Date.parse(lastSeenAt) <= Date.parse(repairedAt)) return false;
  const evidence = `${source.name}:${row} last seen ${lastSeenAt}, repaired ${repairedAt}`;
  const host = getStanding(db, hostId);
  const moved = transition(host, { kind: 'verified', evidence });
  if (moved.status !== 'ok' || !moved.changed) return false;
  writeStanding(db, hostId, moved.standing, source.at);
  writeHostEvent(db, { hostId, at: source.at, kind: 'verified', operator: source.operator, subject: source.name, detail: evidence });
  appendAudit(db, { at: source.at, operator: source.operator, act: 'hosts.verify', subject: host.hostname, details: { hostId, from: host.state, to: 'verified', list: source.name, row, lastSeenAt, repairedAt } });
  return true;
}
