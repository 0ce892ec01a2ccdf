// The tree of one image in a WIM, unpacked: walking its entries and changing them where they stand.

/** One entry. Setters write into the resource; a new name has the length of the old one. */
export type WimEntry = {
  /** From the image's root, parts joined by `/`; empty for the root itself. */
  readonly path: string;
  readonly attributes: number;
  setAttributes(attributes: number): void;
  /** A FILETIME for creation, last access and last write. */
  setTimes(fileTime: bigint): void;
  setName(name: string): void;
};

const ENTRY_BYTES = 102;
const NAME_PLACE = 102;
const MOST_DEPTH = 64;

/**
 * Walks an image's entries, parents before their children.
 *
 * @param metadata The metadata resource, unpacked; it is changed by the setters.
 * @returns False when the resource is damaged; what came before was visited.
 * @source  Microsoft, "Windows Imaging File Format (WIM)", SECURITYBLOCK_DISK and DIRENTRY; each is padded to 8 bytes.
 */
export function visitWimEntries(metadata: Uint8Array, visit: (entry: WimEntry) => void): boolean {
  const view = new DataView(metadata.buffer, metadata.byteOffset, metadata.length);
  const pad8 = (n: number): number => Math.ceil(n / 8) * 8;
  const lengthAt = (at: number): number | null => {
    if (at < 0 || at + 8 > metadata.length) return null;
    const length = Number(view.getBigUint64(at, true));
    return length > metadata.length - at ? null : length;
  };

  /** @returns False on damage. `left` counts entries, so that a tree that holds itself ends. */
  let left = Math.floor(metadata.length / ENTRY_BYTES);
  const walk = (start: number, folder: string | null, depth: number): boolean => {
    for (let at = start; ;) {
      const length = lengthAt(at);
      if (length === null) return false;
      // The end of a folder is a length of zero, which padding may be part of.
      if (length <= 8) return true;
      if (length < ENTRY_BYTES || left-- <= 0 || depth > MOST_DEPTH) return false;
      const nameBytes = view.getUint16(at + 100, true);
      if (NAME_PLACE + nameBytes > length) return false;
      const name = Buffer.from(metadata.buffer, metadata.byteOffset + at + NAME_PLACE, nameBytes).toString('utf16le');
      const path = folder === null ? '' : folder === '' ? name : `${folder}/${name}`;
      visit(entryAt(view, at, path, nameBytes));
      const children = Number(view.getBigUint64(at + 16, true));
      if (children !== 0 && !walk(children, path, depth + 1)) return false;
      let next = at + pad8(length);
      for (let streams = view.getUint16(at + 96, true); streams > 0; streams--) {
        const streamBytes = lengthAt(next);
        if (streamBytes === null || streamBytes < 38) return false;
        next += pad8(streamBytes);
      }
      at = next;
      if (folder === null) return true;
    }
  };
  const securityBytes = metadata.length < 8 ? 0 : view.getUint32(0, true);
  return walk(pad8(Math.max(securityBytes, 8)), null, 0);
}

function entryAt(view: DataView, at: number, path: string, nameBytes: number): WimEntry {
  return {
    path,
    attributes: view.getUint32(at + 8, true),
    setAttributes: (attributes) => view.setUint32(at + 8, attributes, true),
    setTimes: (fileTime) => [40, 48, 56].forEach((place) => view.setBigUint64(at + place, fileTime, true)),
    setName: (name) => {
      if (name.length * 2 !== nameBytes) throw new Error('a name in a WIM can only be replaced by one of its length');
      for (let i = 0; i < name.length; i++) view.setUint16(at + NAME_PLACE + 2 * i, name.charCodeAt(i), true);
    },
  };
}
