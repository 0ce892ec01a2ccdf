// The door for media: recovery passwords on their way into a sealed key bundle. The one who reads records the disclosure before the medium can be used.
import { openUnsealer } from '../../store/sealed-pages.ts';
import { AppError } from '../app-error.ts';
import type { Desk } from '../desk.ts';
import { parseKeyProtectorId, type KeyProtectorId } from '../keys/key-protector-id.ts';

/** `password16`: eight numbers as 16-bit little-endian. Secret; a copy that the caller overwrites. */
export interface ReadKeyRecord { readonly keyRecordId: number; readonly keyProtectorId: KeyProtectorId; readonly password16: Uint8Array }

/** Rows of one statement: a millisecond of work. */
const AT_ONCE = 256;

/**
 * Reads the recovery passwords of key records for a medium (core/media/build-medium.ts, and nobody else).
 *
 * @param keyRecordIds Ascending, which is the order of the sealed pages. Records without a key protector ID can not be on a medium and are left out.
 * @returns Yields one after another, in the order given. AppError `cannot-read-recovery-passwords`, `store-damaged`, `not-found`. Writes nothing.
 */
export function* readForMedium(desk: Desk, keyRecordIds: readonly number[]): Generator<ReadKeyRecord> {
  const unsealer = openUnsealer(desk.db, desk.keys);
  const find = desk.db.prepare<[string], { wanted: number; found: number | null; key_protector_id: Buffer | null; page_id: number; place: number }>(
    'SELECT value AS wanted, key_record_id AS found, key_protector_id, page_id, place FROM json_each(?) LEFT JOIN key_records ON key_record_id = value ORDER BY key',
  );
  try {
    for (let from = 0; from < keyRecordIds.length; from += AT_ONCE) {
      for (const row of find.all(JSON.stringify(keyRecordIds.slice(from, from + AT_ONCE)))) {
        if (row.found === null) throw new AppError('not-found', { keyRecordId: row.wanted });
        const keyProtectorId = row.key_protector_id === null ? null : parseKeyProtectorId(row.key_protector_id.toString('hex'));
        if (keyProtectorId !== null) yield { keyRecordId: row.found, keyProtectorId, password16: unsealer.unseal(row.page_id, row.place) };
      }
    }
  } finally {
    unsealer.close();
  }
}
