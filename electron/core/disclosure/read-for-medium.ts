// The door for media: recovery passwords on their way into a sealed key bundle. The one who reads records the disclosure before the medium can be used.
import { openUnsealer } from '../../store/sealed-pages.ts';
import { AppError } from '../app-error.ts';
import type { Desk } from '../desk.ts';
import { parseKeyProtectorId, type KeyProtectorId } from '../keys/key-protector-id.ts';

/** `password16`: eight numbers as 16-bit little-endian. Secret; a copy that the caller overwrites. */
export interface ReadKeyRecord { readonly keyRecordId: number; readonly keyProtectorId: KeyProtectorId; readonly password16: Uint8Array }

/**
 * Reads the recovery passwords of key records for a medium (core/media/build-medium.ts, and nobody else).
 *
 * @param keyRecordIds Ascending, which is the order of the sealed pages. Records without a key protector ID can not be on a medium and are left out.
 * @returns Yields one after another, in the order given. AppError `cannot-read-recovery-passwords`, `store-damaged`, `not-found`. Writes nothing.
 */
export function* readForMedium(desk: Desk, keyRecordIds: Iterable<number>): Generator<ReadKeyRecord> {
  const unsealer = openUnsealer(desk.db, desk.keys);
  const find = desk.db.prepare<[number], { key_protector_id: Buffer | null; page_id: number; place: number }>('SELECT key_protector_id, page_id, place FROM key_records WHERE key_record_id = ?');
  try {
    for (const keyRecordId of keyRecordIds) {
      const row = find.get(keyRecordId);
      if (row === undefined) throw new AppError('not-found', { keyRecordId });
      const keyProtectorId = row.key_protector_id === null ? null : parseKeyProtectorId(row.key_protector_id.toString('hex'));
      if (keyProtectorId !== null) yield { keyRecordId, keyProtectorId, password16: unsealer.unseal(row.page_id, row.place) };
    }
  } finally {
    unsealer.close();
  }
}
