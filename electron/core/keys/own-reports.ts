// Which of the events "reported" are of an import: they have the file's name and the time of its run, or that at which a person said that its hosts are down.
import type { Database, ReadableDatabase } from '../../store/database.ts';

/** When files of these names may have reported hosts. */
export interface ReportTime { readonly from: string; readonly to: string; readonly names: ReadonlySet<string> }

interface File { name: string; said: string | null; saidAt: string | null }

/** @param importFileId Of one of its files; left out: all of the import's. @returns The run and whatever a person said since that still holds. */
export function reportTimes(db: ReadableDatabase, importId: number, importFileId: number | null = null): ReportTime[] {
  const run = db.prepare<[number], { startedAt: string; finishedAt: string | null }>('SELECT started_at AS startedAt, finished_at AS finishedAt FROM imports WHERE import_id = ?').get(importId);
  const names = new Set<string>();
  const said: ReportTime[] = [];
  for (const file of db.prepare<unknown[], File>('SELECT name, list_said AS said, list_said_at AS saidAt FROM import_files WHERE import_id = ? AND import_file_id = coalesce(?, import_file_id)').iterate(importId, importFileId)) {
    names.add(file.name);
    if (file.said === 'down' && file.saidAt !== null) said.push({ from: file.saidAt, to: file.saidAt, names: new Set([file.name]) });
  }
  return [{ from: run?.startedAt ?? '9999', to: run?.finishedAt ?? '9999', names }, ...said];
}

/**
 * @returns When lists reported hosts that say so no longer: those of imports that were undone, and those of which a person said that they are inventories.
 *          Their events were left where another list said the same; they are no act of a person.
 */
export function reportTimesGivenUp(db: ReadableDatabase): ReportTime[] {
  const undone = db.prepare<[], { importId: number }>('SELECT import_id AS importId FROM imports WHERE undone_at IS NOT NULL').all();
  const inventories = db.prepare<[], { importId: number; file: number }>("SELECT import_id AS importId, import_file_id AS file FROM import_files JOIN imports USING (import_id) WHERE undone_at IS NULL AND list_said = 'inventory'").all();
  return [...undone.flatMap(({ importId }) => reportTimes(db, importId)), ...inventories.flatMap(({ importId, file }) => reportTimes(db, importId, file))];
}

/** @returns Of hosts in a range (after the first, up to the last): the events of these times, by host. */
export function openOwnReports(db: Database, times: readonly ReportTime[]): (after: number, to: number) => Map<number, number[]> {
  const find = db.prepare<unknown[], { event: number; host: number; subject: string | null }>(
    "SELECT e.host_event_id AS event, e.host_id AS host, e.subject FROM host_events e WHERE e.host_id > ? AND e.host_id <= ? AND e.kind = 'reported' AND e.at >= ? AND e.at <= ?",
  );
  return (after, to) => {
    const of = new Map<number, number[]>();
    for (const time of times) {
      for (const { event, host, subject } of find.all(after, to, time.from, time.to)) {
        if (subject === null || !time.names.has(subject)) continue;
        const known = of.get(host) ?? [];
        if (!known.includes(event)) of.set(host, [...known, event]);
      }
    }
    return of;
  };
}
