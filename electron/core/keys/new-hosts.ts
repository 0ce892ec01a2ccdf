// Hosts that the desk did not know, put into the store hundreds at a time, with what is kept of each.
import type { Database } from '../../store/database.ts';
import { COUNT_NEW_HOSTS } from '../../store/migrations/0033-hosts-counted-together.ts';
import { packSaidAt } from '../hosts/newest-facts.ts';
import { FEW_BEYOND, indexHostnames } from './host-search.ts';
import { cell, jsonRows, type JsonCell } from './json-rows.ts';
import { prepared } from './prepared.ts';
import { factsAt, FILLABLE, type StagedHosts } from './staged-hosts.ts';
import type { RunSource, StoredHosts } from './store-hosts.ts';

/** Columns of hosts for FILLABLE, in that order. */
export const FACT_COLUMNS = [
  'dns_name', 'domain', 'organizational_unit', 'site', 'operating_system', 'maker', 'model', 'serial_number', 'asset_tag', 'user_name', 'entra_device_id', 'last_seen_at', 'description',
] as const;

const OWN_CELLS = 5;
const [NAME, STATE, FILE, SAID, ROW] = [cell(0), cell(1), cell(2), cell(3), cell(4)];

/**
 * @returns Writes those of the staged hosts that are not there yet, by their indices. Call it in a transaction.
 *          Rows: hosts, hosts_search, host_events, host_listings, and what migration 0018 keeps.
 */
export function openNewHosts(db: Database, { importFileId, name, operator, at }: RunSource, staged: StagedHosts, stored: StoredHosts): (indices: readonly number[]) => void {
  const said = FILLABLE.flatMap((field, n) => {
    const column = staged.facts[field];
    return column === null ? [] : [{ name: FACT_COLUMNS[n] ?? 'site', column }];
  });
  const lastSeen = said.findIndex((one) => one.name === 'last_seen_at');
  const factsSaid = (index: number): string => {
    const saidAt = staged.saidAt[index] ?? null;
    return saidAt === null ? (staged.facts.lastSeenAt?.[index] ?? '') : packSaidAt(factsAt(staged, index), saidAt);
  };

  const last = prepared<[], { n: number | null }>(db, 'SELECT max(host_id) AS n FROM hosts');
  const insert = prepared(
    db,
    `INSERT INTO hosts (${['host_id, hostname, state, state_at, created_at, import_file_id, facts_said', ...said.map((one) => one.name)].join(', ')})
     SELECT ${[`:first + key, ${NAME}, ${STATE}, :at, :at, ${FILE}, ${SAID}`, ...said.map((_, n) => cell(OWN_CELLS + n))].join(', ')} FROM json_each(:hosts)`,
  );
  const report = prepared(db, `INSERT INTO host_events (host_id, at, kind, operator, subject, detail) SELECT :first + key, :at, 'reported', :operator, :name, ${ROW} FROM json_each(:hosts) WHERE ${STATE} = 'reported'`);
  const list = prepared(db, `INSERT INTO host_listings (import_file_id, host_id, last_seen_at, says_down) SELECT :importFileId, :first + key, ${lastSeen === -1 ? 'NULL' : cell(OWN_CELLS + lastSeen)}, ${STATE} = 'reported' FROM json_each(:hosts) WHERE ${ROW} <> 0`);
  const count = COUNT_NEW_HOSTS.map((sql) => prepared(db, sql));

  return (indices) => {
    const first = (last.get()?.n ?? 0) + 1;
    let listed = 0;
    let reported = 0;
    const hosts = jsonRows(indices.map((index, n): JsonCell[] => {
      const row = staged.listedRow[index] ?? 0;
      const isReported = row !== 0 && staged.reported[index] === true;
      if (row !== 0) listed += 1;
      if (isReported) {
        reported += 1;
        stored.waiting.add(first + n);
      }
      stored.hostIds[index] = first + n;
      stored.isNew[index] = 1;
      stored.several?.created(index);
      return [staged.hostnames[index] ?? '', isReported ? 'reported' : 'known', stored.several?.fileOf(index) ?? importFileId, factsSaid(index), row, ...said.map(({ column }) => column[index] ?? null)];
    }));
    if (insert.run({ first, at, hosts }).changes !== indices.length) throw new Error(`not all of ${indices.length} hosts were written`);
    if (reported > 0) report.run({ first, at, operator, name, hosts });
    if (listed > 0) list.run({ importFileId, first, hosts });
    for (const statement of count) statement.run({ first });
    indexHostnames(db, FEW_BEYOND);
    stored.created += indices.length;
    stored.imported += listed;
  };
}
