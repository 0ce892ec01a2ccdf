// The pieces an ISO 9660 file system is written of: numbers in both orders, dates, directory records, volume descriptors (ECMA-119).

export const ISO_SECTOR_BYTES = 2048;
const FOLDER_FLAG = 2;

/** @returns One directory record. `identifier` is at most 221 bytes; `at` is a sector. */
export function directoryRecord(identifier: Uint8Array, item: { readonly at: number; readonly sizeBytes: number; readonly isFolder: boolean }, modifiedAtMs: number): Uint8Array {
  const bytes = new Uint8Array(recordBytes(identifier.length));
  bytes[0] = bytes.length;
  both32(bytes, 2, item.at);
  both32(bytes, 10, item.sizeBytes);
  const date = new Date(modifiedAtMs);
  bytes.set([date.getUTCFullYear() - 1900, date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), 0], 18);
  bytes[25] = item.isFolder ? FOLDER_FLAG : 0;
  both16(bytes, 28, 1); // first and only disc of its set
  bytes[32] = identifier.length;
  bytes.set(identifier, 33);
  return bytes;
}

/** @returns How long the record of a name of so many bytes is: always even. */
export const recordBytes = (identifierBytes: number): number => 33 + identifierBytes + (identifierBytes % 2 === 0 ? 1 : 0);

export interface VolumeFacts {
  readonly isJoliet: boolean;
  /** At most 16 characters of `A-Z 0-9 _`. */
  readonly label: string;
  readonly sectors: number;
  readonly pathTableBytes: number;
  readonly pathTableLittle: number;
  readonly pathTableBig: number;
  readonly root: Uint8Array;
  readonly modifiedAtMs: number;
}

/** @returns The primary volume descriptor, or with `isJoliet` the supplementary one. */
export function volumeDescriptor(volume: VolumeFacts): Uint8Array {
  const bytes = descriptor(volume.isJoliet ? 2 : 1);
  const view = new DataView(bytes.buffer);
  const put = (text: string, offset: number, length: number): void => {
    if (!volume.isJoliet) bytes.set(latin1(text.padEnd(length)), offset);
    else for (let i = 0; i * 2 + 1 < length; i++) view.setUint16(offset + i * 2, i < text.length ? text.charCodeAt(i) : 0x20);
  };
  put('', 8, 32);
  put(volume.label, 40, 32);
  both32(bytes, 80, volume.sectors);
  if (volume.isJoliet) bytes.set(latin1('%/E'), 88); // UCS-2, level 3
  both16(bytes, 120, 1);
  both16(bytes, 124, 1);
  both16(bytes, 128, ISO_SECTOR_BYTES);
  both32(bytes, 132, volume.pathTableBytes);
  view.setUint32(140, volume.pathTableLittle, true);
  view.setUint32(148, volume.pathTableBig);
  bytes.set(volume.root, 156);
  for (const [offset, length] of [[190, 128], [318, 128], [446, 128], [574, 128], [702, 37], [739, 37], [776, 37]] as const) put('', offset, length);
  const made = `${new Date(volume.modifiedAtMs).toISOString().replace(/\D/g, '').slice(0, 14)}00`;
  for (const [offset, digits] of [[813, made], [830, made], [847, NO_DATE], [864, NO_DATE]] as const) bytes.set(latin1(digits), offset);
  bytes[881] = 1; // version of the structure
  return bytes;
}

/** @returns The descriptor that says where El Torito's catalogue is (El Torito 1.0, figure 7). */
export function bootRecord(catalogueSector: number): Uint8Array {
  const bytes = descriptor(0);
  bytes.set(latin1('EL TORITO SPECIFICATION'), 7);
  new DataView(bytes.buffer).setUint32(71, catalogueSector, true);
  return bytes;
}

/** @returns The descriptor, one sector, that says there are no more. */
export const endOfDescriptors = (): Uint8Array => descriptor(255);

/** `sectors`: of 512 bytes; 0 takes everything up to the end of the disc (UEFI 2.10, 13.3.2.1). `at`: of 2048 bytes. */
export interface BootImage { readonly at: number; readonly sectors: number }

/** @returns The catalogue: every image for UEFI, in the order in which firmware shall try them. */
export function bootCatalogue(images: readonly BootImage[]): Uint8Array {
  const bytes = new Uint8Array(ISO_SECTOR_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set([1, UEFI_PLATFORM], 0);
  bytes.set([0x55, 0xaa], 30);
  let sum = 0;
  for (let at = 0; at < 32; at += 2) sum += view.getUint16(at, true);
  view.setUint16(28, (0x10000 - (sum & 0xffff)) & 0xffff, true);
  const put = (offset: number, { at, sectors }: BootImage): void => {
    bytes[offset] = 0x88; // bootable; no emulation
    view.setUint16(offset + 6, sectors, true);
    view.setUint32(offset + 8, at, true);
  };
  images.forEach((image, i) => {
    if (i === 0) { put(32, image); return; }
    const header = 64 * i;
    bytes.set([i === images.length - 1 ? 0x91 : 0x90, UEFI_PLATFORM, 1, 0], header);
    put(header + 32, image);
  });
  return bytes;
}

const UEFI_PLATFORM = 0xef;
const NO_DATE = '0'.repeat(16);

function descriptor(type: number): Uint8Array {
  const bytes = new Uint8Array(ISO_SECTOR_BYTES);
  bytes[0] = type;
  bytes.set(latin1('CD001'), 1);
  bytes[6] = 1;
  return bytes;
}

function both16(bytes: Uint8Array, at: number, value: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint16(at, value, true);
  view.setUint16(at + 2, value);
}

function both32(bytes: Uint8Array, at: number, value: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(at, value, true);
  view.setUint32(at + 4, value);
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
