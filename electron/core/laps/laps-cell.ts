// A LAPS password as it lies in a sealed page: a cell of fixed size, so that its length is not told.
import { createHmac } from 'node:crypto';

export const LAPS_CELL_BYTES = 128;
/** A page of LAPS passwords is as large as one of 256 recovery passwords (store/sealed-pages.ts). */
export const LAPS_PER_PAGE = 32;

/** @param password Secret; at most 126 bytes of UTF-8, as intake lets through. @returns Secret: its length in two bytes, itself, zeros. */
export function toLapsCell(password: string): Uint8Array {
  const text = new TextEncoder().encode(password);
  if (text.length === 0 || text.length > LAPS_CELL_BYTES - 2) throw new Error(`a LAPS password of ${text.length} bytes`);
  const cell = new Uint8Array(LAPS_CELL_BYTES);
  cell[0] = text.length & 0xff;
  cell[1] = text.length >> 8;
  cell.set(text, 2);
  text.fill(0);
  return cell;
}

/** @returns Null for what is no cell: another sort of page, or a damaged one. Secret. */
export function fromLapsCell(cell: Uint8Array): string | null {
  const length = (cell[0] ?? 0) | ((cell[1] ?? 0) << 8);
  if (cell.length !== LAPS_CELL_BYTES || length === 0 || length > LAPS_CELL_BYTES - 2 || cell.subarray(2 + length).some((byte) => byte !== 0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(cell.subarray(2, 2 + length));
  } catch {
    return null;
  }
}

/** @param key Of fingerprints (keys/keyed-fingerprint.ts); secret. @returns Says "same" or "different" of two LAPS passwords; 16 bytes, unlike those of recovery passwords. */
export function openLapsFingerprint(key: Uint8Array): (cell: Uint8Array) => Uint8Array {
  const own = createHmac('sha256', key).update('bluelift laps fingerprint 1').digest();
  return (cell) => new Uint8Array(createHmac('sha256', own).update(cell).digest().subarray(0, 16));
}
