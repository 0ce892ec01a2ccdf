// When an attempt was, where the only witness is the clock of a host that was dead: believed as long as it can be right.
import type { ReadableDatabase } from '../../store/database.ts';
import { prepared } from '../keys/prepared.ts';

/** No time zone is further off: WinPE may take local time for that of another. */
export const MOST_ASTRAY = '1 day';

/**
 * SQL of the instant an attempt ended, of `a` (attempts) and `m` (its medium, left joined): by the host's clock, as long as that can be true: not before the
 * medium was built, and not more than a day after the desk knew of it. Otherwise when its record came: by then it had certainly ended.
 */
export const ENDED_AT = endedAt('coalesce(a.finished_at, a.started_at)', 'm.built_at', 'a.imported_at');

/**
 * The same of an attempt that is not stored yet.
 *
 * @param said Instant by the host's clock; null: it says none.
 * @param now Instant, of the desk.
 */
export function findEnd(db: ReadableDatabase, mediaId: string, said: string | null, now: string): string {
  const sql = `SELECT ${endedAt(':said', '(SELECT built_at FROM media WHERE media_id = :mediaId)', ':now')} AS at`;
  return prepared<[{ said: string | null; mediaId: string; now: string }], { at: string }>(db, sql).get({ said, mediaId, now })?.at ?? now;
}

function endedAt(said: string, builtAt: string, now: string): string {
  return `CASE WHEN ${said} BETWEEN ${builtAt} AND strftime('%Y-%m-%dT%H:%M:%fZ', ${now}, '+${MOST_ASTRAY}') THEN ${said} ELSE ${now} END`;
}
