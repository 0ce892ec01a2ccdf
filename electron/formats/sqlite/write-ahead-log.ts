// The write-ahead log beside a database that is in use, or was when it was copied: its newest rows stand there only.

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The last bit says in which order the checksums were computed. */
const MAGIC = 0x377f0682;
const VERSION = 3_007_000;
/** A wal may name a page far away; a database does not grow that much between two checkpoints. */
const MOST_GROWTH_BYTES = 512 * 1024 * 1024;

/**
 * A database with everything in its log that was committed.
 *
 * @param database  Untrusted.
 * @param log  The file `NAME-wal` beside it, untrusted. What is cut off, damaged, or left over from before the last checkpoint is not taken.
 * @returns The database itself when the log holds nothing for it, else a new one. May hold recovery passwords. Never throws.
 * @source  SQLite, "WAL-mode File Format" (fileformat2.html, section 4).
 */
export function applyWriteAheadLog(database: Uint8Array, log: Uint8Array): Uint8Array {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  if (log.length < HEADER_BYTES || (view.getUint32(0) & ~1) >>> 0 !== MAGIC || view.getUint32(4) !== VERSION) return database;
  const pageBytes = view.getUint32(8);
  if (pageBytes < 512 || pageBytes > 65_536 || (pageBytes & (pageBytes - 1)) !== 0) return database;
  const littleEndian = (view.getUint32(0) & 1) === 0;
  const sum = { first: 0, second: 0 };
  const add = (from: number, to: number): void => {
    for (let at = from; at < to; at += 8) {
      sum.first = (sum.first + view.getUint32(at, littleEndian) + sum.second) >>> 0;
      sum.second = (sum.second + view.getUint32(at + 4, littleEndian) + sum.first) >>> 0;
    }
  };
  const stands = (at: number): boolean => view.getUint32(at) === sum.first && view.getUint32(at + 4) === sum.second;
  add(0, HEADER_BYTES - 8);
  if (!stands(HEADER_BYTES - 8)) return database;

  const committed = new Map<number, number>();
  let open = new Map<number, number>();
  let pages = 0;
  for (let at = HEADER_BYTES; at + FRAME_HEADER_BYTES + pageBytes <= log.length; at += FRAME_HEADER_BYTES + pageBytes) {
    const page = view.getUint32(at);
    const pagesAfter = view.getUint32(at + 4);
    if (page === 0 || view.getUint32(at + 8) !== view.getUint32(16) || view.getUint32(at + 12) !== view.getUint32(20)) break;
    add(at, at + 8);
    add(at + FRAME_HEADER_BYTES, at + FRAME_HEADER_BYTES + pageBytes);
    if (!stands(at + 16)) break;
    open.set(page, at + FRAME_HEADER_BYTES);
    if (pagesAfter === 0) continue;
    for (const [number, place] of open) committed.set(number, place);
    open = new Map();
    pages = pagesAfter;
  }
  if (pages === 0 || pages * pageBytes > database.length + MOST_GROWTH_BYTES) return database;
  const whole = new Uint8Array(pages * pageBytes);
  whole.set(database.subarray(0, whole.length));
  for (const [number, place] of committed) if (number <= pages) whole.set(log.subarray(place, place + pageBytes), (number - 1) * pageBytes);
  return whole;
}
