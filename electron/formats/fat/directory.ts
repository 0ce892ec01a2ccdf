// Entries of a FAT folder as bytes: 32 each, long names in front of the short one they belong to.

import type { ShortName } from './names.ts';
import { shortNameChecksum } from './names.ts';

export const ENTRY_BYTES = 32;
export const ATTRIBUTE = { readOnly: 0x01, hidden: 0x02, system: 0x04, volumeLabel: 0x08, folder: 0x10, archive: 0x20, longName: 0x0f } as const;
/** UTF-16 units of a long name in one entry, and where in the entry each stands. */
const UNITS_PER_ENTRY = 13;
export const UNIT_PLACES = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30] as const;

const LAST_LONG = 0x40;

export type DirectoryItem = { readonly attribute: number; readonly cluster: number; readonly sizeBytes: number };

/** @returns How many 32-byte entries this name takes. */
export function entryCount(name: string, short: ShortName): number {
  return 1 + (short.needsLongName ? Math.ceil(name.length / UNITS_PER_ENTRY) : 0);
}

/** @returns The entries of one file or folder, in the order in which they stand on the disk. */
export function encodeItem(name: string, short: ShortName, item: DirectoryItem, modifiedAtMs: number): Uint8Array {
  const count = entryCount(name, short);
  const bytes = new Uint8Array(count * ENTRY_BYTES);
  for (let part = count - 1; part >= 1; part--) {
    encodeLongPart(bytes.subarray((count - 1 - part) * ENTRY_BYTES), name, part, part === count - 1, shortNameChecksum(short.bytes));
  }
  bytes.set(encodeShort(short.bytes, item, modifiedAtMs), (count - 1) * ENTRY_BYTES);
  return bytes;
}

/** @returns One entry with a short name only: also the label, `.` and `..`. */
export function encodeShort(name: Uint8Array, item: DirectoryItem, modifiedAtMs: number): Uint8Array {
  const bytes = new Uint8Array(ENTRY_BYTES);
  const view = new DataView(bytes.buffer);
  const { date, time } = dosTime(modifiedAtMs);
  bytes.set(name);
  bytes[11] = item.attribute;
  view.setUint16(14, time, true);
  view.setUint16(16, date, true);
  view.setUint16(18, date, true);
  view.setUint16(20, item.cluster >>> 16, true);
  view.setUint16(22, time, true);
  view.setUint16(24, date, true);
  view.setUint16(26, item.cluster & 0xffff, true);
  view.setUint32(28, item.sizeBytes, true);
  return bytes;
}

/**
 * FAT knows wall-clock time only. UTC is written, so that an image does not depend on where it was built.
 *
 * @param ms Milliseconds since 1970; outside 1980 to 2107 the nearest end is written.
 */
function dosTime(ms: number): { readonly date: number; readonly time: number } {
  const at = new Date(Math.min(Math.max(ms, Date.UTC(1980, 0, 1)), Date.UTC(2107, 11, 31, 23, 59, 58)));
  return {
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}

/** @returns Milliseconds since 1970, the wall clock taken as UTC; null for a date that is none. */
export function fromDosTime(date: number, time: number): number | null {
  const [month, day] = [(date >> 5) & 15, date & 31];
  if (month < 1 || month > 12 || day < 1) return null;
  return Date.UTC(1980 + (date >> 9), month - 1, day, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}

function encodeLongPart(bytes: Uint8Array, name: string, part: number, isLast: boolean, checksum: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  bytes[0] = part | (isLast ? LAST_LONG : 0);
  bytes[11] = ATTRIBUTE.longName;
  bytes[13] = checksum;
  UNIT_PLACES.forEach((place, i) => {
    const at = (part - 1) * UNITS_PER_ENTRY + i;
    // The name ends with one zero, if there is room; the rest is filled up with ones.
    view.setUint16(place, at < name.length ? name.charCodeAt(at) : at === name.length ? 0 : 0xffff, true);
  });
}
