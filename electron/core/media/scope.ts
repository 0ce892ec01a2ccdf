// What a medium is to open: hosts of a scope to key records, and the hosts it can not open, each with the reason.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import type { NotOnMedium } from '../codes.ts';
import { parseHostname } from '../hosts/hostname.ts';
import { findByName } from '../hosts/joined.ts';
import { findClaimedKeys } from '../keys/claimed-keys.ts';
import { isLikelier, type Rival } from '../keys/key-conflicts.ts';
import { hostsOffMedia, listWaveHosts } from '../waves/media-gate.ts';

/** `all`: every host that still needs a medium, that is all but the verified and the closed, and key records that belong to no host. */
export type Scope = { readonly kind: 'all' } | { readonly kind: 'hosts'; readonly hostnames: readonly string[] } | { readonly kind: 'wave'; readonly wave: string } | { readonly kind: 'site'; readonly site: string };

export interface LeftOutHost { readonly hostname: string; readonly reason: NotOnMedium | 'not-in-store' }

export interface ResolvedScope {
  /** For people and for the medium; names no host: `all`, `hosts 120`, `wave Canary`, `site Kiel`. */
  readonly label: string;
  /** Hosts the medium can open. */
  readonly hosts: number;
  /** Ascending, each once; of two records that contradict each other under one key protector ID only one. */
  readonly keyRecordIds: readonly number[];
  /** Hosts in scope that it can not open, by name. */
  readonly leftOut: readonly LeftOutHost[];
}

/** Of a record that contradicts another: only of those is more read than what it is good for. */
interface Contradicting extends Rival { readonly key_protector_id: Buffer }

/** [host ID, key record ID, how it stands]. Lists instead of objects, and no IDs: half the time of a million. */
type RecordCells = readonly [hostId: number, keyRecordId: number, standing: 'opens' | 'contradicting' | 'no-id'];

/** Hosts, or names, asked for at once and between breaths: some ms. */
const BREATH = 250;

/**
 * Resolves a scope.
 *
 * @param scope   Host names are untrusted, in any spelling a list may have; a name twice counts once.
 * @param breathe Called after every few milliseconds of work, so that others get their turn; what it throws ends the work.
 * @param overridden Whether hosts of waves that are not opened may pass (core/waves).
 * @returns Reads only. AppError `not-found` (a wave or site of that name). Of contradicting records one is taken, as `isLikelier` says.
 */
export async function resolveScope(db: ReadableDatabase, scope: Scope, breathe: () => Promise<void>, overridden = false): Promise<ResolvedScope> {
  const named = await findInScope(db, scope, breathe);
  const off = hostsOffMedia(db, overridden);
  const chosen: number[] = [];
  const contradicting: number[] = [];
  const choose = ([, keyRecordId, standing]: RecordCells): void => {
    if (standing === 'opens') chosen.push(keyRecordId);
    else if (standing === 'contradicting') contradicting.push(keyRecordId);
  };
  const leftOut: LeftOutHost[] = named.unknown.map((hostname) => ({ hostname, reason: 'not-in-store' }));
  let hosts = 0;
  const recordsOf = db.prepare<[string], RecordCells>(`SELECT host_id, key_record_id, ${STANDING} FROM key_records WHERE host_id IN (SELECT value FROM json_each(?))`).raw();
  // A renamed machine's key belongs to one of its names until they are joined; it opens the machine under either.
  const claimants = db.prepare<[string], number>("SELECT DISTINCT host_id FROM host_ids WHERE kind = 'key-protector-id' AND host_id IN (SELECT value FROM json_each(?))").pluck();
  const claimed = db.prepare<[number, number], RecordCells>(`SELECT ?, key_record_id, ${STANDING} FROM key_records WHERE key_record_id = ?`).raw();
  for (let from = 0; from < named.hosts.length; from += BREATH) {
    await breathe();
    const some = named.hosts.slice(from, from + BREATH);
    const staying = some.filter(({ host_id }) => !off.has(host_id));
    const best = new Map<number, boolean>();
    const stayingIds = JSON.stringify(staying.map(({ host_id }) => host_id));
    for (const record of [...recordsOf.all(stayingIds), ...claimants.all(stayingIds).flatMap((hostId) => findClaimedKeys(db, hostId).flatMap((keyRecordId) => claimed.all(hostId, keyRecordId)))]) {
      best.set(record[0], best.get(record[0]) === true || record[2] !== 'no-id');
      choose(record);
    }
    for (const { host_id, hostname } of some) {
      const reason = off.get(host_id) ?? (best.get(host_id) === undefined ? 'no-key' : best.get(host_id) === false ? 'no-key-protector-id' : null);
      if (reason === null) hosts += 1;
      else leftOut.push({ hostname, reason });
    }
  }
  if (scope.kind === 'all') await eachOfNobody(db, choose, breathe);
  chosen.push(...onePerId(db, [...new Set(contradicting)]));
  return {
    label: scope.kind === 'all' ? 'all' : scope.kind === 'wave' ? `wave ${scope.wave}` : scope.kind === 'site' ? `site ${scope.site}` : `hosts ${named.hosts.length + named.unknown.length}`, hosts,
    keyRecordIds: [...new Set(chosen)].sort((a, b) => a - b), leftOut: leftOut.sort((a, b) => (a.hostname < b.hostname ? -1 : 1)),
  };
}

interface NamedHost { readonly host_id: number; readonly hostname: string }

async function findInScope(db: ReadableDatabase, scope: Scope, breathe: () => Promise<void>): Promise<{ hosts: NamedHost[]; unknown: string[] }> {
  switch (scope.kind) {
    case 'all': return listHostsToOpen(db, breathe);
    case 'hosts': return findNamed(db, scope.hostnames, breathe);
    case 'site': {
      const hosts = db.prepare<[string], NamedHost>("SELECT host_id, hostname FROM hosts WHERE site = ? COLLATE NOCASE AND state NOT IN ('verified', 'closed') ORDER BY host_id").all(scope.site);
      if (hosts.length === 0 && db.prepare('SELECT 1 FROM hosts WHERE site = ? COLLATE NOCASE LIMIT 1').get(scope.site) === undefined) throw new AppError('not-found', { site: scope.site });
      return { hosts, unknown: [] };
    }
    case 'wave': {
      const hosts = listWaveHosts(db, scope.wave);
      if (hosts === null) throw new AppError('not-found', { wave: scope.wave });
      return { hosts, unknown: [] };
    }
  }
}

async function listHostsToOpen(db: ReadableDatabase, breathe: () => Promise<void>): Promise<{ hosts: NamedHost[]; unknown: string[] }> {
  const next = db.prepare<[number], NamedHost>("SELECT host_id, hostname FROM hosts WHERE host_id > ? AND state NOT IN ('verified', 'closed') ORDER BY host_id LIMIT 2000");
  const hosts: NamedHost[] = [];
  for (let rows = next.all(0); rows.length > 0; rows = next.all(hosts.at(-1)?.host_id ?? 0)) {
    hosts.push(...rows);
    await breathe();
  }
  return { hosts, unknown: [] };
}

async function findNamed(db: ReadableDatabase, hostnames: readonly string[], breathe: () => Promise<void>): Promise<{ hosts: NamedHost[]; unknown: string[] }> {
  const hosts = new Map<number, NamedHost>();
  const unknown = new Set<string>();
  const known = db.prepare<[string], NamedHost & { readonly joined: number }>('SELECT host_id, hostname, joined_into IS NOT NULL AS joined FROM hosts WHERE hostname IN (SELECT value FROM json_each(?))');
  for (let from = 0; from < hostnames.length; from += BREATH) {
    await breathe();
    const names = hostnames.slice(from, from + BREATH).map((given) => {
      const parsed = parseHostname(given);
      return parsed.status === 'ok' ? { hostname: parsed.hostname, isName: true } : { hostname: given.trim(), isName: false };
    });
    const byName = new Map(known.all(JSON.stringify(names.flatMap(({ hostname, isName }) => (isName ? hostname : [])))).map((row) => [row.hostname, row]));
    for (const { hostname, isName } of names) {
      const row = isName ? byName.get(hostname) : undefined;
      const host = row?.joined === 1 ? findByName(db, hostname) : row;
      if (host === undefined) unknown.add(hostname);
      else hosts.set(host.host_id, { host_id: host.host_id, hostname: host.hostname });
    }
  }
  return { hosts: [...hosts.values()], unknown: [...unknown] };
}

const STANDING = "CASE WHEN key_protector_id IS NULL THEN 'no-id' WHEN conflict = 1 THEN 'contradicting' ELSE 'opens' END";

/** Key records without a host open whatever volume carries their ID. */
async function eachOfNobody(db: ReadableDatabase, choose: (record: RecordCells) => void, breathe: () => Promise<void>): Promise<void> {
  const next = db.prepare<[number], RecordCells>(
    `SELECT 0, key_record_id, ${STANDING} FROM key_records INDEXED BY key_records_without_host WHERE host_id IS NULL AND key_record_id > ? ORDER BY key_record_id LIMIT 2000`,
  ).raw();
  for (let last = 0; ;) {
    await breathe();
    const records = next.all(last);
    for (const record of records) choose(record);
    const end = records.at(-1);
    if (end === undefined) return;
    last = end[1];
  }
}

function onePerId(db: ReadableDatabase, keyRecordIds: readonly number[]): number[] {
  const read = db.prepare<[number], Contradicting>('SELECT key_record_id, key_protector_id, created_at, tested_at FROM key_records WHERE key_record_id = ?');
  const best = new Map<string, Contradicting>();
  for (const row of keyRecordIds.flatMap((keyRecordId) => read.get(keyRecordId) ?? [])) {
    const id = row.key_protector_id.toString('hex');
    const other = best.get(id);
    if (other === undefined || isLikelier(row, other)) best.set(id, row);
  }
  return [...best.values()].map(({ key_record_id }) => key_record_id);
}
