// What a medium is to open: hosts of a scope to key records, and the hosts it can not open, each with the reason.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import type { NotOnMedium } from '../codes.ts';
import { parseHostname } from '../hosts/hostname.ts';
import { findByName } from '../hosts/joined.ts';
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

interface KeyRecordRow extends Rival { readonly key_protector_id: Buffer | null; readonly conflict: number }

/** Hosts looked at between breaths: some ms. */
const BREATH = 500;

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
  const recordsOf = db.prepare<[number], KeyRecordRow>('SELECT key_record_id, key_protector_id, conflict, created_at, tested_at FROM key_records WHERE host_id = ? ORDER BY key_record_id');
  const chosen: number[] = [];
  const contradicting: KeyRecordRow[] = [];
  const choose = (rows: readonly KeyRecordRow[]): void => {
    for (const row of rows) {
      if (row.key_protector_id === null) continue;
      if (row.conflict === 1) contradicting.push(row);
      else chosen.push(row.key_record_id);
    }
  };
  const leftOut: LeftOutHost[] = named.unknown.map((hostname) => ({ hostname, reason: 'not-in-store' }));
  let hosts = 0;
  for (const [i, { host_id, hostname }] of named.hosts.entries()) {
    if (i % BREATH === 0) await breathe();
    const staysOff = off.get(host_id);
    if (staysOff !== undefined) {
      leftOut.push({ hostname, reason: staysOff });
      continue;
    }
    const rows = recordsOf.all(host_id);
    if (rows.some(({ key_protector_id }) => key_protector_id !== null)) {
      hosts += 1;
      choose(rows);
    } else leftOut.push({ hostname, reason: rows.length === 0 ? 'no-key' : 'no-key-protector-id' });
  }
  if (scope.kind === 'all') await eachOfNobody(db, choose, breathe);
  chosen.push(...onePerId(contradicting));
  return {
    label: scope.kind === 'all' ? 'all' : scope.kind === 'wave' ? `wave ${scope.wave}` : scope.kind === 'site' ? `site ${scope.site}` : `hosts ${named.hosts.length + named.unknown.length}`, hosts,
    keyRecordIds: chosen.sort((a, b) => a - b), leftOut: leftOut.sort((a, b) => (a.hostname < b.hostname ? -1 : 1)),
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
  for (const [i, given] of hostnames.entries()) {
    if (i % BREATH === 0) await breathe();
    const parsed = parseHostname(given);
    const host = parsed.status === 'ok' ? findByName(db, parsed.hostname) : undefined;
    if (host !== undefined) hosts.set(host.host_id, host);
    else unknown.add(parsed.status === 'ok' ? parsed.hostname : given.trim());
  }
  return { hosts: [...hosts.values()], unknown: [...unknown] };
}

/** Key records without a host open whatever volume carries their ID. */
async function eachOfNobody(db: ReadableDatabase, choose: (rows: readonly KeyRecordRow[]) => void, breathe: () => Promise<void>): Promise<void> {
  const next = db.prepare<[number], KeyRecordRow>(
    'SELECT key_record_id, key_protector_id, conflict, created_at, tested_at FROM key_records INDEXED BY key_records_without_host WHERE host_id IS NULL AND key_record_id > ? ORDER BY key_record_id LIMIT 2000',
  );
  for (let last = 0; ;) {
    await breathe();
    const rows = next.all(last);
    choose(rows);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.key_record_id;
  }
}

function onePerId(rows: readonly KeyRecordRow[]): number[] {
  const best = new Map<string, KeyRecordRow>();
  for (const row of rows) {
    const id = row.key_protector_id?.toString('hex') ?? '';
    const other = best.get(id);
    if (other === undefined || isLikelier(row, other)) best.set(id, row);
  }
  return [...best.values()].map(({ key_record_id }) => key_record_id);
}
