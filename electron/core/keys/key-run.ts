// A run of staged keys on its way into the store: what is decided about each of them so far.
import type { Database } from '../../store/database.ts';
import type { NamedOwner } from '../hosts/key-owners.ts';
import type { PageSealer } from '../../store/sealed-pages.ts';
import { FINGERPRINT_BYTES } from './keyed-fingerprint.ts';
import type { StagedKeys } from './laid-out-keys.ts';
import { openStoredKeys, type KeyFile, type StoredKey, type StoredKeys } from './stored-keys.ts';
import { prepared } from './prepared.ts';

export interface KeyCounts { imported: number; unchanged: number; conflicts: number }
/** A file of the run, and what becomes of its keys. */
export interface CountedFile extends KeyFile { readonly counts: KeyCounts }

/** What storing a run of keys needs. */
export interface KeyRunOptions {
  readonly db: Database;
  readonly sealer: PageSealer;
  readonly keys: StagedKeys;
  /** Index of the staged key → host_id, 0 for none. */
  readonly hostIds: Float64Array;
  /** The file of a staged key; always the same but where several small files make one run. */
  readonly fileOf: (index: number) => CountedFile;
  /** Whether `fileOf` gives several. */
  readonly hasSeveralFiles: boolean;
  /** Told of every host that has got a key. */
  readonly gotKey: (hostId: number) => void;
  /** Told of further rows of a key that name a host it did not have yet, another one, or a device. */
  readonly named: (owner: NamedOwner, index: number) => void;
}

export type KeyStatus = 'pending' | 'done' | 'in-conflict';

export interface KeyRun extends KeyRunOptions {
  readonly stored: StoredKeys;
  /** Number of the first record of this run; the others get theirs in the order of the staged keys. */
  readonly firstRecord: number;
  recordOf(index: number): number;
  idOf(index: number): Buffer;
  /** The staged key that record would come from, if it has this ID. */
  holderOf(record: number, id: Buffer): number | null;
  fingerprintOf(index: number): Buffer;
  statusOf(index: number): KeyStatus;
  /** Of all whose ID is there, or is not, those that are to be written: all but what is done, in the order of their records. */
  freshWith(hasId: 0 | 1): Uint32Array<ArrayBuffer>;
  setStatus(index: number, status: KeyStatus): void;
  /** Staged index → records of the store it is in conflict with; empty when it is another key of this run. */
  readonly conflictsWith: Map<number, readonly number[]>;
  /** Takes in that a staged key is in the store already. */
  confirm(key: StoredKey, index: number): void;
  /** Takes in that two staged keys are one. Its source is noted at the end, when the record is there. */
  merge(into: number, index: number): void;
  noteMergedSources(from: number, to: number): void;
  /** Tells whom merged keys name, when their records are there. */
  tellContests(): void;
  readonly mergedSources: { readonly index: number; readonly row: number }[];
}

const ID_BYTES = 16;
const STATUSES = ['pending', 'done', 'in-conflict'] as const satisfies readonly KeyStatus[];

/** @returns A run of staged keys, all still pending: what is decided about each is noted in it. Its steps write; call them in transactions. Rows: key_records, key_record_sources. */
export function openKeyRun(options: KeyRunOptions): KeyRun {
  const { db, keys, hostIds, fileOf, gotKey, named } = options;
  const stored = openStoredKeys(db);
  const firstRecord = (prepared<[], { n: number | null }>(db, 'SELECT max(key_record_id) AS n FROM key_records').get()?.n ?? 0) + 1;
  const status = new Uint8Array(keys.count);
  const mergedSources: { index: number; row: number }[] = [];
  /** Staged keys that are one and name several hosts or devices. */
  const contests: { into: number; index: number }[] = [];
  /** Staged index → the record of the store that turned out to be the same key. */
  const confirmedAs = new Map<number, number>();
  const idOf = (index: number): Buffer => Buffer.from(keys.ids.subarray(index * ID_BYTES, (index + 1) * ID_BYTES));
  const recordOf = (index: number): number => firstRecord + index;

  return {
    ...options, stored, firstRecord, recordOf, idOf, conflictsWith: new Map(), mergedSources,
    holderOf(record, id) {
      const index = record - firstRecord;
      return keys.hasId[index] === 1 && idOf(index).equals(id) ? index : null;
    },
    fingerprintOf: (index) => Buffer.from(keys.fingerprints.subarray(index * FINGERPRINT_BYTES, (index + 1) * FINGERPRINT_BYTES)),
    statusOf: (index) => STATUSES[status[index] ?? 0] ?? 'pending',
    freshWith(hasId) {
      const done = STATUSES.indexOf('done');
      const fresh = new Uint32Array(keys.count);
      let count = 0;
      for (let index = 0; index < keys.count; index += 1) if (keys.hasId[index] === hasId && status[index] !== done) fresh[count++] = index;
      return fresh.subarray(0, count);
    },
    setStatus: (index, value) => { status[index] = STATUSES.indexOf(value); },
    confirm(key, index) {
      const hostId = hostIds[index] ?? 0;
      const getsHost = stored.confirm(key, {
        row: keys.sourceRows[index] ?? 0, hostId: hostId === 0 ? null : hostId,
        volumeId: keys.volumeId.get(index) ?? null, drive: keys.drive.get(index) ?? null, createdAt: keys.createdAt.get(index) ?? null,
      }, fileOf(index));
      if (getsHost) gotKey(hostId);
      const device = keys.entraDeviceId.get(index) ?? null;
      if (device !== null || (hostId !== 0 && key.host_id !== hostId)) named({ keyRecordId: key.key_record_id, hostId, device, row: keys.sourceRows[index] ?? 0 }, index);
      confirmedAs.set(index, key.key_record_id);
      status[index] = STATUSES.indexOf('done');
      fileOf(index).counts.unchanged += 1;
    },
    merge(into, index) {
      if (hostIds[into] === 0) hostIds[into] = hostIds[index] ?? 0;
      if (keys.entraDeviceId.has(index) || (hostIds[index] !== 0 && hostIds[index] !== hostIds[into])) contests.push({ into, index });
      for (const column of [keys.createdAt, keys.volumeId, keys.drive]) {
        const value = column.get(index);
        if (value !== undefined && !column.has(into)) column.set(into, value);
      }
      if (keys.sourceRows[index] !== keys.sourceRows[into]) mergedSources.push({ index: into, row: keys.sourceRows[index] ?? 0 });
      status[index] = STATUSES.indexOf('done');
      fileOf(index).counts.unchanged += 1;
    },
    tellContests() {
      for (const { into, index } of contests) named({ keyRecordId: confirmedAs.get(into) ?? recordOf(into), hostId: hostIds[index] ?? 0, device: keys.entraDeviceId.get(index) ?? null, row: keys.sourceRows[index] ?? 0 }, index);
    },
    noteMergedSources(from, to) {
      for (const { index, row } of mergedSources.slice(from, to)) stored.noteSource(confirmedAs.get(index) ?? recordOf(index), row, fileOf(index));
    },
  };
}
