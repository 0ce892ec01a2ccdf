// The table of contents of a WIM: every resource once, with the SHA-1 of what it holds.

import type { WimResource } from './header.ts';
import { parseWimResource } from './header.ts';

const LOOKUP_ENTRY_BYTES = 50;
export const SHA1_PLACE = 30;

/** @returns In the order of the table; `sha1` as 40 hex digits, `place`: where in the table it stands. */
export function listWimResources(lookupTable: Uint8Array): readonly { readonly place: number; readonly sha1: string; readonly resource: WimResource }[] {
  const view = new DataView(lookupTable.buffer, lookupTable.byteOffset, lookupTable.length);
  return Array.from({ length: Math.floor(lookupTable.length / LOOKUP_ENTRY_BYTES) }, (_, i) => {
    const place = i * LOOKUP_ENTRY_BYTES;
    return { place, sha1: Buffer.from(lookupTable.subarray(place + SHA1_PLACE, place + LOOKUP_ENTRY_BYTES)).toString('hex'), resource: parseWimResource(view, place) };
  });
}
