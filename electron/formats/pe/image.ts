// The headers of a PE image (an EFI application): for which processor it is, where its resources and its certificates are.

/** Offsets in the file. */
export interface Section { readonly address: number; readonly sizeBytes: number; readonly fileOffset: number; readonly fileBytes: number }
export interface Region { readonly address: number; readonly sizeBytes: number }
export interface PeImage {
  /** IMAGE_FILE_MACHINE: 0x8664 x64, 0xAA64 ARM64, 0x014C x86. */
  readonly machine: number;
  readonly sections: readonly Section[];
  /** By address in memory; empty when there is none. */
  readonly resources: Region;
  /** By offset in the file; empty when there is none. */
  readonly certificates: Region;
  /** Places a signature does not cover: the checksum and the entry that says where certificates are. */
  readonly checksumAt: number;
  readonly certificateEntryAt: number;
}

const MOST_SECTIONS = 96;
const RESOURCE_DIRECTORY = 2;
const CERTIFICATE_DIRECTORY = 4;

/**
 * @param bytes The whole file, untrusted.
 * @returns Null when it is no PE image, or its headers are cut off. Never throws.
 * @source Microsoft, "PE Format": COFF file header, optional header, data directories, section table.
 */
export function parsePe(bytes: Uint8Array): PeImage | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 64 || view.getUint16(0, true) !== 0x5a4d) return null;
  const signature = view.getUint32(60, true);
  const optional = signature + 24;
  if (optional + 2 > bytes.length || view.getUint32(signature, true) !== 0x4550) return null;
  const machine = view.getUint16(signature + 4, true);
  const sectionCount = view.getUint16(signature + 6, true);
  const optionalBytes = view.getUint16(signature + 20, true);
  const magic = view.getUint16(optional, true);
  const directories = optional + (magic === 0x20b ? 112 : 96);
  const table = optional + optionalBytes;
  if ((magic !== 0x20b && magic !== 0x10b) || sectionCount > MOST_SECTIONS || directories > table || table + sectionCount * 40 > bytes.length) return null;
  const entries = view.getUint32(directories - 4, true);
  const entryAt = (index: number): number => directories + index * 8;
  const region = (index: number): Region => (index < entries && entryAt(index) + 8 <= table ? { address: view.getUint32(entryAt(index), true), sizeBytes: view.getUint32(entryAt(index) + 4, true) } : { address: 0, sizeBytes: 0 });
  return {
    machine,
    sections: Array.from({ length: sectionCount }, (_, i) => {
      const at = table + i * 40;
      return { sizeBytes: view.getUint32(at + 8, true), address: view.getUint32(at + 12, true), fileBytes: view.getUint32(at + 16, true), fileOffset: view.getUint32(at + 20, true) };
    }),
    resources: region(RESOURCE_DIRECTORY), certificates: region(CERTIFICATE_DIRECTORY), checksumAt: optional + 64, certificateEntryAt: entryAt(CERTIFICATE_DIRECTORY),
  };
}

/** @returns The bytes at an address in memory, as far as the file has them; null when no section holds it. */
export function bytesAtAddress(bytes: Uint8Array, { sections }: PeImage, address: number, length: number): Uint8Array | null {
  for (const section of sections) {
    const into = address - section.address;
    if (into < 0 || into + length > section.fileBytes || section.fileOffset + into + length > bytes.length) continue;
    return bytes.subarray(section.fileOffset + into, section.fileOffset + into + length);
  }
  return null;
}
