// What a supervisor looks after besides the counts: who waits longest, which sticks are out and for how long, and what would unblock what is blocked.
import type { ReadableDatabase } from '../../store/database.ts';
import type { BlockedReason, HostState, MediaState } from '../codes.ts';
import { prepared } from '../keys/prepared.ts';

export interface OldestHost { readonly hostId: number; readonly hostname: string; readonly site: string | null; readonly state: HostState; readonly blockedReason: BlockedReason | null; readonly since: string }
/** A medium that was issued and is neither back nor wiped nor lost. `since`: when it was handed over. */
export interface StickOut { readonly mediaId: string; readonly holder: string | null; readonly since: string; readonly keyRecords: number; readonly results: number; readonly expired: boolean }
/** What is known that would help, of the hosts of one reason. */
export interface Unblock {
  readonly reason: BlockedReason; readonly count: number;
  /** Hosts with a user to call; different models, and the one most have; hosts with another key record to try. */
  readonly withUser: number; readonly models: number; readonly topModel: string | null; readonly withOtherKey: number;
}
export interface WatchList { readonly oldest: readonly OldestHost[]; readonly sticks: readonly StickOut[]; readonly moreSticks: number; /** Media that were built and that nobody took yet. */ readonly notIssued: number; readonly unblock: readonly Unblock[] }

const SHOWN = 8;

/** @param now Instant, ISO-8601 UTC. @returns Oldest first; reasons with most hosts first. Nothing secret. */
export function readWatchList(db: ReadableDatabase, now: string): WatchList {
  const inState = (state: MediaState): number => prepared<[MediaState], { n: number }>(db, 'SELECT count(*) AS n FROM media WHERE state = ?').get(state)?.n ?? 0;
  return {
    oldest: prepared<[number], OldestHost>(db, OLDEST).all(SHOWN),
    sticks: prepared<[string, number], Omit<StickOut, 'expired'> & { expired: number }>(db, STICKS).all(now, SHOWN).map(({ expired, ...stick }) => ({ ...stick, expired: expired === 1 })), moreSticks: Math.max(0, inState('issued') - SHOWN), notIssued: inState('built'),
    unblock: readUnblock(db),
  };
}

/** One pass over the blocked hosts: their index, and a look at each. */
function readUnblock(db: ReadableDatabase): Unblock[] {
  const groups = new Map<BlockedReason, { count: number; withUser: number; withOtherKey: number; models: Map<string, number> }>();
  for (const { reason, model, hasUser, n } of prepared<[], { reason: BlockedReason; model: string | null; hasUser: number; n: number }>(db, BLOCKED).iterate()) {
    const group = groups.get(reason) ?? { count: 0, withUser: 0, withOtherKey: 0, models: new Map<string, number>() };
    groups.set(reason, group);
    group.count += n;
    if (hasUser === 1) group.withUser += n;
    if (model !== null) group.models.set(model, (group.models.get(model) ?? 0) + n);
  }
  const rejected = groups.get('key-rejected');
  if (rejected !== undefined) rejected.withOtherKey = prepared<[], { n: number }>(db, OTHER_KEY).get()?.n ?? 0;
  return [...groups].sort(([, one], [, other]) => other.count - one.count).map(([reason, { count, withUser, withOtherKey, models }]): Unblock => ({
    reason, count, withUser, withOtherKey, models: models.size, topModel: [...models].sort(([one, a], [other, b]) => b - a || one.localeCompare(other, 'en'))[0]?.[0] ?? null,
  }));
}

const OLDEST = `SELECT o.host_id AS hostId, h.hostname, h.site, h.state, h.blocked_reason AS blockedReason, o.since FROM hosts_open o CROSS JOIN hosts h USING (host_id) ORDER BY o.since, o.host_id LIMIT ?`;
const STICKS = `SELECT m.media_id AS mediaId, m.holder, coalesce(m.state_at, m.built_at) AS since, m.key_records AS keyRecords, (SELECT count(*) FROM attempts a WHERE a.media_id = m.media_id) AS results, coalesce(m.expires_at < ?, 0) AS expired
  FROM media m WHERE m.state = 'issued' ORDER BY since, m.media_id LIMIT ?`;
const BLOCKED = "SELECT blocked_reason AS reason, model, user_name IS NOT NULL AS hasUser, count(*) AS n FROM hosts INDEXED BY hosts_by_state WHERE state = 'blocked' GROUP BY 1, 2, 3";
const OTHER_KEY = "SELECT count(*) AS n FROM hosts h INDEXED BY hosts_by_standing WHERE state = 'blocked' AND blocked_reason = 'key-rejected' AND (SELECT count(*) FROM (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id LIMIT 2)) = 2";
