// Whose attempt a record is: the host by the volume that was opened, then by the computer's name, then by the key protector IDs that were seen.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { parseHostname } from '../hosts/hostname.ts';
import { indexHostnames } from '../keys/host-search.ts';
import type { KeyProtectorId } from '../keys/key-protector-id.ts';
import type { AttemptRecord } from '../media/attempt-record.ts';

/** The first record of an ID is found by key_ids, those that contradict it by their own index. */
const OWNERS = `
  SELECT host_id FROM (
    SELECT k.host_id, k.key_record_id FROM key_ids i JOIN key_records k ON k.key_record_id = i.key_record_id AND k.key_protector_id = i.key_protector_id WHERE i.key_protector_id = @id
    UNION SELECT host_id, key_record_id FROM key_records WHERE conflict = 1 AND key_protector_id = @id)
  WHERE host_id IS NOT NULL ORDER BY key_record_id DESC`;

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
  const byName = computerName === null ? null : (db.prepare<[string], { host_id: number }>('SELECT host_id FROM hosts WHERE hostname = ?').get(computerName)?.host_id ?? null);
  const ownersOf = db.prepare<[{ id: Buffer }], { host_id: number }>(OWNERS);
  const byIds = (ids: readonly KeyProtectorId[]): number | null => {
    for (const id of ids) {
      const owners = ownersOf.all({ id: Buffer.from(id.replaceAll('-', ''), 'hex') }).map(({ host_id }) => host_id);
      const owner = byName !== null && owners.includes(byName) ? byName : owners[0];
      if (owner !== undefined) return owner;
    }
    return null;
  };
  // A volume with a Windows on it before one without.
  const volumes = record.volumes.toSorted((a, b) => Number(hasWindows(record, b)) - Number(hasWindows(record, a)));
  return byIds(volumes.flatMap(({ openedWith }) => (openedWith === null ? [] : [openedWith]))) ?? byName ?? byIds(volumes.flatMap(({ keyProtectorIds }) => keyProtectorIds));
}

/** Takes in a host that no list had: found in the field, with what the record says about it. Rows: hosts, hosts_search. */
export function insertFoundHost(db: Database, hostname: string, record: AttemptRecord, at: string): number {
  const hostId = Number(db.prepare("INSERT INTO hosts (hostname, maker, model, serial_number, created_at, state, state_at) VALUES (?, ?, ?, ?, ?, 'known', ?)")
    .run(hostname, record.maker, record.model, record.serialNumber, at, at).lastInsertRowid);
  indexHostnames(db);
  return hostId;
}

const hasWindows = (record: AttemptRecord, volume: AttemptRecord['volumes'][number]): boolean => record.windows.some((windows) => record.volumes[windows.volume - 1] === volume);
