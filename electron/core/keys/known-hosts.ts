// Hosts of a run that the desk knows already: found hundreds at a time, and given what the run adds to them.
import type { Database } from '../../store/database.ts';
import type { BlockedReason, ClosedAs, HostState } from '../codes.ts';
import { standsFor } from '../hosts/joined.ts';
import { mergeFacts, packSaidAt, unpackSaidAt, type MergedFacts, type SaidAt } from '../hosts/newest-facts.ts';
import { writeHostEvent, writeStanding } from '../remediation/host-standing.ts';
import { verifySeenAlive } from '../remediation/seen-alive.ts';
import { transition, type Standing } from '../remediation/transitions.ts';
import { cell, jsonRows, type JsonCell } from './json-rows.ts';
import { FACT_COLUMNS } from './new-hosts.ts';
import { prepared } from './prepared.ts';
import { factsAt, FILLABLE, type StagedHosts } from './staged-hosts.ts';
import type { RunSource, StoredHosts } from './store-hosts.ts';

interface KnownHost { host_id: number; state: HostState; state_at: string; blocked_reason: BlockedReason | null; closed_as: ClosedAs | null; joined_into: number | null; facts_said: string | null; has_key: number; [column: string]: string | number | null }

export interface KnownHosts {
  /** @returns Those of the staged hosts that are there, by their indices. */
  find(indices: readonly number[]): Map<number, KnownHost>;
  /** Takes in what the run says of one. @returns The host_id it counts for. */
  take(found: KnownHost, index: number): number;
  /** Writes what was taken in and waits; call it in the transaction that found the hosts. */
  write(): void;
}

const COLUMNS = `h.host_id, h.state, h.state_at, h.blocked_reason, h.closed_as, h.joined_into, h.facts_said, EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id) AS has_key, ${FACT_COLUMNS.map((column) => `h.${column}`).join(', ')}`;
/** So many hosts of which the same columns change are worth a statement of their own. */
const WORTH_A_STATEMENT = 8;

/** @returns Rows of what it does: hosts, host_listings, host_events. */
export function openKnownHosts(db: Database, source: RunSource, staged: StagedHosts, stored: StoredHosts): KnownHosts {
  const findAll = prepared<[string], KnownHost & { place: number }>(db, `SELECT j.key AS place, ${COLUMNS} FROM json_each(?) j CROSS JOIN hosts h ON h.hostname = j.value`);
  const findById = prepared<[number], KnownHost>(db, `SELECT ${COLUMNS} FROM hosts h WHERE h.host_id = ?`);
  const list = prepared(db, `INSERT INTO host_listings (import_file_id, host_id, last_seen_at, says_down) SELECT :file, ${cell(0)}, ${cell(1)}, ${cell(2)} FROM json_each(:rows) WHERE 1
    ON CONFLICT DO UPDATE SET last_seen_at = max(coalesce(last_seen_at, excluded.last_seen_at), coalesce(excluded.last_seen_at, last_seen_at)), says_down = max(says_down, excluded.says_down)`);
  let listed: JsonCell[][] = [];
  /** Columns that change → hosts, each with all of its facts. */
  let changed = new Map<string, { readonly columns: readonly string[]; readonly rows: JsonCell[][] }>();
  /** Hosts for which something was taken in since they were found. */
  let taken = new Set<number>();

  const noteReport = (hostId: number, at: string, row: number): void =>
    writeHostEvent(db, { hostId, at, kind: 'reported', operator: source.operator, subject: source.name, detail: String(row) });

  function write(): void {
    if (listed.length > 0) list.run({ file: source.importFileId, rows: jsonRows(listed) });
    for (const { columns, rows } of changed.values()) writeFacts(db, rows.length < WORTH_A_STATEMENT ? FACT_COLUMNS : columns, rows);
    listed = [];
    changed = new Map();
  }

  function change(host: KnownHost, before: MergedFacts, facts: MergedFacts, saidAt: SaidAt): void {
    const columns = FACT_COLUMNS.filter((_, n) => facts[FILLABLE[n] ?? 'site'] !== before[FILLABLE[n] ?? 'site']);
    const name = columns.join(' ');
    let same = changed.get(name);
    if (same === undefined) changed.set(name, same = { columns, rows: [] });
    same.rows.push([host.host_id, packSaidAt(facts, saidAt), ...FILLABLE.map((field) => facts[field])]);
  }

  /** Whom a name stands for; two names of a run may stand for one. */
  function current(found: KnownHost): KnownHost {
    if (found.joined_into === null && !taken.has(found.host_id)) return found;
    write();
    return findById.get(standsFor(db, found.host_id)) ?? found;
  }

  return {
    write,
    find(indices) {
      taken = new Set();
      const hosts = findAll.all(jsonRows(indices.map((index) => staged.hostnames[index] ?? '')));
      return new Map(hosts.map((host) => [indices[host.place] ?? -1, host]));
    },
    take(found, index) {
      const facts = factsAt(staged, index);
      const saidAt = staged.saidAt[index] ?? null;
      const listedRow = staged.listedRow[index] ?? 0;
      const isReported = listedRow !== 0 && staged.reported[index] === true;
      const host = current(found);
      taken.add(host.host_id);
      if (FILLABLE.some((field) => facts[field] !== null)) {
        const before = factsOf(host);
        const merged = mergeFacts(before, unpackSaidAt(host.facts_said), facts, saidAt);
        if (merged !== null) change(host, before, merged.facts, merged.saidAt);
      }
      if (listedRow !== 0) listed.push([host.host_id, facts.lastSeenAt, isReported ? 1 : 0]);
      const at = laterOf(source.at, host.state_at);
      const standing: Standing = { state: host.state, blockedReason: host.blocked_reason, closedAs: host.closed_as };
      if (host.state === 'repaired' && listedRow !== 0 && verifySeenAlive(db, { ...source, at }, host.host_id, { lastSeenAt: facts.lastSeenAt, affected: staged.affected[index] ?? null }, listedRow)) {
        stored.imported += 1;
        return host.host_id;
      }
      const moved = isReported ? transition(standing, { kind: 'reported', hasKey: host.has_key === 1 }) : null;
      const now = moved?.status === 'ok' ? moved.standing : standing;
      if (now.state !== standing.state) {
        writeStanding(db, host.host_id, now, at);
        noteReport(host.host_id, at, listedRow);
        stored.imported += 1;
      } else if (listedRow !== 0) stored.unchanged += 1;
      if (isWaiting(now)) stored.waiting.add(host.host_id);
      return host.host_id;
    },
  };
}

/** What an import brings does not move a host earlier than it was moved while the import ran. Instants as the store writes them. */
export const laterOf = (at: string, stateAt: string): string => (stateAt > at ? stateAt : at);

/** @param columns Those that change. @param rows Each with host_id, when its facts were said, and all of FACT_COLUMNS. */
function writeFacts(db: Database, columns: readonly string[], rows: readonly (readonly JsonCell[])[]): void {
  const set = FACT_COLUMNS.flatMap((column, n) => (columns.includes(column) ? [`${column} = ${cell(2 + n)}`] : []));
  const { changes } = prepared(db, `UPDATE hosts SET ${[`facts_said = ${cell(1)}`, ...set].join(', ')} FROM json_each(?) WHERE host_id = ${cell(0)}`).run(jsonRows(rows));
  if (changes !== rows.length) throw new Error(`${changes} of ${rows.length} hosts were changed`);
}

const isWaiting = (standing: Standing): boolean => {
  const moved = transition(standing, { kind: 'key-found' });
  return moved.status === 'ok' && moved.changed;
};

/** Columns and facts stand in one order. */
const factsOf = (known: KnownHost): MergedFacts => Object.fromEntries(FILLABLE.map((field, at) => [field, known[FACT_COLUMNS[at] ?? ''] ?? null])) as MergedFacts; // every fact of it is among FILLABLE
