// Puts right what 7-Zip leaves when it adds files to a WIM, and makes the result depend on its input alone.

import { createHash } from 'node:crypto';

import type { WimHeader, WimResource } from './header.ts';
import { WIM_HEADER_PLACE, WIM_RESOURCE_BYTES } from './header.ts';
import { SHA1_PLACE, listWimResources } from './lookup-table.ts';
import { visitWimEntries } from './metadata.ts';
import { setWimXmlDates } from './xml.ts';

export type WimCorrection = {
  /** 1-based; will be the one that boots. */
  readonly imageIndex: number;
  /** Paths inside the image that were added or replaced, parts joined by `/`; and folders that were made for them. */
  readonly added: readonly string[];
  /** Paths of programs that must not start, and their new name, of the same length. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Date of the added files and of the image: high and low 32 bits of a FILETIME in hex, as the XML writes it. */
  readonly date: { readonly high: string; readonly low: string };
  /** 16 bytes. */
  readonly guid: Uint8Array;
};

export type WimParts = { readonly header: Uint8Array; readonly lookupTable: Uint8Array; readonly xml: Uint8Array };
export type WimPatch = { readonly offset: number; readonly bytes: Uint8Array };

const FILE_ATTRIBUTE = { folder: 0x10, archive: 0x20, unix: 0x8000 } as const;

/** @returns Where the metadata of an image lies, and its place in the lookup table; null when there is none. */
export function findWimMetadata(lookupTable: Uint8Array, imageIndex: number): { readonly place: number; readonly resource: WimResource } | null {
  // Images stand in the table in their order.
  return listWimResources(lookupTable).filter(({ resource }) => resource.isMetadata)[imageIndex - 1] ?? null;
}

/**
 * Plans the correction of a WIM that 7-Zip has added files to.
 *
 * @param metadata The metadata resource of the image; 7-Zip leaves it unpacked. It is changed.
 * @returns What to write where, or null when the WIM is not as expected: then it must not be used.
 * @source  Measured: 7-Zip 24.09 on Linux gives added files Unix modes as attributes (0x81a48020) and no creation time, makes folders
 *          without any time, takes the root of a WIM with one image from the folder it added from, draws a new GUID and dates the image
 *          now. wimlib verifies the result of this correction.
 */
export function planWimCorrection(parts: WimParts, header: WimHeader, metadata: Uint8Array, correction: WimCorrection): readonly WimPatch[] | null {
  const found = findWimMetadata(parts.lookupTable, correction.imageIndex);
  const xml = setWimXmlDates(parts.xml, correction.imageIndex, correction.date);
  if (found === null || xml === null || found.resource.isCompressed || found.resource.sizeBytes !== metadata.length) return null;

  const added = new Set(correction.added.map((path) => path.toLowerCase()));
  const fileTime = (BigInt(correction.date.high) << 32n) | BigInt(correction.date.low);
  const done = new Set<string>();
  const isWhole = visitWimEntries(metadata, (entry) => {
    const path = entry.path.toLowerCase();
    const newName = correction.renamed.get(path);
    if (newName !== undefined) entry.setName(newName);
    if (!added.has(path) && !hasUnixMode(entry.attributes)) return;
    if (added.has(path)) done.add(path);
    entry.setAttributes((entry.attributes & FILE_ATTRIBUTE.folder) !== 0 ? FILE_ATTRIBUTE.folder : FILE_ATTRIBUTE.archive);
    entry.setTimes(fileTime);
  });
  if (!isWhole || done.size !== added.size) return null;

  // A copy of its own: `slice` of a Buffer is none, and what lies beside it in Node's pool is somebody else's.
  const newHeader = new Uint8Array(parts.header);
  newHeader.set(correction.guid.subarray(0, 16), WIM_HEADER_PLACE.guid);
  newHeader.set(parts.lookupTable.subarray(found.place, found.place + WIM_RESOURCE_BYTES), WIM_HEADER_PLACE.bootMetadata);
  new DataView(newHeader.buffer).setUint32(WIM_HEADER_PLACE.bootIndex, correction.imageIndex, true);
  return [
    { offset: 0, bytes: newHeader },
    { offset: found.resource.offset, bytes: metadata },
    { offset: header.lookupTable.offset + found.place + SHA1_PLACE, bytes: createHash('sha1').update(metadata).digest() },
    { offset: header.xml.offset, bytes: xml },
  ];
}

/** 7-Zip's own mark, with the mode of a folder (0x4...) or a file (0x8...) in the upper half. */
function hasUnixMode(attributes: number): boolean {
  return (attributes & FILE_ATTRIBUTE.unix) !== 0 && [0x4, 0x8].includes(attributes >>> 28);
}
