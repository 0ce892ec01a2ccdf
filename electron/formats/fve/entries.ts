// The entries BitLocker's metadata consist of: 8 bytes of header, then data, which may hold entries again. All little-endian.
// Source: libbde's format notes and cryptsetup's reader, checked against volumes Windows made.

/** Entry types that matter here. */
export const ENTRY = { property: 0x0000, volumeMasterKey: 0x0002, fullVolumeKey: 0x0003, validation: 0x0005, description: 0x0007, volumeHeader: 0x000f } as const;
/** Value types that matter here. */
export const VALUE = { key: 0x0001, text: 0x0002, stretchKey: 0x0003, aesCcmKey: 0x0005, volumeMasterKey: 0x0008, offsetAndSize: 0x000f, backupInfo: 0x0015, hint: 0x0018 } as const;

export interface FveEntry { readonly entryType: number; readonly valueType: number; readonly data: Uint8Array }

const HEADER_BYTES = 8;

/**
 * Walks entries that follow one another.
 *
 * @param bytes Untrusted. @returns The entries up to the first with size 0 or the end; null when one says it is larger than what is left, or smaller than its header.
 */
export function readEntries(bytes: Uint8Array): FveEntry[] | null {
  const view = viewOf(bytes);
  const entries: FveEntry[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length;) {
    const size = view.getUint16(at, true);
    if (size === 0) break;
    if (size < HEADER_BYTES || at + size > bytes.length) return null;
    entries.push({ entryType: view.getUint16(at + 2, true), valueType: view.getUint16(at + 4, true), data: bytes.subarray(at + HEADER_BYTES, at + size) });
    at += size;
  }
  return entries;
}

/** UTF-16LE up to the first NUL. */
export function readText(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-16le').decode(bytes.subarray(0, bytes.length & ~1));
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** 100 ns since 1601, as an instant; null for 0 and what no calendar holds. */
export function readFileTime(view: DataView, at: number): string | null {
  const ticks = view.getBigUint64(at, true);
  const ms = Number(ticks / 10_000n) - 11_644_473_600_000;
  return ticks === 0n || ms > 8.64e15 ? null : new Date(ms).toISOString();
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
