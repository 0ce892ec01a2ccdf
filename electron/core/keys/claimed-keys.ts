// Keys that a source names for a host and that another host has: renamed machines are one key under two names until a supervisor joins them.
import type { ReadableDatabase } from '../../store/database.ts';
import { claimMark } from '../hosts/key-owners.ts';
import { findKeyRecords, listKeysOfHost, readKeyCandidates, type KeyCandidate } from './key-list.ts';
import { prepared } from './prepared.ts';

const ID_LENGTH = 36;

/** @returns The host's own key records, then those that sources name for it, each with the host that has it. */
export function listKeysFor(db: ReadableDatabase, hostId: number): KeyCandidate[] {
  return [...listKeysOfHost(db, hostId), ...readKeyCandidates(db, findClaimedKeys(db, hostId))];
}

/** @returns Record numbers, none of them the host's own. A host has few; one that was never named twice has none. */
export function findClaimedKeys(db: ReadableDatabase, hostId: number): number[] {
  const claims = prepared<[number], { value: string }>(db, "SELECT value FROM host_ids WHERE host_id = ? AND kind = 'key-protector-id'").all(hostId);
  const read = prepared<[number], { host: number | null; fingerprint: Buffer }>(db, 'SELECT host_id AS host, fingerprint FROM key_records WHERE key_record_id = ?');
  return claims.flatMap(({ value }) => findKeyRecords(db, value.slice(0, ID_LENGTH)).filter((id) => {
    const record = read.get(id);
    return record !== undefined && record.host !== hostId && value.slice(ID_LENGTH + 1) === claimMark(record.fingerprint);
  }));
}
