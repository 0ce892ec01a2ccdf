// What the store already holds of a key, and what a further source adds to it: a note of the source, and facts that were still empty.
import type { Database } from '../../store/database.ts';
import { claimMark } from '../hosts/key-owners.ts';
import { prepared } from './prepared.ts';

export interface StoredKey {
  readonly key_record_id: number; readonly key_protector_id: Buffer | null; readonly fingerprint: Buffer; readonly host_id: number | null;
  readonly volume_id: string | null; readonly drive: string | null; readonly created_at: string | null; readonly source_name: string; readonly source_row: number;
}

/** What a row says of a key beside the password. */
export interface KeyFacts { readonly row: number; readonly hostId: number | null; readonly volumeId: string | null; readonly drive: string | null; readonly createdAt: string | null }

export interface StoredKeys {
  /** By key protector ID: the first record, then those in conflict with it. Empty when there is none. */
  withId(id: Uint8Array, held: number | null): StoredKey[];
  /** Without an ID, of this host (null: of none), with this password. */
  withoutId(hostId: number | null, fingerprint: Uint8Array): StoredKey | undefined;
  /** Of this host, or of one that was named beside it, with this password, whatever ID. */
  ofHost(hostId: number, fingerprint: Uint8Array): StoredKey | undefined;
  /** Takes in that a further row says the same. @returns Whether the record has got a host by it. Rows: key_records, key_record_sources. */
  confirm(key: StoredKey, facts: KeyFacts, file: KeyFile): boolean;
  /** Notes a further source of a record that came with this very file. */
  noteSource(keyRecordId: number, row: number, file: KeyFile): void;
}

/** The file of the import that a key comes in with. */
export interface KeyFile { readonly importFileId: number; readonly name: string }

const SELECT = `SELECT k.key_record_id, k.key_protector_id, k.fingerprint, k.host_id, k.volume_id, k.drive, k.created_at, f.name AS source_name, k.source_row
  FROM key_records k JOIN import_files f USING (import_file_id)`;

/** @returns A way to ask for what the store has of a key, with its statements prepared. */
export function openStoredKeys(db: Database): StoredKeys {
  const byRecord = prepared<[number, Uint8Array], StoredKey>(db, `${SELECT} WHERE k.key_record_id = ? AND k.key_protector_id = ?`);
  const inConflict = prepared<[Uint8Array, number], StoredKey>(db, `${SELECT} WHERE k.conflict = 1 AND k.key_protector_id = ? AND k.key_record_id <> ?`);
  // Hardly a store has any, and importing a file again asks for every key of it. Those of a run are marked when all of its IDs were looked up.
  const hasConflicts = prepared(db, 'SELECT 1 FROM key_records INDEXED BY key_records_in_conflict WHERE conflict = 1 LIMIT 1').get() !== undefined;
  const withoutId = prepared<[Uint8Array, number | null], StoredKey>(db, `${SELECT} WHERE k.key_protector_id IS NULL AND k.fingerprint = ? AND k.host_id IS ?`);
  const ofHost = prepared<[number, Uint8Array], StoredKey>(db, `${SELECT} WHERE k.host_id = ? AND k.fingerprint = ?`);
  const ofHostNamed = prepared<unknown[], StoredKey>(db, 
    `${SELECT} WHERE k.fingerprint = :fingerprint AND k.key_record_id IN (
       SELECT i.key_record_id FROM host_ids c JOIN key_ids i ON i.key_protector_id = unhex(substr(c.value, 1, 36), '-') WHERE c.host_id = :host AND c.kind = 'key-protector-id' AND substr(c.value, 38) = :mark
       UNION SELECT r.key_record_id FROM host_ids c JOIN key_records r ON r.conflict = 1 AND r.key_protector_id = unhex(substr(c.value, 1, 36), '-') WHERE c.host_id = :host AND c.kind = 'key-protector-id' AND substr(c.value, 38) = :mark
       UNION SELECT r.key_record_id FROM host_ids c JOIN key_records r ON r.entra_device_id = c.value WHERE c.host_id = :host AND c.kind = 'entra-device-id'
       UNION SELECT d.key_record_id FROM host_ids c JOIN key_devices d ON d.entra_device_id = c.value WHERE c.host_id = :host AND c.kind = 'entra-device-id')`,
  );
  const hasFurtherOwners = prepared(db, "SELECT 1 WHERE EXISTS (SELECT 1 FROM host_ids WHERE kind = 'key-protector-id') OR EXISTS (SELECT 1 FROM key_records WHERE entra_device_id IS NOT NULL)").get() !== undefined;
  const fill = prepared(db, 'UPDATE key_records SET host_id = coalesce(host_id, ?), volume_id = coalesce(volume_id, ?), drive = coalesce(drive, ?), created_at = coalesce(created_at, ?) WHERE key_record_id = ?');
  const note = prepared(db, 'INSERT OR IGNORE INTO key_record_sources (key_record_id, import_file_id, source_row) VALUES (?, ?, ?)');
  // The same file comes in again under a new import_file_id; a source is a file's name and a row, noted under the first file of that name that was not taken back.
  const firstOfName = prepared<[string], { id: number }>(db, 'SELECT f.import_file_id AS id FROM import_files f JOIN imports i USING (import_id) WHERE f.name = ? AND i.undone_at IS NULL ORDER BY f.import_file_id LIMIT 1');
  const noted = new Map<string, number>();
  function sourceFileId({ importFileId, name }: KeyFile): number {
    let id = noted.get(name);
    if (id === undefined) noted.set(name, id = firstOfName.get(name)?.id ?? importFileId);
    return id;
  }

  return {
    withId(id, held) {
      const first = held === null ? undefined : byRecord.get(held, id);
      const rivals = hasConflicts ? inConflict.all(id, first?.key_record_id ?? -1) : [];
      return first === undefined ? rivals : [first, ...rivals];
    },
    withoutId: (hostId, fingerprint) => withoutId.get(fingerprint, hostId),
    ofHost: (hostId, fingerprint) => ofHost.get(hostId, fingerprint) ?? (hasFurtherOwners ? ofHostNamed.get({ host: hostId, fingerprint, mark: claimMark(fingerprint) }) : undefined),
    confirm(key, { row, hostId, volumeId, drive, createdAt }, file) {
      if (key.source_name !== file.name || key.source_row !== row) note.run(key.key_record_id, sourceFileId(file), row);
      const getsHost = key.host_id === null && hostId !== null;
      if (getsHost || (key.volume_id === null && volumeId !== null) || (key.drive === null && drive !== null) || (key.created_at === null && createdAt !== null)) {
        fill.run(hostId, volumeId, drive, createdAt, key.key_record_id);
      }
      return getsHost;
    },
    noteSource: (keyRecordId, row, file) => { note.run(keyRecordId, sourceFileId(file), row); },
  };
}
