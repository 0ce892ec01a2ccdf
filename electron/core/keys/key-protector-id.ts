// The GUID of one way to open a volume, "Key ID" on screens (ES3-safe: also runs in the agent; imports nothing).

/** Canonical: 36 characters, upper case, hyphens, no braces. */
export type KeyProtectorId = string & { readonly __brand: 'KeyProtectorId' };

/**
 * @param text Untrusted. Any case, with or without braces, with all four hyphens or none, white space around it.
 * @returns The canonical form, or null. A part of an ID (Windows 7 prints the first 16 characters too) is not an ID. Never throws.
 */
export function parseKeyProtectorId(text: string): KeyProtectorId | null {
  if (text.length > 200) return null;
  const parts = /^\s*(\{?)([0-9A-Fa-f]{8})(-?)([0-9A-Fa-f]{4})\3([0-9A-Fa-f]{4})\3([0-9A-Fa-f]{4})\3([0-9A-Fa-f]{12})(\}?)\s*$/.exec(text);
  if (parts === null || (parts[1] === '{') !== (parts[8] === '}')) return null;
  return (parts[2] + '-' + parts[4] + '-' + parts[5] + '-' + parts[6] + '-' + parts[7]).toUpperCase() as KeyProtectorId; // the pattern above
}

/**
 * @param bytes 16 bytes in Windows order (mixed-endian): the first three parts are little-endian, as in AD and on the volume.
 * @returns The ID, or null when there are not 16.
 */
export function keyProtectorIdFromBytes(bytes: ArrayLike<number>): KeyProtectorId | null {
  if (bytes.length !== 16) return null;
  let text = '';
  for (let i = 0; i < 16; i++) {
    const digits = ((bytes[WINDOWS_ORDER[i] || 0] || 0) & 0xff).toString(16);
    text += (digits.length < 2 ? '0' : '') + digits;
  }
  return parseKeyProtectorId(text);
}

/** @returns The 16 bytes in Windows order. */
export function keyProtectorIdToBytes(id: KeyProtectorId): number[] {
  const digits = id.replace(/-/g, '');
  const bytes: number[] = [];
  for (let i = 0; i < 16; i++) bytes.push(parseInt(digits.substr(2 * (WINDOWS_ORDER[i] || 0), 2), 16));
  return bytes;
}

/** Where the n-th byte as written stands in memory, and the other way round: the order is its own inverse. */
const WINDOWS_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
