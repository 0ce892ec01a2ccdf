// What a person says of a list that was taken in: its hosts are down, though it looked like an inventory; or it is an inventory only, and nobody is down by it.
import type { Database } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { ListSaid } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { takeTurn } from '../keys/import-turn.ts';
import { openOwnReports, reportTimes, reportTimesGivenUp } from '../keys/own-reports.ts';
import { beginLongJob } from '../keys/long-job.ts';
import { inSlices } from '../keys/slices.ts';
import { getStanding, writeHostEvent, writeStanding } from '../remediation/host-standing.ts';
import { transition } from '../remediation/transitions.ts';

/** `hosts`: on the list. `changed`: said to be down now, or no longer. The others stay where they are: they were known to be down, somebody acted on them, another list says so. */
export interface ListSays { readonly importFileId: number; readonly said: ListSaid; readonly hosts: number; readonly changed: number }

interface ListFile { import_id: number; name: string; undone_at: string | null; pruned: string | null; said: ListSaid | null; saidAt: string | null; hosts: number }

/**
 * @param importFileId Of a list of hosts whose lines are kept.
 * @returns AppError `not-found`, `import-already-undone`. Said once more, it goes on where it was broken off. Undoing the import takes it back, too.
 *          Rows: import_files, host_listings, hosts, host_events, two audit lines. Waits for imports; lets others have their turn.
 */
export async function sayOfList(desk: Desk, importFileId: number, said: ListSaid): Promise<ListSays> {
  const leave = await takeTurn(desk.db);
  try {
    const { db } = desk;
    const file = db.prepare<[number], ListFile>(
      `SELECT f.import_id, f.name, i.undone_at, f.listings_pruned_at AS pruned, f.list_said AS said, f.list_said_at AS saidAt, (SELECT count(*) FROM host_listings l WHERE l.import_file_id = f.import_file_id) AS hosts
         FROM import_files f JOIN imports i USING (import_id) WHERE f.import_file_id = ?`,
    ).get(importFileId);
    if (file === undefined || file.hosts === 0 || file.pruned !== null) throw new AppError('not-found', { importFileId });
    if (file.undone_at !== null) throw new AppError('import-already-undone', { importId: file.import_id, at: file.undone_at });
    const now = nowOf(desk);
    // Broken off and said again, its events are of the same instant: by that an undo knows them.
    const at = file.said === said && file.saidAt !== null ? file.saidAt : now;
    const act = said === 'down' ? 'imports.sayDown' : 'imports.sayInventory';
    const audit = (details: Readonly<Record<string, string | number>>): void => void appendAudit(db, { at: now, operator: desk.operator.name, act, subject: file.name, details: { importId: file.import_id, importFileId, ...details } });
    const times = [...reportTimes(db, file.import_id, importFileId), ...reportTimesGivenUp(db)]; // before the list says something else
    db.transaction(() => {
      db.prepare('UPDATE import_files SET list_said = ?, list_said_at = ?, list_said_by = ? WHERE import_file_id = ?').run(said, at, desk.operator.name, importFileId);
      audit({ step: 'started', hosts: file.hosts });
    }).immediate();
    await using job = beginLongJob(desk);
    const ids = db.prepare<[number], { id: number }>('SELECT host_id AS id FROM host_listings WHERE import_file_id = ? ORDER BY host_id').all(importFileId).map(({ id }) => id);
    const changed = new Set<number>();
    const sayOf = said === 'down' ? setDown(desk, { importFileId, name: file.name, at }) : setKnown(db, { importFileId, at, reportsIn: openOwnReports(db, times) });
    for (const _ of inSlices(db, ids.length, (from, to) => { for (const id of ids.slice(from, to)) if (sayOf(id)) changed.add(id); })) await job.turn();
    db.transaction(() => audit({ step: 'finished', hosts: ids.length, changed: changed.size })).immediate();
    desk.changed('imports', 'hosts', 'audit');
    return { importFileId, said, hosts: ids.length, changed: changed.size };
  } finally {
    leave();
  }
}

type SayOf = (hostId: number) => boolean;

function setDown({ db, operator }: Desk, { importFileId, name, at }: { readonly importFileId: number; readonly name: string; readonly at: string }): SayOf {
  const mark = db.prepare('UPDATE host_listings SET says_down = 1 WHERE import_file_id = ? AND host_id = ?');
  return (hostId) => {
    mark.run(importFileId, hostId);
    const host = getStanding(db, hostId);
    const moved = transition(host, { kind: 'reported', hasKey: host.hasKey });
    if (moved.status !== 'ok' || !moved.changed) return false;
    writeStanding(db, hostId, moved.standing, at);
    writeHostEvent(db, { hostId, at, kind: 'reported', operator: operator.name, subject: name });
    return true;
  };
}

/** Puts a host back that nothing but this list says is down, and nobody has acted on since. */
function setKnown(db: Database, { importFileId, at, reportsIn }: { readonly importFileId: number; readonly at: string; readonly reportsIn: ReturnType<typeof openOwnReports> }): SayOf {
  const mark = db.prepare('UPDATE host_listings SET says_down = 0 WHERE import_file_id = ? AND host_id = ?');
  const saidElsewhere = db.prepare('SELECT 1 FROM host_listings WHERE host_id = ? AND says_down = 1 LIMIT 1');
  const events = db.prepare<[number], { n: number }>('SELECT count(*) AS n FROM host_events WHERE host_id = ?');
  const drop = db.prepare('DELETE FROM host_events WHERE host_event_id = ?');
  return (hostId) => {
    mark.run(importFileId, hostId);
    const { state } = getStanding(db, hostId);
    const own = reportsIn(hostId - 1, hostId).get(hostId) ?? [];
    if ((state !== 'reported' && state !== 'ready') || saidElsewhere.get(hostId) !== undefined || (events.get(hostId)?.n ?? 0) > own.length) return false;
    for (const event of own) drop.run(event);
    writeStanding(db, hostId, { state: 'known', blockedReason: null, closedAs: null }, at);
    return true;
  };
}
