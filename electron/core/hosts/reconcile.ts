// Holds lists of hosts against each other: what one has and the other lacks, who was met in the field and stands on none, who was seen alive and still counts as down.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { DOWN_STATES, type HostState } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { prepared } from '../keys/prepared.ts';
import { nextTurn } from '../keys/slices.ts';

/** A list of hosts that was imported and not undone. `hosts`: how many it names. */
export interface HostList { readonly importFileId: number; readonly importId: number; readonly name: string; readonly kind: string; readonly importedAt: string; readonly hosts: number }

export interface ReconciledHost { readonly hostId: number; readonly hostname: string; readonly state: HostState; readonly site: string | null; readonly keyRecords: number; readonly lastSeenAt: string | null }

/** `count` is of all, `rows` are the first by name. */
export interface HostGroup { readonly count: number; readonly rows: readonly ReconciledHost[] }

/** Nothing in it is secret. */
export interface Reconciliation {
  /** `lacks`: hosts that another of the lists names. With one list only, the hosts still out that it does not name. */
  readonly lists: readonly (HostList & { readonly lacks: HostGroup })[];
  /** Hosts a technician met that no list names. */
  readonly foundInTheField: HostGroup;
  /** Named, still down, and no key record. */
  readonly withoutKey: HostGroup;
  /** Still counted as down, and seen by a list after that was said. */
  readonly seenSince: HostGroup;
  /** Verified or closed, and one of these lists says it is down, seen after that was decided: nothing is changed by it. */
  readonly saidDownSince: HostGroup;
  /** Verified by one of these lists: seen after their repair. */
  readonly verified: HostGroup;
}

const STEP = 500;
const LISTS_SHOWN = 100;

/** @returns The newest hundred, newest first. */
export function listHostLists(db: ReadableDatabase): HostList[] {
  return prepared<[number], HostList>(
    db,
    `SELECT f.import_file_id AS importFileId, f.import_id AS importId, f.name, f.kind, i.started_at AS importedAt, (SELECT count(*) FROM host_listings l WHERE l.import_file_id = f.import_file_id) AS hosts
       FROM import_files f JOIN imports i USING (import_id) WHERE i.undone_at IS NULL AND f.listings_pruned_at IS NULL AND EXISTS (SELECT 1 FROM host_listings l WHERE l.import_file_id = f.import_file_id) ORDER BY f.import_file_id DESC LIMIT ?`,
  ).all(LISTS_SHOWN);
}

/** @param limit Rows of each group. @returns AppError `not-found` for what is no list. Reads only; lets others have their turn. */
export async function reconcile(desk: Pick<Desk, 'db' | 'clock'>, { importFileIds, limit }: { readonly importFileIds: readonly number[]; readonly limit: number }): Promise<Reconciliation> {
  const { db } = desk;
  const now = nowOf(desk);
  const known = listHostLists(db);
  const lists = [...new Set(importFileIds)].map((id) => {
    const list = known.find(({ importFileId }) => importFileId === id);
    if (list === undefined) throw new AppError('not-found', { importFileId: id });
    return list;
  });
  const members: Set<number>[] = [];
  for (const { importFileId } of lists) members.push(await membersOf(db, importFileId));
  const named = new Set(members.flatMap((set) => [...set]));
  const withoutKey: ReconciledHost[] = [];
  const seenSince: ReconciledHost[] = [];
  const saidDownSince: ReconciledHost[] = [];
  const verified: ReconciledHost[] = [];
  const foundInTheField: ReconciledHost[] = [];
  const out = new Map<number, ReconciledHost>();
  const names = lists.map(({ name }) => name);
  const ids = new Set(lists.map(({ importFileId }) => importFileId));
  await eachHost(db, (host) => {
    const isNamed = named.has(host.hostId);
    if (isNamed || (lists.length === 1 && isOut(host.state))) out.set(host.hostId, host);
    if (host.foundInTheField && !host.isListed) foundInTheField.push(host);
    if (!isNamed) return;
    if (DOWN_STATES.includes(host.state) && host.keyRecords === 0) withoutKey.push(host);
    if (DOWN_STATES.includes(host.state) && host.lastSeenAt !== null && host.lastSeenAt > host.stateAt && host.lastSeenAt <= now) seenSince.push(host);
    if (host.saidDownBy !== null && host.saidDownBy.split(',').some((id) => ids.has(Number(id)))) saidDownSince.push(host);
    if (host.verifiedBy !== null && names.includes(host.verifiedBy)) verified.push(host);
  });
  const group = (hosts: readonly ReconciledHost[]): HostGroup => ({
    count: hosts.length,
    rows: hosts.toSorted((a, b) => (a.hostname < b.hostname ? -1 : 1)).slice(0, limit).map(({ hostId, hostname, state, site, keyRecords, lastSeenAt }) => ({ hostId, hostname, state, site, keyRecords, lastSeenAt })),
  });
  return {
    lists: lists.map((list, index) => ({ ...list, lacks: group([...out.values()].filter(({ hostId }) => members[index]?.has(hostId) === false)) })),
    foundInTheField: group(foundInTheField), withoutKey: group(withoutKey), seenSince: group(seenSince), saidDownSince: group(saidDownSince), verified: group(verified),
  };
}

/** Said to be down, and neither verified nor closed. */
const isOut = (state: HostState): boolean => state === 'repaired' || DOWN_STATES.includes(state);

async function membersOf(db: ReadableDatabase, importFileId: number): Promise<Set<number>> {
  const next = prepared<[number, number], { id: number }>(db, 'SELECT host_id AS id FROM host_listings WHERE import_file_id = ? AND host_id > ? ORDER BY host_id LIMIT 5000');
  const members = new Set<number>();
  for (let rows = next.all(importFileId, 0); rows.length > 0; rows = next.all(importFileId, rows.at(-1)?.id ?? 0)) {
    for (const { id } of rows) members.add(id);
    await nextTurn();
  }
  return members;
}

interface LookedAt extends ReconciledHost { readonly stateAt: string; readonly foundInTheField: boolean; readonly isListed: boolean; readonly verifiedBy: string | null; /** Lists by their number, comma between. */ readonly saidDownBy: string | null }

async function eachHost(db: ReadableDatabase, look: (host: LookedAt) => void): Promise<void> {
  type Row = Omit<LookedAt, 'foundInTheField' | 'isListed'> & { found: number; listed: number };
  const next = prepared<[number], Row>(
    db,
    `SELECT h.host_id AS hostId, h.hostname, h.state, h.site, h.state_at AS stateAt, h.last_seen_at AS lastSeenAt, (SELECT count(*) FROM key_records k WHERE k.host_id = h.host_id) AS keyRecords,
            EXISTS (SELECT 1 FROM host_listings l WHERE l.host_id = h.host_id) AS listed,
            EXISTS (SELECT 1 FROM host_events e WHERE e.host_id = h.host_id AND e.kind = 'reported' AND e.detail = 'found-in-the-field') AS found,
            CASE h.state WHEN 'verified' THEN (SELECT e.subject FROM host_events e WHERE e.host_id = h.host_id AND e.kind = 'verified' ORDER BY e.host_event_id DESC LIMIT 1) END AS verifiedBy,
            CASE WHEN h.joined_into IS NULL AND h.state IN ('verified', 'closed') THEN (SELECT group_concat(l.import_file_id) FROM host_listings l WHERE l.host_id = h.host_id AND l.says_down = 1 AND l.last_seen_at > h.state_at) END AS saidDownBy
       FROM hosts h WHERE h.host_id > ? ORDER BY h.host_id LIMIT ${STEP}`,
  );
  for (let rows = next.all(0); rows.length > 0; rows = next.all(rows.at(-1)?.hostId ?? 0)) {
    for (const { found, listed, ...host } of rows) look({ ...host, foundInTheField: found === 1, isListed: listed === 1 });
    await nextTurn();
  }
}
