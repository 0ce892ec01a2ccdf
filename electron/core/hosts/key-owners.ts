// Whose a key is when sources name several hosts: of the hosts that share its device or were named as its owner, the one whose name comes first.
// That rule decides nothing about the hosts (a supervisor does, host-questions.ts); it makes the end the same in whatever order files come in.
import type { Database } from '../../store/database.ts';
import type { HostIdKind } from '../codes.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { inSlices } from '../keys/slices.ts';

/** Hosts that got or lost a key record by what was found out about owners. */
export interface MovedKeys { readonly got: Set<number>; readonly lost: Set<number> }

/** A further row of a key record names a host. */
export interface NamedOwner { readonly keyRecordId: number; readonly hostId: number; readonly row: number }

interface Owned { readonly id: string; readonly fingerprint: Buffer; readonly host: number | null; readonly file: number; readonly row: number }

/** Takes in whom further rows of an import name as owners of records. @returns Yields between transactions. Rows: host_ids, key_records, key_record_sources. */
export function* settleOwners(db: Database, importFileId: number, owners: readonly NamedOwner[], moved: MovedKeys): Generator<void> {
  if (owners.length === 0) return;
  const write = openWriteHostId(db);
  const owner = openOwner(db, moved);
  const absorb = openAbsorb(db, moved);
  const find = db.prepare<[number], Owned>('SELECT hex(key_protector_id) AS id, fingerprint, host_id AS host, import_file_id AS file, source_row AS row FROM key_records WHERE key_record_id = ?');
  const isClaimed = db.prepare<[string], { n: number }>("SELECT count(*) AS n FROM host_ids WHERE kind = 'key-protector-id' AND value = ?");
  yield* inSlices(db, owners.length, (from, to) => {
    for (const { keyRecordId, hostId, row } of owners.slice(from, to)) {
      const record = find.get(keyRecordId);
      const id = formatKeyProtectorId(record?.id ?? null);
      if (record === undefined || id === null || record.host === null) continue;
      const claim = claimOf(id, record.fingerprint);
      const isContested = isClaimed.get(claim)?.n !== 0;
      if (isContested || record.host !== hostId) {
        if (!isContested) write('key-protector-id', claim, record.host, record.file, record.row);
        write('key-protector-id', claim, hostId, importFileId, row);
        owner.ofKey(claim);
      }
      absorb(keyRecordId, hostId, record.fingerprint);
    }
  });
}

/** @returns Whether the host did not have it yet. */
export function openWriteHostId(db: Database): (kind: HostIdKind, value: string, hostId: number, importFileId: number, row: number) => boolean {
  const insert = db.prepare('INSERT INTO host_ids VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const again = db.prepare('UPDATE host_ids SET last_file_id = ?, last_row = ? WHERE kind = ? AND value = ? AND host_id = ?');
  return (kind, value, hostId, importFileId, row) => {
    if (insert.run(kind, value, hostId, importFileId, row, importFileId, row).changes === 1) return true;
    again.run(importFileId, row, kind, value, hostId);
    return false;
  };
}

/** Of keys in conflict each has owners of its own: behind the ID stands the beginning of the store's fingerprint, which never leaves the store. */
const claimOf = (id: string, fingerprint: Uint8Array): string => `${id}/${claimMark(fingerprint)}`;
export const claimMark = (fingerprint: Uint8Array): string => Buffer.from(fingerprint.subarray(0, 4)).toString('hex');
/** What of a value people are shown. */
export const shownId = (kind: HostIdKind, value: string): string => (kind === 'key-protector-id' ? value.slice(0, 36) : value);

/** A record of the host that came without its ID turns out to be the same key: one record stays. One that was disclosed or is on media stays, too. */
function openAbsorb(db: Database, { lost }: MovedKeys): (keyRecordId: number, hostId: number, fingerprint: Buffer) => void {
  const twin = db.prepare<[Buffer, number], { id: number; file: number; row: number }>('SELECT key_record_id AS id, import_file_id AS file, source_row AS row FROM key_records WHERE key_protector_id IS NULL AND fingerprint = ? AND host_id = ?');
  const isNeeded = db.prepare<[{ record: number }], { n: number }>('SELECT EXISTS (SELECT 1 FROM disclosures WHERE key_record_id = @record) + EXISTS (SELECT 1 FROM media_members WHERE key_record_id = @record) + EXISTS (SELECT 1 FROM rotations WHERE key_record_id = @record OR evidence_key_record_id = @record) AS n');
  const note = db.prepare('INSERT OR IGNORE INTO key_record_sources (key_record_id, import_file_id, source_row) VALUES (?, ?, ?)');
  const passSources = db.prepare('INSERT OR IGNORE INTO key_record_sources SELECT ?, import_file_id, source_row FROM key_record_sources WHERE key_record_id = ?');
  const dropSources = db.prepare('DELETE FROM key_record_sources WHERE key_record_id = ?');
  const drop = db.prepare('DELETE FROM key_records WHERE key_record_id = ?');
  return (keyRecordId, hostId, fingerprint) => {
    const nameless = twin.get(fingerprint, hostId);
    if (nameless === undefined || isNeeded.get({ record: nameless.id })?.n !== 0) return;
    note.run(keyRecordId, nameless.file, nameless.row);
    passSources.run(keyRecordId, nameless.id);
    dropSources.run(nameless.id);
    drop.run(nameless.id);
    lost.add(hostId);
  };
}

export interface Owner {
  /** Gives records that waited for a device to the host that has it. */
  adopt(device: string): void;
  ofDevice(device: string, before?: number): void;
  /** `claim`: the value of an ID of the kind key protector ID. */
  ofKey(claim: string): void;
}

export function openOwner(db: Database, moved: MovedKeys): Owner {
  const firstOf = db.prepare<[string, string], { id: number }>('SELECT h.host_id AS id FROM host_ids i JOIN hosts h ON h.host_id = i.host_id WHERE i.kind = ? AND i.value = ? ORDER BY h.hostname LIMIT 1');
  const holders = db.prepare<[string, string], { id: number }>('SELECT host_id AS id FROM host_ids WHERE kind = ? AND value = ?');
  const take = db.prepare('UPDATE key_records SET host_id = ? WHERE host_id IS NULL AND entra_device_id = ?');
  const pass = db.prepare('UPDATE key_records SET host_id = ? WHERE host_id = ? AND entra_device_id = ?');
  const recordsOfKey = db.prepare<[Buffer], { id: number; host: number | null; fingerprint: Buffer }>('SELECT k.key_record_id AS id, k.host_id AS host, k.fingerprint FROM key_ids i JOIN key_records k ON k.key_record_id = i.key_record_id AND k.key_protector_id = i.key_protector_id WHERE i.key_protector_id = ?');
  const rivals = db.prepare<[Buffer], { id: number; host: number | null; fingerprint: Buffer }>('SELECT key_record_id AS id, host_id AS host, fingerprint FROM key_records WHERE conflict = 1 AND key_protector_id = ?');
  const give = db.prepare('UPDATE key_records SET host_id = ? WHERE key_record_id = ?');
  return {
    adopt(device) {
      const owner = firstOf.get('entra-device-id', device)?.id;
      if (owner !== undefined && take.run(owner, device).changes > 0) moved.got.add(owner);
    },
    ofDevice(device, before) {
      const owner = firstOf.get('entra-device-id', device)?.id ?? null;
      const others = new Set([...holders.all('entra-device-id', device).map(({ id }) => id), ...(before === undefined ? [] : [before])]);
      for (const other of others) {
        if (other === owner || pass.run(owner, other, device).changes === 0) continue;
        moved.lost.add(other);
        if (owner !== null) moved.got.add(owner);
      }
    },
    ofKey(claim) {
      const owner = firstOf.get('key-protector-id', claim)?.id;
      if (owner === undefined) return;
      const id = Buffer.from(claim.slice(0, 36).replaceAll('-', ''), 'hex');
      const record = [...recordsOfKey.all(id), ...rivals.all(id)].find(({ fingerprint }) => claimOf(claim.slice(0, 36), fingerprint) === claim);
      if (record === undefined || record.host === null || record.host === owner) return;
      give.run(owner, record.id);
      moved.lost.add(record.host);
      moved.got.add(owner);
    },
  };
}
