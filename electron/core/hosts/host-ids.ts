// Keeps the IDs that sources give of hosts: every value with the first and the last row that gives it.
import type { Database } from '../../store/database.ts';
import type { HostIdKind } from '../codes.ts';
import { inSlices } from '../keys/slices.ts';
import type { StagedHostId } from '../keys/staged-rows.ts';
import { openOwner, openWriteHostId, type MovedKeys } from './key-owners.ts';
import { prepared } from '../keys/prepared.ts';

/** @param hostIds Index of the staged host → host_id. @returns Yields between transactions. Rows: host_ids, hosts, key_records. */
export function* storeHostIds(db: Database, importFileId: number, ids: readonly StagedHostId[], hostIds: Float64Array, moved: MovedKeys): Generator<void> {
  const write = openWriteHostId(db);
  const settle = openSettle(db);
  const owner = openOwner(db, moved);
  const sorted = ids.toSorted((a, b) => (a.kind === b.kind ? (a.value < b.value ? -1 : 1) : a.kind < b.kind ? -1 : 1));
  yield;
  yield* inSlices(db, sorted.length, (from, to) => {
    for (const { host, kind, value, row } of sorted.slice(from, to)) {
      const hostId = hostIds[host] ?? 0;
      if (hostId === 0 || !write(kind, value, hostId, importFileId, row)) continue;
      settle(hostId, kind);
      if (kind === 'entra-device-id') owner.ofDevice(value);
    }
  });
}

/** Takes back what the files of an import said of IDs. @returns Yields between transactions. Rows: host_ids, hosts, key_records. */
export function* undoHostIds(db: Database, importId: number, moved: MovedKeys): Generator<void> {
  const files = prepared<[number], { id: number }>(db, 'SELECT import_file_id AS id FROM import_files WHERE import_id = ?').all(importId).map(({ id }) => id);
  const OWN = `(${files.map(Number).join(', ')})`;
  const last = prepared<[], { n: number | null }>(db, 'SELECT max(host_id) AS n FROM host_ids').get()?.n ?? 0;
  const gone = prepared<[number, number], { kind: HostIdKind; value: string; host: number }>(db, `DELETE FROM host_ids WHERE host_id > ? AND host_id <= ? AND first_file_id IN ${OWN} AND last_file_id IN ${OWN} RETURNING kind, value, host_id AS host`);
  const first = prepared(db, `UPDATE host_ids SET first_file_id = last_file_id, first_row = last_row WHERE host_id > ? AND host_id <= ? AND first_file_id IN ${OWN}`);
  const later = prepared(db, `UPDATE host_ids SET last_file_id = first_file_id, last_row = first_row WHERE host_id > ? AND host_id <= ? AND last_file_id IN ${OWN}`);
  const settle = openSettle(db, 1);
  const owner = openOwner(db, moved);
  yield* inSlices(db, last, (from, to) => {
    const removed = gone.all(from, to);
    first.run(from, to);
    later.run(from, to);
    for (const { kind, value, host } of removed) {
      settle(host, kind);
      if (kind === 'key-protector-id') owner.ofKey(value);
      else if (kind === 'entra-device-id') owner.ofDevice(value, host);
    }
  });
}

/** Which column of hosts shows the first of several values. */
const COLUMN_OF: Partial<Record<HostIdKind, string>> = { 'serial-number': 'serial_number', 'entra-device-id': 'entra_device_id', 'dns-name': 'dns_name' };

/** Of several values the row of a host shows the one that sorts first. `least`: how many there have to be; with one alone the row shows it anyway, unless others went. */
function openSettle(db: Database, least = 2): (hostId: number, kind: HostIdKind) => void {
  const of = prepared<[number, string], { value: string }>(db, 'SELECT value FROM host_ids WHERE host_id = ? AND kind = ? ORDER BY value LIMIT 2');
  const show = new Map(Object.entries(COLUMN_OF).map(([kind, column]) => [kind, prepared(db, `UPDATE hosts SET ${column} = ? WHERE host_id = ?`)]));
  return (hostId, kind) => {
    const statement = show.get(kind);
    if (statement === undefined) return;
    const values = of.all(hostId, kind);
    const [first] = values;
    if (first !== undefined && values.length >= least) statement.run(first.value, hostId);
  };
}
