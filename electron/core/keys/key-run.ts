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

const ID_BYTES = 16;
const STATUSES = ['pending', 'done', 'in-conflict'] as const satisfies readonly KeyStatus[];
const DONE = STATUSES.indexOf('done');

/** A run of staged keys, all still pending at first: what is decided about each is noted in it. Its steps write; call them in transactions. Rows: key_records, key_record_sources. */
export class KeyRun {
  readonly db: Database;
  readonly sealer: PageSealer;
  readonly keys: StagedKeys;
  readonly hostIds: Float64Array;
  readonly hasSeveralFiles: boolean;
  readonly stored: StoredKeys;
  /** Number of the first record of this run; the others get theirs in the order of the staged keys. */
  readonly firstRecord: number;
  /** Staged index → records of the store it is in conflict with; empty when it is another key of this run. */
  readonly conflictsWith = new Map<number, readonly number[]>();
  readonly mergedSources: { readonly index: number; readonly row: number }[] = [];
  readonly #options: KeyRunOptions;
  readonly #status: Uint8Array;
  /** Staged keys that are one and name several hosts or devices. */
  readonly #contests: { readonly into: number; readonly index: number }[] = [];
  /** Staged index → the record of the store that turned out to be the same key. */
  readonly #confirmedAs = new Map<number, number>();

  constructor(options: KeyRunOptions) {
    this.#options = options;
    this.db = options.db;
    this.sealer = options.sealer;
    this.keys = options.keys;
    this.hostIds = options.hostIds;
    this.hasSeveralFiles = options.hasSeveralFiles;
    this.stored = openStoredKeys(options.db);
    this.firstRecord = (prepared<[], { n: number | null }>(options.db, 'SELECT max(key_record_id) AS n FROM key_records').get()?.n ?? 0) + 1;
    this.#status = new Uint8Array(options.keys.count);
  }

  fileOf(index: number): CountedFile {
    return this.#options.fileOf(index);
  }

  gotKey(hostId: number): void {
    this.#options.gotKey(hostId);
  }

  recordOf(index: number): number {
    return this.firstRecord + index;
  }

  idOf(index: number): Buffer {
    return Buffer.from(this.keys.ids.subarray(index * ID_BYTES, (index + 1) * ID_BYTES));
  }

  fingerprintOf(index: number): Buffer {
    return Buffer.from(this.keys.fingerprints.subarray(index * FINGERPRINT_BYTES, (index + 1) * FINGERPRINT_BYTES));
  }

  /** The staged key that record would come from, if it has this ID. */
  holderOf(record: number, id: Buffer): number | null {
    const index = record - this.firstRecord;
    return this.keys.hasId[index] === 1 && this.idOf(index).equals(id) ? index : null;
  }

  statusOf(index: number): KeyStatus {
    return STATUSES[this.#status[index] ?? 0] ?? 'pending';
  }

  setStatus(index: number, status: KeyStatus): void {
    this.#status[index] = STATUSES.indexOf(status);
  }

  /** Of all whose ID is there, or is not, those that are to be written: all but what is done, in the order of their records. */
  freshWith(hasId: 0 | 1): Uint32Array<ArrayBuffer> {
    const { count, hasId: idsThere } = this.keys;
    const status = this.#status;
    const fresh = new Uint32Array(count);
    let found = 0;
    for (let index = 0; index < count; index += 1) if (idsThere[index] === hasId && status[index] !== DONE) fresh[found++] = index;
    return fresh.subarray(0, found);
  }

  /** Takes in that a staged key is in the store already. */
  confirm(key: StoredKey, index: number): void {
    const { keys, hostIds } = this;
    const hostId = hostIds[index] ?? 0;
    const row = keys.sourceRows[index] ?? 0;
    const getsHost = this.stored.confirm(key, {
      row, hostId: hostId === 0 ? null : hostId, volumeId: keys.volumeId.get(index) ?? null, drive: keys.drive.get(index) ?? null, createdAt: keys.createdAt.get(index) ?? null,
    }, this.fileOf(index));
    if (getsHost) this.gotKey(hostId);
    const device = keys.entraDeviceId.get(index) ?? null;
    if (device !== null || (hostId !== 0 && key.host_id !== hostId)) this.#options.named({ keyRecordId: key.key_record_id, hostId, device, row }, index);
    this.#confirmedAs.set(index, key.key_record_id);
    this.setStatus(index, 'done');
    this.fileOf(index).counts.unchanged += 1;
  }

  /** Takes in that two staged keys are one. Its source is noted at the end, when the record is there. */
  merge(into: number, index: number): void {
    const { keys, hostIds } = this;
    if (hostIds[into] === 0) hostIds[into] = hostIds[index] ?? 0;
    if (keys.entraDeviceId.has(index) || (hostIds[index] !== 0 && hostIds[index] !== hostIds[into])) this.#contests.push({ into, index });
    for (const column of [keys.createdAt, keys.volumeId, keys.drive]) {
      const value = column.get(index);
      if (value !== undefined && !column.has(into)) column.set(into, value);
    }
    if (keys.sourceRows[index] !== keys.sourceRows[into]) this.mergedSources.push({ index: into, row: keys.sourceRows[index] ?? 0 });
    this.setStatus(index, 'done');
    this.fileOf(index).counts.unchanged += 1;
  }

  /** Tells whom merged keys name, when their records are there. */
  tellContests(): void {
    const { keys, hostIds } = this;
    for (const { into, index } of this.#contests) {
      this.#options.named({ keyRecordId: this.#confirmedAs.get(into) ?? this.recordOf(into), hostId: hostIds[index] ?? 0, device: keys.entraDeviceId.get(index) ?? null, row: keys.sourceRows[index] ?? 0 }, index);
    }
  }

  noteMergedSources(from: number, to: number): void {
    for (const { index, row } of this.mergedSources.slice(from, to)) this.stored.noteSource(this.#confirmedAs.get(index) ?? this.recordOf(index), row, this.fileOf(index));
  }
}
