// Puts the hosts of a run into the store: new ones in order of their names, known ones with what was still empty about them.
import type { Database } from '../../store/database.ts';
import type { BlockedReason, ClosedAs, HostState } from '../codes.ts';
import { writeStanding } from '../remediation/host-standing.ts';
import { transition } from '../remediation/transitions.ts';
import { laterOf, openKnownHosts } from './known-hosts.ts';
import { openNewHosts } from './new-hosts.ts';
import { prepared } from './prepared.ts';
import { inSlices, MANY_AT_ONCE } from './slices.ts';
import type { StagedHosts } from './staged-hosts.ts';

/** The file a run comes from; of rows of several files, the first. `at`: when the import began, the time of all that it brings. */
export interface RunSource { readonly importFileId: number; readonly name: string; readonly operator: string; readonly at: string }

export interface StoredHosts {
  /** Index of the staged host → host_id. */
  readonly hostIds: Float64Array;
  /** 1: the desk did not know it. */
  readonly isNew: Uint8Array;
  /** Hosts whose standing a key would change. */
  readonly waiting: Set<number>;
  created: number;
  /** Told of the index of each that was new; and the file it is from, where the run comes from several. */
  readonly several?: { created(index: number): void; fileOf(index: number): number };
  /** Host rows that made a host known or reported, and those that changed nothing of that. */
  imported: number;
  unchanged: number;
}

/** @returns Yields between transactions. Rows: hosts, hosts_search, host_listings, host_events. A host list moves a host as `transition` says. */
export function* storeHosts(db: Database, source: RunSource, staged: StagedHosts, stored: StoredHosts): Generator<void> {
  const known = openKnownHosts(db, source, staged, stored);
  const addNew = openNewHosts(db, source, staged, stored);
  yield;
  yield* inSlices(db, staged.count, (from, to) => {
    const indices = [...staged.order.subarray(from, to)];
    const found = known.find(indices);
    for (const [index, host] of found) stored.hostIds[index] = known.take(host, index);
    known.write();
    const fresh = found.size === 0 ? indices : indices.filter((index) => !found.has(index));
    if (fresh.length > 0) addNew(fresh);
  }, MANY_AT_ONCE);
}

/** Moves the hosts that waited for a key and have one now. Rows: hosts. */
export function* wakeHosts(db: Database, source: RunSource, hostIds: readonly number[]): Generator<void> {
  const find = prepared<[number], { state: HostState; state_at: string; blocked_reason: BlockedReason | null; closed_as: ClosedAs | null }>(db, 'SELECT state, state_at, blocked_reason, closed_as FROM hosts WHERE host_id = ?');
  yield* inSlices(db, hostIds.length, (from, to) => {
    for (const hostId of hostIds.slice(from, to)) {
      const row = find.get(hostId);
      if (row === undefined) continue;
      const moved = transition({ state: row.state, blockedReason: row.blocked_reason, closedAs: row.closed_as }, { kind: 'key-found' });
      if (moved.status === 'ok' && moved.changed) writeStanding(db, hostId, moved.standing, laterOf(source.at, row.state_at));
    }
  });
}

/** Ready means: said to be down, and there is a key. A host that lost its only key is what it was before. @returns Yields between transactions; `putBack` tells of each. Rows: hosts. */
export function* putBackReady(db: Database, hostIds: readonly number[], at: string, putBack: () => void = () => undefined): Generator<void> {
  const find = prepared<[number], { host_id: number }>(db, "SELECT host_id FROM hosts h WHERE host_id = ? AND state = 'ready' AND NOT EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id)");
  yield* inSlices(db, hostIds.length, (from, to) => {
    for (const hostId of hostIds.slice(from, to)) {
      if (find.get(hostId) === undefined) continue;
      writeStanding(db, hostId, { state: 'reported', blockedReason: null, closedAs: null }, at);
      putBack();
    }
  });
}
