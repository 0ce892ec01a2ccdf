// Puts the hosts of a run into the store: new ones in order of their names, known ones with what was still empty about them.
import type { Database } from '../../store/database.ts';
import type { BlockedReason, ClosedAs, HostState } from '../codes.ts';
import { writeHostEvent, writeStanding } from '../remediation/host-standing.ts';
import { transition, type Standing } from '../remediation/transitions.ts';
import { verifySeenAlive } from '../remediation/seen-alive.ts';
import { standsFor } from '../hosts/joined.ts';
import { mergeFacts, packSaidAt, unpackSaidAt, type MergedFacts } from '../hosts/newest-facts.ts';
import { indexHostnames } from './host-search.ts';
import { inSlices } from './slices.ts';
import { FILLABLE, factsAt, type StagedHosts } from './staged-hosts.ts';
import { prepared } from './prepared.ts';

/** The file a run comes from; of rows of several files, the first. */
export interface RunSource { readonly importFileId: number; readonly name: string; readonly operator: string; readonly at: string }

export interface StoredHosts {
  /** Index of the staged host → host_id. */
  readonly hostIds: Float64Array;
  /** Hosts whose standing a key would change. */
  readonly waiting: Set<number>;
  created: number;
  /** Told of the index of each that was new; and the file it is from, where the run comes from several. */
  readonly several?: { created(index: number): void; fileOf(index: number): number };
  /** Host rows that made a host known or reported, and those that changed nothing of that. */
  imported: number;
  unchanged: number;
}

interface KnownHost { host_id: number; state: HostState; blocked_reason: BlockedReason | null; closed_as: ClosedAs | null; joined_into: number | null; facts_said: string | null; has_key: number; [column: string]: string | number | null }

const COLUMNS = [
  'dns_name', 'domain', 'organizational_unit', 'site', 'operating_system', 'maker', 'model', 'serial_number', 'asset_tag', 'user_name', 'entra_device_id', 'last_seen_at', 'description',
] as const;

const KNOWN = `SELECT host_id, state, blocked_reason, closed_as, joined_into, facts_said, EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id) AS has_key, ${COLUMNS.join(', ')} FROM hosts h`;

/** @returns Yields between transactions. Rows: hosts, hosts_search, host_events. A host list moves a host as `transition` says. */
export function* storeHosts(db: Database, source: RunSource, staged: StagedHosts, stored: StoredHosts): Generator<void> {
  const insert = prepared(db, 
    `INSERT INTO hosts (hostname, state, state_at, created_at, import_file_id, facts_said, ${COLUMNS.join(', ')}) VALUES (?, ?, ?, ?, ?, ?${', ?'.repeat(COLUMNS.length)}) ON CONFLICT (hostname) DO NOTHING`,
  );
  const find = prepared<[string], KnownHost>(db, 
    `${KNOWN} WHERE hostname = ?`,
  );
  const findById = prepared<[number], KnownHost>(db, `${KNOWN} WHERE host_id = ?`);
  const write = prepared(db, `UPDATE hosts SET facts_said = ?, ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE host_id = ?`);
  const list = prepared(db, 'INSERT INTO host_listings (import_file_id, host_id, last_seen_at, says_down) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last_seen_at = max(coalesce(last_seen_at, excluded.last_seen_at), coalesce(excluded.last_seen_at, last_seen_at)), says_down = max(says_down, excluded.says_down)');
  yield;

  function store(index: number): void {
    const hostname = staged.hostnames[index];
    if (hostname === undefined) return;
    const facts = factsAt(staged, index);
    const saidAt = staged.saidAt[index] ?? null;
    const row = staged.listedRow[index] ?? 0;
    const isReported = row !== 0 && staged.reported[index] === true;
    const state = isReported ? 'reported' : 'known';
    const { changes, lastInsertRowid } = insert.run(hostname, state, source.at, source.at, stored.several?.fileOf(index) ?? source.importFileId, packSaidAt(facts, saidAt), ...valuesOf(facts));
    if (changes === 1) {
      const hostId = Number(lastInsertRowid);
      stored.hostIds[index] = hostId;
      stored.created += 1;
      stored.several?.created(index);
      if (row !== 0) stored.imported += 1;
      if (row !== 0) list.run(source.importFileId, hostId, facts.lastSeenAt, isReported ? 1 : 0);
      if (isReported) {
        stored.waiting.add(hostId);
        noteReport(hostId, row);
      }
      return;
    }
    const named = find.get(hostname);
    const known = named === undefined || named.joined_into === null ? named : findById.get(standsFor(db, named.host_id));
    if (known === undefined) return;
    stored.hostIds[index] = known.host_id;
    const merged = FILLABLE.every((field) => facts[field] === null) ? null : mergeFacts(factsOf(known), unpackSaidAt(known.facts_said), facts, saidAt);
    if (merged !== null) write.run(packSaidAt(merged.facts, merged.saidAt), ...valuesOf(merged.facts), known.host_id);
    if (row !== 0) list.run(source.importFileId, known.host_id, facts.lastSeenAt, isReported ? 1 : 0);
    const standing: Standing = { state: known.state, blockedReason: known.blocked_reason, closedAs: known.closed_as };
    if (known.state === 'repaired' && row !== 0 && verifySeenAlive(db, source, known.host_id, { lastSeenAt: facts.lastSeenAt, affected: staged.affected[index] ?? null }, row)) {
      stored.imported += 1;
      return;
    }
    const moved = isReported ? transition(standing, { kind: 'reported', hasKey: known.has_key === 1 }) : null;
    const now = moved?.status === 'ok' ? moved.standing : standing;
    if (now.state !== standing.state) {
      writeStanding(db, known.host_id, now, source.at);
      noteReport(known.host_id, row);
      stored.imported += 1;
    } else if (row !== 0) stored.unchanged += 1;
    if (isWaiting(now)) stored.waiting.add(known.host_id);
  }

  const noteReport = (hostId: number, row: number): void =>
    writeHostEvent(db, { hostId, at: source.at, kind: 'reported', operator: source.operator, subject: source.name, detail: String(row) });

  yield* inSlices(db, staged.count, (from, to) => {
    for (const index of staged.order.subarray(from, to)) store(index);
    indexHostnames(db);
  });
}

/** Moves the hosts that waited for a key and have one now. Rows: hosts. */
export function* wakeHosts(db: Database, source: RunSource, hostIds: readonly number[]): Generator<void> {
  const find = prepared<[number], Pick<KnownHost, 'state' | 'blocked_reason' | 'closed_as'>>(db, 'SELECT state, blocked_reason, closed_as FROM hosts WHERE host_id = ?');
  yield* inSlices(db, hostIds.length, (from, to) => {
    for (const hostId of hostIds.slice(from, to)) {
      const row = find.get(hostId);
      if (row === undefined) continue;
      const moved = transition({ state: row.state, blockedReason: row.blocked_reason, closedAs: row.closed_as }, { kind: 'key-found' });
      if (moved.status === 'ok' && moved.changed) writeStanding(db, hostId, moved.standing, source.at);
    }
  });
}

/** Ready means: said to be down, and there is a key. A host that lost its only key is what it was before. @returns Yields between transactions; `putBack` tells of each. Rows: hosts. */
export function* putBackReady(db: Database, hostIds: readonly number[], at: string, putBack: () => void = () => undefined): Generator<void> {
  const find = prepared<[number], { host_id: number }>(db, "SELECT host_id FROM hosts h WHERE host_id = ? AND state = 'ready' AND NOT EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id)");
  yield* inSlices(db, hostIds.length, (from, to) => {
    for (const hostId of hostIds.slice(from, to)) {
      if (find.get(hostId) === undefined) continue;
      writeStanding(db, hostId, { state: 'reported', blockedReason: null, closedAs: null }, at);
      putBack();
    }
  });
}

const isWaiting = (standing: Standing): boolean => {
  const moved = transition(standing, { kind: 'key-found' });
  return moved.status === 'ok' && moved.changed;
};

const valuesOf = (facts: MergedFacts): (string | null)[] => FILLABLE.map((field) => facts[field]);
/** Columns and facts stand in one order. */
const factsOf = (known: KnownHost): MergedFacts => Object.fromEntries(FILLABLE.map((field, at) => [field, known[COLUMNS[at] ?? ''] ?? null])) as MergedFacts; // every fact of it is among FILLABLE
