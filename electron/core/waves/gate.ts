// The gate before a wave: what the wave before it has come to, so that a fault of the recipe stops at the canary.
import type { ReadableDatabase } from '../../store/database.ts';
import type { BlockedReason } from '../codes.ts';

export interface Gate {
  /** Whether a wave may be opened on this evidence alone. */
  readonly met: boolean;
  /** The wave before; null for the canary, which has nothing to show yet. */
  readonly after: string | null;
  /** Of the wave before: all its hosts, those seen running again, and those with an outcome nobody planned for. */
  readonly hosts: number; readonly verified: number; readonly unexpected: number;
  readonly opened: boolean;
  /** Share of hosts that has to be verified. */
  readonly neededShare: number;
}

/** A canary proves something only when most of it was seen running; a few owners are always away. */
const NEEDED_SHARE = 0.8;

/** Blocked reasons that speak against recipe, medium or keys rather than against a single host. */
const UNEXPECTED: readonly BlockedReason[] = ['key-rejected', 'recipe-not-found', 'repair-failed', 'media-refused'];

/** @param waveId Of a wave that is there. @returns Of the wave before it in its incident. */
export function readGate(db: ReadableDatabase, waveId: number): Gate {
  const before = db.prepare<[number], { wave_id: number; name: string; opened_at: string | null }>(
    'SELECT b.wave_id, b.name, b.opened_at FROM waves w JOIN waves b ON b.incident_id = w.incident_id AND b.place < w.place WHERE w.wave_id = ? ORDER BY b.place DESC LIMIT 1',
  ).get(waveId);
  if (before === undefined) return { met: true, after: null, hosts: 0, verified: 0, unexpected: 0, opened: true, neededShare: NEEDED_SHARE };
  const counts = db.prepare<[number], { hosts: number; verified: number; unexpected: number }>(
    `SELECT count(*) AS hosts, coalesce(sum(h.state = 'verified'), 0) AS verified,
            coalesce(sum(coalesce(h.blocked_reason IN (${UNEXPECTED.map((reason) => `'${reason}'`).join(', ')}), 0) OR EXISTS (SELECT 1 FROM attempts a WHERE a.host_id = h.host_id AND a.proof = 'claim')), 0) AS unexpected
       FROM wave_members m JOIN hosts h USING (host_id) WHERE m.wave_id = ? AND h.joined_into IS NULL`, // a host that was joined into another is none of its own
  ).get(before.wave_id) ?? { hosts: 0, verified: 0, unexpected: 0 };
  const opened = before.opened_at !== null;
  return { met: opened && counts.hosts > 0 && counts.verified >= counts.hosts * NEEDED_SHARE && counts.unexpected === 0, after: before.name, ...counts, opened, neededShare: NEEDED_SHARE };
}
