// Is this an ISO image? Windows' own are UDF with a stub of ISO 9660 that says only "use a system that knows UDF".

/** Volume descriptors begin at sector 16 of 2048 bytes; this much holds the ones that matter. */
export const ISO_DESCRIPTORS = { offset: 16 * 2048, length: 16 * 2048 } as const;

const SECTOR_BYTES = 2048;

/**
 * @param descriptors Untrusted: the bytes at `ISO_DESCRIPTORS`, or fewer.
 * @returns Whether an ISO 9660 (`CD001`) or UDF (`NSR02`, `NSR03`) volume stands there.
 * @source  ECMA-119 8.1, ECMA-167 2/9.1: the identifier is at byte 1 of a descriptor.
 */
export function isIsoImage(descriptors: Uint8Array): boolean {
  for (let at = 0; at + 6 <= descriptors.length; at += SECTOR_BYTES) {
    if (['CD001', 'NSR02', 'NSR03'].includes(String.fromCharCode(...descriptors.subarray(at + 1, at + 6)))) return true;
  }
  return false;
}
