// The footer that makes a raw disk image a fixed VHD, which hypervisors attach as it is (Virtual Hard Disk Image Format Specification 1.0, Microsoft 2006).

export const VHD_FOOTER_BYTES = 512;
const SECTOR = 512;
/** Above it a VHD can not be (2040 GiB). */
export const MOST_VHD_BYTES = 2040 * 2 ** 30;

/**
 * @param sizeBytes Of the raw image; a multiple of 512, at most 2040 GiB. RangeError else.
 * @param uniqueId  16 bytes.
 * @returns 512 bytes to follow the image. No time is in it: the same image gives the same bytes.
 */
export function fixedVhdFooter(sizeBytes: number, uniqueId: Uint8Array): Uint8Array {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes <= 0 || sizeBytes % SECTOR !== 0 || sizeBytes > MOST_VHD_BYTES) throw new RangeError('no size of a VHD');
  if (uniqueId.length !== 16) throw new RangeError('a unique ID has 16 bytes');
  const footer = Buffer.alloc(VHD_FOOTER_BYTES);
  footer.write('conectix', 0, 'latin1');
  footer.writeUInt32BE(2, 8); // features: reserved, always set
  footer.writeUInt32BE(0x0001_0000, 12); // version of the format
  footer.writeBigUInt64BE(0xFFFF_FFFF_FFFF_FFFFn, 16); // no further structure
  // `win `: readers take the size below as it is; for others some compute it from the geometry, which is smaller.
  footer.write('win ', 28, 'latin1');
  footer.writeUInt32BE(0x000A_0000, 32);
  footer.write('Wi2k', 36, 'latin1');
  footer.writeBigUInt64BE(BigInt(sizeBytes), 40); // original size
  footer.writeBigUInt64BE(BigInt(sizeBytes), 48); // current size
  const { cylinders, heads, sectors } = geometryOf(sizeBytes / SECTOR);
  footer.writeUInt16BE(cylinders, 56);
  footer.writeUInt8(heads, 58);
  footer.writeUInt8(sectors, 59);
  footer.writeUInt32BE(2, 60); // fixed
  footer.set(uniqueId, 68);
  const sum = footer.reduce((total, byte) => total + byte, 0);
  footer.writeUInt32BE(~sum >>> 0, 64);
  return footer;
}

/** Cylinders, heads and sectors as the specification's appendix computes them; at most 65,535 × 16 × 255 sectors. */
function geometryOf(wanted: number): { readonly cylinders: number; readonly heads: number; readonly sectors: number } {
  const total = Math.min(wanted, 65_535 * 16 * 255);
  const of = (heads: number, sectors: number) => ({ cylinders: Math.floor(Math.floor(total / sectors) / heads), heads, sectors });
  if (total >= 65_535 * 16 * 63) return of(16, 255);
  let tracks = Math.floor(total / 17);
  let heads = Math.max(4, Math.floor((tracks + 1023) / 1024));
  let sectors = 17;
  if (tracks >= heads * 1024 || heads > 16) { sectors = 31; heads = 16; tracks = Math.floor(total / sectors); }
  if (tracks >= heads * 1024) { sectors = 63; heads = 16; }
  return of(heads, sectors);
}
