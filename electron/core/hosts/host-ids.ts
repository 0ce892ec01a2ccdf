// Keeps the IDs that sources give of hosts: every value with the first and the last row that gives it.
import type { Database } from '../../store/database.ts';
import type { HostIdKind } from '../codes.ts';
import { cell, jsonRows } from '../keys/json-rows.ts';
import { inSlices, MANY_AT_ONCE } from '../keys/slices.ts';
import type { StagedHostIds } from '../keys/staged-host-ids.ts';
import type { StoredHosts } from '../keys/store-hosts.ts';
import { openOwner, type MovedKeys } from './key-owners.ts';
import { prepared } from '../keys/prepared.ts';

/**
 * Takes in what a run says of IDs, hundreds at a time.
 *
 * @param fileOf Index of the staged host → import_file_id. @param hostIds Index of the staged host → host_id. @param isNew 1: the run made that host, so that it has no ID yet.
 * @returns Yields between transactions. Rows: host_ids, hosts, key_records.
 */
export function* storeHostIds(db: Database, fileOf: (host: number) => number, ids: StagedHostIds, { hostIds, isNew }: Pick<StoredHosts, 'hostIds' | 'isNew'>, moved: MovedKeys): Generator<void> {
  const known = prepared<[string], { place: number }>(db, `SELECT j.key AS place FROM json_each(?) j CROSS JOIN host_ids i ON i.kind = j.${cell(0)} AND i.value = j.${cell(1)} AND i.host_id = j.${cell(2)}`);
  const insert = prepared(db, `INSERT INTO host_ids SELECT ${cell(0)}, ${cell(1)}, ${cell(2)}, ${cell(3)}, ${cell(4)}, ${cell(3)}, ${cell(4)} FROM json_each(?) WHERE 1 ON CONFLICT DO UPDATE SET last_file_id = excluded.last_file_id, last_row = excluded.last_row`);
  const settle = openSettle(db);
  const owner = hasKeysOfDevices(db) ? openOwner(db, moved) : null;
  const isOnly = openIsOnly(ids, isNew);
  yield* inSlices(db, ids.hosts.length, (from, to) => {
    const given: GivenId[] = [];
    for (let at = from; at < to; at += 1) {
      const [kind, value, host = -1, row = 0] = [ids.kinds[at], ids.values[at], ids.hosts[at], ids.rows[at]];
      const hostId = hostIds[host] ?? 0;
      if (kind !== undefined && value !== undefined && hostId !== 0) given.push({ kind, value, host, cells: [kind, value, hostId, fileOf(host), row] });
    }
    const ofKnownHosts = given.filter(({ host }) => isNew[host] !== 1);
    const again = ofKnownHosts.length === 0 ? null : new Set(known.all(jsonRows(ofKnownHosts.map(({ cells }) => cells))).map(({ place }) => ofKnownHosts[place]));
    insert.run(jsonRows(given.map(({ cells }) => cells)));
    for (const id of given) {
      if (again?.has(id) === true) continue;
      if (!isOnly(id)) settle(id.cells[2], id.kind);
      if (id.kind === 'entra-device-id') owner?.ofDevice(id.value);
    }
  }, 2 * MANY_AT_ONCE);
}

/** `host`: index of the staged host. `cells`: kind, value, host_id, import_file_id, row. */
interface GivenId { readonly kind: HostIdKind; readonly value: string; readonly host: number; readonly cells: readonly [HostIdKind, string, number, number, number] }

/** @returns Whether a host has one value of that kind and no more: its row shows it already. */
function openIsOnly({ kinds, hosts }: StagedHostIds, isNew: Uint8Array): (id: GivenId) => boolean {
  const values = new Map<HostIdKind, Uint8Array>();
  hosts.forEach((host, at) => {
    const kind = kinds[at];
    if (kind === undefined) return;
    let ofKind = values.get(kind);
    if (ofKind === undefined) values.set(kind, ofKind = new Uint8Array(isNew.length));
    ofKind[host] = Math.min(2, (ofKind[host] ?? 0) + 1);
  });
  return ({ kind, host }) => isNew[host] === 1 && values.get(kind)?.[host] === 1;
}

const hasKeysOfDevices = (db: Database): boolean => prepared(db, 'SELECT 1 WHERE EXISTS (SELECT 1 FROM key_records WHERE entra_device_id IS NOT NULL) OR EXISTS (SELECT 1 FROM key_devices)').get() !== undefined;

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
