// Hosts that a supervisor joined: whatever comes in under the name of the one is the other's.
import type { ReadableDatabase } from '../../store/database.ts';
import { prepared } from '../keys/prepared.ts';

const LONGEST_CHAIN = 32;

/** @returns The host that stands for this one: itself, unless it was joined into another, and that one perhaps into a third. */
export function standsFor(db: ReadableDatabase, hostId: number): number {
  const next = prepared<[number], { into: number | null }>(db, 'SELECT joined_into AS "into" FROM hosts WHERE host_id = ?');
  let id = hostId;
  for (let steps = 0; steps < LONGEST_CHAIN; steps += 1) {
    const into = next.get(id)?.into ?? null;
    if (into === null) break;
    id = into;
  }
  return id;
}

/** @returns The host that stands for this one, and every host that was joined into it, of whatever depth. */
export function listTogether(db: ReadableDatabase, hostId: number): number[] {
  return prepared<[number], { id: number }>(db, 'WITH RECURSIVE together (id) AS (SELECT ? UNION SELECT h.host_id FROM hosts h JOIN together ON h.joined_into = together.id) SELECT id FROM together')
    .all(standsFor(db, hostId)).map(({ id }) => id);
}

/** @returns Names under which the host was known before they were joined into it, of whatever depth, by name. */
function listOldNames(db: ReadableDatabase, hostId: number): string[] {
  return prepared<[number], { hostname: string }>(
    db,
    `WITH RECURSIVE old (id) AS (SELECT host_id FROM hosts WHERE joined_into = ? UNION SELECT h.host_id FROM hosts h JOIN old ON h.joined_into = old.id)
     SELECT hostname FROM hosts WHERE host_id IN (SELECT id FROM old) ORDER BY hostname`,
  ).all(hostId).map(({ hostname }) => hostname);
}

/** @returns Old names of a host, and the host it was joined into itself. */
export function readJoins(db: ReadableDatabase, hostId: number): { oldNames: string[]; joinedInto: { hostId: number; hostname: string } | null } {
  const stands = standsFor(db, hostId);
  const hostname = stands === hostId ? undefined : prepared<[number], { hostname: string }>(db, 'SELECT hostname FROM hosts WHERE host_id = ?').get(stands)?.hostname;
  return { oldNames: listOldNames(db, hostId), joinedInto: hostname === undefined ? null : { hostId: stands, hostname } };
}

/** @param hostname In the store's case. @returns The host that goes by this name, or did before it was joined into another. */
export function findByName(db: ReadableDatabase, hostname: string): { readonly host_id: number; readonly hostname: string } | undefined {
  const named = prepared<[string], { host_id: number; hostname: string; joined: number }>(db, 'SELECT host_id, hostname, joined_into IS NOT NULL AS joined FROM hosts WHERE hostname = ?').get(hostname);
  if (named === undefined || named.joined === 0) return named;
  return prepared<[number], { host_id: number; hostname: string }>(db, 'SELECT host_id, hostname FROM hosts WHERE host_id = ?').get(standsFor(db, named.host_id));
}
