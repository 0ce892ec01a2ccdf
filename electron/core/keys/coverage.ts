// Key coverage: how many hosts could be unlocked today. Seen before the crisis it says what to ask which source for.
import type { ReadableDatabase } from '../../store/database.ts';
import { nowOf, type Desk } from '../desk.ts';
import { toInstant } from '../ports.ts';
import type { HostState } from '../codes.ts';
import { findClaimedKeys } from './claimed-keys.ts';
import { formatKeyProtectorId } from './import-report.ts';
import { prepared } from './prepared.ts';
import { listedPart } from './listed-keys.ts';
import { nextTurn } from './slices.ts';

export interface HostWithoutKey {
  readonly hostname: string; readonly state: HostState; readonly site: string | null; readonly organizationalUnit: string | null; readonly operatingSystem: string | null; readonly lastSeenAt: string | null;
}
export interface KeyWithoutHost { readonly keyProtectorId: string | null; readonly createdAt: string | null; readonly source: string; readonly sourceRow: number }

/** Nothing in it is secret. */
export interface KeyCoverage {
  readonly asOf: string; readonly hosts: number; readonly withKey: number; readonly withoutKey: number;
  /** With a key that has opened a volume of theirs. */
  readonly withTestedKey: number;
  /** Set when days were given. `newer` and `older` by the newest date of a host's keys; `undated`: none of its keys carries a date of its own. */
  readonly age: { readonly days: number; readonly newer: number; readonly older: number; readonly undated: number } | null;
  readonly keyRecords: number; readonly keyRecordsWithoutHost: number;
  /** Keys that exist elsewhere and are not at this desk, and how many hosts without a key have one there. */
  readonly listedKeys: number; readonly withListedKeyOnly: number;
  /** Hosts without a key record for which a source names a key that is kept with another host: one machine under two names, until a supervisor has decided. */
  readonly withKeyOfOtherHost: number;
  /** By name, as many as asked for. */
  readonly hostsWithoutKey: readonly HostWithoutKey[];
  readonly keysWithoutHost: readonly KeyWithoutHost[];
}

export interface CoverageQuery { readonly newerThanDays?: number | undefined; readonly limit: number }

/** Hosts looked at in one go: with ten keys each about 10 ms. */
const STEP = 500;
const DAY_MS = 24 * 3600 * 1000;

/** @param limit Of each list. @returns Counts every host once. The date of a key is its own, never that of its import. Lets others have their turn while it counts. */
export async function readCoverage(desk: Desk, { newerThanDays, limit }: CoverageQuery): Promise<KeyCoverage> {
  const { db } = desk;
  const since = newerThanDays === undefined ? null : toInstant(desk.clock() - newerThanDays * DAY_MS);
  const count = prepared<[number, number], { hosts: number; with_key: number }>(db, COUNT_HOSTS);
  const ofHosts = prepared<[number, number], { n: number }>(db, 'SELECT count(*) AS n FROM key_records WHERE host_id > ? AND host_id <= ?');
  const tested = prepared<[number, number], { n: number }>(db, COUNT_TESTED);
  const aged = prepared<[string, string, number, number], { newer: number; older: number; undated: number }>(db, COUNT_AGES);
  const named = prepared<[number, number], { id: number }>(db, NAMED_WITHOUT_KEY);
  const figures = { named: 0, hosts: 0, withKey: 0, newer: 0, older: 0, undated: 0, keysOfHosts: 0, tested: 0 };
  const last = prepared<[], { n: number | null }>(db, 'SELECT max(host_id) AS n FROM hosts').get()?.n ?? 0;
  for (let from = 0; from < last; from += STEP) {
    const row = count.get(from, from + STEP);
    figures.hosts += row?.hosts ?? 0;
    figures.withKey += row?.with_key ?? 0;
    figures.keysOfHosts += ofHosts.get(from, from + STEP)?.n ?? 0;
    figures.tested += tested.get(from, from + STEP)?.n ?? 0;
    figures.named += named.all(from, from + STEP).filter(({ id }) => findClaimedKeys(db, id).length > 0).length;
    if (since !== null) {
      const ages = aged.get(since, since, from, from + STEP);
      figures.newer += ages?.newer ?? 0;
      figures.older += ages?.older ?? 0;
      figures.undated += ages?.undated ?? 0;
    }
    await nextTurn();
  }
  const listed = await countListed(db);
  const { hosts, withKey, newer, older, undated } = figures;
  const keyRecordsWithoutHost = prepared<[], { n: number }>(db, 'SELECT count(*) AS n FROM key_records INDEXED BY key_records_without_host WHERE host_id IS NULL').get()?.n ?? 0;
  return {
    asOf: nowOf(desk), hosts, withKey, withoutKey: hosts - withKey, withTestedKey: figures.tested, age: newerThanDays === undefined ? null : { days: newerThanDays, newer, older, undated },
    keyRecords: figures.keysOfHosts + keyRecordsWithoutHost, keyRecordsWithoutHost, listedKeys: listed.keys, withListedKeyOnly: listed.hosts, withKeyOfOtherHost: figures.named,
    hostsWithoutKey: await listHostsWithoutKey(db, limit), keysWithoutHost: await listKeysWithoutHost(db, limit),
  };
}

/** A name under which a host was known before is no host of its own. */
const COUNT_HOSTS = `SELECT count(*) AS hosts, coalesce(sum(EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id)), 0) AS with_key
  FROM hosts h WHERE host_id > ? AND host_id <= ? AND joined_into IS NULL`;
export const NAMED_WITHOUT_KEY = `SELECT DISTINCT i.host_id AS id FROM host_ids i INDEXED BY host_ids_by_host JOIN hosts h ON h.host_id = i.host_id
  WHERE i.host_id > ? AND i.host_id <= ? AND i.kind = 'key-protector-id' AND h.joined_into IS NULL AND NOT EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = i.host_id)`;
const COUNT_TESTED = 'SELECT count(DISTINCT host_id) AS n FROM key_records WHERE tested_at IS NOT NULL AND host_id > ? AND host_id <= ?';
/** Instants are text of one form, so the newest is the greatest. */
const COUNT_AGES = `SELECT count(*) FILTER (WHERE newest >= ?) AS newer, count(*) FILTER (WHERE newest < ?) AS older, count(*) FILTER (WHERE newest IS NULL) AS undated
  FROM (SELECT max(created_at) AS newest FROM key_records WHERE host_id > ? AND host_id <= ? GROUP BY host_id)`;
export const HOSTS_WITHOUT_KEY = `SELECT h.hostname, h.state, h.site, h.organizational_unit AS organizationalUnit, h.operating_system AS operatingSystem, h.last_seen_at AS lastSeenAt
  FROM (SELECT host_id FROM hosts WHERE hostname > ? ORDER BY hostname LIMIT ${STEP}) part JOIN hosts h ON h.host_id = part.host_id
 WHERE h.joined_into IS NULL AND NOT EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id) ORDER BY h.hostname`;

export const LAST_OF_PART = `SELECT max(hostname) AS hostname FROM (SELECT hostname FROM hosts WHERE hostname > ? ORDER BY hostname LIMIT ${STEP})`;

async function countListed(db: ReadableDatabase): Promise<{ keys: number; hosts: number }> {
  const hasKey = prepared<[number], unknown>(db, 'SELECT 1 FROM key_records WHERE host_id = ? LIMIT 1');
  const hosts = new Set<number>();
  let keys = 0;
  for (let after: Uint8Array | null = new Uint8Array(16); after !== null;) {
    const part = listedPart(db, after, STEP);
    keys += part.hosts.length;
    for (const host of part.hosts) if (host !== null && hasKey.get(host) === undefined) hosts.add(host);
    after = part.last;
    await nextTurn();
  }
  return { keys, hosts: hosts.size };
}

async function listHostsWithoutKey(db: ReadableDatabase, limit: number): Promise<HostWithoutKey[]> {
  const read = prepared<[string], HostWithoutKey>(db, HOSTS_WITHOUT_KEY);
  const lastOfPart = prepared<[string], { hostname: string | null }>(db, LAST_OF_PART);
  const found: HostWithoutKey[] = [];
  for (let after: string | null = ''; after !== null && found.length < limit;) {
    found.push(...read.all(after));
    after = lastOfPart.get(after)?.hostname ?? null;
    await nextTurn();
  }
  return found.slice(0, limit);
}

async function listKeysWithoutHost(db: ReadableDatabase, limit: number): Promise<KeyWithoutHost[]> {
  const read = prepared<[number, number], { record: number; id: string; createdAt: string | null; source: string; sourceRow: number }>(db, KEYS_WITHOUT_HOST);
  const found: KeyWithoutHost[] = [];
  for (let after = 0; found.length < limit;) {
    const rows = read.all(after, Math.min(STEP, limit - found.length));
    const last = rows.at(-1);
    if (last === undefined) break;
    found.push(...rows.map(({ id, createdAt, source, sourceRow }) => ({ keyProtectorId: formatKeyProtectorId(id), createdAt, source, sourceRow })));
    after = last.record;
    await nextTurn();
  }
  return found;
}

const KEYS_WITHOUT_HOST = `SELECT k.key_record_id AS record, hex(k.key_protector_id) AS id, k.created_at AS createdAt, f.name AS source, k.source_row AS sourceRow
   FROM key_records k INDEXED BY key_records_without_host CROSS JOIN import_files f ON f.import_file_id = k.import_file_id
  WHERE k.host_id IS NULL AND k.key_record_id > ? ORDER BY k.key_record_id LIMIT ?`;
