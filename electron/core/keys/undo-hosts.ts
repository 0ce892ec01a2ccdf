// The hosts of an import that is undone: those it brought in go when nothing else knows them, and what it said of others is taken back.
import type { Database } from '../../store/database.ts';
import type { HostState } from '../codes.ts';
import { writeStanding } from '../remediation/host-standing.ts';
import { cell, jsonRows } from './json-rows.ts';
import { openOwnReports, reportTimes, reportTimesGivenUp, type ReportTime } from './own-reports.ts';
import { inSlices } from './slices.ts';
import type { Undo } from './undo-import.ts';

interface Row {
  host_id: number; hostname: string; state: HostState; own: number; /** Of an import that was undone before. */ nobodys: number; has_key: number; listed: number; said_down: number; attempts: number; events: number;
}

const LISTS_OF_HOSTS = "('host-names', 'network-listing', 'hosts-json', 'inventory-json', 'computers-csv', 'falcon-impacted-csv', 'falcon-hosts-csv', 'intune-csv', 'entra-devices-csv', 'configmgr-csv', 'servicenow-csv', 'snipe-it-csv', 'hosts-csv', 'inventory-csv', 'xlsx', 'sqlite')";

/** @returns Yields between transactions of about 15 ms. Call it when the key records are done with. */
export function* undoHosts(undo: Undo): Generator<void> {
  const { db, importId } = undo;
  const times = reportTimes(db, importId);
  const last = db.prepare<[], { n: number | null }>('SELECT max(host_id) AS n FROM hosts').get()?.n ?? 0;
  // What this import listed is said no more; what is left of listings is others'. File by file it would be a run through all hosts for each of perhaps 100,000.
  const isOwn = (file: string): string => `EXISTS (SELECT 1 FROM import_files f WHERE f.import_file_id = ${file} AND f.import_id = :importId)`;
  const unlist = db.prepare(`DELETE FROM host_listings WHERE host_id > :from AND host_id <= :to AND ${isOwn('host_listings.import_file_id')}`);
  yield* inSlices(db, last, (from, to) => { unlist.run({ from, to, importId }); });
  const isListedLater = db.prepare<[number], { n: number }>(
    `SELECT count(*) AS n FROM import_files f JOIN imports i USING (import_id) WHERE i.import_id > ? AND i.undone_at IS NULL AND f.unchanged > 0 AND f.kind IN ${LISTS_OF_HOSTS}
        AND NOT EXISTS (SELECT 1 FROM host_listings l WHERE l.import_file_id = f.import_file_id)`, // lists from before listings were kept
  ).get(importId)?.n !== 0;
  // Also of imports that were undone before: what kept those hosts then may be what goes now.
  const isNobodys = 'EXISTS (SELECT 1 FROM import_files f JOIN imports i USING (import_id) WHERE f.import_file_id = h.import_file_id AND i.undone_at IS NOT NULL)';
  const findOwn = db.prepare<unknown[], { id: number }>(`SELECT h.host_id AS id FROM hosts h WHERE h.host_id > :from AND h.host_id <= :to AND (${isOwn('h.import_file_id')} OR ${isNobodys})`);
  const find = db.prepare<unknown[], Row>(
    `SELECT h.host_id, h.hostname, h.state, ${isOwn('h.import_file_id')} AS own, ${isNobodys} AS nobodys,
            EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id) OR EXISTS (SELECT 1 FROM laps_passwords p WHERE p.host_id = h.host_id) OR EXISTS (SELECT 1 FROM listed_keys l WHERE l.host_id = h.host_id) AS has_key,
            EXISTS (SELECT 1 FROM host_listings l WHERE l.host_id = h.host_id) AS listed, EXISTS (SELECT 1 FROM host_listings l WHERE l.host_id = h.host_id AND l.says_down = 1) AS said_down, (SELECT count(*) FROM attempts a WHERE a.host_id = h.host_id) AS attempts,
            (SELECT count(*) FROM host_events e WHERE e.host_id = h.host_id) + (SELECT count(*) FROM host_decisions d WHERE d.host_id = h.host_id OR d.other_host_id = h.host_id) + (SELECT count(*) FROM host_routes r WHERE r.host_id = h.host_id) AS events
       FROM hosts h WHERE h.host_id = :id`,
  );
  const reportsIn = openOwnReports(db, [...times, ...reportTimesGivenUp(db)]);
  const removal = openRemoval(db);

  function judge(row: Row, ownReports: readonly number[]): void {
    const isActedOn = row.events > ownReports.length || row.attempts > 0;
    const because = isActedOn ? 'has-events' : row.has_key === 1 ? 'has-keys' : row.listed === 1 || isListedLater ? 'maybe-listed-later' : null;
    if ((row.own === 1 || row.nobodys === 1) && because === null) {
      removal.note(row, ownReports);
      undo.removed.hosts += 1;
      undo.lostKey.delete(row.host_id);
      return;
    }
    // Down by another list, too: that one's word holds.
    if (ownReports.length > 0 && !isActedOn && row.said_down === 0 && !(row.own === 1 && isListedLater)) {
      removal.noteEvents(ownReports);
      if (row.state === 'reported' || row.state === 'ready') {
        writeStanding(db, row.host_id, { state: 'known', blockedReason: null, closedAs: null }, undo.at);
        undo.hostsPutBack += 1;
      }
    }
    if (row.own === 1 && because !== null) undo.stay('hosts', { keyProtectorId: null, hostname: row.hostname, because });
  }

  for (const time of times) yield* putBackVerified(undo, time);
  yield* inSlices(db, last, (from, to) => {
    const reports = reportsIn(from, to);
    const hosts = new Set([...findOwn.all({ from, to, importId }).map(({ id }) => id), ...reports.keys()]);
    for (const id of [...hosts].sort((one, other) => one - other)) {
      const row = find.get({ id, importId });
      if (row !== undefined) judge(row, reports.get(id) ?? []);
    }
    removal.carryOut();
  });
}

interface Removal {
  note(host: Pick<Row, 'host_id' | 'hostname'>, events: readonly number[]): void;
  noteEvents(events: readonly number[]): void;
  /** Call it in the transaction in which they were noted. */
  carryOut(): void;
}

/** Hosts and events that go together, each kind in one statement: in between others, the search of host names writes what it has to a piece of its own each time. */
function openRemoval(db: Database): Removal {
  const dropEvents = db.prepare('DELETE FROM host_events WHERE host_event_id IN (SELECT value FROM json_each(?))');
  const dropHosts = db.prepare('DELETE FROM hosts WHERE host_id IN (SELECT value FROM json_each(?))');
  const dropFromSearch = db.prepare(`INSERT INTO hosts_search (hosts_search, rowid, hostname) SELECT 'delete', ${cell(0)}, ${cell(1)} FROM json_each(?)`);
  const indexed = db.prepare<[], { n: number | null }>('SELECT max(id) AS n FROM hosts_search_docsize');
  let hosts: [id: number, name: string][] = [];
  let events: number[] = [];
  return {
    note({ host_id: id, hostname }, ofHost) {
      hosts.push([id, hostname]);
      events.push(...ofHost);
    },
    noteEvents(more) { events.push(...more); },
    carryOut() {
      if (events.length > 0) dropEvents.run(jsonRows(events));
      if (hosts.length > 0) {
        const { changes } = dropHosts.run(jsonRows(hosts.map(([id]) => id)));
        if (changes !== hosts.length) throw new Error(`${changes} of ${hosts.length} hosts were there`);
        const indexedTo = indexed.get()?.n ?? 0;
        dropFromSearch.run(jsonRows(hosts.filter(([id]) => id <= indexedTo)));
      }
      hosts = [];
      events = [];
    },
  };
}

/** A list that was a mistake is no evidence: hosts verified by it, and by nothing after it, are repaired again. */
function* putBackVerified(undo: Undo, { from: startedAt, to: finishedAt, names }: ReportTime): Generator<void> {
  const { db } = undo;
  const found = db.prepare<unknown[], { event: number; host: number; subject: string | null }>(
    `SELECT e.host_event_id AS event, e.host_id AS host, e.subject FROM hosts h JOIN host_events e ON e.host_id = h.host_id
      WHERE h.state = 'verified' AND e.kind = 'verified' AND e.at >= ? AND e.at <= ?
        AND NOT EXISTS (SELECT 1 FROM host_events later WHERE later.host_id = e.host_id AND later.host_event_id > e.host_event_id)`,
  ).all(startedAt, finishedAt).filter(({ subject }) => subject !== null && names.has(subject));
  const drop = db.prepare('DELETE FROM host_events WHERE host_event_id = ?');
  yield* inSlices(db, found.length, (from, to) => {
    for (const { event, host } of found.slice(from, to)) {
      drop.run(event);
      writeStanding(db, host, { state: 'repaired', blockedReason: null, closedAs: null }, undo.at);
      undo.hostsPutBack += 1;
    }
  });
}
