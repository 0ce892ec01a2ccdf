// Writes the key records of a run, passwords sealed in pages of up to 256.
import type { Statement } from 'better-sqlite3';
import type { Database } from '../../store/database.ts';
import { cell, jsonRows } from './json-rows.ts';
import type { KeyRun } from './key-run.ts';
import { ChosenCells, isPackableInstant, numbersAsText, PackedInstants, PackedNumbers, unpackBytes, unpackInstant, unpackNumber } from './packed-cells.ts';
import { prepared } from './prepared.ts';

/** Binds a key_record_id. */
export const FLAG_CONFLICT = 'UPDATE key_records SET conflict = 1 WHERE key_record_id = ?';

const COLUMNS = 'key_record_id, key_protector_id, host_id, created_at, import_file_id, source_row, page_id, place, fingerprint';

/** @param record SQL for the number of a record. @param file SQL for the number of its file. */
const packedStatement = (db: Database, record: string, file: string): Statement => prepared(db,
  `INSERT INTO key_records (${COLUMNS}) SELECT ${record}, ${unpackBytes('ids')}, nullif(${unpackNumber('hosts')}, 0), ${unpackInstant('created')}, ${file}, ${unpackNumber('rows')}, :page, place, ${unpackBytes('fingerprints')}
     FROM page_places WHERE place < :count`,
);

/** Writes the records of one run. */
export class RecordWriter {
  readonly #run: KeyRun;
  /** Where no number is left out between the records of a page. */
  readonly #inOrder: Statement;
  readonly #withGaps: Statement;
  /** With what few sources say. */
  readonly #full: Statement;
  readonly #flag: Statement;
  readonly #ids: ChosenCells;
  readonly #fingerprints: ChosenCells;
  readonly #passwords: ChosenCells;
  readonly #rows: ChosenCells;
  readonly #hosts: ChosenCells;
  readonly #records = new PackedNumbers();
  readonly #files = new PackedNumbers();
  readonly #created = new PackedInstants();
  readonly #hasInstants: boolean;
  /** Whether nothing is said of any of them that the columns do not hold. */
  readonly #hasOnlyColumns: boolean;

  /** @param run Of which it is decided already which host each of its keys belongs to. */
  constructor(run: KeyRun) {
    const { db, keys } = run;
    this.#run = run;
    const file = run.hasSeveralFiles ? unpackNumber('file') : ':file';
    this.#inOrder = packedStatement(db, ':records + place', file);
    this.#withGaps = packedStatement(db, unpackNumber('records'), file);
    this.#full = prepared(db,
      `INSERT INTO key_records (${COLUMNS}, volume_id, drive, conflict, entra_device_id) SELECT ${cell(0)}, CASE WHEN ${cell(1)} = 1 THEN ${unpackBytes('ids')} END, ${cell(2)}, ${cell(3)}, ${cell(4)}, ${cell(5)}, :page, place, ${unpackBytes('fingerprints')},
         ${cell(6)}, ${cell(7)}, ${cell(8)}, ${cell(9)} FROM json_each(:rows) j CROSS JOIN page_places ON place = j.key`,
    );
    this.#flag = prepared(db, FLAG_CONFLICT);
    this.#ids = ChosenCells.ofBytes(keys.ids);
    this.#fingerprints = ChosenCells.ofBytes(keys.fingerprints);
    this.#passwords = ChosenCells.ofBytes(keys.passwords);
    this.#rows = ChosenCells.ofNumbers(keys.rowsAsText);
    this.#hosts = ChosenCells.ofNumbers(numbersAsText(run.hostIds));
    this.#hasInstants = keys.createdAt.size > 0;
    this.#hasOnlyColumns = run.conflictsWith.size + keys.createdAt.size + keys.volumeId.size + keys.drive.size + keys.entraDeviceId.size === 0 && keys.byId.indices.length === keys.count;
  }

  /**
   * Seals the passwords of staged keys, writes their records, counts them and tells whose they are.
   *
   * @param indices At most 256, ascending. Rows: sealed_pages, key_records. Call it in a transaction.
   */
  write(indices: Uint32Array): void {
    if (indices.length === 0) return;
    const page = this.#run.sealer.seal(this.#passwords.of(indices));
    const written = this.#isInColumns(indices) ? this.#insertPacked(indices, page) : this.#insertFull(indices, page);
    if (written !== indices.length) throw new Error(`${written} of ${indices.length} key records were written`);
    this.#count(indices);
    this.#tellHosts(indices);
  }

  /** @returns Whether the columns hold all there is to say of these records. */
  #isInColumns(indices: Uint32Array): boolean {
    if (this.#hasOnlyColumns) return true;
    const run = this.#run;
    const { keys } = run;
    return indices.every((index) => keys.hasId[index] === 1 && run.statusOf(index) === 'pending' && isPackableInstant(keys.createdAt.get(index) ?? null)
      && !keys.volumeId.has(index) && !keys.drive.has(index) && !keys.entraDeviceId.has(index));
  }

  #insertPacked(indices: Uint32Array, page: number): number {
    const run = this.#run;
    const numbers = this.#numbersOf(indices);
    return (typeof numbers === 'number' ? this.#inOrder : this.#withGaps).run({
      records: numbers, ids: this.#ids.of(indices), hosts: this.#hosts.of(indices), created: this.#hasInstants ? this.#createdOf(indices) : null,
      file: run.hasSeveralFiles ? this.#filesOf(indices) : run.fileOf(indices[0] ?? 0).importFileId, rows: this.#rows.of(indices), page, fingerprints: this.#fingerprints.of(indices), count: indices.length,
    }).changes;
  }

  #createdOf(indices: Uint32Array): Buffer {
    this.#created.clear();
    for (const index of indices) this.#created.add(this.#run.keys.createdAt.get(index) ?? null);
    return this.#created.cells();
  }

  #filesOf(indices: Uint32Array): Buffer {
    this.#files.clear();
    for (const index of indices) this.#files.add(this.#run.fileOf(index).importFileId);
    return this.#files.cells();
  }

  /** Where none of the run was left out between them, the first number says all. */
  #numbersOf(indices: Uint32Array): number | Buffer {
    const run = this.#run;
    const first = run.recordOf(indices[0] ?? 0);
    if (run.recordOf(indices.at(-1) ?? 0) - first === indices.length - 1) return first;
    this.#records.clear();
    for (const index of indices) this.#records.add(run.recordOf(index));
    return this.#records.cells();
  }

  #insertFull(indices: Uint32Array, page: number): number {
    const run = this.#run;
    const { keys } = run;
    return this.#full.run({
      page, ids: this.#ids.of(indices), fingerprints: this.#fingerprints.of(indices),
      rows: jsonRows(Array.from(indices, (index) => {
        const hostId = run.hostIds[index] ?? 0;
        return [
          run.recordOf(index), keys.hasId[index] ?? 0, hostId === 0 ? null : hostId, keys.createdAt.get(index) ?? null, run.fileOf(index).importFileId, keys.sourceRows[index] ?? 0,
          keys.volumeId.get(index) ?? null, keys.drive.get(index) ?? null, run.statusOf(index) === 'in-conflict' ? 1 : 0, keys.entraDeviceId.get(index) ?? null,
        ];
      })),
    }).changes;
  }

  /** As imported or in conflict; records of the store that are in conflict with them are marked. */
  #count(indices: Uint32Array): void {
    const run = this.#run;
    if (run.conflictsWith.size === 0 && !run.hasSeveralFiles) {
      run.fileOf(indices[0] ?? 0).counts.imported += indices.length;
      return;
    }
    for (const index of indices) {
      const others = run.conflictsWith.get(index);
      if (others === undefined) run.fileOf(index).counts.imported += 1;
      else run.fileOf(index).counts.conflicts += 1;
      for (const other of others ?? []) this.#flag.run(other);
    }
  }

  /** In the order of their hosts: each host is told once a page. */
  #tellHosts(indices: Uint32Array): void {
    const run = this.#run;
    let told = 0;
    for (const index of indices) {
      const hostId = run.hostIds[index] ?? 0;
      if (hostId !== 0 && hostId !== told) run.gotKey(hostId);
      told = hostId;
    }
  }
}
