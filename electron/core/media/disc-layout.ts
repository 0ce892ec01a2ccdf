// How a medium's files lie on a disc: once, with two file systems over them. FAT32, which every UEFI firmware reads, is the disc's
// El Torito image up to its end; ISO 9660 and Joliet, which Windows and its boot manager read, point at the same bytes.

import { inDiskOrder } from '../../formats/fat/extent.ts';
import { ALIGNMENT_BYTES } from '../../formats/fat/geometry.ts';
import { planFat } from '../../formats/fat/plan.ts';
import { isoOverheadBytes, planIso } from '../../formats/iso/plan.ts';
import type { BootImage } from '../../formats/iso/records.ts';
import { ISO_SECTOR_BYTES } from '../../formats/iso/records.ts';
import type { LaidOut } from './disk-layout.ts';
import { LABEL, fatFacts, spaceOf, wholeMib } from './disk-layout.ts';
import { parseInstant } from './field-values.ts';
import type { MediumOrder } from './image-order.ts';
import { DISC_STARTER } from './medium-paths.ts';
import type { PlannedFile } from './medium-plan.ts';

/** From here on FAT32 has clusters of 4 KiB, so that every file begins with a sector of the disc. */
const LEAST_FAT_BYTES = 264 * 1024 * 1024;
const HALF_KIB = 512;

/**
 * Lays a disc out. Nothing can be written to it at the host: it has no folder for results and no room.
 *
 * @throws AppError `file-too-large`, `invalid-input` (`path`, `reason`: not-for-a-disc).
 */
export function layOutDisc(files: readonly PlannedFile[], order: MediumOrder): LaidOut {
  const fatAt = Math.ceil(isoOverheadBytes(files.map(({ path }) => path)) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  const fatBytes = Math.max(wholeMib(spaceOf(files)), LEAST_FAT_BYTES);
  const fat = planFat({ ...fatFacts(files, order), partitionOffset: fatAt, partitionBytes: fatBytes });
  const places = new Map(fat.extents.flatMap((extent) => (extent.kind === 'source' ? [[extent.source, extent.offset] as const] : [])));
  const starter = files.find(({ path }) => path === DISC_STARTER);
  const whole: BootImage = { at: fatAt / ISO_SECTOR_BYTES, sectors: 0 };
  const discBytes = fatAt + fatBytes;
  const iso = planIso({
    files: files.map((file) => ({ path: file.path, sizeBytes: file.sizeBytes, offset: places.get(file) ?? 0 })), label: LABEL, discBytes, modifiedAtMs: parseInstant(order.createdAt) ?? 0,
    // Microsoft's own way first. Firmware that gets nowhere with it goes on to the loader itself.
    bootImages: starter === undefined ? [whole] : [{ at: (places.get(starter) ?? 0) / ISO_SECTOR_BYTES, sectors: Math.ceil(starter.sizeBytes / HALF_KIB) }, whole],
  });
  return { sizeBytes: discBytes, extents: inDiskOrder([{ kind: 'zeros', offset: 0, sizeBytes: 16 * ISO_SECTOR_BYTES }, ...iso, ...fat.extents]) };
}
