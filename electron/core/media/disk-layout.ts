// How a medium's files lie on a disk: FAT32 in a basic data partition of a GPT, and where there are two loaders a second one behind it.

import { createHash } from 'node:crypto';

import { AppError } from '../app-error.ts';
import type { Extent } from '../../formats/fat/extent.ts';
import { inDiskOrder } from '../../formats/fat/extent.ts';
import { ALIGNMENT_BYTES } from '../../formats/fat/geometry.ts';
import { planFat } from '../../formats/fat/plan.ts';
import { BASIC_DATA_PARTITION, planGpt, roomAfter } from '../../formats/gpt/plan.ts';
import { parseInstant } from './field-values.ts';
import type { MediumOrder } from './image-order.ts';
import type { PlannedFile } from './medium-plan.ts';
import { RESULTS_FOLDER } from './medium-paths.ts';

export type LaidOut = { readonly sizeBytes: number; readonly extents: readonly Extent<PlannedFile>[] };

export const LABEL = 'BLUELIFT';
const SECOND_LABEL = 'BLUELIFT-2';
/** For attempt records, copies of removed files and what a person puts on the stick. */
const ROOM_BYTES = 64 * 1024 * 1024;
const LEAST_IMAGE_BYTES = 128 * 1024 * 1024;
const LEAST_SECOND_BYTES = 36 * 1024 * 1024;

/** @param sizeBytes Of the image or disk; without it an image as small as fits, with room for results. AppError as `planMedium`. */
export function layOutDisk(files: readonly PlannedFile[], secondFiles: readonly PlannedFile[], order: MediumOrder, sizeBytes?: number): LaidOut {
  const secondBytes = secondFiles.length === 0 ? 0 : wholeMib(Math.max(spaceOf(secondFiles), LEAST_SECOND_BYTES));
  const diskBytes = sizeBytes ?? wholeMib(Math.max(spaceOf(files) + ROOM_BYTES, LEAST_IMAGE_BYTES)) + secondBytes;
  const firstBytes = Math.floor(roomAfter(ALIGNMENT_BYTES, diskBytes) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES - secondBytes;
  if (firstBytes < ALIGNMENT_BYTES) throw new AppError('image-too-small', { sizeBytes: diskBytes, neededBytes: secondBytes + wholeMib(spaceOf(files)) });
  const first = { offset: ALIGNMENT_BYTES, sizeBytes: firstBytes };
  const second = { offset: ALIGNMENT_BYTES + firstBytes, sizeBytes: secondBytes };
  const fats = [
    planFat({ ...fatFacts(files, order), folders: [RESULTS_FOLDER], partitionOffset: first.offset, partitionBytes: first.sizeBytes }),
    ...(secondBytes === 0 ? [] : [planFat({ ...fatFacts(secondFiles, order, SECOND_LABEL, 'second volume'), partitionOffset: second.offset, partitionBytes: second.sizeBytes })]),
  ];
  // Windows before 1703 mounts the first partition of a stick only: it is the one with the results.
  const table = planGpt({
    diskBytes, diskGuid: guidOf(order.mediaId, 'disk'),
    partitions: [
      { ...first, type: BASIC_DATA_PARTITION, guid: guidOf(order.mediaId, 'partition'), name: LABEL },
      ...(secondBytes === 0 ? [] : [{ ...second, type: BASIC_DATA_PARTITION, guid: guidOf(order.mediaId, 'second partition'), name: SECOND_LABEL }]),
    ],
  });
  return { sizeBytes: diskBytes, extents: inDiskOrder([...table, ...fats.flatMap(({ extents }) => extents)]) };
}

/** What a file system of a medium is, wherever it lies. */
export function fatFacts(files: readonly PlannedFile[], { mediaId, createdAt }: MediumOrder, label = LABEL, identity = 'volume') {
  return {
    files: files.map((file) => ({ path: file.path, sizeBytes: file.sizeBytes, source: file })),
    label, volumeId: identityOf(mediaId, identity).readUInt32LE(0), modifiedAtMs: parseInstant(createdAt) ?? 0,
  };
}

/** @returns What the files take in clusters of 4 KiB, with two tables and the folders. */
export function spaceOf(files: readonly PlannedFile[]): number {
  return files.reduce((sum, file) => sum + Math.ceil(file.sizeBytes / 4096) + 1, 0) * 4096 * 1.02;
}

/** @returns Bytes of a disk on which a partition of so many bytes lies at whole mebibytes, tables included. */
export const wholeMib = (bytes: number): number => (Math.ceil(bytes / ALIGNMENT_BYTES) + 4) * ALIGNMENT_BYTES;

function identityOf(mediaId: string, what: string): Buffer {
  return createHash('sha256').update(`bluelift ${what} ${mediaId}`).digest();
}

/** The number of a disk's table, and of the partition in it: those of a medium follow from its ID. */
export function guidOf(mediaId: string, what: 'disk' | 'partition' | 'second partition'): string {
  const bytes = identityOf(mediaId, what).subarray(0, 16);
  // Version 8 of RFC 9562: made by a rule of our own.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').toUpperCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
