// Whose attempt a record is: the host by the volume that was opened, then by the computer's name, then by the key protector IDs that were seen, and where nothing was seen by its serial number.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { readHostIds } from '../../formats/intake/host-ids.ts';
import { findByName } from '../hosts/joined.ts';
import { parseHostname } from '../hosts/hostname.ts';
import { findKeyRecords } from '../keys/key-list.ts';
import { indexHostnames } from '../keys/host-search.ts';
import type { KeyProtectorId } from '../keys/key-protector-id.ts';
import type { AttemptRecord } from '../media/attempt-record.ts';
import { prepared } from '../keys/prepared.ts';

/** @returns The name of the first Windows that says one, as the store spells it; null when none does. */
export function computerNameOf(record: AttemptRecord): string | null {
  for (const { computerName } of record.windows) {
    const parsed = computerName === null ? null : parseHostname(computerName);
    if (parsed?.status === 'ok') return parsed.hostname;
  }
  return null;
}

/**
 * Finds the host of an attempt.
 *
 * @returns Its ID, or null. The key protector ID that opened the volume says more than a name, which a new image gives away again; IDs that were
 *          only seen come last, because a volume of another host may have been plugged in. Where records of one ID name several hosts, the name decides.
 */
export function findHostOfAttempt(db: ReadableDatabase, record: AttemptRecord): number | null {
  const computerName = computerNameOf(record);
  const byName = computerName === null ? null : (findByName(db, computerName)?.host_id ?? null);
  const hostOf = prepared<[number], { host_id: number | null }>(db, 'SELECT host_id FROM key_records WHERE key_record_id = ?');
  const ownersOf = (ids: readonly KeyProtectorId[]): number[] => ids.flatMap((id) => {
    const owners = findKeyRecords(db, id).flatMap((keyRecordId) => hostOf.get(keyRecordId)?.host_id ?? []);
    return byName !== null && owners.includes(byName) ? [byName] : owners.slice(-1); // imported last
  });
  /** Volumes of several hosts in one machine: letters fall as they like, the firmware's number is the machine's. */
  const byIds = (ids: readonly KeyProtectorId[]): number | null => {
    const owners = [...new Set(ownersOf(ids))];
    const machine = owners.length > 1 ? bySerialNumber(db, record) : null;
    return machine !== null && owners.includes(machine) ? machine : owners[0] ?? null;
  };
  // A volume with a Windows on it before one without.
  const volumes = record.volumes.toSorted((a, b) => Number(hasWindows(record, b)) - Number(hasWindows(record, a)));
  return byIds(volumes.flatMap(({ openedWith }) => (openedWith === null ? [] : [openedWith]))) ?? byName ?? byIds(volumes.flatMap(({ keyProtectorIds }) => keyProtectorIds)) ?? (record.blockedReason === 'no-disk-seen' ? bySerialNumber(db, record) : null);
}

/** Where no disk is seen a host can say neither name nor key protector ID, only what its firmware knows; where it holds volumes of others that tells which are its own. A number that several hosts have tells none. */
function bySerialNumber(db: ReadableDatabase, { serialNumber }: AttemptRecord): number | null {
  const [id] = readHostIds({ serialNumber });
  if (id === undefined) return null;
  const hosts = prepared<[string], { host_id: number }>(
    db, "SELECT DISTINCT coalesce(h.joined_into, h.host_id) AS host_id FROM host_ids i JOIN hosts h USING (host_id) WHERE i.kind = 'serial-number' AND i.value = ? LIMIT 2",
  ).all(id.value);
  return hosts.length === 1 ? hosts[0]?.host_id ?? null : null;
}

/** Takes in a host that no list had: found in the field, with what the record says about it. Rows: hosts, hosts_search. */
export function insertFoundHost(db: Database, hostname: string, record: AttemptRecord, at: string): number {
  const hostId = Number(prepared(db, "INSERT INTO hosts (hostname, maker, model, serial_number, created_at, state, state_at) VALUES (?, ?, ?, ?, ?, 'known', ?)")
    .run(hostname, record.maker, record.model, record.serialNumber, at, at).lastInsertRowid);
  indexHostnames(db);
  return hostId;
}

const hasWindows = (record: AttemptRecord, volume: AttemptRecord['volumes'][number]): boolean => record.windows.some((windows) => record.volumes[windows.volume - 1] === volume);
