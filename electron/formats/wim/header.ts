// The first 208 bytes of a WIM, and the resources they point to.

/** Where something lies in the WIM. `storedBytes` is its length there, `sizeBytes` its length unpacked. */
export type WimResource = { readonly offset: number; readonly storedBytes: number; readonly sizeBytes: number; readonly isMetadata: boolean; readonly isCompressed: boolean };

export type WimHeader = {
  readonly imageCount: number;
  /** 1-based; 0 when no image is marked as the one that boots. */
  readonly bootIndex: number;
  readonly parts: number;
  readonly lookupTable: WimResource;
  readonly xml: WimResource;
  /** Of no bytes where there is none. */
  readonly integrity: WimResource;
};

export const WIM_HEADER_BYTES = 208;
/** Places in the header that `correct-update.ts` writes to. */
export const WIM_HEADER_PLACE = { guid: 24, lookupTable: 48, xml: 72, bootMetadata: 96, bootIndex: 120, integrity: 124 } as const;
export const WIM_RESOURCE_BYTES = 24;

/**
 * @param bytes Untrusted: the start of a file.
 * @returns What the header says, or null when this is no WIM (the ESD of an upgrade is none either: another version).
 * @source  Microsoft, "Windows Imaging File Format (WIM)", WIMHEADER_V1_PACKED.
 */
export function parseWimHeader(bytes: Uint8Array): WimHeader | null {
  if (bytes.length < WIM_HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isWim = String.fromCharCode(...bytes.subarray(0, 8)) === 'MSWIM\0\0\0' && view.getUint32(8, true) >= WIM_HEADER_BYTES;
  if (!isWim) return null;
  return {
    parts: view.getUint16(42, true), imageCount: view.getUint32(44, true), bootIndex: view.getUint32(WIM_HEADER_PLACE.bootIndex, true),
    lookupTable: parseWimResource(view, WIM_HEADER_PLACE.lookupTable), xml: parseWimResource(view, WIM_HEADER_PLACE.xml), integrity: parseWimResource(view, WIM_HEADER_PLACE.integrity),
  };
}

/** @param at Where the 24 bytes of the resource header begin. Seven bytes of length, one of flags, offset, length unpacked. */
export function parseWimResource(view: DataView, at: number): WimResource {
  const first = view.getBigUint64(at, true);
  const flags = Number(first >> 56n);
  return {
    storedBytes: Number(first & 0xff_ffff_ffff_ffffn), offset: Number(view.getBigUint64(at + 8, true)), sizeBytes: Number(view.getBigUint64(at + 16, true)),
    isMetadata: (flags & 0x02) !== 0, isCompressed: (flags & 0x04) !== 0,
  };
}
