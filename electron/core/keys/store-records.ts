// Which keys of a run become records of their own, page by page.
import type { Statement } from 'better-sqlite3';
import { PASSWORDS_PER_PAGE } from '../../store/sealed-pages.ts';
import type { KeyRun } from './key-run.ts';
import { FLAG_CONFLICT, RecordWriter } from './record-writer.ts';
import { inSlices } from './slices.ts';
import { prepared } from './prepared.ts';

/** Records with an ID that were found to be new. Yields between transactions. */
export function* storeRecords(run: KeyRun): Generator<void> {
  const { db } = run;
  const fresh = run.freshWith(1);
  const writer = new RecordWriter(run);
  const namelessKeys = prepared(db, 'SELECT 1 FROM key_records WHERE key_protector_id IS NULL LIMIT 1').get() === undefined ? null : new NamelessKeys(run);
  yield* inSlices(db, Math.ceil(fresh.length / PASSWORDS_PER_PAGE), (from, to) => {
    for (let page = from; page < to; page += 1) {
      const all = pageOf(fresh, page);
      writer.write(namelessKeys === null ? all : all.filter((index) => !namelessKeys.isIdentified(index)));
    }
  });
}

/** Records without an ID: one for each host and password. Yields between transactions. */
export function* storeRecordsWithoutId(run: KeyRun): Generator<void> {
  const { db, stored } = run;
  const writer = new RecordWriter(run);
  const nameless = run.freshWith(0);
  yield* inSlices(db, Math.ceil(nameless.length / PASSWORDS_PER_PAGE), (from, to) => {
    for (let page = from; page < to; page += 1) {
      const inPage = new Map<string, number>();
      writer.write(pageOf(nameless, page).filter((index) => {
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
      }));
    }
  });
}

const pageOf = (indices: Uint32Array, page: number): Uint32Array => indices.subarray(page * PASSWORDS_PER_PAGE, (page + 1) * PASSWORDS_PER_PAGE);

/** Records of the store that came without an ID, which a key of the run may turn out to be. */
class NamelessKeys {
  readonly #run: KeyRun;
  readonly #flag: Statement;
  readonly #pass: Statement;
  readonly #identify: Statement;

  constructor(run: KeyRun) {
    this.#run = run;
    this.#flag = prepared(run.db, FLAG_CONFLICT);
    this.#pass = prepared(run.db, 'UPDATE key_ids SET key_record_id = ? WHERE key_protector_id = ? AND key_record_id = ?');
    this.#identify = prepared(run.db, 'UPDATE key_records SET key_protector_id = ? WHERE key_record_id = ?');
  }

  /** @returns Whether the record of this host with this password got its ID now; with it, it may turn out to be in conflict. Rows: key_ids, key_records. */
  isIdentified(index: number): boolean {
    const run = this.#run;
    const hostId = run.hostIds[index] ?? 0;
    const nameless = hostId === 0 ? undefined : run.stored.withoutId(hostId, run.fingerprintOf(index));
    if (nameless === undefined) return false;
    const id = run.idOf(index);
    this.#identify.run(id, nameless.key_record_id);
    this.#pass.run(nameless.key_record_id, id, run.recordOf(index));
    const others = run.conflictsWith.get(index);
    if (run.statusOf(index) === 'in-conflict') {
      for (const record of [nameless.key_record_id, ...(others ?? [])]) this.#flag.run(record);
      if (others !== undefined) {
        const { counts } = run.fileOf(index);
        counts.conflicts += 1;
        counts.unchanged -= 1; // counted again by what follows
      }
    }
    run.confirm(nameless, index);
    return true;
  }
}
