// Puts the keys of a run into the store: key IDs in their own order, then records in the order of their hosts.
// Same key protector ID and same password: unchanged. Same ID and another password: a record of its own, and both are marked as in conflict.
import { PASSWORDS_PER_PAGE } from '../../store/sealed-pages.ts';
import { KeyRun, type KeyRunOptions } from './key-run.ts';
import { sortedBy } from './order.ts';
import { bytesOfRows, numbersOfRows, unpackBytes, unpackNumber } from './packed-cells.ts';
import { inSlices, MANY_AT_ONCE } from './slices.ts';
import { storeRecords, storeRecordsWithoutId } from './store-records.ts';
import { prepared } from './prepared.ts';

/** @returns Yields between transactions. Rows: key_ids, key_records, key_record_sources, sealed_pages. */
export function* storeKeys(options: KeyRunOptions): Generator<void> {
  if (options.keys.count === 0) return;
  yield;
  const run = new KeyRun(options);
  yield;
  yield* enterIds(run);
  yield* storeRecords(run);
  yield* storeRecordsWithoutId(run);
  yield* inSlices(run.db, run.mergedSources.length, (from, to) => run.noteMergedSources(from, to));
  run.tellContests();
}

/** Finds out which keys are new. An ID that is there already is looked at one by one: in the order of their records where the store had them before, or nearly each would have a page deciphered for itself. */
function* enterIds(run: KeyRun): Generator<void> {
  const { db, keys: { byId } } = run;
  const record = `:first + ${unpackNumber('indices')}`;
  const enter = prepared(db, `INSERT OR IGNORE INTO key_ids (key_protector_id, key_record_id) SELECT ${unpackBytes('ids')}, ${record} FROM page_places WHERE place < :count`);
  const known = prepared<unknown[], { place: number; held: number }>(db, 
    `SELECT place, i.key_record_id AS held FROM page_places JOIN key_ids i ON i.key_protector_id = ${unpackBytes('ids')}
      WHERE place < :count AND i.key_record_id <> ${record} ORDER BY place`,
  );
  const point = prepared(db, 'UPDATE key_ids SET key_record_id = ? WHERE key_protector_id = ?');
  const { indices } = byId;
  /** Key protector ID → staged keys of it that are in no entry of the index yet: in conflict with the first one, or the first one itself. */
  const rivals = new Map<string, number[]>();
  const decide = (index: number, held: number): void => { if (judge(run, rivals, index, held) === 'new') point.run(run.recordOf(index), run.idOf(index)); };
  const again = { count: 0, indices: new Uint32Array(indices.length), held: new Float64Array(indices.length) };
  yield* inSlices(db, Math.ceil(indices.length / PASSWORDS_PER_PAGE), (fromPage, toPage) => {
    for (let page = fromPage; page < toPage; page += 1) {
      const from = page * PASSWORDS_PER_PAGE;
      const to = Math.min(indices.length, from + PASSWORDS_PER_PAGE);
      const packed = { first: run.firstRecord, ids: bytesOfRows(byId.ids, from, to), indices: numbersOfRows(byId.indicesAsText, from, to), count: to - from };
      if (enter.run(packed).changes === to - from) continue;
      for (const { place, held } of known.all(packed)) {
        const index = indices[from + place];
        if (index === undefined) continue;
        if (held >= run.firstRecord) decide(index, held);
        else {
          again.indices[again.count] = index;
          again.held[again.count] = held;
          again.count += 1;
        }
      }
    }
  });
  const byRecord = sortedBy(Uint32Array.from(again.held.subarray(0, again.count))); // beyond 2^32 records only the order would suffer
  yield;
  yield* inSlices(db, byRecord.length, (from, to) => {
    for (const n of byRecord.subarray(from, to)) decide(again.indices[n] ?? 0, again.held[n] ?? 0);
  }, MANY_AT_ONCE);
}

/** Decides about a key whose ID the index already has, for the record `held`: said again, in conflict, or new after all because that record never came. */
function judge(run: KeyRun, rivals: Map<string, number[]>, index: number, held: number): 'decided' | 'new' {
  const id = run.idOf(index);
  const fingerprint = run.fingerprintOf(index);
  const inStore = run.stored.withId(id, held);
  const same = inStore.find((key) => key.fingerprint.equals(fingerprint));
  if (same !== undefined) {
    run.confirm(same, index);
    return 'decided';
  }
  const name = id.toString('hex');
  const others = rivals.get(name) ?? [];
  const holder = run.holderOf(held, id);
  const inRun = holder === null ? others : [holder, ...others];
  const twin = inRun.find((other) => run.fingerprintOf(other).equals(fingerprint));
  if (twin !== undefined) {
    run.merge(twin, index);
    return 'decided';
  }
  if (inStore.length === 0 && inRun.length === 0) {
    rivals.set(name, [index]); // a further row of this page still sees the entry as it was
    return 'new';
  }
  for (const other of [...inRun, index]) run.setStatus(other, 'in-conflict');
  run.conflictsWith.set(index, inStore.map((key) => key.key_record_id));
  rivals.set(name, [...others, index]);
  return 'decided';
}
