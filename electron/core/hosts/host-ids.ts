// Keeps the IDs that sources give of hosts: every value with the first and the last row that gives it.
import type { Database } from '../../store/database.ts';
import type { HostIdKind } from '../codes.ts';
import { inSlices } from '../keys/slices.ts';
import type { StagedHostIds } from '../keys/staged-hosts.ts';
import { openOwner, openWriteHostId, type MovedKeys } from './key-owners.ts';
import { prepared } from '../keys/prepared.ts';

/** @param fileOf Index of the staged host → import_file_id. @param hostIds Index of the staged host → host_id. @returns Yields between transactions. Rows: host_ids, hosts, key_records. */
export function* storeHostIds(db: Database, fileOf: (host: number) => number, ids: StagedHostIds, hostIds: Float64Array, moved: MovedKeys): Generator<void> {
  const write = openWriteHostId(db);
  const settle = openSettle(db);
  const owner = openOwner(db, moved);
  yield* inSlices(db, ids.hosts.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const [kind, value, host = -1, row = 0] = [ids.kinds[at], ids.values[at], ids.hosts[at], ids.rows[at]];
      const hostId = hostIds[host] ?? 0;
      if (kind === undefined || value === undefined || hostId === 0 || !write(kind, value, hostId, fileOf(host), row)) continue;
      settle(hostId, kind);
      if (kind === 'entra-device-id') owner.ofDevice(value);
    }
  });
}

/** Takes back what the files of an import said of IDs. @returns Yields between transactions. Rows: host_ids, hosts, key_records. */
export function* undoHostIds(db: Database, importId: number, moved: MovedKeys): Generator<void> {
  const isOwn = (file: string): string => `EXISTS (SELECT 1 FROM import_files f WHERE f.import_file_id = host_ids.${file} AND f.import_id = :importId)`;
  const range = 'host_id > :from AND host_id <= :to';
  const last = prepared<[], { n: number | null }>(db, 'SELECT max(host_id) AS n FROM host_ids').get()?.n ?? 0;
  const gone = prepared<unknown[], { kind: HostIdKind; value: string; host: number }>(db, `DELETE FROM host_ids WHERE ${range} AND ${isOwn('first_file_id')} AND ${isOwn('last_file_id')} RETURNING kind, value, host_id AS host`);
  const first = prepared(db, `UPDATE host_ids SET first_file_id = last_file_id, first_row = last_row WHERE ${range} AND ${isOwn('first_file_id')}`);
  const later = prepared(db, `UPDATE host_ids SET last_file_id = first_file_id, last_row = first_row WHERE ${range} AND ${isOwn('last_file_id')}`);
  const settle = openSettle(db, 1);
  const owner = openOwner(db, moved);
  yield* inSlices(db, last, (from, to) => {
    const removed = gone.all({ from, to, importId });
    first.run({ from, to, importId });
    later.run({ from, to, importId });
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
