// Writes the key records of a run, passwords sealed in pages of up to 256.
import { PASSWORDS_PER_PAGE } from '../../store/sealed-pages.ts';
import { cell, jsonRows } from './json-rows.ts';
import type { KeyRun } from './key-run.ts';
import { chosenBytes, chosenNumbers, isPackableInstant, packInstants, packNumbers, unpackBytes, unpackInstant, unpackNumber } from './packed-cells.ts';
import { inSlices } from './slices.ts';
import { prepared } from './prepared.ts';

/** Records with an ID that were found to be new. Yields between transactions. */
export function* storeRecords(run: KeyRun): Generator<void> {
  const { db, fileOf, stored } = run;
  const insert = openInsert(run);
  const flag = prepared(db, 'UPDATE key_records SET conflict = 1 WHERE key_record_id = ?');
  const pass = prepared(db, 'UPDATE key_ids SET key_record_id = ? WHERE key_protector_id = ? AND key_record_id = ?');
  const identify = prepared(db, 'UPDATE key_records SET key_protector_id = ? WHERE key_record_id = ?');
  const mayLackIds = prepared(db, 'SELECT 1 FROM key_records WHERE key_protector_id IS NULL LIMIT 1').get() !== undefined;
  const fresh = run.freshWith(1);

  /** A record of this host with this password that came without its ID gets it now; with it, it may turn out to be in conflict. */
  function isIdentified(index: number): boolean {
    const hostId = run.hostIds[index] ?? 0;
    const nameless = hostId === 0 ? undefined : stored.withoutId(hostId, run.fingerprintOf(index));
    if (nameless === undefined) return false;
    const id = run.idOf(index);
    identify.run(id, nameless.key_record_id);
    pass.run(nameless.key_record_id, id, run.recordOf(index));
    const others = run.conflictsWith.get(index);
    if (run.statusOf(index) === 'in-conflict') {
      for (const record of [nameless.key_record_id, ...(others ?? [])]) flag.run(record);
      if (others !== undefined) {
        const { counts } = fileOf(index);
        counts.conflicts += 1;
        counts.unchanged -= 1; // counted again by what follows
      }
    }
    run.confirm(nameless, index);
    return true;
  }

  yield* inSlices(db, Math.ceil(fresh.length / PASSWORDS_PER_PAGE), (from, to) => {
    for (let page = from; page < to; page += 1) {
      const all = fresh.subarray(page * PASSWORDS_PER_PAGE, (page + 1) * PASSWORDS_PER_PAGE);
      const indices = mayLackIds ? all.filter((index) => !isIdentified(index)) : all;
      insert(indices);
      for (const index of indices) {
        const others = run.conflictsWith.get(index);
        if (others === undefined) fileOf(index).counts.imported += 1;
        else fileOf(index).counts.conflicts += 1;
        for (const other of others ?? []) flag.run(other);
      }
    }
  });
}

/** Records without an ID: one for each host and password. Yields between transactions. */
export function* storeRecordsWithoutId(run: KeyRun): Generator<void> {
  const { db, fileOf, stored } = run;
  const insert = openInsert(run);
  const nameless = run.freshWith(0);
  yield* inSlices(db, Math.ceil(nameless.length / PASSWORDS_PER_PAGE), (from, to) => {
    for (let page = from; page < to; page += 1) {
      const inPage = new Map<string, number>();
      const fresh = nameless.subarray(page * PASSWORDS_PER_PAGE, (page + 1) * PASSWORDS_PER_PAGE).filter((index) => {
        const hostId = run.hostIds[index] === 0 ? null : (run.hostIds[index] ?? null);
        const fingerprint = run.fingerprintOf(index);
        const known = stored.withoutId(hostId, fingerprint) ?? (hostId === null ? undefined : stored.ofHost(hostId, fingerprint));
        if (known !== undefined) {
          run.confirm(known, index);
          return false;
        }
        const name = `${hostId} ${fingerprint.toString('hex')}`;
        const twin = inPage.get(name);
        if (twin !== undefined) {
          run.merge(twin, index);
          return false;
        }
        inPage.set(name, index);
        return true;
      });
      insert(fresh);
      for (const index of fresh) fileOf(index).counts.imported += 1;
    }
  });
}

/** @returns Seals the passwords of up to 256 staged keys and writes their records. Rows: sealed_pages, key_records. */
function openInsert(run: KeyRun): (indices: Uint32Array) => void {
  const { db, keys, fileOf, hasSeveralFiles, sealer } = run;
  const columns = 'key_record_id, key_protector_id, host_id, created_at, import_file_id, source_row, page_id, place, fingerprint';
  const packed = (record: string) => prepared(db,
    `INSERT INTO key_records (${columns}) SELECT ${record}, ${unpackBytes('ids')}, nullif(${unpackNumber('hosts')}, 0), ${unpackInstant('created')}, ${hasSeveralFiles ? unpackNumber('file') : ':file'},
       ${unpackNumber('rows')}, :page, place, ${unpackBytes('fingerprints')} FROM page_places WHERE place < :count`,
  );
  const [inOrder, withGaps] = [packed(':records + place'), packed(unpackNumber('records'))];
  const full = prepared(db,
    `INSERT INTO key_records (${columns}, volume_id, drive, conflict, entra_device_id) SELECT ${cell(0)}, CASE WHEN ${cell(1)} = 1 THEN ${unpackBytes('ids')} END, ${cell(2)}, ${cell(3)}, ${cell(4)}, ${cell(5)}, :page, place, ${unpackBytes('fingerprints')},
       ${cell(6)}, ${cell(7)}, ${cell(8)}, ${cell(9)} FROM json_each(:rows) j CROSS JOIN page_places ON place = j.key`,
  );
  const ids = chosenBytes(keys.ids), fingerprints = chosenBytes(keys.fingerprints), passwords = chosenBytes(keys.passwords), rows = chosenNumbers(keys.rowsAsText);
  const records = packNumbers(), hosts = packNumbers(), files = packNumbers(), created = packInstants();
  const hasInstants = keys.createdAt.size > 0;
  const hasRareFacts = keys.volumeId.size + keys.drive.size + keys.entraDeviceId.size > 0;

  /** @returns Whether the columns hold all there is to say of these records. */
  function pack(indices: Uint32Array): boolean {
    hosts.clear();
    files.clear();
    created.clear();
    let isAll = true;
    for (const index of indices) {
      hosts.add(run.hostIds[index] ?? 0);
      if (hasSeveralFiles) files.add(fileOf(index).importFileId);
      if (keys.hasId[index] === 0 || run.statusOf(index) !== 'pending') isAll = false;
      if (hasInstants) {
        const instant = keys.createdAt.get(index) ?? null;
        created.add(instant);
        if (!isPackableInstant(instant)) isAll = false;
      }
      if (hasRareFacts && (keys.volumeId.has(index) || keys.drive.has(index) || keys.entraDeviceId.has(index))) isAll = false;
    }
    return isAll;
  }

  /** Where none of the run was left out between them, the first number says all. */
  function numbersOf(indices: Uint32Array): number | Buffer {
    const first = run.recordOf(indices[0] ?? 0);
    if (run.recordOf(indices.at(-1) ?? 0) - first === indices.length - 1) return first;
    records.clear();
    for (const index of indices) records.add(run.recordOf(index));
    return records.cells();
  }

  function insertPacked(indices: Uint32Array, page: number): number {
    const numbers = numbersOf(indices);
    return (typeof numbers === 'number' ? inOrder : withGaps).run({
      records: numbers, ids: ids(indices), hosts: hosts.cells(), created: hasInstants ? created.cells() : null, file: hasSeveralFiles ? files.cells() : fileOf(indices[0] ?? 0).importFileId,
      rows: rows(indices), page, fingerprints: fingerprints(indices), count: indices.length,
    }).changes;
  }

  /** With what few sources say. */
  const insertFull = (indices: Uint32Array, page: number): number => full.run({
    page, ids: ids(indices), fingerprints: fingerprints(indices),
    rows: jsonRows(Array.from(indices, (index) => {
      const hostId = run.hostIds[index] ?? 0;
      return [
        run.recordOf(index), keys.hasId[index] ?? 0, hostId === 0 ? null : hostId, keys.createdAt.get(index) ?? null, fileOf(index).importFileId, keys.sourceRows[index] ?? 0,
        keys.volumeId.get(index) ?? null, keys.drive.get(index) ?? null, run.statusOf(index) === 'in-conflict' ? 1 : 0, keys.entraDeviceId.get(index) ?? null,
      ];
    })),
  }).changes;

  return (indices) => {
    if (indices.length === 0) return;
    const isPacked = pack(indices);
    const page = sealer.seal(passwords(indices));
    const written = isPacked ? insertPacked(indices, page) : insertFull(indices, page);
    if (written !== indices.length) throw new Error(`${written} of ${indices.length} key records were written`);
    let told = 0;
    for (const index of indices) {
      const hostId = run.hostIds[index] ?? 0;
      if (hostId !== 0 && hostId !== told) run.gotKey(hostId); // in the order of their hosts: each is told once a page
      told = hostId;
    }
  };
}
