// Sticks that come back: which medium of the register a disk in the desk's ports is.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import type { MediaState } from '../codes.ts';
import { prepared } from '../keys/prepared.ts';
import { formatAreas, parseAreas, type Area } from './areas.ts';
import { guidOf } from './disk-layout.ts';
import type { DiskFacts } from './disk-reasons.ts';

/** The disk a medium was written onto. `sealAt`: where on it the sealed bundle lies. */
export interface MediumDisk { readonly name: string | null; readonly serial: string | null; readonly sizeBytes: number; readonly sealAt: readonly Area[] }

export interface KnownMedium {
  readonly mediaId: string; readonly state: MediaState; readonly holder: string | null;
  /**
   * `on-it`: its table is that of the medium. `erased`: this disk was written as the medium, and has no table now.
   * `overwritten`: it was written as the medium, and holds something else now.
   */
  readonly now: 'on-it' | 'erased' | 'overwritten';
}

type Recognisable = Pick<DiskFacts, 'serial' | 'sizeBytes' | 'tableId' | 'contents'>;
interface Row { media_id: string; state: MediaState; holder: string | null }

/** One row. */
export function recordMediumDisk(db: Database, mediaId: string, { name, serial, sizeBytes, sealAt }: MediumDisk): void {
  db.prepare('INSERT INTO media_disks (media_id, name, serial, size_bytes, seal_at) VALUES (?, ?, ?, ?, ?)').run(mediaId, name, serial, sizeBytes, formatAreas(sealAt));
}

/** @returns Null for a medium that was built as a file, or before disks were noted. */
export function findMediumDisk(db: ReadableDatabase, mediaId: string): MediumDisk | null {
  const row = prepared<[string], { name: string | null; serial: string | null; size_bytes: number; seal_at: string }>(db, 'SELECT name, serial, size_bytes, seal_at FROM media_disks WHERE media_id = ?').get(mediaId);
  return row === undefined ? null : { name: row.name, serial: row.serial, sizeBytes: row.size_bytes, sealAt: parseAreas(row.seal_at) };
}

/**
 * Recognises disks without reading them: by the number of their partition table, which follows from the medium's ID (an image that somebody
 * wrote onto a stick by other means has it too), else by serial and size.
 *
 * @returns Gives the medium of a disk, or null. Media of other desks may carry the same ID: what is on the disk is looked at before anything is done with it.
 */
export function openRecogniser(db: ReadableDatabase): (disk: Recognisable) => KnownMedium | null {
  const all = prepared<[], Row>(db, 'SELECT media_id, state, holder FROM media ORDER BY built_at, media_id').all();
  const byTable = new Map(all.map((row) => [guidOf(row.media_id, 'disk'), row]));
  const bySerial = prepared<[string, number], Row>(
    db, 'SELECT m.media_id, m.state, m.holder FROM media_disks d JOIN media m USING (media_id) WHERE d.serial = ? AND d.size_bytes = ? ORDER BY m.built_at DESC, m.media_id DESC LIMIT 1',
  );
  return ({ serial, sizeBytes, tableId, contents }) => {
    const byNumber = tableId === null ? undefined : byTable.get(tableId);
    if (byNumber !== undefined) return known(byNumber, 'on-it');
    const written = serial === null ? undefined : bySerial.get(serial, sizeBytes);
    return written === undefined ? null : known(written, tableId === null && contents.length === 0 ? 'erased' : 'overwritten');
  };
}

const known = ({ media_id, state, holder }: Row, now: KnownMedium['now']): KnownMedium => ({ mediaId: media_id, state, holder, now });
