// Keys that a list names without their recovery passwords: kept beside the key records, so that a key ID leads to its host, and joined with the password when that comes.
import type { Database } from '../../store/database.ts';
import type { NamedOwner } from '../hosts/key-owners.ts';
import { prepared } from './prepared.ts';
import { inSlices } from './slices.ts';
import type { StagedKeys } from './laid-out-keys.ts';
import type { StagedListedKey } from './staged-rows.ts';

export interface ListedRun {
  readonly db: Database; readonly listed: readonly StagedListedKey[];
  /** Index in `listed` → import_file_id. */
  readonly fileOf: (index: number) => number;
  /** Index in the run's hosts → host_id. */
  readonly hostIds: Float64Array;
  /** Told whom a key record belongs to that named nobody itself. `index`: in `listed`, or of the staged key. */
  readonly named: (owner: NamedOwner, index: number) => void;
  /** Told of a host that has got a key by its name. */
  readonly gotKey: (hostId: number) => void;
}

/** Records of a key that say neither host nor device. */
const OWNERLESS = `SELECT k.key_record_id AS id FROM key_ids i JOIN key_records k ON k.key_record_id = i.key_record_id AND k.key_protector_id = i.key_protector_id
  WHERE i.key_protector_id = @id AND k.host_id IS NULL AND k.entra_device_id IS NULL
  UNION SELECT key_record_id FROM key_records WHERE conflict = 1 AND key_protector_id = @id AND host_id IS NULL AND entra_device_id IS NULL`;

/** @returns Yields between transactions. Rows: listed_keys, host of key_records. Of one key the first and the last list that names it stay: an undone import leaves the other. */
export function* storeListedKeys({ db, fileOf, listed, hostIds, named, gotKey }: ListedRun): Generator<void> {
  const insert = prepared(db, `INSERT INTO listed_keys (key_protector_id, import_file_id, source_row, host_id, entra_device_id, created_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET host_id = coalesce(host_id, excluded.host_id), entra_device_id = coalesce(entra_device_id, excluded.entra_device_id), created_at = coalesce(created_at, excluded.created_at)`);
  const thin = prepared(db, 'DELETE FROM listed_keys WHERE key_protector_id = @id AND import_file_id < @file AND import_file_id > (SELECT min(import_file_id) FROM listed_keys WHERE key_protector_id = @id)');
  const give = openGiveOwner(db, { named, gotKey });
  yield* inSlices(db, listed.length, (from, to) => {
    for (const [n, { row, id, host, entraDeviceId, createdAt }] of listed.slice(from, to).entries()) {
      const importFileId = fileOf(from + n);
      const hostId = hostIds[host] ?? 0;
      insert.run(id, importFileId, row, hostId === 0 ? null : hostId, entraDeviceId, createdAt);
      thin.run({ id, file: importFileId });
      give(id, { hostId, device: entraDeviceId, row }, from + n);
    }
  });
}

/** Recovery passwords that came without host and device, of keys that a list had named before. @returns Yields between transactions. Rows: host of key_records. */
export function* joinWithListed(db: Database, keys: StagedKeys, hostIds: Float64Array, told: Pick<ListedRun, 'named' | 'gotKey'>): Generator<void> {
  if (prepared(db, 'SELECT 1 FROM listed_keys LIMIT 1').get() === undefined) return;
  const find = prepared<[Uint8Array], { hostId: number | null; device: string | null }>(db, 'SELECT host_id AS hostId, entra_device_id AS device FROM listed_keys WHERE key_protector_id = ? ORDER BY import_file_id DESC LIMIT 1');
  const give = openGiveOwner(db, told);
  yield* inSlices(db, keys.count, (from, to) => {
    for (let index = from; index < to; index += 1) {
      if (hostIds[index] !== 0 || keys.hasId[index] !== 1 || keys.entraDeviceId.has(index)) continue;
      const id = keys.ids.slice(index * 16, (index + 1) * 16);
      const listed = find.get(id);
      if (listed !== undefined) give(id, { hostId: listed.hostId ?? 0, device: listed.device, row: keys.sourceRows[index] ?? 0 }, index);
    }
  });
}

function openGiveOwner(db: Database, { named, gotKey }: Pick<ListedRun, 'named' | 'gotKey'>): (id: Uint8Array, owner: Omit<NamedOwner, 'keyRecordId'>, index: number) => void {
  const ownerless = prepared<[{ id: Uint8Array }], { id: number }>(db, OWNERLESS);
  const setHost = prepared(db, 'UPDATE key_records SET host_id = ? WHERE key_record_id = ? AND host_id IS NULL');
  return (id, { hostId, device, row }, index) => {
    if (hostId === 0 && device === null) return;
    for (const { id: keyRecordId } of ownerless.all({ id })) {
      if (device !== null) named({ keyRecordId, hostId, device, row }, index);
      else if (setHost.run(hostId, keyRecordId).changes === 1) gotKey(hostId);
    }
  };
}
