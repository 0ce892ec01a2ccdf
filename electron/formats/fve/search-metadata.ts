// Finds BitLocker volumes whose first sector is wiped or overwritten: each copy of the metadata begins with BitLocker's mark and says where all copies lie.
import type { ReadAt } from '../fat/read.ts';
import { mayBeCopy, readCopiesFrom, type FveVolume } from './metadata.ts';

/** Looked through in each range: the first copy of volumes Windows made lies 33 MiB behind their beginning, further ones where there was room. */
export const SEARCHED_BYTES = 1024 * 1024 * 1024;
const STEP_BYTES = 4 * 1024 * 1024;
/** What is given up at a time where a disk does not answer. */
const SHARD_BYTES = 64 * 1024;
const SECTOR_BYTES = 512;
const MARK = Buffer.from('-FVE-FS-', 'latin1');

export interface MetadataHit { /** Where the volume begins, by what a good copy says; bytes. */ readonly offset: number; readonly volume: FveVolume }

/** What is left of what one disk may ask for; counted down by whoever uses it. */
export interface SearchRoom { volumes: number; /** Good copies of metadata: each costs a dozen reads. */ copies: number }

export interface SearchedRange { readonly hits: readonly MetadataHit[]; /** Could not be read, and were passed over. */ readonly unreadableBytes: number }

/**
 * @param readAt Untrusted bytes; only read. @param from Where the range begins. @param sizeBytes Of the range. @param room Ends the search when it is used up. @param limit Bytes looked through.
 * @returns Volumes in the order of their first good copy, each once; yields after every piece and every copy how many bytes of the range were looked through.
 *          Rejects only when `readAt` does for 4 MiB on end, as a disk does that is gone: less is passed over.
 */
export async function* searchMetadata(readAt: ReadAt, from: number, sizeBytes: number, room: SearchRoom, limit = SEARCHED_BYTES): AsyncGenerator<number, SearchedRange> {
  const hits: MetadataHit[] = [];
  const end = from + Math.min(sizeBytes, limit);
  let unreadableBytes = 0;
  for (let at = from; at < end; at += STEP_BYTES) {
    const wanted = Math.min(STEP_BYTES, end - at);
    const { bytes: piece, lostBytes } = await readPiece(readAt, at, wanted);
    unreadableBytes += lostBytes;
    for (let found = piece.indexOf(MARK); found !== -1; found = piece.indexOf(MARK, found + 1)) {
      const place = at + found;
      // The mark of a boot sector stands at its fourth byte; a copy begins with its own.
      if ((place - from) % SECTOR_BYTES !== 0 || !mayBeCopy(piece.subarray(found)) || hits.some(({ offset, volume }) => volume.copies.some((copy) => offset + copy.offset === place))) continue;
      if (room.volumes <= 0 || room.copies <= 0) return { hits, unreadableBytes };
      const hit = await readHit(readAt, place, from, room);
      if (hit !== null && !hits.some(({ offset, volume }) => offset === hit.offset && volume.volumeId === hit.volume.volumeId)) {
        hits.push(hit);
        room.volumes -= 1;
      }
      yield place - from;
    }
    if (piece.length < wanted) break;
    yield at + wanted - from;
  }
  return { hits, unreadableBytes };
}

/** A piece, with zeros in place of what of it can not be read. */
async function readPiece(readAt: ReadAt, at: number, length: number): Promise<{ readonly bytes: Buffer; readonly lostBytes: number }> {
  try {
    return { bytes: asBuffer(await readAt(at, length)), lostBytes: 0 };
  } catch (failure) {
    const bytes = Buffer.alloc(length);
    let lostBytes = 0;
    for (let part = 0; part < length; part += SHARD_BYTES) {
      const wanted = Math.min(SHARD_BYTES, length - part);
      const read = await readAt(at + part, wanted).catch(() => null);
      if (read === null) lostBytes += wanted;
      else bytes.set(read, part);
    }
    if (lostBytes === STEP_BYTES) throw failure;
    return { bytes, lostBytes };
  }
}

/** A good copy says how far behind the volume's beginning each copy lies, and not which of them it is itself: the one that fits most of the others. The disk may have been divided anew since: it may begin before the range. */
async function readHit(readAt: ReadAt, place: number, from: number, room: SearchRoom): Promise<MetadataHit | null> {
  const own = await readCopiesFrom(readAt, place, null);
  if (own === null) return null;
  room.copies -= 1;
  const starts = [...new Set(own.offsets.map((offset) => place - offset))].filter((start) => start >= 0 && start % SECTOR_BYTES === 0);
  let best: (MetadataHit & { readonly good: number; readonly there: number }) | null = null;
  for (const start of starts) {
    const read = await readCopiesFrom(readAt, place, start);
    if (read === null) continue;
    const good = read.volume.copies.filter(({ state }) => state === 'good' || state === 'outdated').length;
    const there = read.volume.copies.filter(({ state }) => state !== 'unreadable').length;
    if (best === null || good > best.good || (good === best.good && (there > best.there || (there === best.there && start === from)))) best = { offset: start, volume: read.volume, good, there };
  }
  return best;
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
