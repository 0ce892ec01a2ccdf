// The hosts of an import that is undone: those it brought in go when nothing else knows them, and what it said of others is taken back.
import type { HostState } from '../codes.ts';
import { writeStanding } from '../remediation/host-standing.ts';
import { inSlices } from './slices.ts';
import { putBackReady } from './store-hosts.ts';
import type { Undo } from './undo-import.ts';

interface Row {
  host_id: number; hostname: string; state: HostState; own: number; has_key: number; listed: number; attempts: number; events: number; own_reports: number;
}

/** An event "reported" has the file's name and the time of its run; there is no closer tie. */
const OWN_REPORT = `e.kind = 'reported' AND e.at >= :startedAt AND e.at <= :finishedAt AND e.subject IN (SELECT name FROM import_files WHERE import_id = :importId)`;
const LISTS_OF_HOSTS = "('host-names', 'hosts-json', 'computers-csv', 'falcon-impacted-csv', 'falcon-hosts-csv', 'intune-csv', 'entra-devices-csv', 'configmgr-csv', 'servicenow-csv', 'snipe-it-csv', 'hosts-csv', 'inventory-csv', 'xlsx', 'sqlite')";

/** @returns Yields between transactions of about 15 ms. Call it when the key records are done with. */
export function* undoHosts(undo: Undo): Generator<void> {
  const { db, importId } = undo;
  const run = db.prepare<[number], { startedAt: string; finishedAt: string | null }>('SELECT started_at AS startedAt, finished_at AS finishedAt FROM imports WHERE import_id = ?').get(importId);
  if (run === undefined) return;
  // What this import listed is said no more; what is left of listings is others'.
  const unlist = db.prepare('DELETE FROM host_listings WHERE import_file_id = ? AND host_id > ? AND host_id <= ?');
  const lastHost = db.prepare<[], { n: number | null }>('SELECT max(host_id) AS n FROM hosts').get()?.n ?? 0;
  for (const { id } of db.prepare<[number], { id: number }>('SELECT import_file_id AS id FROM import_files WHERE import_id = ?').all(importId)) yield* inSlices(db, lastHost, (from, to) => { unlist.run(id, from, to); });
  const bind = { importId, startedAt: run.startedAt, finishedAt: run.finishedAt ?? '9999' };
  const last = db.prepare<[], { n: number | null }>('SELECT max(host_id) AS n FROM hosts').get()?.n ?? 0;
  const isListedLater = db.prepare<[number], { n: number }>(
    `SELECT count(*) AS n FROM import_files f JOIN imports i USING (import_id) WHERE i.import_id > ? AND i.undone_at IS NULL AND f.unchanged > 0 AND f.kind IN ${LISTS_OF_HOSTS}
        AND NOT EXISTS (SELECT 1 FROM host_listings l WHERE l.import_file_id = f.import_file_id)`, // lists from before listings were kept
  ).get(importId)?.n !== 0;
  const find = db.prepare<unknown[], Row>(
    `SELECT * FROM (
       SELECT h.host_id, h.hostname, h.state, coalesce(h.import_file_id IN (SELECT import_file_id FROM import_files WHERE import_id = :importId), 0) AS own,
              EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id) AS has_key,
              EXISTS (SELECT 1 FROM host_listings l WHERE l.host_id = h.host_id) AS listed, (SELECT count(*) FROM attempts a WHERE a.host_id = h.host_id) AS attempts,
              (SELECT count(*) FROM host_events e WHERE e.host_id = h.host_id) + (SELECT count(*) FROM host_decisions d WHERE d.host_id = h.host_id OR d.other_host_id = h.host_id) AS events,
              (SELECT count(*) FROM host_events e WHERE e.host_id = h.host_id AND ${OWN_REPORT}) AS own_reports
         FROM hosts h WHERE h.host_id > :from AND h.host_id <= :to)
      WHERE own = 1 OR own_reports > 0`,
  );
  const dropReports = db.prepare(`DELETE FROM host_events AS e WHERE e.host_id = :hostId AND ${OWN_REPORT}`);
  const drop = db.prepare('DELETE FROM hosts WHERE host_id = ?');
  const indexedTo = db.prepare<[], { n: number | null }>('SELECT max(id) AS n FROM hosts_search_docsize').get()?.n ?? 0;
  const dropFromSearch = db.prepare("INSERT INTO hosts_search (hosts_search, rowid, hostname) VALUES ('delete', ?, ?)");

  function remove(row: Row): void {
    dropReports.run({ ...bind, hostId: row.host_id });
    if (row.host_id <= indexedTo) dropFromSearch.run(row.host_id, row.hostname);
    if (drop.run(row.host_id).changes !== 1) throw new Error(`host ${row.host_id} was not there`);
    undo.removed.hosts += 1;
    undo.lostKey.delete(row.host_id);
  }

  function judge(row: Row): void {
    const isActedOn = row.events > row.own_reports || row.attempts > 0;
    const because = isActedOn ? 'has-events' : row.has_key === 1 ? 'has-keys' : row.listed === 1 || isListedLater ? 'maybe-listed-later' : null;
    if (row.own === 1 && because === null) return remove(row);
    if (row.own_reports > 0 && !isActedOn && !(row.own === 1 && because === 'maybe-listed-later')) {
      dropReports.run({ ...bind, hostId: row.host_id });
      if (row.state === 'reported' || row.state === 'ready') {
        writeStanding(db, row.host_id, { state: 'known', blockedReason: null, closedAs: null }, undo.at);
        undo.hostsPutBack += 1;
      }
    }
    if (row.own === 1 && because !== null) undo.stay('hosts', { keyProtectorId: null, hostname: row.hostname, because });
  }

  yield* putBackVerified(undo, bind);
  yield* inSlices(db, last, (from, to) => find.all({ ...bind, from, to }).forEach(judge));
  yield* putBackReady(db, [...undo.lostKey], undo.at, () => { undo.hostsPutBack += 1; });
}

/** A list that was a mistake is no evidence: hosts verified by it, and by nothing after it, are repaired again. */
function* putBackVerified(undo: Undo, bind: { readonly importId: number; readonly startedAt: string; readonly finishedAt: string }): Generator<void> {
  const { db } = undo;
  const found = db.prepare<unknown[], { event: number; host: number }>(
    `SELECT e.host_event_id AS event, e.host_id AS host FROM hosts h JOIN host_events e ON e.host_id = h.host_id
      WHERE h.state = 'verified' AND e.kind = 'verified' AND e.at >= :startedAt AND e.at <= :finishedAt AND e.subject IN (SELECT name FROM import_files WHERE import_id = :importId)
        AND NOT EXISTS (SELECT 1 FROM host_events later WHERE later.host_id = e.host_id AND later.host_event_id > e.host_event_id)`,
  ).all(bind);
  const drop = db.prepare('DELETE FROM host_events WHERE host_event_id = ?');
  yield* inSlices(db, found.length, (from, to) => {
    for (const { event, host } of found.slice(from, to)) {
      drop.run(event);
      writeStanding(db, host, { state: 'repaired', blockedReason: null, closedAs: null }, undo.at);
      undo.hostsPutBack += 1;
    }
  });
}
