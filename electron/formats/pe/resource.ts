// Finds a named resource of a PE image.

import type { PeImage } from './image.ts';
import { bytesAtAddress } from './image.ts';

/** Raw data, as its maker likes it. */
export const RCDATA = 10;
const ENTRY_BYTES = 8;
const FOLDER = 0x8000_0000;
const MOST_ENTRIES = 4096;
const MOST_DATA_BYTES = 1024 * 1024;

/**
 * @param type A number; resources whose type has a name are not looked at.
 * @returns The first resource of that type and name, whatever its language; null when there is none that lies in the file. Never throws.
 * @source Microsoft, "PE Format", "The .rsrc Section": type, name and language are three folders deep.
 */
export function findResource(bytes: Uint8Array, image: PeImage, type: number, name: string): Uint8Array | null {
  const { address } = image.resources;
  if (address === 0) return null;
  const at = (offset: number, length: number): DataView | null => {
    const found = bytesAtAddress(bytes, image, address + offset, length);
    return found === null ? null : new DataView(found.buffer, found.byteOffset, found.length);
  };
  const entriesOf = (folder: number): readonly { readonly key: number; readonly to: number }[] => {
    const head = at(folder, 16);
    const count = head === null ? 0 : Math.min(head.getUint16(12, true) + head.getUint16(14, true), MOST_ENTRIES);
    const table = at(folder + 16, count * ENTRY_BYTES);
    return table === null ? [] : Array.from({ length: count }, (_, i) => ({ key: table.getUint32(i * ENTRY_BYTES, true), to: table.getUint32(i * ENTRY_BYTES + 4, true) }));
  };
  const isNamed = (key: number): boolean => {
    if (key < FOLDER) return false;
    const length = at(key - FOLDER, 2)?.getUint16(0, true) ?? 0;
    const text = length === name.length ? at(key - FOLDER + 2, length * 2) : null;
    return text !== null && Array.from(name, (_, i) => text.getUint16(i * 2, true)).every((unit, i) => unit === name.charCodeAt(i));
  };
  for (const ofType of entriesOf(0)) {
    if (ofType.key !== type || ofType.to < FOLDER) continue;
    for (const ofName of entriesOf(ofType.to - FOLDER)) {
      if (ofName.to < FOLDER || !isNamed(ofName.key)) continue;
      const data = at(entriesOf(ofName.to - FOLDER)[0]?.to ?? FOLDER, 16);
      const sizeBytes = data?.getUint32(4, true) ?? 0;
      if (data !== null && sizeBytes > 0 && sizeBytes <= MOST_DATA_BYTES) return bytesAtAddress(bytes, image, data.getUint32(0, true), sizeBytes);
    }
  }
  return null;
}
